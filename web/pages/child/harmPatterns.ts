import { barsByMonth, barsByName, classOf, countsByMonth, type MonthRow, type Series } from '../../drawings/bars.ts'
import type { Page } from '../../pageVisit.ts'
import { inWords } from '../../words/codes.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

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
    readonly drawn: readonly ({ readonly from: string } & Reported)[] | null
    readonly episodes: readonly { readonly records: readonly string[] }[] | null
  } | null
  readonly restrictivePractice: {
    readonly total: Counted
    readonly ground: Counted
    readonly injuries: Counted
    readonly bySetting: readonly NamedCount[] | null
    readonly byTechnique: readonly NamedCount[] | null
    readonly drawn: readonly { readonly eventAt: string | null; readonly setting: string }[] | null
    readonly incidents: readonly { readonly id: string }[] | null
  } | null
  readonly attendanceAndRestraint: {
    readonly attendances: Counted
    readonly withinDayOfRestraint: Counted
  } | null
}

/** Missing, restraint and attendance: each number with how whole it is, each picture with its table. */
export const harmPage: Page = {
  method: 'GET',
  path: '/child/:child/harm',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'harm')
    return childPage<Harm>(
      visit,
      'harm',
      'childHarm',
      ({ missing, restrictivePractice: restraint, attendanceAndRestraint: attended }) => {
        const place = (force: string) => visit.parts.registry.forces.get(force)?.name ?? force
        return {
          episodes: paging.of('episode', missing?.episodes, ({ records }) => records[0] ?? ''),
          incidents: paging.of('incident', restraint?.incidents, ({ id }) => id),
          missingFigures: missing && {
            total: shown(missing.total),
            reported: shown(missing.reported),
            unreported: shown(missing.unreported),
            reportNotKnown: shown(missing.reportNotKnown),
            overnight: shown(missing.overnight),
            sessions: shown(missing.absentSessionsDuring),
          },
          byForce: (missing?.byForce ?? []).map((row) => ({ ...row, count: shown(row.count) })),
          missingByMonth: byMonth(
            (missing?.drawn ?? []).map(({ from, ...told }) => ({
              month: from.slice(0, 7),
              ...seriesOf(told, place),
            })),
          ),
          restraintFigures: restraint && {
            total: shown(restraint.total),
            ground: shown(restraint.ground),
            injuries: shown(restraint.injuries),
          },
          bySetting: counted(restraint?.bySetting),
          settingsDrawing: drawnByName(restraint?.bySetting ?? []),
          byTechnique: counted(restraint?.byTechnique),
          restraintByMonth: byMonth(
            (restraint?.drawn ?? []).flatMap(({ eventAt, setting }) =>
              eventAt ? [{ month: eventAt.slice(0, 7), series: inWords(setting) }] : [],
            ),
          ),
          attendance: attended && {
            attendances: shown(attended.attendances),
            afterRestraint: shown(attended.withinDayOfRestraint),
          },
        }
      },
      { episode: paging.after('episode'), incident: paging.after('incident') },
    )
  },
}

interface Reported {
  readonly force: string | null
  readonly reported: boolean | null
}

type Look = Series['look']

/** The force that was told, that none was, or that no record says. */
const seriesOf = ({ force, reported }: Reported, place: (force: string) => string): { series: string; look?: Look } => {
  if (reported === false) return { series: 'No force was notified', look: 'none' }
  if (reported === null) return { series: 'Not known whether a force was notified', look: 'unknown' }
  return { series: force === null ? 'A force that is not named' : place(force) }
}

const solid = ['first', 'second', 'third'] as const

/**
 * The most frequent series first; the rest of those that are drawn filled look alike, and the table tells them apart.
 */
const byMonth = (rows: readonly (MonthRow & { readonly look?: Look })[]) => {
  if (rows.length === 0) return null
  const names = [...new Set(rows.map(({ series }) => series))]
  const count = (name: string) => rows.filter(({ series }) => series === name).length
  const lookOf = (name: string) => rows.find(({ series }) => series === name)?.look
  const filled = names.filter((name) => !lookOf(name)).sort((one, other) => count(other) - count(one))
  const hollow = names.filter((name) => lookOf(name))
  const series: readonly Series[] = [
    ...filled.map((name, index) => ({ name, look: solid[index] ?? 'third' })),
    ...hollow.map((name) => ({ name, look: lookOf(name) ?? 'unknown' })),
  ]
  return {
    drawing: barsByMonth(rows, series),
    key: series.map(({ name, look }) => ({ name, shape: classOf(look) })),
    months: countsByMonth(rows, series).filter(({ counts }) => counts.some((each) => each > 0)),
  }
}

const drawnByName = (rows: readonly NamedCount[]): string | null => {
  const told = rows.flatMap(({ name, count }) =>
    count.value === null ? [] : [{ name: inWords(name), count: count.value }],
  )
  return told.length === 0 ? null : barsByName(told)
}

const counted = (rows: readonly NamedCount[] | null | undefined) =>
  (rows ?? []).map(({ name, count }) => ({ name, count: shown(count) }))
