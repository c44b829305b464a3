import { eachAgency } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { completenessOfChild } from './countCompleteness.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import type { Ground } from './whyCountIncomplete.ts'

/**
 * Whether every row of these lists is read, so that the latest of them is the latest there is. Of a child of whom no
 * place is protected there is no row that is kept back for that, and whoever may read the area reads each of them.
 */
export function isAllRead(required: RequiredFields, { grants, contracts, answers }: Ground): boolean {
  const placed = { contracts, answers, grants: eachAgency((agency) => withPlaces(grants[agency])) }
  return isAllSeen(required, placed)
}

/** The same where nothing is lacking but values that cannot be read: of each row it is known whose it is. */
export function isEveryRowThere(required: RequiredFields, ground: Ground): boolean {
  const { without } = completenessOfChild({ grounds: [required] }, ground)
  return isWhollyOpen(required, ground) && without.every(({ reason }) => reason === 'NOT_READABLE')
}

/** Whether what is not among the rows of these lists is not there: all of them may be read, and were. */
export const isAllSeen = (required: RequiredFields, ground: Ground): boolean =>
  isWhollyOpen(required, ground) && completenessOfChild({ grounds: [required] }, ground).completeness === 'WHOLE'

/**
 * What was decided as of a child of whom no place is protected: for whoever may not be told that one is, this child is
 * answered so.
 */
export const asUnprotected = (ground: Ground): Ground => ({
  ...ground,
  grants: eachAgency((agency) => ({ ...ground.grants[agency], places: 'ALL' as const })),
})

const protectedPlace = bitOf('ADDRESS_PROTECTED')
const withPlaces = (grant: Grant): Grant =>
  grant.places !== 'NONE'
    ? { ...grant, content: grant.content | protectedPlace, headline: grant.headline | protectedPlace }
    : grant
