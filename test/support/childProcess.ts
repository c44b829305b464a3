import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** For `node --import`, and for a thread to import. */
export const typescriptLoader = new URL('../../src/cli/typescript.mjs', import.meta.url).href

/** Runs a TypeScript file of this folder in a process of its own. */
export function runSupport(file: string, ...parameters: string[]): ChildProcessWithoutNullStreams {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return spawn(process.execPath, ['--import', typescriptLoader, path, ...parameters], { stdio: 'pipe' })
}

/** The first line that the process prints; its error output when it ends without one. */
export async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  let [out, problems] = ['', '']
  child.stderr.on('data', (chunk) => {
    problems += chunk
  })
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')))
    })
    child.once('exit', () => resolve(out || problems))
  })
}

/** `kill -9`, and waits until the process is gone. */
export async function killHard(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
