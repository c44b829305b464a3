import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import { FileFault } from '../../../src/sources/bindings/files/incoming.ts'
import { readFile } from '../../../src/sources/bindings/files/readFile.ts'
import { storedRecord } from '../../../src/sources/bindings/files/storedRecord.ts'
import { fileOf, layoutOfKind, now, ownerOfKind } from './support.ts'

/** What comes of a file: how many records would be stored, or that it is refused. Anything but these two is a fault. */
const tried = (kind: AgencyName, content: string | Uint8Array) => {
  const layout = layoutOfKind(kind)
  const owner = ownerOfKind(kind)
  try {
    const { records, refused } = readFile(fileOf('file', content), { layout, owner })
    const made = records.map((record) => storedRecord(record, layout, owner, now))
    const stored = made.flatMap((each) => ('fault' in each ? [] : [each]))
    return { stored, refused: refused.length + made.length - stored.length, fault: null }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { stored: [], refused: 0, fault: error.message }
  }
}

const census = (inner: string, before = '') =>
  `<?xml version="1.0"?>${before}<Message><Children><Child><ChildIdentifiers><LAchildID>1</LAchildID>${inner}</ChildIdentifiers></Child></Children></Message>`

describe('a hostile XML file', () => {
  it.each([
    [
      'an external entity',
      census('<UPN>&x;</UPN>', '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      /document type/,
    ],
    [
      'a billion laughs',
      census('<UPN>&c;</UPN>', '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'),
      /document type/,
    ],
    ['an entity that nothing declares', census('<UPN>&x;</UPN>'), /no well-formed XML/],
    ['an end before its end', census('').slice(0, -40), /no well-formed XML/],
    ['two documents', census('') + census(''), /no well-formed XML/],
    ['depth without end', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /deep in each other/],
    ['another document', '<html><body/></html>', /neither a CIN census/],
    ['an encoding that is not read', '<?xml version="1.0" encoding="EBCDIC-INT"?><Message/>', /encoding/],
    [
      'no children',
      '<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails></Header></Message>',
      /no children/,
    ],
  ])('with %s is refused whole, without a word of its content', (_, text, message) => {
    const { fault, stored } = tried('socialCare', text)
    expect(fault).toMatch(message)
    expect(fault).not.toMatch(/passwd|ha ha|LAchildID/)
    expect(stored).toEqual([])
  })

  it('with a prefix before every name, or a huge value, costs no more than that value', () => {
    const prefixed = census('<PersonBirthDate>2015-01-02</PersonBirthDate>').replaceAll(/<(\/?)(?!\?)/g, '<$1ns:')
    expect(tried('socialCare', prefixed).stored[0]?.fields).toMatchObject({ laChildId: '1', dateOfBirth: '2015-01-02' })
    const huge = tried('socialCare', census(`<PersonBirthDate>${'9'.repeat(300_000)}</PersonBirthDate>`))
    expect(huge).toMatchObject({ stored: [], refused: 1, fault: null })
  })
})

const header = 'CHILD,SEX,DOB,ETHNIC,UPN'
const row = '7,1,01/02/2012,WBRI,'

describe('a CSV file of whatever encoding and habit', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${header}\n${row}`)],
    ['UTF-16 of the little end', Buffer.from(`\uFEFF${header}\n${row}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(`${header}\n${row}`, 'utf16le')],
    ['UTF-16 of the great end', Buffer.from(`\uFEFF${header}\n${row}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(`${header},N\xe4me\n${row},\xe9`, 'latin1')],
    ['commas at every end', Buffer.from(`${header},,\r\n${row},,\r\n,,,,,,\r\n`)],
    ['old line ends', Buffer.from(`${header}\r${row}\r`)],
  ])('is read: %s', (_, bytes) => {
    expect(tried('socialCare', bytes)).toMatchObject({ fault: null, refused: 0, stored: [{ person: '7' }] })
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /is empty/],
    ['blanks', ' \r\n ', /is empty/],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1]), /NUL byte/],
    ['a spreadsheet as it is saved', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8]), /NUL byte/],
    ['a quotation mark that never closes', `${header}\n"7,1,01/02/2012\n${row}`, /never closed/],
    ['a column twice', `${header},SEX\n${row},1`, /the name of another/],
    ['a column without a name', `CHILD,,DOB,X\n${row}`, /has no name/],
  ])('is refused whole where it is %s', (_, bytes, message) => {
    expect(tried('socialCare', bytes).fault).toMatch(message)
  })

  it('takes a line that comes again, and a header that does, for what it is', () => {
    const twice = tried('socialCare', `${header}\n${row}\n${row}\n${header}\n8,2,01/02/2013,WBRI,\n${row}`)
    expect(twice).toMatchObject({ fault: null, refused: 0 })
    expect(twice.stored.map(({ person }) => person)).toEqual(['7', '8'])
    const missing = 'CHILD,DOB,MISSING,MIS_START,MIS_END'
    const away = (end: string) => `7,01/02/2012,M,05/07/2026,${end}`
    const episodes = tried(
      'socialCare',
      [missing, away('05/07/2026'), away('05/07/2026'), away('06/07/2026')].join('\n'),
    )
    // Said twice, word for word, it is one; two that began on one day are two.
    expect(episodes.stored.filter(({ list }) => list === 'missing')).toHaveLength(2)
  })

  it('keeps what a column may be called from being more than a name', () => {
    const text = `${header},__proto__,constructor\n${row},x,y`
    expect(tried('socialCare', text).stored[0]).toMatchObject({ person: '7' })
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe('a hostile JSON file', () => {
  const records = (plans: unknown, people: unknown = []) =>
    JSON.stringify({ format: 'wholeview-records/1', people, records: { plans } })

  it.each([
    ['no JSON', '{"format": "wholeview-records/1", people: []}', /is no JSON/],
    ['depth without end', '['.repeat(200_000), /is no JSON|must be/],
    ['an array', '[]', /the document must be an object/],
    [
      'records that are none',
      '{"format":"wholeview-records/1","records":{"plans":{"id":1}}}',
      /records.plans must be a list/,
    ],
  ])('is refused whole where it is %s', (_, text, message) => {
    expect(tried('socialCare', text).fault).toMatch(message)
  })

  it.each([
    ['a NUL in an id', { id: 'a\u0000', person: '1' }],
    ['half a character in a person', { id: 'a', person: '\ud800' }],
    ['an id without end', { id: 'x'.repeat(5000), person: '1' }],
    ['an object for an id', { id: { a: 1 }, person: '1' }],
    ['a member that there is not', { id: 'a', person: '1', content: 'all' }],
    ['a marking that there is not', { id: 'a', person: '1', handling: 'SECRET' }],
    ['a service that there is not', { id: 'a', person: '1', service: 'ARMY' }],
    ['a value without end', { id: 'a', person: '1', fields: { category: 'x'.repeat(100_000) } }],
  ])('refuses a record with %s', (_, record) => {
    expect(tried('socialCare', records([record]))).toMatchObject({ stored: [], refused: 1, fault: null })
  })

  it('takes no name that is a page long, no birth that is yet to come, and no period that ends before it begins', () => {
    const of = (people: object, fields: object) =>
      tried('socialCare', records([{ id: 'a', person: '1', fields }], [people]))
    const long = { id: '1', family: '\u{1F600}'.repeat(2000), given: 'x'.repeat(200), dateOfBirth: '2099-01-01' }
    const { stored } = of(long, { from: '2026-02-01', to: '2026-02-01' })
    expect(stored[0]).toMatchObject({ fields: { given: long.given }, unread: ['family', 'dateOfBirth'] })
    expect(stored[0]?.fields).not.toHaveProperty('dateOfBirth')
    const today = { id: '1', dateOfBirth: '2026-11-20' }
    expect(of(today, { from: '2026-02-01', to: '2026-01-31' })).toMatchObject({
      ...{ refused: 1, stored: [{ fields: { dateOfBirth: '2026-11-20' }, unread: [] }] },
    })
  })

  it('says which record of a document in one line is at fault', () => {
    const options = { layout: layoutOfKind('socialCare'), owner: ownerOfKind('socialCare') }
    const text = records([{ id: 'a', person: '1' }, 7, { id: 'b', person: '1', content: 'all' }])
    const read = readFile(fileOf('file', text), options)
    expect(read.refused).toMatchObject([
      { line: 0, at: 'plans[1]', fault: 'NOT_A_RECORD' },
      { line: 1, at: 'plans[2]', fault: 'FIELD_UNKNOWN', where: 'plans.content' },
    ])
  })

  it('keeps no value that a database would refuse', () => {
    const fields = { category: 'a\u0000b', level: '\udc00', from: '0000-01-01', to: '9999999999-01-01', actions: 1 }
    const { stored } = tried(
      'socialCare',
      records([{ id: 'a', person: '1', fields: { ...fields, actions: undefined } }]),
    )
    expect(stored[0]).toMatchObject({ fields: {}, unread: ['category', 'level', 'from', 'to'] })
  })

  it('gives a record or a refusal for whatever stands there, and never fails', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), person: fc.anything(), fields: fc.anything() }),
    )
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 5 }), (items) => {
        const text = JSON.stringify({
          format: 'wholeview-records/1',
          people: items,
          records: { plans: items, actions: items },
        })
        const { fault, stored } = tried('socialCare', text)
        expect(fault).toBeNull()
        for (const { fields } of stored) expect(JSON.stringify(fields)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      { numRuns: 300 },
    )
  })

  it('gives records or a sentence for whatever bytes come', () => {
    const starts = [
      '',
      '<Message><Children>',
      '<CTfile><CTFpupilData><Pupil>',
      `${header}\n`,
      '{"format":"wholeview-records/1","records":{"plans":[',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, bytes) => {
        for (const kind of ['socialCare', 'education'] as const) tried(kind, Buffer.concat([Buffer.from(start), bytes]))
      }),
      { numRuns: 300 },
    )
  })
})
