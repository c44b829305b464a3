import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { storedAuditEntry } from '../../../src/audit/readEntry.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { folder, pause } from './killing.ts'
import { ask, nothingReceived } from './load.ts'
import { type ProofOfLog, proofOfLog } from './proofOfLog.ts'
import { startWarm } from './warmPool.ts'

export interface Unsteady extends ProofOfLog {
  readonly answers: number
  /** Leaves that are dated before the one they follow. */
  readonly backwards: number
}

/**
 * Loaded into a gateway before anything else: every so often its clock goes back by twenty seconds, and later forth
 * again.
 */
const unsteadyClock = `
  const Real = Date
  const now = () => Real.now() - 20000 * (Math.floor(Real.now() / 300) % 2)
  globalThis.Date = class Date extends Real {
    constructor(...given) { if (given.length > 0) super(...given); else super(now()) }
    static now() { return now() }
  }`

/** Two gateways on one log under load, one of which cannot keep its clock. */
export async function setClockBack(url: string, milliseconds: number): Promise<Unsteady> {
  const dataDir = await folder('clock')
  const environment = { DATA_DIR: dataDir, DATABASE_URL: url }
  const received = nothingReceived()
  const stopped = new AbortController()
  const unsteady = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(unsteadyClock)}` }
  const steady = await startWarm(environment)
  const running = [steady]
  try {
    running.push(await startWarm({ ...environment, ...unsteady }))
    const loads = running.map(({ gateway, token }) => ask(gateway.url, token, stopped.signal, received, 3))
    await pause(milliseconds)
    stopped.abort()
    await Promise.all(loads)
    await Promise.all(running.map(({ gateway }) => gateway.stop()))
    const database = openPostgres(url, { applicationName: 'proof', poolSize: 4 })
    try {
      const proof = await proofOfLog(database, join(dataDir, 'keys'), received.answers)
      const text = 'select leaf::text from gateway.audit_leaf order by seq'
      const times = (await database.rows({ name: 'all-leaves', text, values: [] })).map(
        ([leaf]) => storedAuditEntry(leaf ?? '').at,
      )
      const backwards = times.filter((at, place) => at < (times[place - 1] ?? '')).length
      return { ...proof, answers: received.answers.length, backwards }
    } finally {
      await database.close()
    }
  } finally {
    stopped.abort()
    await Promise.all(running.map(({ gateway }) => gateway.kill()))
    await rm(dataDir, { recursive: true, force: true })
  }
}
