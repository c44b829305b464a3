import type { AgencyName } from '../foundation/agencies.ts'
import { dayLength } from '../foundation/london.ts'
import { mayTellOf, unnamedServices } from '../policy/revealingServices.ts'
import { dayOf, openOn } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { type Completeness, type Count, completenessOf, countOf, isTold, listed } from './countCompleteness.ts'
import {
  type Involvement,
  type InvolvementList,
  involvementKinds,
  involvementLists,
  isUnnamedForce,
  policeRecordNeeds,
  policeRecords,
} from './involvements.ts'
import { demandKind } from './listFilter.ts'
import { areOpen } from './listsMayBeRead.ts'
import type { SourceState } from './sourceReports.ts'
import { type Ground, unnamed } from './whyCountIncomplete.ts'

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
  const reads = mergeNeeds(groundOf(lists), kind === null || kind === policeRecords ? policeRecordNeeds : {})
  const periodsAll = all.filter((each) => kind === null || each.kind === kind)
  const unnamed = periodsAll.some(isUnnamedForce)
  const read = readOf(reads, lists, ground, kind)
  const completeness = unnamed ? withoutForce(read, ground) : read
  const isKnown = completeness.completeness === 'WHOLE' && areOpen(reads, ground) && namesEveryService(lists, ground)
  const periods = periodsOf(periodsAll)
  const day = dayOf(asOf)
  const isNamed = periodsAll.some((each) => each.kind === policeRecords && !isUnnamedForce(each))
  // Records of a force that is not named may be of one that is: they make no number larger beside it.
  const open = periods.filter(({ from, to }) => openOn(day, from, to)).length - (unnamed && isNamed ? 1 : 0)
  const state = stateOf(periods.length > 0, completeness, isKnown)
  // Of what is read in part nobody is told that there is none.
  if (periods.length === 0 && !isKnown) {
    const why = state === 'WITHHELD' ? 'WITHHELD' : isTold(completeness) ? 'UNAVAILABLE' : completeness.completeness
    return { state, open: { ...completeness, value: null, completeness: why }, periods: null }
  }
  return { state, open: countOf(open, completeness), periods: listed(periods, completeness) }
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
 * How much of who is involved was read. Services of adults that stay unnamed are part of that; those of the child are
 * where every kind is asked for, or one that would reveal what it treats.
 */
function readOf(
  reads: RequiredFields,
  lists: readonly InvolvementList[],
  ground: Ground,
  kind: string | null,
): Completeness {
  const read = completenessOf({ grounds: [reads] }, ground)
  const isUnnamed = (agency: AgencyName): boolean =>
    ground.contracts[agency].home !== 'ADULT' &&
    (kind === null || !mayTellOf('CHILD', [kind], ground.grants[agency].headline))
  const without = [...new Set(lists.map(({ agency }) => agency))]
    .filter(isUnnamed)
    .flatMap((agency) => unnamed(ground, agency, 'CHILD'))
  if (without.length === 0 || !isTold(read)) return read
  return { completeness: 'AT_LEAST', without: [...read.without, ...without] }
}

/** The same, of records one at least of which does not say of which force it is: it could be any. */
function withoutForce(read: Completeness, { contracts: { police } }: Ground): Completeness {
  if (!isTold(read)) return read
  const { agency, contact = null } = police
  const force = { agency, contact, holder: null, state: 'PARTIAL', label: null, reason: 'FORCE_NOT_KNOWN' } as const
  return { completeness: 'AT_LEAST', without: [...read.without, force] }
}

const namesEveryService = (lists: readonly InvolvementList[], { contracts, grants }: Ground): boolean =>
  lists.every(
    ({ agency }) =>
      contracts[agency].home !== 'ADULT' || unnamedServices('ADULT', grants[agency].headline).length === 0,
  )

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
