import { describe, expect, it } from 'vitest'
import { holderStatesIn } from '../../../src/registers/holderStates.ts'
import { importedPeople } from '../../../src/sources/bindings/files/importedPeople.ts'
import { noteImport } from '../../../src/sources/bindings/files/imports.ts'
import type { IncomingRecord } from '../../../src/sources/bindings/files/incoming.ts'
import { type StoredRecord, storedRecord } from '../../../src/sources/bindings/files/storedRecord.ts'
import { type WriteOptions, writeImport } from '../../../src/sources/bindings/files/writeImport.ts'
import type { Database } from '../../../src/store/database.ts'
import { testDatabases } from '../../support/postgres.ts'
import { layoutOfKind, now, ownerOfKind } from './support.ts'

const plan = (id: string, fields: object, more: Partial<IncomingRecord> = {}): StoredRecord => {
  const incoming = { file: 'f', line: 1, list: 'plans', id, person: 'p', fields: { ...fields }, ...more }
  const made = storedRecord(incoming, layoutOfKind('socialCare'), ownerOfKind('socialCare'), now)
  if ('fault' in made) throw new Error(made.fault)
  return made
}

testDatabases('what is held of files', (engine) => {
  let store: Promise<Database> | null = null
  const opened = async () => {
    store ??= engine.openMigrated().then(({ database }) => database)
    return { gateway: await store }
  }
  const write = async (records: readonly StoredRecord[], holder = 'H1', options: WriteOptions = {}) => {
    const { gateway } = await opened()
    // Whoever they are about is known.
    const said = new Set(records.filter(({ list }) => list === 'person').map(({ person }) => person))
    const people = ['p', 'other']
      .filter((id) => !said.has(id) && records.some(({ person }) => person === id))
      .map((id) => plan(id, {}, { list: 'person', person: id }))
    return gateway.knex.transaction(async (trx) => {
      await writeImport(trx, holder, people, now)
      return writeImport(trx, holder, records, now, options)
    })
  }
  const versions = async (id: string, holder = 'H1') => {
    const { gateway } = await opened()
    return gateway.rows({
      name: 'versions',
      text: `select version::text, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD'),
        to_char(replaced_at at time zone 'UTC', 'YYYY-MM-DD'), fields->>'category' from gateway.imported_record where holder = $1::text and record_id = $2::text order by version`,
      values: [holder, id],
    })
  }

  it('is one row while a record says the same, and one more for each time that it says something else', async () => {
    const said = (category: string, recordedAt: string) => plan('a', { category }, { recordedAt })
    expect(await write([said('NEG', '2026-01-01')])).toMatchObject({ added: 1 })
    expect(await write([said('NEG', '2026-02-01')])).toMatchObject({ added: 0, changed: 0, same: 1 })
    expect(await write([said('EMO', '2026-03-01')])).toMatchObject({ changed: 1 })
    expect(await write([said('NEG', '2026-02-15')])).toMatchObject({
      ...{ changed: 0, refused: [{ fault: 'OLDER_THAN_HELD' }] },
    })
    expect(await versions('a')).toEqual([
      ['1', '2026-01-01', '2026-03-01', 'NEG'],
      ['2', '2026-03-01', null, 'EMO'],
    ])
  })

  it('takes a history out of one file, whatever order it stands in', async () => {
    const history = ['2026-03-01', '2026-01-01', '2026-02-01'].map((recordedAt) =>
      plan('b', { from: recordedAt }, { recordedAt }),
    )
    await write(history)
    expect((await versions('b')).map(([, from, until]) => [from, until])).toEqual([
      ['2026-01-01', '2026-02-01'],
      ['2026-02-01', '2026-03-01'],
      ['2026-03-01', null],
    ])
  })

  it('refuses two that say different things at once, and takes back what the holder takes back', async () => {
    const both = [plan('c', { category: 'NEG' }), plan('c', { category: 'EMO' })]
    expect(await write(both)).toMatchObject({ added: 1, refused: [{ fault: 'SAME_ID_TWICE' }] })
    expect(await write([plan('c', {}, { withdrawn: true })])).toMatchObject({ withdrawn: 1 })
    expect((await versions('c')).map(([, , until]) => until)).toEqual(['2026-11-20'])
    expect(await write([plan('c', {}, { withdrawn: true })])).toMatchObject({ withdrawn: 0, same: 1 })
  })

  it('takes back what a whole return no longer says of a child, and of nobody else', async () => {
    const said = [plan('f1', {}), plan('f2', {}), plan('f3', {}, { person: 'other' })]
    const referral = plan('f4', {}, { list: 'referrals' })
    const handedIn = { ...plan('f5', {}), format: 'csv' }
    await write([...said, referral, handedIn], 'H7')
    expect(await write([plan('f1', {})], 'H7')).toMatchObject({ withdrawn: 0, same: 1 })
    expect(await write([plan('f1', {})], 'H7', { isComplete: true })).toMatchObject({ withdrawn: 1, same: 1 })
    const ends = await Promise.all(
      ['f1', 'f2', 'f3', 'f4', 'f5'].map(async (id) => (await versions(id, 'H7')).map(([, , until]) => until)),
    )
    expect(ends).toEqual([[null], ['2026-11-20'], [null], [null], [null]])
    // Said again, it is there again.
    expect(await write([plan('f2', {})], 'H7')).toMatchObject({ changed: 1 })
    // A return that was made before does not take back what a later one said.
    const older = plan('f1', {}, { madeAt: '2026-01-01T00:00:00Z' })
    expect(await write([older], 'H7', { isComplete: true })).toMatchObject({ withdrawn: 0 })
  })

  it('refuses what stands under nothing, and takes what stands under a record of the file or of before', async () => {
    const action = (id: string, parent: string) => plan(id, { text: 'Ring' }, { list: 'actions', parent })
    expect(await write([plan('d', {}), action('d1', 'd'), action('d2', 'nowhere')])).toMatchObject({
      ...{ added: 2, refused: [{ fault: 'PARENT_UNKNOWN', where: 'actions' }] },
    })
    expect(await write([action('d3', 'd')])).toMatchObject({ added: 1, refused: [] })
    // Another holder's record is none of this one's.
    expect(await write([action('d4', 'd')], 'H2')).toMatchObject({ refused: [{ fault: 'PARENT_UNKNOWN' }] })
  })

  it('is of somebody whom the files or earlier ones describe, or is refused, and takes nothing from a child', async () => {
    const stranger = (person: string, more: Partial<IncomingRecord> = {}) =>
      plan('g1', { category: 'EMO' }, { person, ...more })
    await write([plan('g1', { category: 'NEG' })], 'H8')
    const moved = [stranger('P-404'), plan('g2', { text: 'Ring' }, { list: 'actions', parent: 'g1', person: 'P-404' })]
    const refused = [
      { file: 'f', line: 1, fault: 'PERSON_UNKNOWN', where: 'plans' },
      { file: 'f', line: 1, fault: 'PERSON_UNKNOWN', where: 'actions' },
    ]
    expect(await write(moved, 'H8')).toEqual({ added: 0, changed: 0, same: 0, withdrawn: 0, refused })
    expect((await versions('g1', 'H8')).map(([, , until, category]) => [until, category])).toEqual([[null, 'NEG']])
    // Another holder's person is none of this one's, and one that is taken back is nobody any more.
    const person = plan('P-404', {}, { list: 'person', person: 'P-404' })
    await write([person], 'H9')
    expect(await write(moved, 'H8')).toMatchObject({ refused })
    expect(await write([person, ...moved], 'H8')).toMatchObject({ added: 2, changed: 1, refused: [] })
    await write([{ ...person, withdrawn: true }], 'H8')
    expect(await write([stranger('P-404', { recordedAt: '2026-11-20' })], 'H8')).toMatchObject({
      refused: [refused[0]],
    })
    expect(await write([stranger('P-404', { withdrawn: true })], 'H8')).toMatchObject({ withdrawn: 1, refused: [] })
  })

  it('is known from the day of an event, or from when a file was made where that was before', async () => {
    await write([
      plan('e1', {}, { eventAt: '2026-05-14', madeAt: '2026-06-01T00:00:00Z' }),
      plan('e2', {}, { eventAt: '2028-05-14', madeAt: '2026-06-01T00:00:00Z' }),
      plan('e3', {}, { eventAt: '2028-05-14' }),
      plan('e4', {}, { madeAt: '2031-01-01T00:00:00Z' }),
    ])
    const days = await Promise.all(['e1', 'e2', 'e3', 'e4'].map(async (id) => (await versions(id))[0]?.[1]))
    expect(days).toEqual(['2026-05-13', '2026-06-01', '2026-11-20', '2026-11-20'])
  })

  it('is all of a file or nothing of it', async () => {
    const many = Array.from({ length: 2500 }, (_, at) => plan(`many-${at}`, { category: 'NEG' }))
    const breaking = (done: number) => {
      if (done > 1500) throw new Error('the machine stops')
    }
    await expect(write(many, 'H3', { onProgress: breaking })).rejects.toThrow('the machine stops')
    expect(await versions('many-0', 'H3')).toEqual([])
    expect(await write(many, 'H3')).toMatchObject({ added: 2500 })
  })

  it('describes a person out of all that files said, and keeps a protected home out of it', async () => {
    const person = (id: string, fields: object, more: Partial<IncomingRecord> = {}) =>
      plan(id, fields, { list: 'person', ...more })
    await write(
      [
        person('one', { laChildId: '1', dateOfBirth: '2014-05-02' }),
        person(
          'two',
          { family: 'Varga', given: 'Nia' },
          { identity: { otherFamilyNames: ['Kiss'], middleName: 'Eve' } },
        ),
        plan('home', { postcode: 'ZZ1 1AA', from: '2020-01-01' }, { list: 'addresses' }),
        plan('refuge', { postcode: 'ZZ9 9ZZ', protected: true }, { list: 'addresses', person: 'q' }),
        person('three', { family: 'Hidden' }, { person: 'q' }),
      ],
      'H4',
    )
    const { gateway } = await opened()
    const found = []
    for await (const people of importedPeople(gateway, 'H4')) found.push(...people)
    expect(found).toMatchObject([
      {
        ...{ id: 'p', family: 'Varga', given: 'Nia', middle: 'Eve', birth: '2014-05-02', otherFamily: ['Kiss'] },
        ...{ postcode: 'ZZ1 1AA', isProtected: false, hasProtectedPlace: false },
      },
      { id: 'q', family: 'Hidden', postcode: null, isProtected: true, hasProtectedPlace: true },
    ])
  })

  it('notes a new file and nothing of what is in it, and the same file once', async () => {
    const { gateway } = await opened()
    const file = { bytes: Buffer.from('SECRET'), format: 'csv', records: 1, refused: 0, madeAt: null }
    const note = (at: string) => gateway.knex.transaction((trx) => noteImport(trx, 'H5', [file], new Date(at)))
    await note('2026-11-01T00:00:00Z')
    await note('2026-11-05T00:00:00Z')
    const kept = await gateway.rows({
      name: 'kept',
      text: "select row_to_json(i)::text from gateway.import i where holder = 'H5'",
      values: [],
    })
    expect(JSON.stringify(kept)).not.toContain('SECRET')
    expect(kept.map(([row]) => JSON.parse(row ?? '').imported_at)).toEqual(['2026-11-01T00:00:00+00:00'])
  })

  it('takes a file to be as old as it says, and never newer than now', async () => {
    const { gateway } = await opened()
    const file = (text: string, madeAt: string) => ({
      bytes: Buffer.from(text),
      format: 'json',
      records: 1,
      refused: 0,
      madeAt,
    })
    const files = [file('old', '2026-10-12T00:00:00Z'), file('ahead', '2027-01-01T00:00:00Z')]
    for (const [at, one] of files.entries())
      await gateway.knex.transaction((trx) => noteImport(trx, `H6-${at}`, [one], new Date('2026-11-01T00:00:00Z')))
    const { lastLoads } = await holderStatesIn(gateway)
    expect(files.map((_, at) => lastLoads.get(`H6-${at}`)?.toISOString().slice(0, 10))).toEqual([
      '2026-10-12',
      '2026-11-01',
    ])
  })
})

describe('the id of a record', () => {
  it('is the one that the holder gave', () => {
    expect(plan('holder-own-7', {}).id).toBe('holder-own-7')
  })
})
