import type { Person } from './person.ts'

/**
 * Labels under which what was sent of a person may be known to some and not to others: an address that must not be
 * found, and who somebody was before an adoption.
 */
export const guardedLabels = ['ADDRESS_PROTECTED', 'ADOPTION'] as const

/** What each of them may have disclosed to whoever asked, by the names of comparisons. */
const readableWith: Readonly<Record<string, readonly string[]>> = {
  ADDRESS_PROTECTED: ['address'],
  ADOPTION: ['given', 'middle', 'family', 'birth', 'address', 'nhs', 'upn'],
}

/** Fields that are not shown to somebody who may not read these labels. */
export const fieldsUnder = (labels: readonly string[]): ReadonlySet<string> =>
  new Set(labels.flatMap((label) => readableWith[label] ?? []))

/** What was sent of a person by the names of comparisons, normalised; empty where nothing was. */
export const sentFields = (sent: Person): Readonly<Record<string, string>> => ({
  given: sent.givenWords || sent.given,
  middle: sent.middle,
  family: sent.family,
  birth: sent.birth,
  sex: sent.sex,
  address: [sent.postcode, ...sent.previous].filter(Boolean).join(', '),
  nhs: sent.nhs,
  upn: sent.upn,
})
