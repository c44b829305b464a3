import { expect, it } from 'vitest'
import { erasePersons, latestErasure } from '../../src/audit/erasePersons.ts'
import { readKeyRing, ringFrom } from '../../src/audit/keyHistory.ts'
import { type KeyRing, ringOf } from '../../src/audit/keyRing.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { openProver } from '../../src/audit/logProofs.ts'
import { leafHash } from '../../src/audit/merkle.ts'
import { childrenOf, entryFrom } from '../../src/audit/readEntry.ts'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import { verifyLog } from '../../src/audit/verifyLog.ts'
import type { Database } from '../../src/store/database.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { testDatabases } from '../support/postgres.ts'

const key = auditKey()
const ring = ringOf(key.publicJwk)
const fixed = (instant: string) => ({ now: () => new Date(instant), today: () => new Date(instant) })
const clock = fixed('2026-11-20T12:00:00Z')
const by = { caller: auditEntryFor('operator').caller, pack: { id: 'pack', hash: '00' } }
const openOn = (database: Database, more: { key?: typeof key; clock?: typeof clock } = {}) =>
  openAuditLog({ database, key, origin: 'log.example.invalid', clock, batchSize: 1, ...more })
const yearly = (year: number) => ({ ...auditEntryFor(`y${year}`, 'C04', 'C05'), at: `${year}-06-01T12:00:00.000Z` })

