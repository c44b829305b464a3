import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditEntry, EntryAgency, EntryChild } from '../../src/audit/entry.ts'
import { sealedTexts } from '../../src/audit/sealEntry.ts'
import { labels, labelsIn } from '../../src/policy/labels.ts'
import { purposes, roles } from '../../src/policy/vocabulary.ts'
import { auditEntryFor } from '../support/auditEntry.ts'
import { plainlySealed } from './support/plainSealing.ts'

const hostile = fc.constantFrom('"', '\\', '\u0000', '\n', '\u001f', '\u007f', '\u2028', 'é', '😀', '","salt":"', '</')
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(hostile).map((parts) => parts.join('')),
)
/** Half of a pair is kept out of the log; in what is sealed, JSON says it as an escape. */
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
const sealedText = fc.oneof(text, anyUnits)
const label = fc.constantFrom(...labels)
const mask = fc.integer({ min: 0, max: 2 ** labels.length - 1 })

const labelList = fc.oneof(mask.map(labelsIn), fc.uniqueArray(label))
const withheldItem = fc.record({ label, level: fc.constantFrom('HEADLINE', 'CONTENT'), reason: sealedText })
const withheldLists = fc.array(
  fc.oneof(
    fc.array(withheldItem),
    fc.array(withheldItem).map((list) => Object.freeze(list.map((item) => Object.freeze(item)))),
    fc.array(withheldItem).map((list) => Object.freeze(list)),
  ),
  { minLength: 1, maxLength: 3 },
)

/** A member that is added to a leaf is tried here too, or this does not compile. */
type Every<Whole> = { readonly [Member in keyof Required<Whole>]: fc.Arbitrary<Required<Whole>[Member]> }

const agencyOf = (lists: readonly EntryAgency['withheld'][]): fc.Arbitrary<EntryAgency> =>
  fc.record(
    {
      state: fc.oneof(fc.constantFrom('ANSWERED', 'UNAVAILABLE'), text),
      headline: labelList,
      content: labelList,
      redacted: labelList,
      withheld: fc.constantFrom(...lists),
      records: fc.maxSafeNat(),
      digest: fc.option(fc.oneof(fc.string({ unit: fc.constantFrom(...'0123456789abcdef') }), sealedText)),
      disclosed: fc.array(sealedText),
      obligations: fc.array(fc.record({ kind: sealedText, label })),
    } satisfies Every<EntryAgency>,
    { requiredKeys: ['state', 'headline', 'content', 'redacted', 'withheld', 'records', 'digest'] },
  )

const isOrdinary = (name: string) => name !== '__proto__'
const agencyName = fc.oneof(fc.constantFrom('health', 'education', 'police', 'adultServices', 'socialCare'), text)

const facts = fc
  .dictionary(fc.string().filter(isOrdinary), fc.oneof(sealedText, fc.boolean()))
  .chain((made) => fc.constantFrom(made, Object.freeze({ ...made })))

const childOf = (lists: readonly EntryAgency['withheld'][]): fc.Arbitrary<EntryChild> =>
  fc.record({
    id: sealedText,
    asOf: text,
    facts,
    agencies: fc.dictionary(agencyName.filter(isOrdinary), agencyOf(lists)),
  })

const caller: fc.Arbitrary<AuditEntry['caller']> = fc.record(
  {
    issuer: text,
    subject: sealedText,
    clientId: text,
    tokenId: sealedText,
    organisation: text,
    role: fc.constantFrom(...roles),
    purpose: fc.constantFrom(...purposes),
    actors: fc.array(fc.record({ subject: sealedText, clientId: fc.option(sealedText) })),
    proven: sealedText,
    scope: fc.record({
      child: fc.option(sealedText),
      transfer: fc.option(sealedText),
      episode: fc.option(sealedText),
      categories: fc.option(labelList),
      basis: fc.option(sealedText),
    }),
  } satisfies Every<AuditEntry['caller']>,
  { requiredKeys: ['issuer', 'subject', 'clientId', 'tokenId', 'organisation', 'role', 'purpose'] },
)

