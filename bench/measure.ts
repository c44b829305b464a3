import { spawn } from 'node:child_process'
import type { BenchDatabase } from './database.ts'
import type { LoadOrder, LoadResult } from './loadGenerator.ts'
import { cpuOfTree, pinned, residentOf } from './machine.ts'
import type { Question, Sample } from './questions/question.ts'
import { type Running, root } from './runningContestant.ts'

/** One window of load on one contestant. */
export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** CPU milliseconds a request. */
  readonly node: number
  readonly postgres: number
  readonly residentMb: number
}

export interface Window {
  readonly question: Question
  readonly sample: Sample
  readonly tokens: readonly string[]
  readonly seconds: number
}

export const bodiesOf = ({ query, variables }: Question, sample: Sample): string[] =>
  variables(sample).map((values) => JSON.stringify({ query, variables: values }))

/** Loads one contestant for a while, and reads what it and the database used meanwhile. */
export async function measure(running: Running, database: BenchDatabase, window: Window): Promise<Measured> {
  const before = { node: cpuOfTree(running.pid), postgres: cpuOfTree(database.pid) }
  const result = await load({
    port: running.port,
    path: running.contestant.path,
    tokens: window.tokens,
    bodies: bodiesOf(window.question, window.sample),
    connections: window.question.connections,
    perSecond: window.question.perSecond ?? null,
    seconds: window.seconds,
  })
  const after = { node: cpuOfTree(running.pid), postgres: cpuOfTree(database.pid) }
  if (result.failures > 0)
    throw new Error(
      `${running.contestant.name} failed ${result.failures} of ${result.requests} times: ${result.firstFailure}. ${running.errors()}`,
    )
  return {
    perSecond: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    node: (after.node - before.node) / result.requests,
    postgres: (after.postgres - before.postgres) / result.requests,
    residentMb: residentOf(running.pid),
  }
}

/** The load generator runs in a process of its own, so that it never takes a contestant's time. */
function load(order: LoadOrder): Promise<LoadResult> {
  const [program, rest] = pinned(
    [process.execPath, '--import', './src/cli/typescript.mjs', 'bench/loadGenerator.ts'],
    'others',
  )
  const child = spawn(program, rest, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stdin.end(JSON.stringify(order))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`The load generator ended with ${code}.`)),
    )
  })
}

/** Asks once, and gives the answer's data. */
export async function ask(running: Running, body: string, token: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${running.port}${running.contestant.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  })
  const answer: { data?: unknown; errors?: unknown } = JSON.parse(await response.text())
  if (answer.errors !== undefined)
    throw new Error(
      `${running.contestant.name} answered ${JSON.stringify(answer.errors).slice(0, 1000)}. ${running.errors()}`,
    )
  return answer.data
}

/** How many statements one request takes, asked one after another so that no batch hides any. */
export async function statementsPerRequest(
  running: Running,
  database: BenchDatabase,
  window: Omit<Window, 'seconds'>,
): Promise<number | null> {
  const bodies = bodiesOf(window.question, window.sample)
  const times = Math.min(20, bodies.length)
  // The first answer prepares.
  await ask(running, bodies[0] ?? '', window.tokens[0] ?? '')
  await database.resetStatements()
  for (let nth = 0; nth < times; nth += 1) await ask(running, bodies[nth] ?? '', window.tokens[0] ?? '')
  const calls = await database.statements()
  return calls === null ? null : calls / times
}
