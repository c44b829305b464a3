import { computed } from '../../../../resolvers/health.ts'
import type { Clock } from '../../../../src/foundation/clock.ts'
import type { Grant } from '../../../../src/policy/grant.ts'
import { type Label, labels, maskOf } from '../../../../src/policy/labels.ts'
import { fhirClient } from '../../../../src/sources/bindings/fhir/client.ts'
import type { TokenSource } from '../../../../src/sources/bindings/fhir/clientCredentials.ts'
import { readCodeBook } from '../../../../src/sources/bindings/fhir/codeBook.ts'
import { FhirSource } from '../../../../src/sources/bindings/fhir/source.ts'
import { commonFields } from '../../../../src/sources/commonRowFields.ts'
import { contract } from '../../../../src/sources/health.ts'
import type { FieldSelection } from '../../../../src/sources/source.ts'
import { modelOf } from '../../../federation/support/agency.ts'

export const asOf = '2026-11-20T12:00:00Z'
export const clock: Clock = { now: () => new Date(asOf), today: () => new Date(asOf) }
export const layout = modelOf(contract, computed).layout
export const book = readCodeBook()
export const holder = {
  id: 'AGS',
  kind: 'health' as const,
  organisation: 'Y00001',
  service: 'HEALTH_GP',
  la: 'LA2',
  timeZone: 'Europe/London',
}

export interface Opened {
  readonly source: FhirSource
  /** Values that were not what their field takes. */
  readonly bad: string[]
}

export function openSource(url: URL, tokens: TokenSource | null = null): Opened {
  const bad: string[] = []
  const onBad = (list: string, field: string): void => {
    bad.push(`${list}.${field}`)
  }
  return {
    bad,
    source: new FhirSource({ layout, holder, book, clock, onBad, client: fhirClient({ base: url, tokens }) }),
  }
}

export const everything = maskOf(labels)

const rows = { ncnd: true, conditions: true, undecided: true, notRelevant: true }

/** A grant of another organisation's caller, with everything open but some labels. */
export const grantWithout = (
  persons: readonly string[],
  shut: readonly Label[] = [],
  more: Partial<Grant> = {},
): Grant => ({
  agency: 'health',
  childId: persons.join('+') || 'NOBODY',
  persons,
  organisation: 'LA2-CSC',
  callerType: 'SOCIAL_CARE',
  keeper: null,
  asOf,
  headline: everything & ~maskOf(shut),
  content: everything & ~maskOf(shut),
  redact: 0,
  rows,
  places: 'ALL',
  names: 'ALL',
  pseudonymKey: 'key-of-a-test',
  heldRecords: [],
  own: null,
  withheld: [],
  ...more,
})

/** One of the holder's own clinicians, to whom everything of their own organisation is open. */
export const ownClinician = (persons: readonly string[]): Grant => {
  const { headline, content, redact, places, names, heldRecords } = grantWithout(persons)
  return grantWithout(persons, [], {
    organisation: 'Y00001',
    callerType: 'HEALTH',
    own: { headline, content, redact, places, names, heldRecords, rows },
  })
}

/** Every field of every list. */
export const whole: FieldSelection = {
  lists: new Map([...layout.lists].map(([name, { columns }]) => [name, new Set([...columns.keys(), ...commonFields])])),
  holdings: true,
}

export const never = new AbortController().signal

/** The rows of one child, by list; none of a list without any. */
export async function rowsOf(source: FhirSource, grant: Grant, selection = whole) {
  const answer = (await source.fetch([grant], selection, never)).get(grant.childId)
  if (!answer) throw new Error('no answer')
  return Object.fromEntries(
    answer.records.lists.map((list) => [list, answer.records.rows(list)] as const).filter(([, of]) => of.length > 0),
  )
}
