import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { demonstrationSecret } from '../../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../../src/auth/tokenClient.ts'
import { freePort } from '../../../src/main.ts'

const program = fileURLToPath(new URL('../../../src/cli/wholeview.mjs', import.meta.url))

/** A gateway in a process of its own, as an operator starts it, reached over HTTP alone. */
export interface GatewayProcess {
  readonly url: string
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export async function startGatewayProcess(environment: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const port = await freePort('127.0.0.1')
  const child = spawn(process.execPath, [program, 'start'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      ...environment,
      PORT: String(port),
    },
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

export const tokenOf = async (url: string, persona: string): Promise<string> =>
  (await requestToken({ tokenUrl: `${url}/issuer/token`, personaId: persona, secret: demonstrationSecret })).token

/** What clients of one gateway received until it went away. */
export interface Received {
  /** Leaves that answers with data named: each disclosed something. */
  readonly disclosed: string[]
  /** Leaves that any answer named. */
  readonly named: string[]
  /** Codes of refusals, each once. */
  readonly codes: Set<string>
}

export const nothingReceived = (): Received => ({ disclosed: [], named: [], codes: new Set() })

const query = '{ child(id: "C04") { id names { given } } }'

/** Asks with several connections at once until the signal or until the gateway is gone; `into` grows with every whole answer. */
export async function ask(
  url: string,
  token: string,
  signal: AbortSignal,
  into: Received,
  connections = 6,
): Promise<void> {
  const one = async (): Promise<void> => {
    while (!signal.aborted) {
      const answer = await post(url, token).catch(() => null)
      if (answer === null) return
      const { auditId, body } = answer
      if (auditId !== null) into.named.push(auditId)
      if (hasData(body)) into.disclosed.push(auditId ?? 'an answer that names no leaf')
      for (const code of codesOf(body)) into.codes.add(code)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
}

export async function post(url: string, token: string): Promise<{ auditId: string | null; body: unknown }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(30_000),
  })
  return { auditId: response.headers.get('x-audit-id'), body: await response.json() }
}

const hasData = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'data' in body &&
  typeof body.data === 'object' &&
  body.data !== null &&
  Object.values(body.data).some((value) => value !== null)

const codesOf = (body: unknown): string[] => {
  const errors: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : []
  return Array.isArray(errors) ? errors.map((error) => String(error?.extensions?.code)) : []
}
