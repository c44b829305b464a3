import { rowsIn } from '../records/agencyAnswers.ts'
import { dayOf, type FieldOf, latest, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { enquiryEnd } from '../records/enquiryEnd.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import type { Row } from '../sources/contract.ts'

/** `PlanLevel` of `schema/shared.graphql`, lowest first. */
export type PlanLevel =
  | 'UNIVERSAL'
  | 'EARLY_HELP'
  | 'CARE_LEAVER'
  | 'CHILD_IN_NEED'
  | 'CHILD_PROTECTION'
  | 'LOOKED_AFTER'

export interface LeadProfessional {
  readonly name: string
  readonly role: string | null
  readonly contact: string | null
  readonly la: string | null
}

/**
 * Where a child stands, as children's social care records it. The lead agency's record decides status and
 * responsibility.
 */
export interface CaseStatus {
  /** Whether social care holds anything at all. */
  readonly known: boolean
  /** Authority that keeps the case. */
  readonly responsibleLa: string | null
  /** How many of `keepingLists`, in their order, were looked through before a record said which authority that is. */
  readonly keeperIn: number
  /** Whether all of these records are of one authority: whichever of them decides, it says the same. */
  readonly hasOneKeeper: boolean
  /**
   * Authority and force where the child lives. The force is null where no record names it; the registry knows it then.
   */
  readonly areaLa: string | null
  readonly areaForce: string | null
  readonly level: PlanLevel
  /** The record that the level follows from; null where none does. */
  readonly levelEvidence: string | null
  /** Whether a placement is open: an address alone is a home and no placement. */
  readonly isPlaced: boolean
  /** 903 code of the legal status in force. */
  readonly legalStatus: string | null
  readonly cpCategory: string | null
  readonly harm: 'NONE' | 'CONCERN' | 'REASONABLE_CAUSE'
  /** Day of the record that reasonable cause follows from, the latest; null where there is none. */
  readonly harmSince: string | null
  /** A placement order is in force: the child is placed for adoption, or is to be, and no adoption order was made. */
  readonly placedForAdoption: boolean
  /** The authority has parental responsibility: by a care order, a placement order or an emergency protection order. */
  readonly hasAuthorityResponsibility: boolean
  readonly dateOfBirth: string | null
  readonly expectedDate: string | null
  readonly leadProfessional: LeadProfessional | null
}

/**
 * Lists by which it is told who keeps the case, first the one that decides: only where it says nothing, the next does;
 * where none of the first five does, the latest record of all.
 */
export const keepingLists = [
  ...(['legalStatuses', 'plans', 's47Enquiries', 'referrals', 'involvements'] as const),
  ...(['placements', 'addresses', 'person'] as const),
] as const

const shared = ['eventAt', 'provenance.la', 'provenance.supersedes'] as const

/**
 * Fields of social care that `caseStatusFrom` reads, by list. The gateway reads them for itself before it decides,
 * under a grant that no caller ever holds: nothing of them leaves but what the policy then permits.
 */
export const caseStatusNeeds = {
  person: [...shared, 'isAlias', 'dateOfBirth', 'expectedDate'],
  addresses: [...shared, 'la', 'force', 'from', 'to'],
  placements: [...shared, 'la', 'force', 'from', 'to'],
  legalStatuses: [...shared, 'code', 'from', 'to'],
  plans: [...shared, 'level', 'category', 'from', 'to'],
  s47Enquiries: [...shared, 'startedOn', 'endedOn'],
  referrals: [...shared, 'noFurtherAction', 'closedOn'],
  involvements: [...shared, 'kind', 'professional', 'role', 'contact', 'from', 'to'],
} as const satisfies RequiredFields['socialCare']

/** Lists of social care that it reads. */
export const caseStatusLists: readonly string[] = Object.keys(caseStatusNeeds)

type CaseStatusRows = RowsOf<{ readonly socialCare: typeof caseStatusNeeds }>['socialCare']
type CaseStatusRow = CaseStatusRows[keyof CaseStatusRows]
type Involvement = CaseStatusRows['involvements']

/** Codes of the 903 return under which a child is looked after; a child under a code of another set is not. */
const lookedAfterCodes = new Set(['C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'J1', 'J2', 'J3', 'L1', 'L2', 'L3'])
/**
 * Police protection and emergency protection order: someone has already found reasonable cause. Children Act 1989
 * ss.44, 46.
 */
const emergencyCodes = new Set(['L1', 'L2'])
/** Placement order: Adoption and Children Act 2002 s.21; freeing order, of the Act before it. */
const placementOrders = new Set(['E1', 'D1'])
/**
 * Care order, interim care order, placement and freeing order, emergency protection order. Accommodation under s.20
 * gives none.
 */
const givesResponsibility = new Set(['C1', 'C2', 'D1', 'E1', 'L1'])

/**
 * Where the child stood at `asOf`. Pure: the same rows and date give the same case status. An authority that places a
 * child in another's area stays responsible (Children Act 1989 s.22); a child who moves with an open enquiry or plan
 * stays with the authority that keeps it until the receiving one records its own.
 */
export function caseStatusFrom(lists: Readonly<Record<string, readonly Row[]>>, asOf: string): CaseStatus {
  const day = dayOf(asOf)
  const stored = rowsIn<CaseStatusRows>(lists)
  const open = <Row extends { readonly eventAt: unknown }>(
    rows: readonly Row[],
    from: FieldOf<Row>,
    to: FieldOf<Row>,
  ): readonly Row[] => rows.filter((row) => openOn(day, textOf(row, from) ?? textOf(row, 'eventAt'), textOf(row, to)))

  const persons = uncorrected(stored('person'))
  const referrals = uncorrected(stored('referrals'))
  const enquiries = uncorrected(stored('s47Enquiries'))
  const everyRow: readonly CaseStatusRow[] = [
    ...persons,
    ...uncorrected(stored('addresses')),
    ...uncorrected(stored('placements')),
    ...uncorrected(stored('legalStatuses')),
    ...uncorrected(stored('plans')),
    ...enquiries,
    ...referrals,
    ...uncorrected(stored('involvements')),
  ]
  const statuses = open(uncorrected(stored('legalStatuses')), 'from', 'to').filter((row) =>
    lookedAfterCodes.has(textOf(row, 'code') ?? ''),
  )
  const plans = open(uncorrected(stored('plans')), 'from', 'to')
  const planAt = (level: PlanLevel) =>
    latest(
      plans.filter((row) => row.level === level),
      'from',
      'eventAt',
    )
  const legalStatus = latest(statuses, 'from', 'eventAt')
  const lookedAfterPlan = planAt('LOOKED_AFTER')
  const protectionPlan = planAt('CHILD_PROTECTION')
  const needPlan = planAt('CHILD_IN_NEED')
  const enquiry = latest(
    enquiries.filter((row) => openOn(day, textOf(row, 'startedOn', 'eventAt'), enquiryEnd(row, referrals))),
    'startedOn',
    'eventAt',
  )
  const referral = latest(
    open(referrals, 'eventAt', 'closedOn').filter((row) => row.noFurtherAction !== true),
    'eventAt',
  )
  const involvements = open(uncorrected(stored('involvements')), 'from', 'to')
  const allocated = latestOfKind(involvements, 'ALLOCATED_WORKER')

  const emergency = statuses.find((row) => emergencyCodes.has(textOf(row, 'code') ?? '')) ?? null
  const lookedAfter = legalStatus ?? lookedAfterPlan
  const placement = latest(open(uncorrected(stored('placements')), 'from', 'to'), 'from', 'eventAt')
  const home = placement ?? latest(open(uncorrected(stored('addresses')), 'from', 'to'), 'from', 'eventAt')
  const keeper = lookedAfter ?? protectionPlan ?? needPlan ?? enquiry ?? referral ?? allocated ?? latestOfAny(everyRow)
  const plan = lookedAfterPlan ?? protectionPlan ?? needPlan
  const decidedIn = [legalStatus, plan, enquiry, referral, allocated].findIndex((row) => row !== null)
  const person = latest(
    persons.filter((row) => row.isAlias !== true),
    'eventAt',
  )

  const { level, evidence } = levelOf([
    ['LOOKED_AFTER', lookedAfter],
    ['CHILD_PROTECTION', protectionPlan],
    ['CHILD_IN_NEED', needPlan],
    ['CARE_LEAVER', planAt('CARE_LEAVER')],
    ['EARLY_HELP', planAt('EARLY_HELP')],
    // Without any plan: the children in need census counts an open enquiry or referral as a child in need.
    ['CHILD_IN_NEED', enquiry ?? referral],
  ])
  return {
    known: everyRow.length > 0,
    responsibleLa: keeper && textOf(keeper, 'provenance.la'),
    keeperIn: decidedIn < 0 ? keepingLists.length : decidedIn + 1,
    hasOneKeeper: new Set(everyRow.map((row) => textOf(row, 'provenance.la'))).size === 1,
    areaLa: home && textOf(home, 'la'),
    areaForce: home && textOf(home, 'force'),
    level,
    levelEvidence: evidence,
    isPlaced: placement !== null,
    legalStatus: legalStatus && textOf(legalStatus, 'code'),
    cpCategory: protectionPlan && textOf(protectionPlan, 'category'),
    harm: harmOf({
      cause: enquiry ?? protectionPlan ?? emergency,
      concern: referral ?? needPlan ?? lookedAfter,
    }),
    harmSince: latestDay(
      enquiry && (textOf(enquiry, 'startedOn') ?? textOf(enquiry, 'eventAt')),
      protectionPlan && (textOf(protectionPlan, 'from') ?? textOf(protectionPlan, 'eventAt')),
      emergency && (textOf(emergency, 'from') ?? textOf(emergency, 'eventAt')),
    ),
    placedForAdoption: statuses.some((row) => placementOrders.has(textOf(row, 'code') ?? '')),
    hasAuthorityResponsibility: statuses.some((row) => givesResponsibility.has(textOf(row, 'code') ?? '')),
    dateOfBirth: person && textOf(person, 'dateOfBirth'),
    expectedDate: person && textOf(person, 'expectedDate'),
    leadProfessional: leadOf(latestOfKind(involvements, 'LEAD_PROFESSIONAL')),
  }
}

/** Of rows of several lists: when they began, or, where nothing says so, happened. */
const latestOfAny = (rows: readonly CaseStatusRow[]): CaseStatusRow | null => {
  const began = (row: CaseStatusRow): string | null =>
    ('from' in row ? textOf(row, 'from') : null) ?? textOf(row, 'eventAt')
  const last = latest(
    rows.map((row) => ({ id: row.id, began: began(row), row })),
    'began',
  )
  return last?.row ?? null
}

const latestDay = (...days: readonly (string | null)[]): string | null =>
  days.reduce<string | null>(
    (last, day) => (day !== null && (last === null || dayOf(day) > last) ? dayOf(day) : last),
    null,
  )

const latestOfKind = (involvements: readonly Involvement[], kind: string): Involvement | null =>
  latest(
    involvements.filter((row) => row.kind === kind),
    'from',
    'eventAt',
  )

/** The first of the levels, highest first, that a record bears out. */
function levelOf(found: readonly (readonly [PlanLevel, { readonly id: string } | null])[]): {
  readonly level: PlanLevel
  readonly evidence: string | null
} {
  for (const [level, row] of found) if (row) return { level, evidence: row.id }
  return { level: 'UNIVERSAL', evidence: null }
}

/** Only social care's own formal steps count; no caller's opinion and no declared purpose raises the level of harm. */
function harmOf(found: { readonly cause: object | null; readonly concern: object | null }): CaseStatus['harm'] {
  if (found.cause) return 'REASONABLE_CAUSE'
  return found.concern ? 'CONCERN' : 'NONE'
}

function leadOf(row: Involvement | null): LeadProfessional | null {
  const name = row && textOf(row, 'professional')
  if (!row || !name) return null
  return { name, role: textOf(row, 'role'), contact: textOf(row, 'contact'), la: textOf(row, 'provenance.la') }
}
