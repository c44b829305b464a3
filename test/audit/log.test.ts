import { KeyObject } from 'node:crypto'
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AuditLogOptions, openAuditLog } from '../../src/audit/log.ts'
import { verifyLog } from '../../src/audit/verifyLog.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { killHard, runSupport } from '../support/childProcess.ts'
import { testDatabases } from '../support/postgres.ts'
import { newDatabaseFolder } from '../support/prepared.ts'
import { sampled } from '../support/sample.ts'

const key = auditKey()
const openOn = (database: Database, more: Partial<AuditLogOptions> = {}) =>
  openAuditLog({ database, key, origin: 'log.example.invalid', clock: systemClock(), ...more })
const one = async (database: Database, text: string) =>
  (await database.rows({ name: text.slice(0, 60), text, values: [] }))[0]?.[0]
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `${from + at}`)

/** The database, but its hot path does what the test says before, instead of or after the true statement. */
const through = (database: Database, rows: Database['rows']): Database => ({
  kind: database.kind,
  get knex() {
    return database.knex
  },
  rows,
  wireRows: database.wireRows,
  close: () => database.close(),
})

testDatabases('the audit log', (engine) => {
  const fresh = async () => {
    const opened = await engine.openMigrated()
    return opened
  }

  it('keeps leaves in order, as exact text, and finds them by child, latest first', async () => {
    const { database } = await fresh()
    const log = await openOn(database)
    await log.append(auditEntryFor('1', 'C04'))
    await log.append(auditEntryFor('2', 'C05', 'C04', 'C04'))
    await log.append(auditEntryFor('3'))
    expect(await log.ofChild('C04', 10)).toEqual([auditEntryFor('2', 'C05', 'C04', 'C04'), auditEntryFor('1', 'C04')])
    expect((await log.ofChild('C04', 1)).map((leaf) => leaf.id)).toEqual(['2'])
    expect(await log.ofChild('C99', 10)).toEqual([])
    const progress: number[] = []
    const verified = await verifyLog(database, key.publicJwk, { onProgress: (done) => progress.push(done) })
    expect(verified).toMatchObject({ ok: true, size: 3, checkpoints: 3, problems: [] })
    expect(progress).toEqual([3])
    await log.close()
  })

  it('is not writable after an append that failed, until one or a trial write succeeds, and leaves no trial', async () => {
    const { database } = await fresh()
    let isFull = false
    const full = (work: () => Promise<never> | ReturnType<Database['rows']>) =>
      isFull ? Promise.reject(new Error('No space left on device')) : work()
    const faulty: Database = {
      ...through(database, (statement, signal) => full(() => database.rows(statement, signal))),
      get knex() {
        if (isFull) throw new Error('No space left on device')
        return database.knex
      },
    }
    const log = await openOn(faulty)
    expect(await log.isWritable()).toBe(true)
    await log.append(auditEntryFor('1', 'C04'))
    isFull = true
    // Nobody has tried yet.
    expect(await log.isWritable()).toBe(true)
    await expect(log.append(auditEntryFor('2', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    expect([await log.isWritable(), await log.isWritable()]).toEqual([false, false])
    isFull = false
    expect(await log.isWritable()).toBe(true)
    isFull = true
    await expect(log.append(auditEntryFor('3', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    isFull = false
    await log.append(auditEntryFor('4', 'C04'))
    expect(await log.isWritable()).toBe(true)
    expect(await one(database, 'select count(*)::text from gateway.audit_payload')).toBe('2')
    expect(await verifyLog(database, key.publicJwk)).toMatchObject({ ok: true, size: 2, problems: [] })
    await log.close()
    expect(await log.isWritable()).toBe(false)
  })

  it('commits many waiting leaves together, and goes on after it is opened again', async () => {
    const { database } = await fresh()
    const log = await openOn(database, { batchSize: 100 })
    await Promise.all(ids(450).map((id) => log.append(auditEntryFor(id, 'C04'))))
    await log.close()
    const again = await openOn(database)
    await again.append(auditEntryFor('after', 'C04'))
    const { ok, size, checkpoints } = await verifyLog(database, key.publicJwk)
    expect({ ok, size, checkpoints }).toEqual({ ok: true, size: 451, checkpoints: 6 })
  })

  it('lets several gateways append to one log', async () => {
    const { database, another } = await fresh()
    const logs = await Promise.all([database, another(), another()].map((handle) => openOn(handle, { batchSize: 5 })))
    await Promise.all(ids(150).map((id, at) => logs[at % 3]?.append(auditEntryFor(id, 'C04', `C${id}`))))
    const { ok, size, problems } = await verifyLog(database, key.publicJwk)
    expect({ ok, size, problems }).toEqual({ ok: true, size: 150, problems: [] })
    expect(new Set((await logs[0]?.ofChild('C04', 1000))?.map((leaf) => leaf.id))).toEqual(new Set(ids(150)))
  })

  it('refuses every leaf of a batch that fails, and goes on afterwards', async () => {
    const { database } = await fresh()
    let fails = false
    const log = await openOn(
      through(database, (statement, signal) =>
        fails ? Promise.reject(new Error('the disk is full')) : database.rows(statement, signal),
      ),
    )
    await log.append(auditEntryFor('1', 'C04'))
    fails = true
    const refused = await Promise.allSettled([
      log.append(auditEntryFor('2', 'C04')),
      log.append(auditEntryFor('3', 'C04')),
    ])
    expect(refused.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual([
      'AUDIT_UNAVAILABLE',
      'AUDIT_UNAVAILABLE',
    ])
    fails = false
    await log.append(auditEntryFor('4', 'C04'))
    expect((await log.ofChild('C04', 9)).map((leaf) => leaf.id)).toEqual(['4', '1'])
    expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
  })

  it('refuses a leaf whose commit was not confirmed, and still does not fork', async () => {
    const { database } = await fresh()
    let lost = false
    const log = await openOn(
      through(database, async (statement, signal) => {
        const rows = await database.rows(statement, signal)
        if (lost) throw new Error('the connection was lost after the commit')
        return rows
      }),
    )
    lost = true
    await expect(log.append(auditEntryFor('1', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    lost = false
    await log.append(auditEntryFor('2', 'C04'))
    expect((await log.ofChild('C04', 9)).map((leaf) => leaf.id)).toEqual(['2', '1'])
    expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
  })

  it('refuses by its deadline when the database does not answer', async () => {
    const { database } = await fresh()
    const log = await openOn(
      through(database, (statement, signal) =>
        statement.name === 'audit-append'
          ? new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
          : database.rows(statement, signal),
      ),
      { deadlineMilliseconds: 50 },
    )
    await expect(log.append(auditEntryFor('1', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })

  it('refuses above its queue, when closed, and what is not canonical JSON', async () => {
    const { database } = await fresh()
    const log = await openOn(database, { queueSize: 2 })
    const outcomes = await Promise.allSettled(ids(4).map((id) => log.append(auditEntryFor(id))))
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    await expect(log.append(auditEntryFor('\ud800'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await log.close()
    await expect(log.append(auditEntryFor('9'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })

  const tampering: readonly (readonly [what: string, statements: readonly string[], problem: RegExp])[] = [
    [
      'a changed byte',
      [`update gateway.audit_leaf set leaf = replace(leaf, 'MASH_ANALYST', 'GP') where seq = 2`],
      /Entry 2 is not what was recorded/,
    ],
    ['a leaf taken out', [`delete from gateway.audit_leaf where seq = 3`], /Entry 3 is missing/],
    [
      'two leaves swapped',
      [
        `create temporary table swap as select seq, leaf, leaf_hash from gateway.audit_leaf where seq in (1, 4)`,
        `update gateway.audit_leaf a set leaf = s.leaf, leaf_hash = s.leaf_hash from swap s where a.seq + s.seq = 5 and a.seq in (1, 4)`,
      ],
      /do not give the root that checkpoint 2 signed/,
    ],
    [
      'a forged checkpoint',
      [`update gateway.audit_checkpoint set note = replace(note, E'\\n4\\n', E'\\n5\\n') where size = 4`],
      /Checkpoint 4 is not signed with this key/,
    ],
    [
      'a checkpoint of another place',
      [
        `update gateway.audit_checkpoint set note = (select note from gateway.audit_checkpoint where size = 2) where size = 4`,
      ],
      /Checkpoint 4 was signed for size 2/,
    ],
    [
      'a disclosure hidden from a child',
      [`delete from gateway.audit_child where seq = 1`],
      /does not name the children of entry 1/,
    ],
    [
      'a disclosure moved to another child',
      [`update gateway.audit_child set child_id = 'C05' where seq = 1`],
      /does not name the children of entry 1/,
    ],
    [
      'a disclosure invented for a child',
      [`insert into gateway.audit_child values ('C04', 99)`],
      /names 1 entries that are not in the log/,
    ],
    [
      'a leaf added without a checkpoint',
      [`insert into gateway.audit_leaf values (6, '{}', '00')`],
      /1 entries stand beyond the last checkpoint/,
    ],
    [
      'the newest checkpoint taken off',
      [`delete from gateway.audit_checkpoint where size = 6`],
      /1 entries stand beyond/,
    ],
  ]
  // The embedded store takes seconds to open.
  it.each(engine.kind === 'embedded' ? sampled(tampering, 3) : tampering)(
    'finds %s',
    async (_, statements, problem) => {
      const { database } = await fresh()
      const log = await openOn(database, { batchSize: 1 })
      for (const id of ids(6)) await log.append(auditEntryFor(id, 'C04'))
      await log.close()
      await database.knex.transaction(async (trx) => {
        for (const statement of statements) await trx.raw(statement)
      })
      const { ok, problems } = await verifyLog(database, key.publicJwk)
      expect(ok).toBe(false)
      expect(problems.join('\n')).toMatch(problem)
    },
  )

  it('finds an end cut off whole, against a checkpoint that was kept elsewhere', async () => {
    const { database } = await fresh()
    const log = await openOn(database, { batchSize: 1 })
    for (const id of ids(3)) await log.append(auditEntryFor(id))
    const kept = (await one(database, 'select note from gateway.audit_checkpoint where size = 3')) ?? ''
    expect((await verifyLog(database, key.publicJwk, { anchors: [kept] })).ok).toBe(true)
    for (const table of ['audit_leaf where seq = 2', 'audit_checkpoint where size = 3'])
      await database.knex.raw(`delete from gateway.${table}`)
    expect((await verifyLog(database, key.publicJwk)).ok).toBe(true)
    expect((await verifyLog(database, key.publicJwk, { anchors: [kept] })).problems).toEqual([
      'The log ends at 2, before the checkpoint kept elsewhere, 3: entries were removed.',
    ])
    await expect(log.append(auditEntryFor('4'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })

  it('does not append to a log that does not match its checkpoint', async () => {
    const { database } = await fresh()
    const log = await openOn(database)
    await log.append(auditEntryFor('1'))
    await database.knex.raw(`update gateway.audit_leaf set leaf_hash = repeat('0', 64)`)
    await expect(openOn(database)).rejects.toThrow('does not match its last checkpoint')
  })
})

describe('the audit log of a gateway that is killed', () => {
  it('has every leaf that was acknowledged, and is whole', async () => {
    const folder = newDatabaseFolder('migrated')
    try {
      const acknowledged: string[] = []
      const pem =
        key.privateKey instanceof KeyObject ? String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })) : ''
      for (let round = 0; round < 2; round++) {
        const child = runSupport('appendUntilKilled.ts', folder, pem, JSON.stringify(key.publicJwk))
        let printed = ''
        await new Promise<void>((resolve, reject) => {
          child.stdout.on('data', (chunk) => {
            printed += chunk
            if (printed.split('\n').length > 200) resolve()
          })
          child.once('exit', () => reject(new Error('It ended before it was killed.')))
        })
        await killHard(child)
        acknowledged.push(...printed.split('\n').slice(0, -1))
      }
      const database = await openEmbedded(folder)
      const stored = await (await openOn(database)).ofChild('C04', 1_000_000)
      const known = new Set(stored.map((leaf) => leaf.id))
      expect(acknowledged.length).toBeGreaterThanOrEqual(400)
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([])
      expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
      await database.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
