import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { startPostgres } from '../support/postgresServer.ts'
import { type Hostile, hostile } from './operations.ts'

/**
 * How long `/health/live` waits while others send what is made to hold everybody up: the gateway in a process of its
 * own, on each store; the worst wait of each operation in a line.
 */
const most = { embedded: 1000, postgres: 100 } as const
type Store = keyof typeof most
const betweenLooks = 10

async function measured(store: Store): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-live-'))
  const server = store === 'postgres' ? await startPostgres(folder) : null
  if (server) ready(server.url, folder)
  const port = 20_000 + (process.pid % 20_000)
  const gateway = started(port, folder, server?.url ?? null)
  try {
    const url = `http://127.0.0.1:${port}`
    await isUp(url)
    const idle = await worstWait(url, () => new Promise((done) => setTimeout(done, 2000)))
    line(store, 'nothing', idle.worst, idle.looks, '')
    let isWithin = true
    for (const one of hostile) {
      const codes = new Map<string, number>()
      const { worst, looks } = await worstWait(url, async () => {
        for (const code of await sent(url, one)) codes.set(code, (codes.get(code) ?? 0) + 1)
      })
      line(
        store,
        `${one.name} × ${one.atOnce}`,
        worst,
        looks,
        [...codes].map(([code, count]) => `${code} ${count}`).join(', '),
      )
      if (worst > most[store]) isWithin = false
    }
    process.stdout.write(`${store}: ${isWithin ? 'within' : 'beyond'} ${most[store]} ms\n`)
    return isWithin
  } finally {
    gateway.kill('SIGTERM')
    await new Promise((done) => gateway.once('exit', done))
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const line = (store: string, name: string, worst: number, looks: number, codes: string): void => {
  process.stdout.write(
    `${store.padEnd(9)} ${name.padEnd(70)} ${worst.toFixed(0).padStart(6)} ms of ${looks} looks  ${codes}\n`,
  )
}

/** Makes the tables and puts the story cases into them. */
function ready(database: string, folder: string): void {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: database, DEMONSTRATION: 'on' }
  for (const words of [['migrate'], ['seed']]) {
    const done = spawnSync(process.execPath, ['src/cli/wholeview.mjs', 'db', ...words], { env, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`db ${words}: ${done.stderr}`)
  }
}

function started(port: number, folder: string, database: string | null): ChildProcess {
  return spawn(process.execPath, ['src/cli/wholeview.mjs', 'start'], {
    env: {
      ...process.env,
      ...{ PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error' },
      ...(database === null ? {} : { DATABASE_URL: database, DEMONSTRATION: 'on' }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function isUp(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (
      await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error('The gateway did not start.')
}

/** The longest that a look at `/health/live` took while something was done, and how many there were. */
async function worstWait(url: string, doing: () => Promise<unknown>): Promise<{ worst: number; looks: number }> {
  let isDone = false
  const done = doing().finally(() => {
    isDone = true
  })
  let [worst, looks] = [0, 0]
  while (!isDone) {
    worst = Math.max(worst, await look(url))
    looks += 1
    await new Promise((next) => setTimeout(next, betweenLooks))
  }
  await done
  return { worst, looks }
}

const look = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const from = performance.now()
    request(`${url}/health/live`, { agent: false }, (response) => {
      response.resume().once('end', () => resolve(performance.now() - from))
    })
      .once('error', reject)
      .end()
  })

async function sent(url: string, { by, purpose, query, variables, atOnce }: Hostile): Promise<readonly string[]> {
  const { token } = await requestToken({
    tokenUrl: `${url}/issuer/token`,
    personaId: by,
    secret: demonstrationSecret,
    ...(purpose ? { purpose } : {}),
  })
  const body = JSON.stringify({ query, variables })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return Promise.all(
    Array.from({ length: atOnce }, async () => {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
      const code = /"code":"(\w+)"/.exec(await response.text())?.[1]
      return code ?? String(response.status)
    }),
  )
}

const asked = process.argv.slice(2).filter((word): word is Store => word in most)
const stores: readonly Store[] = asked.length > 0 ? asked : ['postgres', 'embedded']
let isHeld = false
for (const store of stores) if (!(await measured(store))) isHeld = true
process.exitCode = isHeld ? 1 : 0
