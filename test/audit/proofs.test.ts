import { expect, it } from 'vitest'
import { BlockRoots } from '../../src/audit/blockRoots.ts'
import { readNote } from '../../src/audit/checkpoint.ts'
import { cosign, cosignaturesIn, type WitnessPolicy } from '../../src/audit/cosignature.ts'
import { ringOf } from '../../src/audit/keyRing.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { openProver, type Prover } from '../../src/audit/logProofs.ts'
import { isOwn, mayReadEntry } from '../../src/audit/mayReadEntry.ts'
import { consistencyProof, emptyFrontier, grow, inclusionProof, leafHash } from '../../src/audit/merkle.ts'
import { opens } from '../../src/audit/personsMatchEntry.ts'
import { payloadFrom, storedAuditEntry } from '../../src/audit/readEntry.ts'
import { readReceipt, receiptText, verifyReceipt } from '../../src/audit/receipt.ts'
import { openTreeReader } from '../../src/audit/treeReader.ts'
import { verifyLog } from '../../src/audit/verifyLog.ts'
import { verifyOwn } from '../../src/audit/verifyOwnLog.ts'
import { watch } from '../../src/audit/witnessing.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { testDatabases } from '../support/postgres.ts'

const key = auditKey()
const ring = ringOf(key.publicJwk)
const origin = 'log.example.invalid'
const at = new Date('2026-11-20T23:59:59Z')
const names = ['police.example', 'health.example', 'council.example']
const witnessKeys = names.map(auditKey)
const policy: WitnessPolicy = {
  threshold: 2,
  witnesses: names.map((name, place) => ({ name, publicJwk: witnessKeys[place]?.publicJwk ?? {} })),
}
const cosigned = (note: string, ...places: number[]): string => {
  const checkpoint = readNote(note)?.checkpoint
  if (!checkpoint) throw new Error('This is no note.')
  const lines = places.flatMap((place) => {
    const [witness, own] = [policy.witnesses[place], witnessKeys[place]]
    return witness && own ? [cosign(checkpoint, witness, own.privateKey, at)] : []
  })
  return note + lines.join('')
}
const logOn = (database: Database) => openAuditLog({ database, key, origin, clock: systemClock(), batchSize: 1 })
const receiptOf = async (prover: Prover, id: string): Promise<string> => {
  const entry = await prover.byId(id)
  return (entry && (await prover.receipt(entry))) ?? ''
}

