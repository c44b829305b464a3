import type { Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage } from './childPage.ts'

/** A list beside the number that says, where the list may not be read, why. */
type Rows<Row> = readonly Row[] | null

interface Share {
  readonly offered: Counted
  readonly attended: Counted
}

type Engaged = Banner & {
  readonly engagement:
    | (Share & {
        readonly missed: Counted
        readonly missedWithoutReason: Counted
        readonly byService: Rows<Share>
      })
    | null
  readonly adultRequirements: {
    readonly total: Counted
    readonly weeks: Rows<{ readonly requirements: Counted }>
  } | null
}

const shares = ({ offered, attended }: Share) => ({ offered: shown(offered), attended: shown(attended) })

/** What was offered beside what was kept, and how each can be reached beside what was missed. */
const engagementPage: Page = {
  method: 'GET',
  path: '/child/:child/engagement',
  answer: (visit) =>
    childPage<Engaged>(visit, 'engagement', 'childEngagement', ({ engagement, adultRequirements }) => ({
      figures: engagement && {
        ...shares(engagement),
        missed: shown(engagement.missed),
        unexplained: shown(engagement.missedWithoutReason),
      },
      services: engagement?.byService?.map((each) => ({ ...each, ...shares(each) })) ?? null,
      asked: shown(adultRequirements?.total),
      weeks: adultRequirements?.weeks?.map((each) => ({ ...each, requirements: shown(each.requirements) })) ?? null,
    })),
}

interface Orders {
  readonly total: Counted
  readonly orders: Rows<{ readonly expired: boolean | null; readonly from: string | null }>
}

type Ordered = Banner & {
  readonly legal: Orders | null
  readonly carerCustody: { readonly total: Counted } | null
  readonly careHistory: { readonly placementTotal: Counted; readonly periodTotal: Counted } | null
}

/** Orders with until when they hold, custody of those who care for the child, and the history of care. */
const ordersPage: Page = {
  method: 'GET',
  path: '/child/:child/orders',
  answer: (visit) =>
    childPage<Ordered>(visit, 'orders', 'childOrders', ({ legal, carerCustody, careHistory }) => ({
      orders: shown(legal?.total),
      custody: shown(carerCustody?.total),
      placements: shown(careHistory?.placementTotal),
      periods: shown(careHistory?.periodTotal),
    })),
}

interface Overlaps {
  readonly duringMissing: Counted
  readonly onRestraintDays: Counted
  readonly onMoveDays: Counted
}

type Attended = Banner & {
  readonly attendance: {
    readonly possible: Counted
    readonly attended: Counted
    readonly overlaps: Overlaps
    readonly periods: Rows<{ readonly overlaps: Overlaps }>
  } | null
  readonly basicNeedsSupport: {
    readonly total: Counted
    readonly byKind: Rows<{ readonly name: string; readonly count: Counted }>
  } | null
}

const overlapping = ({ duringMissing, onRestraintDays, onMoveDays }: Overlaps) => ({
  missing: shown(duringMissing),
  restraint: shown(onRestraintDays),
  moves: shown(onMoveDays),
})

/** School attendance with its codes in words, and which absences fall on what else happened. */
const attendancePage: Page = {
  method: 'GET',
  path: '/child/:child/attendance',
  answer: (visit) =>
    childPage<Attended>(visit, 'attendance', 'childAttendance', ({ attendance, basicNeedsSupport: support }) => ({
      figures: attendance && {
        possible: shown(attendance.possible),
        attended: shown(attendance.attended),
        ...overlapping(attendance.overlaps),
      },
      periods: attendance?.periods?.map((each) => ({ ...each, ...overlapping(each.overlaps) })) ?? null,
      support: support && {
        total: shown(support.total),
        byKind: support.byKind?.map(({ name, count }) => ({ name, count: shown(count) })) ?? null,
      },
    })),
}

export const activityPages: readonly Page[] = [engagementPage, ordersPage, attendancePage]
