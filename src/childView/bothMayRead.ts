import { type AgencyName, eachAgency } from '../foundation/agencies.ts'
import type { Answers } from '../records/agencyAnswers.ts'
import { textOf } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { Row, Value } from '../sources/contract.ts'
import { plainRecords } from '../sources/plainRecords.ts'
import { isPseudonym } from '../sources/pseudonyms.ts'
import type { SourceAnswer } from '../sources/source.ts'

/**
 * What two readers may both have of one child: records that both were given, and of each the fields that both were
 * given alike. A name that one of them is given as a pseudonym is that pseudonym. A record that the first knows to be
 * corrected is left out, though the other may not know of the correction.
 */
export const bothMayRead = (mine: Answers, theirs: Answers, needs: RequiredFields): Answers =>
  eachAgency((agency) => ofAgency(mine[agency], theirs[agency], needs[agency] ?? {}))

function ofAgency(
  mine: SourceAnswer,
  theirs: SourceAnswer,
  needs: NonNullable<RequiredFields[AgencyName]>,
): SourceAnswer {
  if (mine.state !== 'ANSWERED') return mine
  if (theirs.state !== 'ANSWERED') return theirs
  const lists = Object.entries<readonly string[]>(needs).map(([list, fields]) => {
    const given = new Map(theirs.records.rows(list).map((row) => [row.id, row]))
    const own = mine.records.rows(list)
    const corrected = new Set(own.flatMap((row) => textOf(row, 'provenance.supersedes') ?? []))
    const both = own.flatMap((row) => {
      const other = given.get(row.id)
      return other && !corrected.has(row.id) ? [common(row, other, fields)] : []
    })
    return [list, both] as const
  })
  return { ...mine, holdings: [], records: plainRecords(Object.fromEntries(lists)) }
}

const common = (mine: Row, theirs: Row, fields: readonly string[]): Row => ({
  id: mine.id,
  person: mine.person,
  ...Object.fromEntries(fields.map((field) => [field, alike(mine[field], theirs[field])])),
})

const alike = (mine: Value | undefined, theirs: Value | undefined): Value => {
  if (mine === undefined || theirs === undefined || mine === null || theirs === null) return null
  if (JSON.stringify(mine) === JSON.stringify(theirs)) return mine
  if (typeof mine === 'string' && isPseudonym(mine)) return mine
  return typeof theirs === 'string' && isPseudonym(theirs) ? theirs : null
}