testDatabases('proofs from the stored log', (engine) => {
  const filled = async (count: number, more: { organisation?: string } = {}) => {
    const { database } = await engine.openMigrated()
    const log = await logOn(database)
    for (let at = 0; at < count; at++) {
      const leaf = auditEntryFor(`${at}`, 'C04')
      const organisation = at % 2 === 0 ? leaf.caller.organisation : (more.organisation ?? '900005')
      await log.append({ ...leaf, caller: { ...leaf.caller, organisation } })
    }
    return { database, log, prover: openProver(database, ring, policy) }
  }

  it('give a receipt for every leaf, which verifies with the public key alone and names nobody', async () => {
    const { prover } = await filled(9)
    for (let index = 0; index < 9; index++) {
      const receipt = await receiptOf(prover, `${index}`)
      expect(receipt.split('\n')[0]).toBe('c2sp.org/tlog-proof@v1')
      expect(verifyReceipt(receipt, ring)).toMatchObject({ ok: true, index, checkpoint: { origin, size: 9 } })
      expect(readReceipt(receipt)?.leaf).not.toMatch(/"C04"|practitioner-1|"token"/)
    }
    expect(await prover.byId('unknown')).toBeNull()
  })

  it('refuse a receipt with anything changed, of another key, or without its witnesses', async () => {
    const { prover } = await filled(7)
    const receipt = await receiptOf(prover, '3')
    const changed = [...receipt].flatMap((character, place) => {
      const other = character === 'A' ? 'B' : 'A'
      return [
        receipt.slice(0, place) + other + receipt.slice(place + 1),
        receipt.slice(0, place) + receipt.slice(place + 1),
      ]
    })
    expect(changed.filter((text) => text !== receipt && verifyReceipt(text, ring).ok)).toEqual([])
    expect(verifyReceipt(receipt, ringOf(auditKey().publicJwk))).toMatchObject({ code: 'CHECKPOINT' })
    expect(verifyReceipt(receipt, ring, policy)).toMatchObject({ code: 'WITNESSES' })
    const read = readReceipt(receipt)
    if (!read) throw new Error('The receipt cannot be read.')
    for (const index of [0, 2, 4, 6]) expect(verifyReceipt(receiptText({ ...read, index }), ring).ok).toBe(false)
    expect(verifyReceipt('', ring)).toMatchObject({ code: 'MALFORMED' })
    expect(verifyReceipt(receiptText({ ...read, note: cosigned(read.note, 0) }), ring, policy)).toMatchObject({
      code: 'WITNESSES',
    })
    expect(verifyReceipt(receiptText({ ...read, note: cosigned(read.note, 0, 0) }), ring, policy).ok).toBe(false)
    expect(verifyReceipt(receiptText({ ...read, note: cosigned(read.note, 0, 2) }), ring, policy)).toMatchObject({
      witnesses: ['police.example', 'council.example'],
    })
  })

  it('show an organisation its own leaves and of others the hash, and hold the log to what it kept', async () => {
    const { log, prover } = await filled(6)
    const reader = { issuer: 'x', subject: 'y', organisation: '900005', role: 'GP', la: 'LA5' } as const
    const shown = async () =>
      (await prover.leaves(0, 100)).map((entry) => ({
        index: entry.index,
        hash: entry.hash,
        leaf: mayReadEntry(storedAuditEntry(entry.leaf), reader) ? entry.leaf : null,
      }))
    const kept = (await prover.checkpoint()) ?? ''
    await log.append(auditEntryFor('later', 'C05'))
    const [leaves, checkpoint] = [await shown(), (await prover.checkpoint()) ?? '']
    const verified = verifyOwn({ leaves, checkpoint }, ring, kept)
    expect(verified).toMatchObject({ ok: true, size: 7 })
    expect(verified.ok && verified.own.map(({ index }) => index)).toEqual([1, 3, 5])

    const wrong = (change: (leaf: (typeof leaves)[number], place: number) => Partial<(typeof leaves)[number]>) =>
      verifyOwn({ leaves: leaves.map((leaf, place) => ({ ...leaf, ...change(leaf, place) })), checkpoint }, ring, kept)
        .ok
    expect(
      wrong(({ hash }, place) => (place === 0 ? { hash: hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) } : {})),
    ).toBe(false)
    expect(wrong(({ leaf }, place) => (place === 1 ? { leaf: `${leaf} ` } : {}))).toBe(false)
    expect(verifyOwn({ leaves: leaves.slice(1), checkpoint }, ring, kept).ok).toBe(false)
    // Nothing at all is whole only for who has never seen anything of it.
    expect(verifyOwn({ leaves: [], checkpoint: null }, ring, null)).toEqual({ ok: true, size: 0, own: [] })
    for (const emptied of [
      verifyOwn({ leaves: [], checkpoint: null }, ring, kept),
      verifyOwn({ leaves, checkpoint: null }, ring, null),
    ])
      expect(emptied).toEqual({ ok: false, reason: 'The log shows no checkpoint.' })
    expect(verifyOwn({ leaves: leaves.slice(0, 6), checkpoint }, ring, kept).ok).toBe(false)
    expect(verifyOwn({ leaves, checkpoint: kept }, ring, checkpoint)).toMatchObject({ ok: false })
    // A whole other history, correctly signed, is found by what was kept.
    const other = await filled(7, { organisation: 'LA9-CSC' })
    const rewritten = {
      leaves: (await other.prover.leaves(0, 100)).map(({ index, hash }) => ({ index, hash, leaf: null })),
      checkpoint: (await other.prover.checkpoint()) ?? '',
    }
    expect(verifyOwn(rewritten, ring, null).ok).toBe(true)
    expect(verifyOwn(rewritten, ring, kept)).toMatchObject({ ok: false })
  })

  it('prove that one checkpoint continues another, and nothing for sizes that were not signed', async () => {
    const { prover } = await filled(6)
    expect(await prover.consistency(2, 6)).toHaveLength(2)
    expect(await prover.consistency(6, 2)).toBeNull()
    expect(await prover.consistency(2, 7)).toBeNull()
  })

  it('are not given from a log that was altered', async () => {
    const { database, prover } = await filled(6)
    await database.knex.raw(`update gateway.audit_leaf set leaf_hash = repeat('0', 64) where seq = 2`)
    await expect(receiptOf(prover, '4')).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await expect(prover.consistency(2, 6)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })

  it('keep signatures of known witnesses under this log alone, and count them', async () => {
    const { database, log, prover } = await filled(4)
    const note = (await prover.checkpoint()) ?? ''
    expect(await prover.addCosignatures(cosigned(note, 0), at)).toBe(1)
    expect((await verifyLog(database, key.publicJwk, { witnesses: policy })).problems).toEqual([
      'No checkpoint is signed by 2 of the 3 witnesses.',
    ])
    expect(await prover.witnessed()).toBeNull()
    expect(await prover.addCosignatures(cosigned(note, 1, 2), at)).toBe(2)
    expect(cosignaturesIn((await prover.checkpoint()) ?? '', policy.witnesses)).toHaveLength(3)
    await log.append(auditEntryFor('after'))
    expect(await verifyLog(database, key.publicJwk, { witnesses: policy })).toMatchObject({ ok: true, witnessed: 4 })
    const entry = await prover.byId('1')
    expect(verifyReceipt((entry && (await prover.receipt(entry, 'witnessed'))) ?? '', ring, policy).ok).toBe(true)

    const stranger = { name: 'police.example', publicJwk: auditKey().publicJwk }
    const checkpoint = readNote(note)?.checkpoint
    if (!checkpoint) throw new Error('This is no note.')
    const forged = note + cosign(checkpoint, stranger, auditKey().privateKey, at)
    expect(await prover.addCosignatures(forged, at)).toBe(0)
    const elsewhere = await filled(4, { organisation: 'LA9-CSC' })
    expect(await prover.addCosignatures(cosigned((await elsewhere.prover.checkpoint()) ?? '', 0), at)).toBe(0)
    expect(await prover.addCosignatures('nothing', at)).toBe(0)
  })

  it('show a witness two histories, and it signs one', async () => {
    const { log, prover } = await filled(5)
    const [witness, own] = [policy.witnesses[0], witnessKeys[0]]
    if (!witness || !own) throw new Error('There is no witness.')
    const look = async (from: Prover, last: string | null) => {
      const note = (await from.checkpoint()) ?? ''
      const before = last === null ? undefined : readNote(last)?.checkpoint.size
      const size = readNote(note)?.checkpoint.size ?? 0
      const proof = before === undefined ? [] : ((await from.consistency(before, size)) ?? [])
      return { note, watched: watch({ note, proof }, last, ring, witness, own.privateKey, at) }
    }
    const first = await look(prover, null)
    expect(first.watched.ok).toBe(true)
    await log.append(auditEntryFor('more'))
    expect((await look(prover, first.note)).watched).toMatchObject({ ok: true, checkpoint: { size: 6 } })
    const other = await filled(7, { organisation: 'LA9-CSC' })
    expect((await look(other.prover, first.note)).watched).toMatchObject({ ok: false, code: 'SPLIT_VIEW' })
    const same = await filled(5, { organisation: 'LA9-CSC' })
    expect((await look(same.prover, first.note)).watched).toMatchObject({ ok: false, code: 'SPLIT_VIEW' })
    const shorter = await filled(3)
    expect((await look(shorter.prover, first.note)).watched).toMatchObject({ ok: false, code: 'OLDER' })
    expect(
      watch({ note: first.note, proof: [] }, null, ringOf(auditKey().publicJwk), witness, own.privateKey, at),
    ).toMatchObject({
      code: 'UNSIGNED',
    })
  })

  it('are the same as from all hashes at once, across blocks', async () => {
    const { database } = await engine.openMigrated()
    const texts = Array.from({ length: 1700 }, (_, place) => `leaf ${place}`)
    const hashes = texts.map(leafHash)
    await database.knex.raw(
      'insert into gateway.audit_leaf (seq, leaf, leaf_hash) select place - 1, leaf, hash from unnest(?::text[], ?::text[]) with ordinality as one (leaf, hash, place)',
      [texts, hashes.map((hash) => hash.toString('hex'))],
    )
    const tree = openTreeReader(database)
    for (const size of [1, 511, 512, 513, 1024, 1025, 1699, 1700])
      for (const index of [0, 1, 510, 511, 512, 1023, 1024, 1600].filter((place) => place < size)) {
        expect(await tree.inclusion(index, size)).toEqual(inclusionProof(index, hashes.slice(0, size)))
        expect(await tree.consistency(index + 1, size)).toEqual(consistencyProof(index + 1, hashes.slice(0, size)))
      }
    await expect(tree.inclusion(5, 5)).rejects.toThrow(RangeError)
    await expect(tree.consistency(0, 5)).rejects.toThrow(RangeError)
  })

  it('read the block of their leaf and the last one, where a start has passed the others', async () => {
    const { database } = await engine.openMigrated()
    const hashes = Array.from({ length: 1700 }, (_, place) => leafHash(`leaf ${place}`))
    await database.knex.raw(
      "insert into gateway.audit_leaf (seq, leaf, leaf_hash) select place - 1, '', hash from unnest(?::text[]) with ordinality as one (hash, place)",
      [hashes.map((hash) => hash.toString('hex'))],
    )
    const read: unknown[][] = []
    const heard: Database = Object.create(database, {
      rows: {
        value: (statement: Statement) => {
          read.push([...statement.values])
          return database.rows(statement)
        },
      },
    })
    const passed = new BlockRoots()
    grow(emptyFrontier, hashes, passed.add)
    expect(await openTreeReader(heard, passed).inclusion(5, 1700)).toEqual(inclusionProof(5, hashes))
    expect(read).toEqual([
      [0, 512],
      [1536, 1700],
    ])
  })

  it('open to the persons of a leaf for who holds the salts, and to nobody else', async () => {
    const { prover } = await filled(1)
    const entry = await prover.byId('0')
    const [leaf, payload] = [storedAuditEntry(entry?.leaf ?? ''), payloadFrom(entry?.payload ?? '')]
    if (leaf.version !== 3) throw new Error('It is not sealed.')
    expect(opens(leaf, payload)).toBe(true)
    expect(opens(leaf, { ...payload, caller: { ...payload.caller, subject: 'another' } })).toBe(false)
    expect(opens(leaf, { ...payload, children: [] })).toBe(false)
    expect(payload.children[0]).toMatchObject({ id: 'C04', facts: { harm: true } })
  })
})

it('is its own for the organisation, and for the authority that governs its information', () => {
  const leaf = auditEntryFor('1', 'C04')
  const of = (organisation: string, role: 'GP' | 'INFORMATION_GOVERNANCE_OFFICER', la: string | null) =>
    isOwn(leaf, { issuer: 'i', subject: 's', organisation, role, la })
  expect(of('LA2-MASH', 'GP', 'LA2')).toBe(true)
  expect(of('LA2-IG', 'INFORMATION_GOVERNANCE_OFFICER', 'LA2')).toBe(true)
  expect(of('LA2-CSC', 'GP', 'LA2')).toBe(false)
  expect(of('LA5-IG', 'INFORMATION_GOVERNANCE_OFFICER', 'LA5')).toBe(false)
  expect(of('X', 'INFORMATION_GOVERNANCE_OFFICER', null)).toBe(false)
})
