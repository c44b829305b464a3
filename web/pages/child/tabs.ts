import { barsByMonth, type MonthRow } from '../../drawings/bars.ts'
import type { Page } from '../../visit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage } from './childPage.ts'

interface NamedCount {
  readonly name: string
  readonly count: Counted
}

type Harm = Banner & {
  readonly missing: {
    readonly total: Counted
    readonly reported: Counted
    readonly unreported: Counted
    readonly reportNotKnown: Counted
    readonly overnight: Counted
    readonly absentSessionsDuring: Counted
    readonly byForce: readonly { readonly force: string; readonly count: Counted }[] | null
    readonly episodes:
      | readonly { readonly from: string; readonly force: string | null; readonly reported: boolean | null }[]
      | null
  } | null
  readonly restrictivePractice: {
    readonly total: Counted
    readonly ground: Counted
    readonly injuries: Counted
    readonly bySetting: readonly NamedCount[] | null
    readonly byTechnique: readonly NamedCount[] | null
    readonly incidents: readonly { readonly eventAt: string | null; readonly setting: string }[] | null
  } | null
  readonly attendanceAndRestraint: {
    readonly attendances: Counted
    readonly withinDayOfRestraint: Counted
  } | null
}

/** Missing, restraint and attendance: each number with how whole it is, each picture with its table. */
const harmPage: Page = {
  method: 'GET',
  path: '/child/:child/harm',
  answer: (visit) =>
    childPage<Harm>(
      visit,
      'harm',
      'childHarm',
      ({ missing, restrictivePractice: restraint, attendanceAndRestraint: attended }) => {
        const episodes = missing?.episodes ?? []
        const incidents = restraint?.incidents ?? []
        return {
          missingFigures: missing && {
            total: shown(missing.total),
            reported: shown(missing.reported),
            unreported: shown(missing.unreported),
            reportNotKnown: shown(missing.reportNotKnown),
            overnight: shown(missing.overnight),
            sessions: shown(missing.absentSessionsDuring),
          },
          byForce: (missing?.byForce ?? []).map((row) => ({ ...row, count: shown(row.count) })),
          missingDrawing: drawn(
            episodes.map(({ from, force, reported }) => ({
              month: from.slice(0, 7),
              kind: reported === false ? 'none' : force === episodes[0]?.force ? 'first' : 'other',
            })),
          ),
          restraintFigures: restraint && {
            total: shown(restraint.total),
            ground: shown(restraint.ground),
            injuries: shown(restraint.injuries),
          },
          bySetting: counted(restraint?.bySetting),
          byTechnique: counted(restraint?.byTechnique),
          restraintDrawing: drawn(
            incidents.flatMap(({ eventAt, setting }) =>
              eventAt
                ? [
                    {
                      month: eventAt.slice(0, 7),
                      kind: setting === incidents[0]?.setting ? ('first' as const) : ('other' as const),
                    },
                  ]
                : [],
            ),
          ),
          attendance: attended && {
            attendances: shown(attended.attendances),
            afterRestraint: shown(attended.withinDayOfRestraint),
          },
        }
      },
    ),
}

const drawn = (rows: readonly MonthRow[]): string | null => (rows.length === 0 ? null : barsByMonth(rows))

const counted = (rows: readonly NamedCount[] | null | undefined) =>
  (rows ?? []).map(({ name, count }) => ({ name, count: shown(count) }))

type Concerns = Banner & {
  readonly contactsAndReferrals: {
    readonly total: Counted
    readonly accepted: Counted
    readonly sources: Counted
    readonly bySource: readonly NamedCount[] | null
  } | null
}

const concernsPage: Page = {
  method: 'GET',
  path: '/child/:child/concerns',
  answer: (visit) =>
    childPage<Concerns>(visit, 'concerns', 'childConcerns', ({ contactsAndReferrals: contacts }) => ({
      figures: contacts && {
        total: shown(contacts.total),
        accepted: shown(contacts.accepted),
        sources: shown(contacts.sources),
      },
      bySource: counted(contacts?.bySource),
    })),
}

const plansPage: Page = {
  method: 'GET',
  path: '/child/:child/plans',
  answer: (visit) =>
    childPage<Banner & { readonly meetingGaps: readonly { readonly meetingId: string }[] | null }>(
      visit,
      'plans',
      'childPlans',
      (child) => ({
        gapsOf: Object.fromEntries((child.meetingGaps ?? []).map((gap) => [gap.meetingId, gap])),
      }),
    ),
}

export const tabPages: readonly Page[] = [harmPage, concernsPage, plansPage]
