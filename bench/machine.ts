import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** On what it was measured. */
export const machineText = (postgres: string): string =>
  [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 1024 ** 3)} GB memory`,
    `Node ${process.version}`,
    postgres,
    process.platform,
    quietText(),
  ].join(', ')

const before = loadavg()[0] ?? 0

/** Whoever shares the machine takes from every rate; CPU a request and the ratios suffer least. */
const quietText = (): string =>
  before > availableParallelism() / 2
    ? `others at work on the machine (load average ${before.toFixed(1)} before the start), so rates are lower and latencies longer than they would be, for every contestant`
    : 'quiet before the start'

/** CPU milliseconds that a process has used, all its threads; 0 when it is gone or the system does not tell. */
export function cpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    // Nanoseconds on a core. Clock ticks would be a hundred times coarser.
    return threads.reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    )
  } catch {
    return 0
  }
}

/**
 * The same of a process and everything it started, also what has ended since: a PostgreSQL has a process for each
 * connection, and what one had used would else be missing as soon as it is closed.
 */
export const cpuOfTree = (pid: number): number =>
  [pid, ...childrenOf(pid)].reduce((sum, one) => sum + cpuOf(one), cpuOfEnded(pid))

/**
 * CPU milliseconds of the children that a process has seen end, in clock ticks of a hundredth of a second: `man 5
 * proc_pid_stat`.
 */
function cpuOfEnded(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold spaces, the first is field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[13]) + Number(fields[14])) * 10
  } catch {
    return 0
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** Resident memory in megabytes. */
export function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** On two cores or more, a contestant has one to itself, and the database and the load share the others. */
export const pinned = (
  command: readonly string[],
  to: 'contestant' | 'others',
): readonly [string, readonly string[]] => {
  const [program = '', ...rest] = command
  const cores = availableParallelism()
  if (cores < 2 || !canPin()) return [program, rest]
  return ['taskset', ['-c', to === 'contestant' ? '0' : `1-${cores - 1}`, program, ...rest]]
}

/** Puts what already runs on the other cores. */
export function pinTree(pid: number): void {
  const cores = availableParallelism()
  if (cores < 2 || !canPin()) return
  for (const one of [pid, ...childrenOf(pid)])
    execFileSync('taskset', ['-a', '-p', '-c', `1-${cores - 1}`, String(one)], { stdio: 'ignore' })
}

let pins: boolean | undefined
const canPin = (): boolean => {
  if (pins === undefined) {
    try {
      execFileSync('taskset', ['-V'], { stdio: 'ignore' })
      pins = true
    } catch {
      pins = false
    }
  }
  return pins
}
