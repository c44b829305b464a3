import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { contestants, theGateway } from '../contestants/contestant.ts'
import { chooseSample, openDatabase } from '../database.ts'
import { environmentOf } from '../environment.ts'
import { type Goal, tableOf } from '../goalTable.ts'
import { openIssuer } from '../issuer.ts'
import { machineText } from '../machine.ts'
import { type Measured, measure } from '../measure.ts'
import { withSection } from '../pageSection.ts'
import { say } from '../progress.ts'
import { question as q1 } from '../questions/oneChild.ts'
import type { Question, Sample } from '../questions/question.ts'
import { type Running, root, start } from '../runningContestant.ts'
import { warmUp } from '../warmUp.ts'
import { grow } from './growRegisters.ts'
import { type Asked, asked, heaviest, small } from './growthQuestions.ts'
import { median } from './judgeGrowth.ts'
import { longLog } from './longLog.ts'
import type { GrowthOptions } from './options.ts'
import { type SharedGoal, together } from './twoGatewaysOneLog.ts'

/** What a question may cost more once the history is many times as long. */
const goal = 1.2

const ofQ1: SharedGoal = { title: 'Q1', requests: 0.95, cpu: 1.15 }
const ofSmall: SharedGoal = { title: 'a small question', requests: 0.85, cpu: 1.3 }

/** Milliseconds for which one operation may hold the loop. */
const longestHold = 50

/** Children whose history grows. */
const grown = 16

/**
 * Measures questions of the API at today's history and at many times of it, two gateways against one, the longest hold
 * of the loop, and a long log, in one run.
 *
 * @returns the exit code: 1 when a goal is missed.
 */
export async function history(options: GrowthOptions, words: readonly string[]): Promise<number> {
  const { times, rounds, seconds } = options
  const undo: (() => Promise<void> | void)[] = []
  try {
    const database = await openDatabase(options.small, () => undefined)
    undo.push(database.stop)
    const issuer = await openIssuer(database.scratch)
    undo.push(issuer.close)
    const ours = contestants.find(({ name }) => name === theGateway)
    if (!ours) throw new Error('The gateway is not among the contestants.')
    const environment = await environmentOf(database.url, database.scratch, issuer)
    const sample = await chooseSample(database.client)
    const children = sample.children.slice(0, grown)
    const holdFile = join(database.scratch, 'hold')
    const opened = async (): Promise<Running> => {
      const running = await start(ours, { ...environment, BENCH_LOOP: holdFile })
      undo.push(running.stop)
      return running
    }
    const window = async (running: Running, each: Asked, length: number, connections = 4): Promise<Measured> => {
      const question: Question = {
        ...{ name: 'q1', title: each.title, query: each.query, connections, shape: null },
        variables: ({ children: among }: Sample) => variablesOf(each, among),
      }
      return measure(running, database, {
        question,
        sample,
        tokens: await issuer.tokens(16, each.who),
        seconds: length,
      })
    }
    const one = await opened()
    const all = async (): Promise<ReadonlyMap<string, number>> => {
      const cpu = new Map<string, number>()
      for (const each of asked) {
        await warmUp((length) => window(one, each, length), 12)
        const windows: Measured[] = []
        for (let round = 0; round < rounds; round += 1) windows.push(await window(one, each, seconds))
        cpu.set(each.title, median(windows.map(({ node, postgres }) => node + postgres)))
        say(`${each.title}: ${cpu.get(each.title)?.toFixed(2)} ms of CPU a request.`)
      }
      return cpu
    }
    // A first page is full before, so that it does not give more later.
    await grow(database.client, children, { from: 1, to: 1 })
    const before = await all()
    say(`The history of ${children.length} children grows ${times} times.`)
    await grow(database.client, children, { from: 2, to: times })
    const after = await all()
    const goals: Goal[] = asked.map(({ title }) => {
      const [was, is] = [before.get(title) ?? 1, after.get(title) ?? 0]
      return {
        ...{ name: `${title}, CPU at ${times} times the history`, goal: `≤ ${goal}×` },
        measured: `${(is / was).toFixed(2)}× (${is.toFixed(2)} and ${was.toFixed(2)} ms)`,
        isReached: is / was <= goal,
      }
    })
    const forget = () => database.client.query('delete from gateway.told_quarter; delete from gateway.told_profile')
    goals.push(await holds(one, holdFile, (each) => window(one, each, Math.max(1, seconds), 1), forget))
    const pair = [one, await opened()] as const
    const whole: Asked = { ...small, title: 'Q1', query: q1.query }
    const load = (each: Asked) => (running: Running, connections: number, length: number) =>
      window(running, each, length, connections)
    goals.push(...(await together(pair, load(whole), options, ofQ1)))
    goals.push(...(await together(pair, load(small), options, ofSmall)))
    for (const running of pair) await running.stop()
    goals.push(
      ...(await longLog({
        ...{ contestant: ours, environment, database, issuer, children },
        entries: options.entries,
      })),
    )
    const text = [
      '## History: the same question after years of use',
      '',
      `\`${['npm run bench -- growth', ...words].join(' ')}\` on ${new Date().toISOString().slice(0, 10)}: ${machineText(database.version)}. ${options.small} generated children; the history of ${children.length} of them grows, and the questions are about these; ${rounds} rounds of ${seconds} s.`,
      '',
      tableOf(goals),
    ].join('\n')
    console.log(options.json ? JSON.stringify({ times, goals }, null, 2) : text)
    if (options.write) {
      const page = join(root, 'bench/README.md')
      writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'history', text))
    }
    return goals.every(({ isReached }) => isReached !== false) ? 0 : 1
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

const variablesOf = ({ variables }: Asked, children: readonly string[]) =>
  children.slice(0, grown).map((id) => variables?.(id, children) ?? { id })

/** How long the loop was held at most by questions that are asked one after another, once they are warm. */
async function holds(
  running: Running,
  file: string,
  load: (each: Asked) => Promise<Measured>,
  forget: () => Promise<unknown>,
): Promise<Goal> {
  const told = async (): Promise<number> => {
    rmSync(file, { force: true })
    process.kill(running.pid, 'SIGWINCH')
    await wait(300)
    return Number(readFileSync(file, 'utf8'))
  }
  const found: { readonly title: string; readonly hold: number }[] = []
  for (const each of [...asked, ...heaviest]) {
    // What is kept once it was told is counted anew each time: that is what holds the loop.
    const forgets = setInterval(() => void forget().catch(() => undefined), 20)
    await load(each)
    await told()
    await load(each)
    clearInterval(forgets)
    found.push({ title: each.title, hold: await told() })
  }
  const [longest] = found.sort((left, right) => right.hold - left.hold)
  for (const { title, hold } of found.slice(0, 5)) say(`${title} held the loop for ${hold.toFixed(0)} ms at most.`)
  return {
    ...{ name: 'Longest hold of the loop', goal: `≤ ${longestHold} ms` },
    measured: `${longest?.hold.toFixed(0)} ms (${longest?.title})`,
    isReached: (longest?.hold ?? 0) <= longestHold,
  }
}
