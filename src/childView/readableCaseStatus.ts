import { type CaseStatus, caseStatusFrom, caseStatusLists, caseStatusNeeds } from '../facts/caseStatus.ts'
import type { AnswersTo } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { readingsOf } from '../sources/recordSet.ts'

export const readableCaseStatusNeeds = { socialCare: caseStatusNeeds } as const satisfies RequiredFields

/** What follows of the case from the rows that this caller may read, and from nothing else; they may not be all. */
export const readableCaseStatus = (
  { socialCare }: AnswersTo<typeof readableCaseStatusNeeds>,
  asOf: string,
): CaseStatus =>
  caseStatusFrom(socialCare.state === 'ANSWERED' ? readingsOf(socialCare.records, caseStatusLists) : {}, asOf)
