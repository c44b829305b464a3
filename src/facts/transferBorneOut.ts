import type { AgencyName } from '../foundation/agencies.ts'
import { rowsIn } from '../records/agencyAnswers.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { laterDay } from '../records/dayAndAge.ts'
import type { RequiredFields, RowsOf, RowWith } from '../records/requiredFields.ts'
import type { Row } from '../sources/contract.ts'

/** Kinds of transfer that this gateway carries out; for another it refuses rather than apply the wrong clock. */
export const kindsCarriedOut = ['CP_TRANSFER_IN', 'CLA_PLACED_OUT', 'S47_IN_PROGRESS'] as const
export type KindCarriedOut = (typeof kindsCarriedOut)[number]

/** A transfer as it was asked for. Nothing in it is known to be true. */
export interface AskedTransfer {
  readonly fromLa: string
  readonly toLa: string
  /** A value of `TransferType`. */
  readonly type: string
  /**
   * The last day of its clock, where an officer of the sending authority notified it when that authority was
   * responsible; null where nobody did.
   */
  readonly notifiedUntil: string | null
}

/** What agencies have on record of one child that can bear a transfer out. */
export interface Evidence {
  /** Authority that keeps the case; null when none does, or social care could not be reached. */
  readonly responsibleLa: string | null
  readonly periods: readonly Period[]
  /** Whether social care answered whole: else what is not there may only not have been said. */
  readonly isWhole: boolean
}

/** What is there where there is no such child, or nobody answered. */
export const noEvidence: Evidence = { responsibleLa: null, periods: [], isWhole: true }

/** One record that says where a child is for a time, or what was begun for them. */
export interface Period {
  readonly id: string
  readonly kind: 'ADDRESS' | 'PLACEMENT' | 'ENROLMENT' | 'PROTECTION_PLAN' | 'ENQUIRY'
  /** Authority in whose area it is; for a plan or an enquiry, whose it is. */
  readonly la: string | null
  readonly from: string | null
  readonly to: string | null
  /** Value of the `Agency` enum: the service that holds the record. */
  readonly heldBy: string | null
  readonly heldByLa: string | null
  readonly heldByOrganisation: string | null
}

/**
 * How a transfer stands. `PENDING` tells nothing of the child, not even that there is one. `OVER`: it was notified, its
 * clock has run out, and what it stood on is no more.
 */
export type Verdict =
  | { readonly opens: true; readonly reason: 'NOTIFIED' | 'SHOWN_BY_RECORD' }
  | { readonly opens: false; readonly reason: 'PENDING' }
  | { readonly opens: false; readonly reason: 'OVER' }
  | Unfit

/** Why a kind is not carried out for a child. */
export interface Unfit {
  readonly opens: false
  readonly reason: 'KIND_NOT_CARRIED_OUT' | 'KIND_NOT_ON_RECORD'
}

/** A move is known to the new area before it happens: a record counts from so many days ahead. */
const daysAhead = 28

/**
 * Whether a transfer opens the child to the authority that receives it. Nobody opens a child by their own word: either
 * the sending authority, which is responsible, notified it, or a record of another organisation than the receiver's
 * shows the child in its area, now or soon. Only then is the kind judged, which must fit what is on record. Judged at
 * every read. An adult's tenancy is no such record: a parent who lives apart would open the child to the area of their
 * own flat.
 *
 * Nor does a notification open for ever: it stands while its clock runs, and afterwards for as long as what it was made
 * for is on record. A silent source ends nothing.
 */
export function borneOut(transfer: AskedTransfer, { isWhole, periods, responsibleLa }: Evidence, day: string): Verdict {
  if (transfer.notifiedUntil !== null)
    return day <= transfer.notifiedUntil || !isWhole || kindOnRecord(transfer, periods, day) === null
      ? { opens: true, reason: 'NOTIFIED' }
      : { opens: false, reason: 'OVER' }
  if (responsibleLa === null || responsibleLa !== transfer.fromLa) return { opens: false, reason: 'PENDING' }
  if (!whereShown(transfer.toLa, periods, day).some(({ la }) => la === transfer.toLa))
    return { opens: false, reason: 'PENDING' }
  return kindOnRecord(transfer, periods, day) ?? { opens: true, reason: 'SHOWN_BY_RECORD' }
}

/** Why a kind cannot be carried out for this child; null when it fits what is on record. */
export function kindOnRecord(
  { fromLa, toLa, type }: Pick<AskedTransfer, 'fromLa' | 'toLa' | 'type'>,
  periods: readonly Period[],
  day: string,
): Unfit | null {
  const kind = kindsCarriedOut.find((each) => each === type)
  if (!kind) return { opens: false, reason: 'KIND_NOT_CARRIED_OUT' }
  const isBegun = (wanted: Period['kind']) =>
    periods.some(({ kind, la, from, to }) => kind === wanted && la === fromLa && openOn(day, from, to))
  const fits: Readonly<Record<KindCarriedOut, () => boolean>> = {
    CP_TRANSFER_IN: () => isBegun('PROTECTION_PLAN'),
    S47_IN_PROGRESS: () => isBegun('ENQUIRY'),
    CLA_PLACED_OUT: () => whereShown(toLa, periods, day).some(({ kind, la }) => kind === 'PLACEMENT' && la === toLa),
  }
  return fits[kind]() ? null : { opens: false, reason: 'KIND_NOT_ON_RECORD' }
}

