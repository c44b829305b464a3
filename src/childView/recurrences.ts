import { dayLength, londonDay } from '../foundation/london.ts'
import { textOf } from '../records/currentRows.ts'
import { type InTimeRecord, type PlacedRecord, shown } from './timeLinkRecord.ts'

/** `Recurrence` of `schema/timeLinks.graphql`. */
export interface Recurrence {
  readonly triggerId: string
  readonly trigger: string | null
  readonly monthDay: string
  readonly years: readonly number[]
  readonly incidents: readonly InTimeRecord[]
}

interface Trigger {
  readonly id: string
  readonly monthDay?: unknown
  readonly text?: unknown
}

/** Days on either side of the day of a trigger. */
const within = 7

/**
 * Incidents of two years or more within a week of a known day. Only days that somebody recorded are looked at: among
 * many records some days always come together.
 */
export const recurrencesOf = (
  triggers: readonly Trigger[],
  incidents: readonly PlacedRecord[],
): readonly Recurrence[] =>
  triggers.flatMap((trigger) => {
    const monthDay = textOf(trigger, 'monthDay')
    if (monthDay === null || !/^\d\d-\d\d$/.test(monthDay)) return []
    const near = incidents
      .flatMap((incident) => {
        const year = yearOf(incident.at, monthDay)
        return year === null ? [] : [{ year, incident }]
      })
      .toSorted((one, other) => one.incident.at - other.incident.at)
    const years = [...new Set(near.map(({ year }) => year))].sort((one, other) => one - other)
    if (years.length < 2) return []
    return [
      {
        ...{ triggerId: trigger.id, trigger: textOf(trigger, 'text'), monthDay, years },
        incidents: near.map(({ incident }) => shown(incident)),
      },
    ]
  })

/** The year whose day a moment is near; a week about New Year is of two years. */
function yearOf(at: number, monthDay: string): number | null {
  const day = Date.parse(londonDay(at))
  const year = new Date(day).getUTCFullYear()
  return (
    [year - 1, year, year + 1].find(
      (each) => Math.abs(day - Date.parse(`${each}-${monthDay}`)) <= within * dayLength,
    ) ?? null
  )
}
