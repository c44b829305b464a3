import type { AgencyName } from '../foundation/agencies.ts'
import { dayLength } from '../foundation/london.ts'
import { undisclosedServices } from '../policy/revealingServices.ts'
import { dayOf, openOn } from '../records/currentRows.ts'
import { requiredByContracts } from '../records/requiredFields.ts'
import { type Count, completenessOf, countOf, type Ground, listed } from './countCompleteness.ts'
import { type Involvement, type InvolvementList, involvementKinds, involvementLists } from './involvements.ts'
import { demandKind } from './listFilter.ts'
import type { SourceState } from './sourceReports.ts'

/** One unbroken time that one professional, or one service, was involved. */
export interface InvolvementPeriod {
  readonly kind: string
  readonly service: string
  readonly agency: string
  readonly professional: string | null
  readonly contact: string | null
  readonly from: string | null
  readonly to: string | null
  readonly records: readonly string[]
}

/** Whether anybody of a kind is or was involved. */
export interface InvolvementOfKind {
  readonly state: SourceState
  readonly open: Count
  readonly periods: readonly InvolvementPeriod[] | null
}

/**
 * Whether a team of a kind is involved: people assumed that one was. That nobody is stands as `NOTHING_HELD`, and only
 * where every list that could name one was read.
 *
 * @param all involvements that this caller may read, open and ended.
 * @throws Refusal BAD_INPUT for a kind that neither the schema names nor one of them bears: nothing can be said of it.
 */
export function involvementOfKind(
  all: readonly Involvement[],
  ground: Ground,
  asOf: string,
  kind: string | null,
): InvolvementOfKind {
  if (kind !== null) demandKind(kind, [...involvementKinds(ground.contracts), ...all.map((each) => each.kind)])
  const lists = involvementLists(ground.contracts).filter(({ rule }) => kind === null || mayBe(rule.kind, kind))
  const completeness = completenessOf({ grounds: [groundOf(lists)] }, ground)
  const isKnown = completeness.completeness === 'WHOLE' && lists.every(({ agency }) => tellsOfAll(agency, ground))
  const periods = periodsOf(all.filter((each) => kind === null || each.kind === kind))
  const day = dayOf(asOf)
  const open = periods.filter(({ from, to }) => openOn(day, from, to)).length
  return {
    state: stateOf(periods.length > 0, completeness, isKnown),
    open: countOf(open, completeness),
    // Of what is read in part nobody is told that there is none.
    periods: periods.length === 0 && !isKnown ? null : listed(periods, completeness),
  }
}

const mayBe = (of: InvolvementList['rule']['kind'], kind: string): boolean =>
  typeof of === 'string' ? of === kind : true

const groundOf = (lists: readonly InvolvementList[]) => {
  const needs: Record<string, Record<string, readonly string[]>> = {}
  for (const { agency, list, rule } of lists)
    needs[agency] = {
      ...needs[agency],
      [list]: ['from', 'to', ...(typeof rule.kind === 'string' ? [] : [rule.kind.field])],
    }
  return requiredByContracts(needs)
}

/**
 * Whether no service stays unnamed for what it would reveal of an adult whom it treats: to whom one could, nobody is
 * said not to be involved, of any child.
 */
const tellsOfAll = (agency: AgencyName, { contracts, grants }: Ground): boolean =>
  contracts[agency].home !== 'ADULT' || undisclosedServices('ADULT', grants[agency].headline).length === 0

function stateOf(
  isFound: boolean,
  { completeness, without }: ReturnType<typeof completenessOf>,
  isKnown: boolean,
): SourceState {
  if (completeness === 'WHOLE') return isFound ? 'COMPLETE' : isKnown ? 'NOTHING_HELD' : 'WITHHELD'
  if (isFound) return 'PARTIAL'
  const isWithheld = without.some(({ state }) => state === 'WITHHELD' || state === 'PARTIAL')
  return isWithheld ? 'WITHHELD' : 'UNAVAILABLE'
}

/** Rows of one professional that follow on each other are one time, however often the case was written anew. */
function periodsOf(all: readonly Involvement[]): readonly InvolvementPeriod[] {
  const periods: InvolvementPeriod[] = []
  for (const one of all.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))) {
    const at = periods.findIndex((period) => isSame(period, one) && follows(one.from, period.to))
    const before = periods[at]
    if (before) periods[at] = { ...before, to: laterEnd(before.to, one.to), records: [...before.records, one.id] }
    else {
      const { kind, service, agency, professional, contact, from, to } = one
      periods.push({ kind, service, agency, professional, contact, from, to, records: [one.id] })
    }
  }
  return periods
}

/** One person who moves to another team stays the same person; who is not named is told by the service. */
const isSame = (period: InvolvementPeriod, one: Involvement): boolean =>
  period.kind === one.kind &&
  period.agency === one.agency &&
  period.professional === one.professional &&
  (period.professional !== null || period.service === one.service)

const follows = (from: string | null, to: string | null): boolean =>
  to === null || from === null || Date.parse(dayOf(from)) - Date.parse(dayOf(to)) <= dayLength

const laterEnd = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? null : one > other ? one : other