testDatabases('the audit log over the years', (engine) => {
  const fresh = async () => {
    const { database } = await engine.openMigrated()
    return database
  }
  const filled = async () => {
    const database = await fresh()
    const log = await openOn(database)
    for (const year of [2019, 2020, 2021, 2022]) await log.append(yearly(year))
    const erase = (before: string) => erasePersons({ database, log, clock, before: new Date(before), by })
    return { database, log, erase }
  }

  it('holds no child and no practitioner in its leaves', async () => {
    const { database } = await filled()
    const rows = await database.rows({ name: 'leaves', text: 'select leaf::text from gateway.audit_leaf', values: [] })
    expect(rows.map(([text]) => text).join('\n')).not.toMatch(/"C04"|"C05"|practitioner-1|"token"|harm/)
  })

  it('forgets old persons for good, and still verifies and proves every leaf', async () => {
    const { database, log, erase } = await filled()
    expect(await latestErasure(database)).toBeNull()
    expect(await erase('2021-01-01')).toEqual({ upTo: 2, erased: 2, kept: 0 })
    expect((await log.ofChild('C04', 9)).map(({ id }) => id)).toEqual(['y2022', 'y2021'])
    expect(await latestErasure(database)).toEqual({
      before: '2021-01-01T00:00:00Z',
      at: '2026-11-20T12:00:00Z',
      leafId: expect.any(String),
    })
    expect(await verifyLog(database, ring)).toMatchObject({ ok: true, size: 5, erased: 2, problems: [] })
    const prover = openProver(database, ring)
    const entry = await prover.byId('y2019')
    expect(verifyReceipt((entry && (await prover.receipt(entry))) ?? '', ring).ok).toBe(true)
    expect(entry?.payload).toBeNull()
    const leaf = entryFrom(entry?.leaf ?? '', null)
    expect(leaf).toMatchObject({ erased: true, caller: { subject: 'ERASED', organisation: 'LA2-MASH' } })
    expect(childrenOf(leaf)).toEqual(['ERASED'])
  })

  it('keeps the entries of an organisation that needs them for an inquiry, and erases those of every other', async () => {
    const { database, log } = await filled()
    const own = yearly(2020)
    await log.append({ ...own, id: 'other', caller: { ...own.caller, organisation: 'LA5-CSC' } })
    const erase = (except: readonly string[]) =>
      erasePersons({ database, log, clock, before: new Date('2027-01-01'), by, except })
    expect(await erase(['LA5', 'LA5-CSC'])).toMatchObject({ erased: 4 })
    expect((await log.ofChild('C04', 9)).map(({ id }) => id)).toEqual(['other'])
    expect(await verifyLog(database, ring)).toMatchObject({ ok: true, problems: [] })
    // Once the inquiry is over.
    expect(await erase([])).toMatchObject({ erased: expect.any(Number) })
    expect(await log.ofChild('C04', 9)).toEqual([])
    expect(await verifyLog(database, ring)).toMatchObject({ ok: true, problems: [] })
  })

  it('erases nothing twice, nothing that is recent, and nothing behind a clock that was set back', async () => {
    const { database, log, erase } = await filled()
    expect(await erase('2018-01-01')).toEqual({ upTo: 0, erased: 0, kept: 0 })
    await erase('2021-01-01')
    expect(await erase('2021-01-01')).toMatchObject({ erased: 0 })
    await log.append({ ...auditEntryFor('set back', 'C04'), at: '2001-01-01T00:00:00.000Z' })
    expect(await erase('2021-01-01')).toMatchObject({ upTo: 2, erased: 0 })
    expect((await log.ofChild('C04', 9)).map(({ id }) => id)).toEqual(['set back', 'y2022', 'y2021'])
    expect((await verifyLog(database, ring)).problems).toEqual([])
  })

  it('tells an erasure that the log does not record, and persons who were exchanged', async () => {
    const { database, erase } = await filled()
    await erase('2021-01-01')
    const change = async (statement: string) => {
      await database.knex.raw(statement)
      return (await verifyLog(database, ring)).problems.join('\n')
    }
    await database.knex.raw(`delete from gateway.audit_child where seq = 3`)
    expect(await change(`update gateway.audit_payload set payload = null where seq = 3`)).toMatch(
      /persons of entry 3 are missing, and no erasure up to it/,
    )
    expect(await change(`update gateway.audit_erasure set size = 4`)).toMatch(
      /no entry of the log records their erasure/,
    )
    expect(
      await change(
        `update gateway.audit_payload set payload = replace(payload, 'practitioner-1', 'another') where seq = 2`,
      ),
    ).toMatch(/persons kept with entry 2 are not those it was made with/)
  })

  it('reads leaves of the first version, which keep their persons', async () => {
    const database = await fresh()
    const log = await openOn(database)
    await log.append(auditEntryFor('new', 'C04'))
    const text = JSON.stringify(auditEntryFor('old', 'C04'))
    await database.knex.raw(`update gateway.audit_leaf set leaf = ?, leaf_hash = ?`, [
      text,
      leafHash(text).toString('hex'),
    ])
    await database.knex.raw(`update gateway.audit_payload set payload = null`)
    expect(await log.ofChild('C04', 9)).toEqual([auditEntryFor('old', 'C04')])
    expect((await verifyLog(database, ring)).problems.join('\n')).not.toMatch(/person|access log/)
    const erased = await erasePersons({ database, log, clock, before: new Date('2027-01-01'), by })
    expect(erased).toMatchObject({ erased: 0, kept: 1 })
  })

  it('verifies across a rotated key, and no key outside its time', async () => {
    const database = await fresh()
    const next = auditKey()
    const first = await openOn(database)
    for (const id of ['1', '2']) await first.append(auditEntryFor(id, 'C04'))
    await first.close()
    const second = await openOn(database, { key: next })
    for (const id of ['3', '4']) await second.append(auditEntryFor(id, 'C04'))
    const { kty, crv, x } = key.publicJwk
    if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('It is no Ed25519 key.')
    const rotated = ringFrom([{ key: { kty, crv, x }, until: 2 }], next.publicJwk)
    expect(await verifyLog(database, rotated)).toMatchObject({ ok: true, size: 4 })
    const prover = openProver(database, rotated)
    const entry = await prover.byId('1')
    expect(verifyReceipt((entry && (await prover.receipt(entry))) ?? '', rotated).ok).toBe(true)
    expect(readKeyRing(JSON.parse(JSON.stringify(rotated)))).toEqual(rotated)

    const wrong: readonly (readonly [KeyRing, RegExp])[] = [
      [ring, /Checkpoint 3 is not signed/],
      [ringOf(next.publicJwk), /Checkpoint 1 is not signed/],
      [ringFrom([{ key: { kty, crv, x }, until: 1 }], next.publicJwk), /Checkpoint 2 is not signed/],
      [ringFrom([{ key: { kty, crv, x }, until: 3 }], next.publicJwk), /Checkpoint 3 is not signed/],
    ]
    for (const [keys, problem] of wrong) expect((await verifyLog(database, keys)).problems.join('\n')).toMatch(problem)
    await first.close()
    // A gateway that was not restarted goes on with the retired key: it is found.
    const stale = await openOn(database)
    await stale.append(auditEntryFor('5'))
    expect((await verifyLog(database, rotated)).problems).toEqual(['Checkpoint 5 is not signed with this key.'])
  })

  it('keeps its order when the clock is set back', async () => {
    const database = await fresh()
    for (const [id, instant] of [
      ['1', '2026-11-20T12:00:00Z'],
      ['2', '2026-11-19T12:00:00Z'],
      ['3', '1999-01-01T00:00:00Z'],
    ] as const) {
      const log = await openOn(database, { clock: fixed(instant) })
      await log.append({ ...auditEntryFor(id, 'C04'), at: instant })
      await log.close()
    }
    const log = await openOn(database)
    expect((await log.ofChild('C04', 9)).map(({ id }) => id)).toEqual(['3', '2', '1'])
    expect((await verifyLog(database, ring)).problems).toEqual([])
  })

  it('does not go on over a gap in its places', async () => {
    const { database } = await filled()
    await database.knex.raw('delete from gateway.audit_leaf where seq = 1')
    await expect(openOn(database)).rejects.toThrow('does not match its last checkpoint')
    expect((await verifyLog(database, ring)).problems.join('\n')).toMatch(/Entry 1 is missing/)
  })
})

it('reads keys as they are handed out, and nothing else', () => {
  expect(readKeyRing(key.publicJwk)).toHaveLength(1)
  expect(readKeyRing({ keys: [key.publicJwk, { kty: 'EC', crv: 'P-256' }] })).toHaveLength(1)
  for (const wrong of [null, [], {}, { keys: [] }, { kty: 'OKP', crv: 'Ed25519', x: 'short' }])
    expect(readKeyRing(wrong)).toBeNull()
})
