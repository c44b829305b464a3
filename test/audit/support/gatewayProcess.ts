import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../src/main.ts'

const program = fileURLToPath(new URL('../../../src/cli/wholeview.mjs', import.meta.url))

/** A gateway in a process of its own, as an operator starts it, reached over HTTP alone. */
export interface GatewayProcess {
  readonly url: string
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string>>

const environmentOf = (environment: Environment): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  HOST: '127.0.0.1',
  DEMONSTRATION: 'on',
  ...environment,
})

export async function startGatewayProcess(environment: Environment): Promise<GatewayProcess> {
  const port = await freePort('127.0.0.1')
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...environmentOf(environment), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = `http://127.0.0.1:${port}`
  await listening(child, url)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return { url, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** Runs one command to its end. @throws Error with what it said, when it fails. */
export async function runCommand(words: readonly string[], environment: Environment): Promise<string> {
  const child = spawn(process.execPath, [program, ...words], {
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`wholeview ${words.join(' ')} ended with ${code}: ${said.slice(-1000)}`)
  return said
}

const listening = (child: ChildProcess, url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let told = ''
    child.stderr?.on('data', (chunk) => {
      told += chunk
    })
    child.stdout?.on('data', (chunk) => {
      told += chunk
      if (told.includes(url)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code}: ${told.slice(-2000)}`)))
  })
