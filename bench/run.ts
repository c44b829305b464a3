import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Dice } from '../seeds/generated/dice.ts'
import { agree } from './agree.ts'
import { type Contestant, contestants, gateways } from './contestants/contestant.ts'
import { type BenchDatabase, chooseSample, openDatabase } from './database.ts'
import { run as endurance } from './endurance/run.ts'
import { environmentOf } from './environment.ts'
import { goalsOf, securityCost } from './goals.ts'
import { run as growth } from './growth/run.ts'
import { analyst, type Issuer, openIssuer, receiver } from './issuer.ts'
import { machineText } from './machine.ts'
import { type Measured, measure, statementsPerRequest } from './measure.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import { profile } from './profile.ts'
import { questions } from './questions/index.ts'
import type { Question, Sample } from './questions/question.ts'
import { readmeOf, svgOf, textOf } from './report.ts'
import { linesOf, type QuestionResult, type Results } from './results.ts'
import { type Running, root, start } from './running.ts'
import { keepingSections } from './section.ts'
import { shuffled } from './shuffled.ts'
import { requestTransfers } from './transfers.ts'

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

async function run(options: BenchOptions): Promise<void> {
  const undo: (() => Promise<void> | void)[] = []
  try {
    const began = performance.now()
    let told = 0
    const database = await openDatabase(options.children, (done, total, what) => {
      if (performance.now() - told < 2000) return
      told = performance.now()
      say(`${done} of ${total} ${what}`)
    })
    undo.push(database.stop)
    say(
      `${database.version} with ${options.children} children and ${database.records} records, after ${((performance.now() - began) / 1000).toFixed(0)} s.`,
    )
    const issuer = await openIssuer(database.scratch)
    undo.push(issuer.close)
    const taking = contestants.filter(({ name }) => options.only.includes(name))
    const environment = await environmentOf(database.url, database.scratch, issuer)
    const chosen = questions.filter(({ name }) => options.questions.includes(name))
    if (options.profile) {
      const gateway = [...taking, ...contestants].find(({ name }) => gateways.includes(name))
      const sample = await chooseSample(database.client)
      if (gateway)
        for (const question of chosen)
          console.log(
            await profile(gateway, environment, database, {
              question,
              sample,
              tokens: await issuer.tokens(20, analyst),
              seconds: 8,
            }),
          )
      return
    }
    const runnings: Running[] = []
    for (const contestant of taking) {
      say(`Starting ${contestant.name}.`)
      const running = await start(contestant, environment)
      undo.push(running.stop)
      runnings.push(running)
    }
    const sample = await sampleOf(database, runnings, issuer, chosen)
    const results: QuestionResult[] = []
    for (const question of chosen) results.push(await answer(question, sample, runnings, database, issuer, options))
    publish(
      {
        at: new Date().toISOString().slice(0, 10),
        machine: machineText(database.version),
        command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
        children: options.children,
        records: database.records,
        rounds: options.rounds,
        seconds: options.seconds,
        questions: results,
        goals: goalsOf(results),
        notes: [...taking.map(noteOf), ...peers],
      },
      options,
    )
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

/** Peers that are named with the product and are not in the table, and why. */
const peers = [
  `PostGraphile 5 is not measured: it needs Node 22 (this is ${process.version}), and it is no dependency of this repository.`,
]

const noteOf = ({ name, title, note }: Contestant): string => `${name}: ${title}; ${note}.`

async function sampleOf(
  database: BenchDatabase,
  runnings: readonly Running[],
  issuer: Issuer,
  chosen: readonly Question[],
): Promise<Sample> {
  const sample = await chooseSample(database.client)
  // They share one database, so that what is requested of one is there for the other.
  const gateway = runnings.find(({ contestant }) => gateways.includes(contestant.name))
  if (!gateway || !chosen.some(({ name }) => name === 'q4')) return sample
  const [token = ''] = await issuer.tokens(1, receiver)
  return { ...sample, transfers: await requestTransfers(gateway, sample.underPlan, token) }
}

async function answer(
  question: Question,
  sample: Sample,
  runnings: readonly Running[],
  database: BenchDatabase,
  issuer: Issuer,
  { rounds, seconds }: BenchOptions,
): Promise<QuestionResult> {
  const able = runnings.filter(({ contestant }) => contestant.answers.includes(question.name))
  const absent = runnings
    .filter((running) => !able.includes(running))
    .map(({ contestant }) => `${contestant.name} has no answer to this question.`)
  const head = { question: question.name, title: question.title, connections: question.connections }
  if (question.variables(sample).length === 0)
    return {
      ...head,
      values: 0,
      bytes: 0,
      lines: [],
      securityCost: null,
      differing: [],
      absent: ['The population has no child for this question; ask for more children.'],
    }
  const who = question.name === 'q4' ? receiver : analyst
  const tokens = () => issuer.tokens(20, who)
  const [first = ''] = await tokens()
  const { values, bytes, differing } = await agree(able, question, sample, first)
  for (const { name, where } of differing) say(`${name} answers ${question.name} differently: ${where}`)
  const agreeing = able.filter(({ contestant }) => !differing.some(({ name }) => name === contestant.name))
  const measured = new Map<string, { title: string; statements: number | null; windows: Measured[] }>()
  for (const running of agreeing) {
    say(`${question.name}: ${running.contestant.name} warms up.`)
    const window = { question, sample, tokens: await tokens(), seconds: Math.max(2, seconds) }
    await measure(running, database, window)
    measured.set(running.contestant.name, {
      title: running.contestant.title,
      statements: await statementsPerRequest(running, database, window),
      windows: [],
    })
  }
  const dice = new Dice(question.connections, rounds, 1)
  for (let round = 1; round <= rounds; round += 1)
    for (const running of shuffled(agreeing, dice)) {
      const window = { question, sample, tokens: await tokens() }
      await measure(running, database, { ...window, seconds: leadIn })
      const result = await measure(running, database, { ...window, seconds })
      measured.get(running.contestant.name)?.windows.push(result)
      say(
        `${question.name} round ${round} of ${rounds}: ${running.contestant.name} ${result.perSecond.toFixed(0)} requests a second`,
      )
    }
  const lines = linesOf(measured, 'limit')
  return { ...head, values, bytes, differing, absent, lines, securityCost: securityCost(lines) }
}

/** Seconds of load before a window that do not count: who has been idle while others were measured finds its memory cold. */
const leadIn = 1

function publish(results: Results, { json, write }: BenchOptions): void {
  console.log(json ? JSON.stringify(results, null, 2) : textOf(results))
  if (!write) return
  const page = join(root, 'bench/README.md')
  writeFileSync(
    page,
    keepingSections(readmeOf(results), readFileSync(page, 'utf8'), [
      'growth',
      'endurance',
      'endurance-operations',
      'identity',
    ]),
  )
  writeFileSync(join(root, 'bench/results.svg'), svgOf(results))
}

/** Measurements with options of their own. */
const others: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = { growth, endurance }

const [first = '', ...rest] = process.argv.slice(2)
const other = Object.hasOwn(others, first) ? others[first] : undefined
const options = process.argv.includes('--help') ? usage : readOptions(process.argv.slice(2))
if (other) process.exitCode = await other(rest)
else if (typeof options === 'string') {
  say(options)
  process.exitCode = options === usage ? 0 : 2
} else await run(options)