/**
 * Where others than the receiver show the child to be, or to come. Of each kind the record that began last: an address
 * that nobody ended does not keep a child in the area that was left. A child who is placed lives where the placement
 * is.
 */
function whereShown(receiver: string, periods: readonly Period[], day: string): readonly Period[] {
  const others = periods.filter((period) => !isOwnWord(period, receiver))
  const ahead = laterDay(day, daysAhead)
  const shown = (kind: Period['kind']): readonly Period[] => {
    const ofKind = others.filter((period) => period.kind === kind)
    const now = last(ofKind.filter(({ from, to }) => openOn(day, from, to)))
    const soon = ofKind.filter(
      ({ from, to }) => from !== null && from > day && openOn(ahead, from, null) && to !== from,
    )
    return [...(now ? [now] : []), ...soon]
  }
  const placements = shown('PLACEMENT')
  const isPlaced = placements.some(({ from, to }) => openOn(day, from, to))
  const addresses = shown('ADDRESS').filter(({ from, to }) => !isPlaced || !openOn(day, from, to))
  return [...placements, ...addresses, ...shown('ENROLMENT')]
}

const last = (periods: readonly Period[]): Period | undefined =>
  periods.toSorted((one, other) => (beginning(one) < beginning(other) ? -1 : 1)).at(-1)

const beginning = ({ from, id }: Period): string => `${from ?? ''}|${id}`

const ownServices = new Set(['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP'])

/**
 * Whether a record is the receiving authority's own, or cannot be distinguished from it: its children's services and
 * its MASH ask for transfers, so what they write themselves bears nothing out. A record of its area that names no
 * organisation may be theirs.
 */
function isOwnWord({ heldBy, heldByLa, heldByOrganisation }: Period, receiver: string): boolean {
  if (heldByOrganisation !== null && ownOrganisations(receiver).includes(heldByOrganisation)) return true
  if (heldByLa !== null && heldByLa !== receiver) return false
  return heldByOrganisation === null || heldBy === null || ownServices.has(heldBy)
}

const ownOrganisations = (la: string): readonly string[] => [la, `${la}-CSC`, `${la}-MASH`]

const holder = ['provenance.agency', 'provenance.la', 'provenance.organisation', 'provenance.supersedes'] as const

/** What is read for it, by agency and list: by the gateway for itself, under a grant that no caller holds. */
export const evidenceNeeds = {
  socialCare: {
    addresses: [...holder, 'eventAt', 'la', 'from', 'to'],
    placements: [...holder, 'eventAt', 'la', 'from', 'to'],
    plans: [...holder, 'eventAt', 'level', 'from', 'to'],
    s47Enquiries: [...holder, 'eventAt', 'startedOn', 'endedOn'],
  },
  education: { enrolments: [...holder, 'eventAt', 'from', 'to'] },
} as const satisfies RequiredFields

export const evidenceAgencies = ['socialCare', 'education'] as const satisfies readonly AgencyName[]

type Rows = RowsOf<typeof evidenceNeeds>
type EvidenceRows = Rows['socialCare'] & Rows['education']
type Happened = RowWith<
  'socialCare',
  'plans',
  'eventAt' | 'provenance.agency' | 'provenance.la' | 'provenance.organisation'
>

/** The periods in one agency's answer, without what a later record corrects. */
export function periodsIn(lists: Readonly<Record<string, readonly Row[]>>): readonly Period[] {
  const of = rowsIn<EvidenceRows>(lists)
  const read = <Held extends Happened>(
    rows: readonly Held[],
    kind: Period['kind'],
    where: (row: Held) => Pick<Period, 'la' | 'from' | 'to'>,
  ): readonly Period[] =>
    rows.map((row) => {
      const { la, from, to } = where(row)
      return {
        id: row.id,
        kind,
        la,
        from: dayOf(from ?? textOf<Happened>(row, 'eventAt') ?? '') || null,
        to: to === null ? null : dayOf(to),
        heldBy: textOf<Happened>(row, 'provenance.agency'),
        heldByLa: textOf<Happened>(row, 'provenance.la'),
        heldByOrganisation: textOf<Happened>(row, 'provenance.organisation'),
      }
    })
  const lived = (row: EvidenceRows['addresses' | 'placements']) => ({
    la: textOf(row, 'la'),
    from: textOf(row, 'from'),
    to: textOf(row, 'to'),
  })
  const held = (row: EvidenceRows['plans' | 'enrolments']) => ({
    la: textOf(row, 'provenance.la'),
    from: textOf(row, 'from'),
    to: textOf(row, 'to'),
  })
  return [
    ...read(uncorrected(of('addresses')), 'ADDRESS', lived),
    ...read(uncorrected(of('placements')), 'PLACEMENT', lived),
    ...read(
      uncorrected(of('plans')).filter((row) => textOf(row, 'level') === 'CHILD_PROTECTION'),
      'PROTECTION_PLAN',
      held,
    ),
    ...read(uncorrected(of('s47Enquiries')), 'ENQUIRY', (row) => ({
      la: textOf(row, 'provenance.la'),
      from: textOf(row, 'startedOn'),
      to: textOf(row, 'endedOn'),
    })),
    ...read(uncorrected(of('enrolments')), 'ENROLMENT', held),
  ]
}
