import { createPrivateKey } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkpointSigner, readNote } from '../../../src/audit/checkpoint.ts'
import { ringVerifier } from '../../../src/audit/keyRing.ts'
import { openProver } from '../../../src/audit/logProofs.ts'
import type { Database } from '../../../src/store/database.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { runCommand } from './gatewayProcess.ts'
import { folder, pause } from './killing.ts'
import { ask, nothingReceived } from './load.ts'
import { type ProofOfLog, proofOfLog, ringIn } from './proofOfLog.ts'
import { startWarm } from './warmPool.ts'

export interface Rotated extends ProofOfLog {
  readonly rotations: number
  readonly answers: number
  /**
   * Checkpoints that retired keys signed for the log as it is now, and that verified: a leaked key must not speak for
   * later sizes.
   */
  readonly forged: number
}

/**
 * The key of the log is changed again and again, with load between; every key's part of the log must go on verifying.
 */
export async function rotateKeys(url: string, rotations: number): Promise<Rotated> {
  const dataDir = await folder('rotate')
  const environment = { DATA_DIR: dataDir, DATABASE_URL: url }
  const received = nothingReceived()
  try {
    for (let rotation = 0; rotation <= rotations; rotation++) {
      if (rotation > 0) await runCommand(['audit', 'rotate-key'], environment)
      const { gateway, token } = await startWarm(environment)
      try {
        const stopped = new AbortController()
        const load = ask(gateway.url, token, stopped.signal, received)
        await pause(500)
        stopped.abort()
        await load
        await gateway.stop()
      } finally {
        await gateway.kill()
      }
    }
    const database = openPostgres(url, { applicationName: 'proof', poolSize: 4 })
    try {
      const keys = join(dataDir, 'keys')
      const proof = await proofOfLog(database, keys, received.answers)
      return { ...proof, rotations, answers: received.answers.length, forged: await forgedByRetired(database, keys) }
    } finally {
      await database.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What somebody could do who kept the private keys that were retired. */
async function forgedByRetired(database: Database, keys: string): Promise<number> {
  const ring = await ringIn(keys)
  const note = await openProver(database, ring).checkpoint()
  const newest = note === null ? null : readNote(note)?.checkpoint
  const files = (await readdir(keys)).filter((name) => name.includes('.retired-'))
  if (!newest || files.length === 0) throw new Error('There is no checkpoint, or no key was retired.')
  const verify = ringVerifier(ring)
  let forged = 0
  for (const file of files) {
    const jwk = JSON.parse(await readFile(join(keys, file), 'utf8'))
    const { kty, crv, x } = jwk
    if (verify(checkpointSigner(newest.origin, createPrivateKey({ key: jwk, format: 'jwk' }), { kty, crv, x })(newest)))
      forged += 1
  }
  return forged
}
