import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { adultRelations } from './familyRelations.ts'
import { endOfDay, type ListPart, partOf, type Reading, selected } from './listFilter.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the custody of carers rests on, and who else is at home. */
export const custodyNeeds = {
  adultServices: { probation: ['eventAt', 'provenance.supersedes', 'kind', 'relation', 'to', 'planForChild'] },
  socialCare: { family: ['eventAt', 'provenance.supersedes', 'relation', 'inHousehold', 'isChild'] },
} as const satisfies RequiredFields

const reads = { grounds: [{ adultServices: { probation: ['kind'] } }] } as const satisfies Reads
const householdReads = { socialCare: { family: ['relation', 'inHousehold', 'isChild'] } } as const

/** One time that an adult of the household was in custody. */
export interface CarerCustody {
  readonly id: string
  readonly relation: string | null
  readonly from: string | null
  readonly to: string | null
  readonly isNow: boolean
  readonly isOnlyAdultAtHome: boolean | null
  readonly planForChild: boolean | null
}

/** Times in custody, with how many there are. */
export interface CustodyOfCarers {
  readonly total: Count
  readonly periods: readonly CarerCustody[] | null
}

/** Kinds of probation event by which an adult is no longer at home. */
export const isCustody = (kind: string | null): boolean => /CUSTODY|REMAND|PRISON|SENTENCE/.test(kind ?? '')

/** When adults who care for the child were in custody, and whether anybody planned for the child. */
export function custodyOfCarers(
  answers: AnswersTo<typeof custodyNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  part: ListPart,
): CustodyOfCarers {
  const completeness = completenessOf(reads, { grants, contracts, answers })
  // Who is not on a list that is read in part may be at home all the same.
  const isHouseholdKnown =
    answers.socialCare.state === 'ANSWERED' && isWhollyOpen(householdReads, { grants, contracts })
  const family = uncorrected(rowsOf(answers, 'socialCare', 'family'))
  // As it was recorded of that time: who came to the household afterwards was not there.
  const isOnly = (relation: string | null, from: string | null): boolean | null => {
    if (!isHouseholdKnown || relation === null || from === null) return null
    const atHome = family
      .filter(({ inHousehold, isChild }) => inHousehold === true && isChild === false)
      .filter((row) => isByThen(textOf(row, 'eventAt'), from))
      .map((row) => textOf(row, 'relation'))
    return atHome.length === 0 ? null : atHome.length === 1 && atHome[0] === relation
  }
  const all = uncorrected(rowsOf(answers, 'adultServices', 'probation'))
    .filter((row) => isCustody(textOf(row, 'kind')))
    .map((row): CarerCustody => {
      const relation = textOf(row, 'relation')
      const to = textOf(row, 'to')
      const from = textOf(row, 'eventAt')
      return {
        id: row.id,
        relation,
        from,
        to,
        isNow: to === null || (endOfDay(to) ?? 0) > Date.parse(asOf),
        isOnlyAdultAtHome: isOnly(relation, from),
        planForChild: typeof row.planForChild === 'boolean' ? row.planForChild : null,
      }
    })
    .sort((one, other) => at(other) - at(one) || (one.id < other.id ? -1 : 1))
  const reading: Reading<CarerCustody> = {
    ids: ({ id }) => [id],
    span: ({ from, to }) => [from, to],
    kind: ({ relation }) => relation,
    kinds: adultRelations,
  }
  const found = selected(all, part, reading).length
  return {
    total: countOf(found, completeness),
    periods: listed(partOf(all, part, reading, 100), completeness, found),
  }
}

/** What has no day is taken for so at any time. */
const isByThen = (day: string | null, when: string): boolean =>
  day === null || (millisecondsOf(day) ?? 0) <= (endOfDay(when) ?? 0)

const at = ({ from }: CarerCustody): number => millisecondsOf(from) ?? 0
