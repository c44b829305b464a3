import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/store/embedded.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import {
  ask,
  type GatewayProcess,
  nothingReceived,
  type Received,
  startGatewayProcess,
  tokenOf,
} from './gatewayProcess.ts'
import { type ProofOfLog, proofOfLog } from './proofOfLog.ts'

export interface Killed extends ProofOfLog {
  readonly kills: number
  /** Answers that clients received whole. */
  readonly answers: number
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until the load has had its first answer, so that every kill falls among answers. */
const started = async (before: number, received: Received): Promise<void> => {
  for (let waited = 0; received.named.length <= before && waited < 20_000; waited += 10) await pause(10)
}

/** Numbers that look random and are the same on every run (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

const folder = () => mkdtemp(join(tmpdir(), 'wholeview-kill-'))

/** One gateway on the embedded database: it is killed under load at a random moment, and starts again on what it left. */
export async function killEmbedded(kills: number, onKill: (done: number) => void = () => {}): Promise<Killed> {
  const dataDir = await folder()
  const random = seeded(kills)
  const received = nothingReceived()
  try {
    for (let kill = 0; kill < kills; kill++) {
      const gateway = await startGatewayProcess({ DATA_DIR: dataDir })
      const token = await tokenOf(gateway.url, 'mash-analyst')
      const load = ask(gateway.url, token, AbortSignal.timeout(60_000), received)
      await started(received.named.length, received)
      await pause(random() * 800)
      await gateway.kill()
      await load
      onKill(kill + 1)
    }
    const database = await openEmbedded(join(dataDir, 'store'))
    try {
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received.named)
      return { ...proof, kills, answers: received.named.length }
    } finally {
      await database.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Several gateways on one real PostgreSQL and one log: again and again one of them is killed while the others answer. */
export async function killSeveral(
  url: string,
  kills: number,
  gateways: number,
  onKill: (done: number) => void = () => {},
): Promise<Killed> {
  const dataDir = await folder()
  const environment = { DATA_DIR: dataDir, DATABASE_URL: url }
  const random = seeded(kills + gateways)
  const received = nothingReceived()
  const stopped = new AbortController()
  const running: { gateway: GatewayProcess; load: Promise<void> }[] = []
  const start = async () => {
    const gateway = await startGatewayProcess(environment)
    const token = await tokenOf(gateway.url, 'mash-analyst')
    return { gateway, load: ask(gateway.url, token, stopped.signal, received) }
  }
  try {
    // One after another: the first makes the tables and the keys.
    for (let place = 0; place < gateways; place++) running.push(await start())
    for (let kill = 0; kill < kills; kill++) {
      await pause(50 + random() * 700)
      const place = Math.floor(random() * gateways)
      const victim = running[place]
      await victim?.gateway.kill()
      await victim?.load
      running[place] = await start()
      onKill(kill + 1)
    }
    stopped.abort()
    await Promise.all(running.map(async ({ gateway, load }) => load.then(() => gateway.stop())))
    const database = openPostgres(url, { applicationName: 'proof', poolSize: 2 })
    try {
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received.named)
      return { ...proof, kills, answers: received.named.length }
    } finally {
      await database.close()
    }
  } finally {
    stopped.abort()
    await Promise.all(running.map(({ gateway }) => gateway.kill()))
    await rm(dataDir, { recursive: true, force: true })
  }
}
