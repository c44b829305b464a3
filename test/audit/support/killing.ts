import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../src/store/embedded.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { newDataDir, newDataDirOfServer } from '../../support/prepared.ts'
import { ask, nothingReceived, type Received } from './load.ts'
import { type ProofOfLog, proofOfLog } from './proofOfLog.ts'
import { openWarmPool, startWarm, type WarmGateway } from './warmPool.ts'

export interface Killed extends ProofOfLog {
  readonly kills: number
  /** Kills at which two gateways went at the same instant. */
  readonly together: number
  /** Answers that clients received whole. */
  readonly answers: number
  /** Requests that were under way at a kill. */
  readonly cutOff: number
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until a gateway has given so many answers, so that every kill falls among answers. */
const answering = async (received: Received, from: number): Promise<void> => {
  for (let waited = 0; received.answers.length <= from && waited < 60_000; waited += 5) await pause(5)
}

/** Numbers that look random and are the same on every run (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export const folder = (what: string) => mkdtemp(join(tmpdir(), `wholeview-${what}-`))

/**
 * One gateway on the embedded database: it is killed under load at a random moment, and starts again on what it left.
 */
export async function killEmbedded(kills: number, onKill: () => void = () => {}, seed = kills): Promise<Killed> {
  const dataDir = newDataDir()
  const random = seeded(seed)
  const received = nothingReceived()
  try {
    for (let kill = 0; kill < kills; kill++) {
      const { gateway, token } = await startWarm({ DATA_DIR: dataDir })
      const before = received.answers.length
      const load = ask(gateway.url, token, AbortSignal.timeout(120_000), received)
      await answering(received, before)
      await pause(random() * 600)
      await gateway.kill()
      await load
      onKill()
    }
    const database = await openEmbedded(join(dataDir, 'store'))
    try {
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received.answers)
      return { ...proof, kills, together: 0, answers: received.answers.length, cutOff: received.cutOff }
    } finally {
      await database.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Victim extends WarmGateway {
  readonly load: Promise<void>
  readonly received: Received
}

/**
 * Two gateways on one real PostgreSQL and one log, both under load: again and again one of them, or both at the same
 * instant, is killed at a random moment. Others wait, already started, to take their places.
 */
export async function killSeveral(url: string, kills: number, onKill: () => void = () => {}): Promise<Killed> {
  const dataDir = newDataDirOfServer()
  const environment = { DATA_DIR: dataDir, DATABASE_URL: url }
  const random = seeded(kills + 2)
  const stopped = new AbortController()
  const all: Received[] = []
  const pool = openWarmPool(environment, { ahead: 2, total: kills + 1 })
  const underLoad = (warm: WarmGateway): Victim => {
    const received = nothingReceived()
    all.push(received)
    return { ...warm, received, load: ask(warm.gateway.url, warm.token, stopped.signal, received) }
  }
  const running: Victim[] = []
  let together = 0
  try {
    // Alone, since it makes the keys.
    running.push(underLoad(await startWarm(environment)))
    running.push(underLoad(await pool.take()))
    for (let done = 0; done < kills; ) {
      await Promise.all(running.map(({ received }) => answering(received, 0)))
      await pause(random() * 500)
      const both = kills - done >= 2 && random() < 0.4
      const victims = both ? running.splice(0) : running.splice(Math.floor(random() * 2), 1)
      if (both) together += 1
      await Promise.all(victims.map(async ({ gateway, load }) => gateway.kill().then(() => load)))
      for (const _ of victims) {
        done += 1
        onKill()
        running.push(underLoad(await pool.take()))
      }
    }
    await Promise.all(running.map(({ received }) => answering(received, 0)))
    stopped.abort()
    await Promise.all(running.map(async ({ gateway, load }) => load.then(() => gateway.stop())))
    const answers = all.flatMap((received) => received.answers)
    const cutOff = all.reduce((sum, received) => sum + received.cutOff, 0)
    const database = openPostgres(url, { applicationName: 'proof', poolSize: 4 })
    try {
      const proof = await proofOfLog(database, join(dataDir, 'keys'), answers)
      return { ...proof, kills, together, answers: answers.length, cutOff }
    } finally {
      await database.close()
    }
  } finally {
    stopped.abort()
    await pool.close()
    await Promise.all(running.map(({ gateway }) => gateway.kill()))
    await rm(dataDir, { recursive: true, force: true })
  }
}
