import { partyName } from '../../../src/foundation/partyName.ts'
import { type ChildAtHand, childPath, type Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Heading, shownMessage } from '../exchange/message.ts'
import { asOfDay, type Banner, childPage, endOf, pagingOfChild } from './childPage.ts'
import { type DueRecords, dueOf } from './overdue.ts'

interface Pattern {
  readonly total: Counted | null
}

interface Involvement {
  readonly id: string
  readonly kind: string
  readonly service: string
  readonly agency: string
  readonly concerning: string
  readonly professional: string | null
  readonly contact: string | null
}

interface Gap {
  readonly eventAt: string | null
  readonly missingInvitees: readonly unknown[]
}

/** Messages about the child to which the reader is party: what must be seen first, and what is late. */
interface Said {
  readonly messages: readonly Heading[]
  readonly pinned: readonly Heading[]
  readonly hasNextPage: boolean
}

/** Late messages that stand on the first page of a child. */
const mostLate = 10

type Overview = Banner &
  Omit<DueRecords, 'missing'> & {
    readonly involvements: readonly Involvement[] | null
    readonly withheld: readonly { readonly controller: string; readonly categories: readonly unknown[] }[]
    readonly missing: (NonNullable<DueRecords['missing']> & Pattern & { readonly unreported: Counted | null }) | null
    readonly restrictivePractice: Pattern | null
    readonly attendanceAndRestraint: {
      readonly attendances: Counted | null
      readonly withinDayOfRestraint: Counted | null
    } | null
    readonly meetingGaps: readonly Gap[] | null
    readonly alerts: readonly { readonly code: string; readonly since: string }[] | null
  }

/**
 * The first page of a child: who knows them and whom to ring, what each agency could say, what is overdue and whose it
 * is.
 */
export const overviewPage: Page = {
  method: 'GET',
  path: '/child/:child',
  answer: (visit) => {
    const paging = pagingOfChild(visit, '')
    const build = async (child: Overview, at: ChildAtHand) => {
      const day = asOfDay(visit)
      const said = await visit.ask<{ messages: Said | null }>(
        'childMessages',
        { childId: at.id, first: mostLate, overdue: true, ...(day ? { asOf: endOf(day, visit) } : {}) },
        at.purpose,
      )
      const late = said.data?.messages?.messages.map((each) => shownMessage(visit, each)) ?? []
      const { registry } = visit.parts
      const place = (code: string) =>
        registry.authorities.get(code)?.name ?? registry.forces.get(code)?.name ?? partyName(registry, code)
      const involved = paging.of('involvement', child.involvements, ({ id }) => id)
      const { missing, restrictivePractice: restraint, attendanceAndRestraint: attended } = child
      return {
        due: dueOf(child, late, place),
        moreLate: said.data?.messages?.hasNextPage === true,
        pinned: said.data?.messages?.pinned.map((each) => shownMessage(visit, each)) ?? [],
        alerts: child.alerts?.toSorted((one, other) => other.since.localeCompare(one.since)) ?? null,
        people: { ...involved, rows: involved.rows && merged(involved.rows) },
        figures: {
          missing: shown(missing?.total),
          unreported: shown(missing?.unreported),
          restraint: shown(restraint?.total),
          attendances: shown(attended?.attendances),
        },
        withheldBy: tally(child.withheld.flatMap(({ controller, categories }) => categories.map(() => controller))),
        gaps: (child.meetingGaps ?? []).filter(({ missingInvitees }) => missingInvitees.length > 0),
        links: {
          alerts: childPath(visit, at, 'alerts'),
          harm: childPath(visit, at, 'harm'),
          plans: childPath(visit, at, 'plans'),
          withheld: childPath(visit, at, 'withheld'),
          messages: childPath(visit, at, 'messages'),
        },
      }
    }
    return childPage(visit, '', 'childOverview', build, { involvement: paging.after('involvement') })
  },
}

/** One person in two parts is one row. */
const merged = (rows: readonly Involvement[]) => {
  const people = new Map<string, Involvement & { kinds: string[] }>()
  for (const row of rows) {
    const key = JSON.stringify([row.service, row.professional, row.contact, row.concerning])
    const known = people.get(key)
    if (known) known.kinds.push(row.kind)
    else people.set(key, { ...row, kinds: [row.kind] })
  }
  return [...people.values()]
}

const tally = (names: readonly string[]) =>
  [...new Set(names)].map((name) => ({ name, count: names.filter((each) => each === name).length }))
