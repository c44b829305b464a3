import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { entryFacts } from '../../src/audit/entryFacts.ts'
import { operationTextHash } from '../../src/audit/operationTextHash.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'

const facts: ChildFacts = {
  ...{ childId: 'C04', persons: {}, relationship: 'EPISODE', harm: 'CONCERN', ageBand: '13_TO_15' },
  ...{ responsibleLa: 'LA2', areaLa: null, agreement: true, breakGlass: false, placeProtected: false, consents: [] },
  holds: [
    {
      id: 'H1',
      agency: 'health',
      organisation: 'NHS-LA2-GP',
      kind: 'EMBARGO',
      recordId: null,
      label: 'HEALTH_SARC',
      reviewOn: '2026-12-01',
    },
    {
      id: 'H2',
      agency: 'police',
      organisation: 'F1',
      kind: 'DETRIMENT',
      recordId: 'P7',
      label: null,
      reviewOn: '2026-12-01',
    },
  ],
}

test('facts that come again are told in the same words, and for each caller in their own', () => {
  const decidedFor = (text: string) => ({ agencyType: 'SOCIAL_CARE', purpose: 'MASH_ENQUIRY', text }) as const
  const analyst = entryFacts(facts, decidedFor('analyst'))
  expect(analyst).toMatchObject({ decidedFor: 'analyst', areaLa: 'NONE', holds: 'H1' })
  expect(analyst['holdsSaid']).toBe(JSON.stringify(facts.holds.slice(0, 1)))
  expect(entryFacts(facts, decidedFor('analyst'))).toBe(analyst)
  expect(entryFacts(facts, decidedFor('nurse'))).toEqual({ ...analyst, decidedFor: 'nurse' })
  expect(entryFacts(facts, decidedFor('analyst'))).toEqual(analyst)
  expect(entryFacts({ ...facts, harm: 'NONE' }, decidedFor('analyst'))).toEqual({ ...analyst, harm: 'NONE' })
})

test('the hash of an operation is that of its text, however many texts there were', () => {
  const texts = [...Array.from({ length: 700 }, (_, nth) => `{ child(id: "C${nth}") { id } }`), 'x'.repeat(50_000), '']
  for (const text of [...texts, ...texts])
    expect(operationTextHash(text)).toBe(createHash('sha256').update(text).digest('hex'))
})