const leaf: fc.Arbitrary<AuditEntry> = withheldLists.chain((lists) =>
  fc.record({
    version: fc.constant(1),
    id: text,
    at: text,
    requestId: text,
    caller,
    pack: fc.record({ id: text, hash: text }),
    operation: fc.record({ name: fc.option(text), hash: text }),
    outcome: fc.constantFrom('DISCLOSED', 'REFUSED', 'FAILED'),
    code: fc.constantFrom(null, 'NOT_FOUND', 'INTERNAL'),
    children: fc.array(childOf(lists), { maxLength: 4 }),
    actions: fc.oneof(
      fc.array(text),
      fc.array(text).map((list) => Object.freeze(list)),
    ),
  }),
)

/** Salts that are the same for both ways of writing. */
const salts = () => {
  let nth = 0
  return () => `salt-${nth++}`
}

describe('the stored texts of a leaf', () => {
  test('are those that plain sealing and the library of RFC 8785 give', () => {
    fc.assert(
      fc.property(leaf, (any) => {
        const plain = plainlySealed(any, salts())
        expect(sealedTexts(any, salts())).toEqual(plain)
        // Written again from what is kept.
        expect(sealedTexts(any, salts())).toEqual(plain)
      }),
      { numRuns: 500 },
    )
  })

  test('have a salt of its own wherever a person stood', () => {
    const { payload } = sealedTexts(auditEntryFor('1', 'C04', 'C05'))
    const found = [...payload.matchAll(/"salt":"([\w-]{22})"/g)].map(([, salt]) => salt)
    expect(new Set(found).size).toBe(4)
  })

  const half = '\ud800'
  const [plain] = [auditEntryFor('1', 'C04')]
  const agency: EntryAgency = {
    ...{ state: 'ANSWERED', headline: [], content: [], redacted: [], withheld: [], records: 0, digest: null },
  }
  const withAgencies = (agencies: EntryChild['agencies']): AuditEntry => ({
    ...plain,
    children: plain.children.map((child) => ({ ...child, agencies })),
  })
  test.each<[string, AuditEntry]>([
    ['half of a pair in an id', { ...plain, id: half }],
    ['the other half in a name', { ...plain, operation: { name: 'a\udc00b', hash: '' } }],
    ['halves in the wrong order', { ...plain, actions: ['\udc00\ud800'] }],
    ['half of a pair in an office', { ...plain, caller: { ...plain.caller, issuer: half } }],
    ['half of a pair in an instant', { ...plain, children: plain.children.map((each) => ({ ...each, asOf: half })) }],
    ['half of a pair in a state', withAgencies({ health: { ...agency, state: half } })],
    ['half of a pair in the name of an agency', withAgencies({ [half]: agency })],
    ['a part of a record', withAgencies({ health: { ...agency, records: 1.5 } })],
    ['no number of records', withAgencies({ health: { ...agency, records: Number.NaN } })],
    ['too many records to count', withAgencies({ health: { ...agency, records: 2 ** 53 } })],
  ])('are not made of %s, which would read otherwise', (_, wrong) => {
    expect(() => sealedTexts(wrong)).toThrow(TypeError)
  })

  test('say what is there when they are written, of a list that can still change', () => {
    const item = { label: 'HEALTH_SARC', level: 'HEADLINE', reason: 'ONE' } satisfies EntryAgency['withheld'][number]
    const withheld = Object.freeze([item])
    const facts = { harm: 'NONE' }
    const changing: AuditEntry = {
      ...plain,
      children: plain.children.map((child) => ({ ...child, facts, agencies: { health: { ...agency, withheld } } })),
    }
    expect(sealedTexts(changing).payload).toMatch(/"ONE".*"NONE"/)
    item.reason = 'TWO'
    facts.harm = 'CONCERN'
    expect(sealedTexts(changing).payload).toMatch(/"TWO".*"CONCERN"/)
  })
})
