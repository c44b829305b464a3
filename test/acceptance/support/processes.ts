import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { killHard } from '../../support/childProcess.ts'

export const checkout = fileURLToPath(new URL('../../..', import.meta.url))

/** A `wholeview` command that serves, in a process of its own. */
export interface Serving {
  readonly url: string
  readonly process: ChildProcessWithoutNullStreams
  /** All that it wrote so far, on both streams. */
  readonly written: () => string
  /** `kill -9`. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface CommandOptions {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}

const run = (words: readonly string[], { folder = checkout, environment = {} }: CommandOptions) =>
  spawn(process.execPath, ['src/cli/wholeview.mjs', ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'info', ...environment },
    stdio: 'pipe',
  })

/** Runs `wholeview …` to its end. */
export async function command(
  words: readonly string[],
  options: CommandOptions = {},
): Promise<{ readonly code: number | null; readonly out: string; readonly problems: string }> {
  const child = run(words, options)
  let [out, problems] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    problems += chunk
  })
  // A command that should have refused and serves instead would never end by itself.
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
  const [code] = await once(child, 'close')
  clearTimeout(late)
  return { code: typeof code === 'number' ? code : null, out, problems }
}

/** Runs a command that serves, and waits for the line in which it says where. */
export async function serve(words: readonly string[], options: CommandOptions = {}): Promise<Serving> {
  const child = run(['--json', ...words], options)
  let written = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown): void => {
      written += String(chunk)
      const found = /^\{.*"url":"([^"]+)".*\}$/m.exec(written.replaceAll(/^\{.*"code":.*\}$/gm, ''))
      if (found?.[1]) resolve(found[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`${words.join(' ')} ended with ${code}: ${written}`)))
  })
  return {
    url,
    process: child,
    written: () => written,
    kill: () => (child.exitCode === null ? killHard(child) : Promise.resolve()),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}
