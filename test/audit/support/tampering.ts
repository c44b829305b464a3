import { ringOf } from '../../../src/audit/keyRing.ts'
import { openAuditLog } from '../../../src/audit/log.ts'
import { openProver } from '../../../src/audit/logProofs.ts'
import { verifyLog } from '../../../src/audit/verifyLog.ts'
import { systemClock } from '../../../src/foundation/clock.ts'
import { migrateGateway } from '../../../src/store/migrate.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { auditEntryFor, auditKey } from '../../support/auditEntry.ts'
import { seeded } from './killing.ts'

/** One change to one place of the log's tables; `seq` is a leaf's place, `size` one past it. */
const changes: readonly ((seq: number, random: () => number) => string)[] = [
  (seq) => `update gateway.audit_leaf set leaf = replace(leaf, 'MASH_ANALYST', 'GP') where seq = ${seq}`,
  (seq) => `update gateway.audit_leaf set leaf = leaf || ' ' where seq = ${seq}`,
  (seq) => `update gateway.audit_leaf set leaf_hash = repeat('0', 64) where seq = ${seq}`,
  (seq) => `delete from gateway.audit_leaf where seq = ${seq}`,
  (seq) => `delete from gateway.audit_child where seq = ${seq}`,
  (seq) => `update gateway.audit_child set child_id = 'C99' where seq = ${seq}`,
  (seq) => `insert into gateway.audit_child values ('C98', ${seq})`,
  (seq) => `update gateway.audit_payload set payload = null where seq = ${seq}`,
  (seq) => `update gateway.audit_payload set payload = replace(payload, 'practitioner-1', 'other') where seq = ${seq}`,
  (seq) => `update gateway.audit_payload set payload = replace(payload, 'C04', 'C97') where seq = ${seq}`,
  (seq) => `update gateway.audit_checkpoint set root = repeat('0', 64) where size = ${seq + 1}`,
  (seq, random) =>
    `update gateway.audit_checkpoint set note = overlay(note placing '#' from ${1 + Math.floor(random() * 100)} for 1) where size = ${seq + 1}`,
  (seq) =>
    `update gateway.audit_checkpoint set note = (select note from gateway.audit_checkpoint where size = 1) where size = ${seq + 1}`,
]

export interface Tampered {
  readonly changes: number
  /** Statements whose change verification did not find. */
  readonly unseen: readonly string[]
  /** Statements after which a proof was still handed out for what no longer verifies. */
  readonly proofs: number
}

/** Changes a real log in one place at a time, each undone before the next, and looks whether verification finds it. */
export async function tamper(url: string, times: number): Promise<Tampered> {
  const database = openPostgres(url, { applicationName: 'tamper', poolSize: 2 })
  const key = auditKey()
  const unseen: string[] = []
  const random = seeded(times)
  try {
    await migrateGateway(database)
    const log = await openAuditLog({ database, key, origin: 'tampered', clock: systemClock(), batchSize: 1 })
    for (let id = 0; id < 30; id++) await log.append(auditEntryFor(`${id}`, 'C04'))
    await log.close()
    const before = await snapshot(database)
    for (let time = 0; time < times; time++) {
      const statement = changes[time % changes.length]?.(1 + Math.floor(random() * 29), random) ?? ''
      await database.knex.raw(statement)
      if ((await verifyLog(database, key.publicJwk)).ok) unseen.push(statement)
      await before()
    }
    const { ok } = await verifyLog(database, key.publicJwk)
    if (!ok) unseen.push('the log before any change')
    const prover = openProver(database, ringOf(key.publicJwk))
    let proofs = 0
    for (let place = 0; place < 30; place++) {
      const entry = await prover.byIndex(place)
      if (entry && (await prover.receipt(entry))) proofs++
    }
    return { changes: times, unseen, proofs }
  } finally {
    await database.close()
  }
}

const tables = ['audit_leaf', 'audit_child', 'audit_payload', 'audit_checkpoint']

/** Copies of the tables, and a way back to them. */
async function snapshot(database: ReturnType<typeof openPostgres>): Promise<() => Promise<void>> {
  for (const table of tables) await database.knex.raw(`create table kept_${table} as table gateway.${table}`)
  return () =>
    database.knex.transaction(async (trx) => {
      for (const table of tables) {
        await trx.raw(`delete from gateway.${table}`)
        await trx.raw(`insert into gateway.${table} select * from kept_${table}`)
      }
    })
}
