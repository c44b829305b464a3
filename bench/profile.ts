import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Contestant, inSource } from './contestants/contestant.ts'
import type { BenchDatabase } from './database.ts'
import { type Measured, measure, type Window } from './measure.ts'
import { type Running, start } from './runningContestant.ts'
import { warmUp } from './warmUp.ts'

/** One function's samples in a V8 profile. */
export interface ProfileNode {
  readonly id: number
  readonly children?: readonly number[]
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly hitCount: number
}

/**
 * Loads the gateway under V8's own profiler once it is warm, and tells the share of each room and the dearest
 * functions.
 */
export async function profile(
  gateway: Contestant,
  environment: Readonly<Record<string, string>>,
  database: BenchDatabase,
  window: Window,
): Promise<string> {
  const { measured, statements, nodes } = await profiled(gateway, environment, database, window)
  return [
    `${window.question.name.toUpperCase()}  ${window.question.title}: ${measured.perSecond.toFixed(0)} requests a second under the profiler, Node ${measured.node.toFixed(2)} ms and PostgreSQL ${measured.postgres.toFixed(2)} ms of CPU a request; p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms`,
    sharesText('Share by room', shares(nodes, roomOf)),
    ['Dearest statements', ...statements.map((line) => `  ${line}`)].join('\n'),
    sharesText('Dearest functions', shares(nodes, functionOf).slice(0, 30)),
  ].join('\n\n')
}

interface Watched {
  readonly measured: Measured
  readonly statements: readonly string[]
}

/** Loads the gateway as above, and gives what V8's profiler saw. */
export async function profiled(
  gateway: Contestant,
  environment: Readonly<Record<string, string>>,
  database: BenchDatabase,
  window: Window,
): Promise<Watched & { readonly nodes: readonly ProfileNode[] }> {
  const file = join(database.scratch, `${window.question.name}.cpuprofile`)
  const running = await start(inSource(gateway), { ...environment, BENCH_PROFILE: file })
  const found = await watched(running, database, window, file).finally(() => running.stop())
  const { nodes }: { nodes: readonly ProfileNode[] } = JSON.parse(readFileSync(file, 'utf8'))
  return { ...found, nodes }
}

/** The share of the busy time that one function took, with everything that it called. */
export function shareWithin(nodes: readonly ProfileNode[], isIt: (node: ProfileNode) => boolean): number {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const hits = (node: ProfileNode): number =>
    node.hitCount + (node.children ?? []).reduce((sum, id) => sum + hitsOf(byId.get(id)), 0)
  const hitsOf = (node: ProfileNode | undefined): number => (node ? hits(node) : 0)
  const inner = new Set(nodes.filter(isIt).flatMap((node) => node.children ?? []))
  const total = nodes
    .filter(({ callFrame }) => !idle.has(callFrame.functionName))
    .reduce((sum, { hitCount }) => sum + hitCount, 0)
  const outermost = nodes.filter((node) => isIt(node) && !inner.has(node.id))
  return outermost.reduce((sum, node) => sum + hits(node), 0) / Math.max(1, total)
}

async function watched(running: Running, database: BenchDatabase, window: Window, file: string): Promise<Watched> {
  await warmUp((seconds) => measure(running, database, { ...window, seconds }), mostWarmUp)
  await database.resetStatements()
  process.kill(running.pid, 'SIGUSR2')
  const measured = await measure(running, database, window)
  process.kill(running.pid, 'SIGUSR2')
  const statements = await database.dearest(12)
  await written(file)
  return { measured, statements }
}

async function written(file: string): Promise<void> {
  for (let tries = 0; tries < 100 && !existsSync(file); tries += 1) await wait(100)
  await wait(500)
}

/** Seconds of load before a profile, at most: what is looked for is how a gateway serves, not how it starts. */
const mostWarmUp = 30

/** Time waiting is not time spent. */
const idle = new Set(['(idle)', '(program)', '(root)'])

function shares(nodes: readonly ProfileNode[], key: (node: ProfileNode) => string): (readonly [string, number])[] {
  const busy = nodes.filter(({ callFrame }) => !idle.has(callFrame.functionName))
  const total = busy.reduce((sum, { hitCount }) => sum + hitCount, 0)
  const found = new Map<string, number>()
  for (const node of busy) found.set(key(node), (found.get(key(node)) ?? 0) + node.hitCount)
  return [...found]
    .map(([name, hits]) => [name, hits / Math.max(1, total)] as const)
    .sort(([, one], [, other]) => other - one)
}

/** `src/policy/decide.ts` → `src/policy`; a package by its name; what Node and V8 do for themselves by theirs. */
export function roomOf({ callFrame: { functionName, url } }: ProfileNode): string {
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url.replace(/.*node_modules\//, 'node_modules/'))?.[1]
  if (dependency !== undefined) return dependency
  const own = /\/(src\/[a-z]+\/|src\/[a-zA-Z]+\.ts|resolvers\/|bench\/|seeds\/)/.exec(url)?.[1]
  if (own !== undefined) return own.replace(/\/$/, '')
  if (functionName === '(garbage collector)') return 'garbage collector'
  return url.startsWith('node:') ? url.replace(/^(node:(internal\/)?[a-z_]+).*/, '$1') : 'V8 and native'
}

const functionOf = ({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string =>
  `${functionName || '(anonymous)'}  ${url.replace(/^.*\/(node_modules|src|resolvers|bench)\//, '$1/')}${url ? `:${lineNumber + 1}` : ''}`

const sharesText = (title: string, found: readonly (readonly [string, number])[]): string =>
  [
    title,
    ...found
      .filter(([, share]) => share >= 0.003)
      .map(([name, share]) => `  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`),
  ].join('\n')
