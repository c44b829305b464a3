import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/main.ts'
import type { Contestant } from './contestants/contestant.ts'
import { nodeOf } from './contestants/peerPackage.ts'
import { pinned } from './machine.ts'

/** A contestant that answers. */
export interface Running {
  readonly contestant: Contestant
  readonly port: number
  readonly pid: number
  /** The end of what it wrote on standard error. */
  errors(): string
  stop(): Promise<void>
}

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Starts a contestant and waits until it says that it is ready. Its errors are kept, for a failure to quote. */
export async function start(contestant: Contestant, environment: Readonly<Record<string, string>>): Promise<Running> {
  const port = await freePort('127.0.0.1')
  const [program, rest] = pinned([nodeOf(contestant), ...contestant.command], 'contestant')
  const child = spawn(program, rest, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      ...environment,
      ...contestant.environment,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  const errors = () => written
  child.stderr?.on('data', (chunk: Buffer) => {
    written = (written + chunk.toString()).slice(-2000)
  })
  await ready(child, contestant.name, errors)
  // `taskset` becomes the program it is told to run, so this is the contestant itself.
  return { contestant, port, pid: child.pid ?? 0, errors, stop: () => stopped(child) }
}

const ready = (child: ChildProcess, name: string, errors: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} was not ready within a minute. ${errors()}`)), 60_000)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`${name} ended with ${code}. ${errors()}`))
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!chunk.toString().includes('ready')) return
      clearTimeout(late)
      resolve()
    })
  })

/** Some contestants do not listen to a polite signal. */
const stopped = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 8000).unref()
  })
