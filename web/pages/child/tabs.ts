import { barsByMonth, type MonthRow } from '../../drawings/bars.ts'
import { genogram, type Relative } from '../../drawings/genogram.ts'
import type { Page } from '../../visit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage, nameOf } from './childPage.ts'

interface NamedCount {
  readonly name: string
  readonly count: number | Counted
}

type Harm = Banner & {
  readonly missing: {
    readonly total: number | Counted
    readonly reported: number | Counted
    readonly unreported: number | Counted
    readonly overnight: number | Counted
    readonly absentSessionsDuring: number | Counted
    readonly unavailable: readonly string[]
    readonly byForce: readonly { readonly force: string; readonly count: number | Counted }[] | null
    readonly episodes:
      | readonly { readonly from: string; readonly force: string | null; readonly reported: boolean | null }[]
      | null
  } | null
  readonly restrictivePractice: {
    readonly total: number | Counted
    readonly ground: number | Counted
    readonly injuries: number | Counted
    readonly unavailable: readonly string[]
    readonly bySetting: readonly NamedCount[] | null
    readonly byTechnique: readonly NamedCount[] | null
    readonly incidents: readonly { readonly eventAt: string | null; readonly setting: string }[] | null
  } | null
  readonly attendanceAndRestraint: {
    readonly attendances: number | Counted
    readonly withinDayOfRestraint: number | Counted
    readonly unavailable: readonly string[]
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
            total: shown(missing.total, missing.unavailable),
            reported: shown(missing.reported, missing.unavailable),
            unreported: shown(missing.unreported, missing.unavailable),
            overnight: shown(missing.overnight, missing.unavailable),
            sessions: shown(missing.absentSessionsDuring, missing.unavailable),
          },
          byForce: (missing?.byForce ?? []).map((row) => ({ ...row, count: shown(row.count, missing?.unavailable) })),
          missingDrawing: drawn(
            episodes.map(({ from, force, reported }) => ({
              month: from.slice(0, 7),
              kind: reported === false ? 'none' : force === episodes[0]?.force ? 'first' : 'other',
            })),
          ),
          restraintFigures: restraint && {
            total: shown(restraint.total, restraint.unavailable),
            ground: shown(restraint.ground, restraint.unavailable),
            injuries: shown(restraint.injuries, restraint.unavailable),
          },
          bySetting: counted(restraint?.bySetting, restraint?.unavailable),
          byTechnique: counted(restraint?.byTechnique, restraint?.unavailable),
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
            attendances: shown(attended.attendances, attended.unavailable),
            afterRestraint: shown(attended.withinDayOfRestraint, attended.unavailable),
          },
        }
      },
    ),
}

const drawn = (rows: readonly MonthRow[]): string | null => (rows.length === 0 ? null : barsByMonth(rows))

const counted = (rows: readonly NamedCount[] | null | undefined, unavailable: readonly string[] = []) =>
  (rows ?? []).map(({ name, count }) => ({ name, count: shown(count, unavailable) }))

type Family = Banner & {
  readonly socialCare: { readonly state: string; readonly family: readonly Relative[] | null } | null
}

/** The family as a genogram, with the same as a table. */
const familyPage: Page = {
  method: 'GET',
  path: '/child/:child/family',
  answer: (visit) =>
    childPage<Family>(visit, 'family', 'childFamily', (child) => {
      const family = child.socialCare?.family ?? []
      return { drawing: family.length === 0 ? null : genogram(nameOf(child), child.sex, family) }
    }),
}

type Concerns = Banner & {
  readonly contactsAndReferrals: {
    readonly total: number | Counted
    readonly accepted: number | Counted
    readonly sources: number | Counted
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

export const tabPages: readonly Page[] = [harmPage, concernsPage, familyPage, plansPage]
