import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compete } from './competeInRounds.ts'
import { type Contestant, contestants, theGateway } from './contestants/contestant.ts'
import { missing } from './contestants/peerPackage.ts'
import { chooseSample, openDatabase } from './database.ts'
import { run as endurance } from './endurance/run.ts'
import { environmentOf } from './environment.ts'
import { goalsOf } from './goals.ts'
import { run as growth } from './growth/run.ts'
import { analyst, openIssuer } from './issuer.ts'
import { machineText } from './machine.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import { run as oversight } from './oversight/run.ts'
import { keepingSections } from './pageSection.ts'
import { prepare } from './prepare.ts'
import { profile } from './profile.ts'
import { questions } from './questions/index.ts'
import { run as reach } from './reach/run.ts'
import { readmeOf, svgOf, textOf } from './report.ts'
import { disagreeing, type QuestionResult, type Results } from './results.ts'
import { root } from './runningContestant.ts'
import { answerFor } from './usageAnswer.ts'

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

async function run(options: BenchOptions): Promise<void> {
  const asked = contestants.filter(({ name }) => options.only.includes(name))
  const taking = asked.filter((contestant) => missing(contestant) === null)
  const absent = asked.flatMap((contestant) => missing(contestant) ?? [])
  for (const sentence of absent) say(sentence)
  if (taking.length === 0) {
    process.exitCode = 2
    return
  }
  const undo: (() => Promise<void> | void)[] = []
  try {
    const began = performance.now()
    let reportedAt = 0
    const database = await openDatabase(options.children, (done, total, what) => {
      if (performance.now() - reportedAt < 2000) return
      reportedAt = performance.now()
      say(`${done} of ${total} ${what}`)
    })
    undo.push(database.stop)
    say(
      `${database.version} with ${options.children} children and ${database.records} records, after ${((performance.now() - began) / 1000).toFixed(0)} s.`,
    )
    const issuer = await openIssuer(database.scratch)
    undo.push(issuer.close)
    const environment = await environmentOf(database.url, database.scratch, issuer)
    const chosen = questions
      .filter(({ name }) => options.questions.includes(name))
      .map((question) => ({ ...question, connections: options.connections ?? question.connections }))
    if (options.profile) {
      const gateway = [...taking, ...contestants].find(({ name }) => name === theGateway)
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
    const prepared = await prepare(taking, environment, chosen, { database, issuer, say })
    const results: QuestionResult[] = []
    for (const each of prepared) results.push(await compete(each, environment, { database, issuer, say }, options))
    publish(
      {
        at: new Date().toISOString().slice(0, 10),
        machine: machineText(database.version),
        command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
        children: options.children,
        records: database.records,
        rounds: options.rounds,
        seconds: options.seconds,
        warmUp: options.warmUp,
        questions: results,
        goals: options.connections === null ? goalsOf(results) : [],
        notes: [...taking.map(noteOf), ...absent],
      },
      options,
    )
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

const noteOf = ({ name, title, note }: Contestant): string => `${name}: ${title}; ${note}.`

function publish(results: Results, { json, write }: BenchOptions): void {
  console.log(json ? JSON.stringify(results, null, 2) : textOf(results))
  const differing = disagreeing(results.questions)
  if (differing.length > 0) {
    // Whoever gives another answer is not measured: a table without them would pass for one of all.
    process.exitCode = 1
    console.error(`Not all give the same answers${write ? ', so nothing is written' : ''}: ${differing.join('; ')}.`)
    return
  }
  if (!write) return
  const page = join(root, 'bench/README.md')
  writeFileSync(
    page,
    keepingSections(readmeOf(results), readFileSync(page, 'utf8'), [
      'growth',
      'endurance',
      'endurance-operations',
      'identity',
      'oversight',
      'reach',
      'history',
    ]),
  )
  writeFileSync(join(root, 'bench/results.svg'), svgOf(results))
}

/** Measurements with options of their own. */
const others: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  ...{ growth, endurance, oversight, reach },
}

const [first = '', ...rest] = process.argv.slice(2)
const other = Object.hasOwn(others, first) ? others[first] : undefined
const options = process.argv.includes('--help') ? usage : readOptions(process.argv.slice(2))
if (other) process.exitCode = await other(rest)
else if (typeof options === 'string') process.exitCode = answerFor(options, usage)
else await run(options)
