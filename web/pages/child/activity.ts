import type { Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

/** A list beside the number that says, where the list may not be read, why. */
type Rows<Row> = readonly Row[] | null

interface Identified {
  readonly id: string
}

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
        readonly byMonth: Rows<Share>
        readonly missedOffers: Rows<Identified>
      })
    | null
  readonly adultRequirements: {
    readonly total: Counted
    readonly weeks: Rows<{ readonly requirements: Counted; readonly records: readonly string[] }>
  } | null
}

const shares = ({ offered, attended }: Share) => ({ offered: shown(offered), attended: shown(attended) })

/** What was offered beside what was kept, and how each can be reached beside what was missed. */
const engagementPage: Page = {
  method: 'GET',
  path: '/child/:child/engagement',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'engagement')
    const build = ({ engagement, adultRequirements }: Engaged) => ({
      figures: engagement && {
        ...shares(engagement),
        missed: shown(engagement.missed),
        unexplained: shown(engagement.missedWithoutReason),
      },
      services: engagement?.byService?.map((each) => ({ ...each, ...shares(each) })) ?? null,
      months: paging.part(
        'month',
        engagement?.byMonth?.toReversed().map((each) => ({ ...each, ...shares(each) })),
      ),
      asked: shown(adultRequirements?.total),
      missed: paging.of('missed', engagement?.missedOffers, ({ id }) => id),
      weeks: paging.of(
        'week',
        adultRequirements?.weeks?.map((each) => ({ ...each, requirements: shown(each.requirements) })),
        ({ records }) => records[0] ?? '',
      ),
    })
    return childPage(visit, 'engagement', 'childEngagement', build, {
      missed: paging.after('missed'),
      week: paging.after('week'),
    })
  },
}

interface Orders {
  readonly total: Counted
  readonly orders: Rows<Identified>
}

type Ordered = Banner & {
  readonly legal: Orders | null
  readonly carerCustody: { readonly total: Counted; readonly periods: Rows<Identified> } | null
  readonly careHistory: {
    readonly placementTotal: Counted
    readonly placements: Rows<Identified>
    readonly periodTotal: Counted
    readonly periods: Rows<Identified>
  } | null
}

/** Orders with until when they hold, custody of those who care for the child, and the history of care. */
const ordersPage: Page = {
  method: 'GET',
  path: '/child/:child/orders',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'orders')
    const listed = (list: string, rows: Rows<Identified> | undefined) => paging.of(list, rows, ({ id }) => id)
    const build = ({ legal, carerCustody, careHistory }: Ordered) => ({
      lists: {
        orders: listed('order', legal?.orders),
        custody: listed('custody', carerCustody?.periods),
        placements: listed('placement', careHistory?.placements),
        periods: listed('period', careHistory?.periods),
      },
      orders: shown(legal?.total),
      custody: shown(carerCustody?.total),
      placements: shown(careHistory?.placementTotal),
      periods: shown(careHistory?.periodTotal),
    })
    const after = Object.fromEntries(
      ['order', 'custody', 'placement', 'period'].map((list) => [list, paging.after(list)]),
    )
    return childPage(visit, 'orders', 'childOrders', build, after)
  },
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
    readonly absences: Rows<Identified>
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
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'attendance')
    const build = ({ attendance, basicNeedsSupport: support }: Attended) => ({
      absences: paging.of('absence', attendance?.absences, ({ id }) => id),
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
    })
    return childPage(visit, 'attendance', 'childAttendance', build, { absence: paging.after('absence') })
  },
}

export const activityPages: readonly Page[] = [engagementPage, ordersPage, attendancePage]
