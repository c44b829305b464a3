import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { AuditEntry, EntryAgency } from '../../src/audit/entry.ts'
import { opens } from '../../src/audit/personsMatchEntry.ts'
import { entryFrom, payloadFrom, storedAuditEntry } from '../../src/audit/readEntry.ts'
import { sealedTexts } from '../../src/audit/sealEntry.ts'
import { auditEntryFor } from '../support/auditEntry.ts'

const content = Object.freeze(['CORE_IDENTITY', 'EDUCATION'] as const)
const headline = Object.freeze(['HEALTH_GENERAL'] as const)
const none = Object.freeze([] as const)
const withheld = [{ label: 'HEALTH_SARC', level: 'HEADLINE', reason: 'W_ROLE_NOT_PERMITTED' }] as const

const agency = (records: number, more: Partial<EntryAgency> = {}): EntryAgency => ({
  ...{ state: 'ANSWERED', headline, content, redacted: none, withheld, records, digest: `digest ${records}` },
  ...more,
})

const leafWith = (...agencies: Record<string, EntryAgency>[]): AuditEntry => {
  const leaf = auditEntryFor('1', ...agencies.map((_, at) => `C${at}`))
  return { ...leaf, children: leaf.children.map((child, at) => ({ ...child, agencies: agencies[at] ?? {} })) }
}

it('gives the leaf back, with every list where it stood', () => {
  const leaf = leafWith(
    { health: agency(3), police: agency(0, { withheld: [], digest: null }) },
    {},
    {
      health: agency(1, { content: headline, redacted: content }),
      education: agency(2, { obligations: [{ kind: 'TELL', label: 'EDUCATION' }] }),
      // Equal, and not the same list.
      police: agency(4, { content: [...content], withheld: [...withheld] }),
    },
  )
  const { text, payload } = sealedTexts(leaf)
  expect(entryFrom(text, payload)).toEqual(leaf)
  expect(text).not.toMatch(/HEALTH_SARC|W_ROLE|digest|TELL/)
})

it('says once what is permitted alike, and once what is withheld alike', () => {
  const many = sealedTexts(leafWith(...Array.from({ length: 50 }, () => ({ health: agency(1), police: agency(2) }))))
  expect(many.text.split('CORE_IDENTITY')).toHaveLength(2)
  expect(many.payload.split('HEALTH_SARC')).toHaveLength(2)
})

it('is opened by nothing but what it was made of', () => {
  const { text, payload } = sealedTexts(leafWith({ health: agency(1) }, { health: agency(2) }))
  const leaf = storedAuditEntry(text)
  if (leaf.version !== 3) throw new Error('It is not sealed.')
  expect(opens(leaf, payloadFrom(payload))).toBe(true)
  const changed = [
    payload.replace('HEALTH_SARC', 'HEALTH_SEXUAL'),
    payload.replace('"withheld":0', '"withheld":1'),
    payload.replace('digest 1', 'digest 2'),
    payload.replace('practitioner-1', 'practitioner-2'),
    payload.replace(/"withheld":\{"salt":"[^"]*"/, '"withheld":{"salt":""'),
    payload.replace(/"withheld":\{.*?\]\]\},/, ''),
    payload.replace('{"caller"', '{"beside":{},"caller"'),
  ]
  for (const other of changed) {
    expect(other).not.toBe(payload)
    expect(opens(leaf, payloadFrom(other))).toBe(false)
  }
})

it('forgets persons, and keeps what was permitted', () => {
  const { text } = sealedTexts(leafWith({ health: agency(3) }))
  expect(entryFrom(text, null)).toMatchObject({
    erased: true,
    caller: { subject: 'ERASED', tokenId: 'ERASED', organisation: 'LA2-MASH' },
    children: [
      {
        id: 'ERASED',
        facts: {},
        agencies: {
          health: { state: 'ANSWERED', headline, content, redacted: [], records: 3, withheld: [], digest: null },
        },
      },
    ],
  })
})

const commitmentTo = (text: string): string => hash('sha256', `\u0002${text}`, 'base64url')

/** As leaves were written before each list stood in them once. */
const keptAsTwo = ({ version: _version, caller, children, ...rest }: AuditEntry) => {
  const { issuer, clientId, organisation, role, purpose, ...person } = caller
  const callerText = JSON.stringify({ salt: 'salt', ...person })
  const childTexts = children.map(({ id, facts, agencies }) =>
    JSON.stringify({
      ...{ salt: 'salt', id, facts },
      agencies: Object.fromEntries(
        Object.entries(agencies).map(([name, { state, headline, content, redacted, records, ...sealed }]) => [
          name,
          sealed,
        ]),
      ),
    }),
  )
  const text = JSON.stringify({
    ...rest,
    version: 2,
    caller: { issuer, clientId, organisation, role, purpose, person: commitmentTo(callerText) },
    children: children.map(({ asOf, agencies }, at) => ({
      person: commitmentTo(childTexts[at] ?? ''),
      asOf,
      agencies: Object.fromEntries(
        Object.entries(agencies).map(([name, { state, headline, content, redacted, records }]) => [
          name,
          { state, headline, content, redacted, records },
        ]),
      ),
    })),
  })
  return { text, payload: `{"caller":${callerText},"children":[${childTexts.join(',')}]}` }
}

it('reads leaves of the second version, which said every list wherever it held', () => {
  const leaf = leafWith({ health: agency(3), police: agency(0, { digest: null }) }, { health: agency(1) })
  const { text, payload } = keptAsTwo(leaf)
  const stored = storedAuditEntry(text)
  if (stored.version !== 2) throw new Error('It is not of the second version.')
  expect(entryFrom(text, payload)).toEqual(leaf)
  expect(opens(stored, payloadFrom(payload))).toBe(true)
  expect(opens(stored, payloadFrom(payload.replace('HEALTH_SARC', 'HEALTH_SEXUAL')))).toBe(false)
  expect(opens(stored, payloadFrom(payload.replace('{"caller"', '{"withheld":{},"caller"')))).toBe(false)
  expect(entryFrom(text, null)).toMatchObject({
    erased: true,
    children: [{ id: 'ERASED', agencies: { health: { content, records: 3, withheld: [] } } }, { id: 'ERASED' }],
  })
})

it('takes no payload of another version', () => {
  const leaf = leafWith({ health: agency(3) })
  const [two, three] = [keptAsTwo(leaf), sealedTexts(leaf)]
  expect(() => entryFrom(two.text, three.payload)).toThrow(TypeError)
  expect(() => entryFrom(three.text, two.payload)).toThrow(TypeError)
})
