import type { SeedRow } from '../../../seeds/seedRecord.ts'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import { rowsOf, seeds } from '../../seeds/records.ts'
import { isOverNight } from './oracle.ts'

export type Json = Readonly<Record<string, unknown>>

/** Of whom is asked. */
export interface World {
  readonly child: string
}

export const today = '2026-11-20'
const dayLength = 86_400_000

const ownId = (id: string): string => id.slice(id.indexOf(':') + 1)

/** The row of a list that a record was made from. */
export const storedRow = (agency: AgencyName, list: string, id: string): SeedRow | null =>
  (seeds[agency].records[list] ?? []).find((row) => row.id === ownId(id)) ?? null

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const dayOf = (value: unknown): string => String(value).slice(0, 10)

/** Attended of possible, one decimal; nothing where one of them is not whole. */
const percentage = (of: Json): number | null | undefined => {
  const [possible, attended] = [of['possible'] ?? of['offered'], of['attended']].map((each) => {
    if (typeof each !== 'object' || each === null) return each
    const { value, completeness } = each as { readonly value: unknown; readonly completeness: string }
    return completeness === 'WHOLE' ? value : null
  })
  if (typeof possible !== 'number' || typeof attended !== 'number' || possible === 0) return null
  return Math.round((attended / possible) * 1000) / 10
}

const missingRows = (of: Json): readonly SeedRow[] =>
  (of['records'] as readonly string[]).flatMap(
    (id) => storedRow('police', 'missingEpisodes', id) ?? storedRow('socialCare', 'missing', id) ?? [],
  )

/** Of an episode that one record tells of. */
const onlyRow = (of: Json): SeedRow | undefined => {
  const rows = missingRows(of)
  return rows.length === 1 ? rows[0] : undefined
}

const restraint = (of: Json): SeedRow | undefined =>
  (['police', 'socialCare', 'education', 'health'] as const).flatMap(
    (agency) => storedRow(agency, 'restraints', String(of['id'])) ?? [],
  )[0]

const ageOn = (child: string, day: string): number | undefined => {
  const born = rowsOf(child, 'socialCare', 'person').map((row) => row['dateOfBirth'])[0]
  if (typeof born !== 'string') return undefined
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return day.slice(5) < born.slice(5) ? years - 1 : years
}

const minutesOf = (row: SeedRow | undefined): number | null | undefined => {
  if (!row) return undefined
  if (!row['to']) return null
  return Math.floor((Date.parse(String(row['to'])) - Date.parse(String(row['from'] ?? row.eventAt))) / 60_000)
}

/**
 * What is so of joined facts, by what is held and what stands beside them in the answer; nothing where it cannot be
 * told here.
 */
export const truths: Readonly<Record<string, (of: Json, world: World) => unknown>> = {
  'Status.authoritiesAsLastKnown': () => false,
  // Judged by the lists that they rest on, in `judge.ts`.
  'Status.missingNow': () => undefined,
  'Status.pendingClosure': () => undefined,
  'Engagement.percentage': percentage,
  'ServiceEngagement.percentage': percentage,
  'MonthEngagement.percentage': percentage,
  'AttendancePicture.percentage': percentage,
  'SchoolPeriod.percentage': percentage,
  'AttendancePeriod.percentage': percentage,
  'SchoolPeriod.possible': ({ id }) => number(storedRow('education', 'attendance', String(id))?.['possible']),
  'SchoolPeriod.attended': ({ id }) => number(storedRow('education', 'attendance', String(id))?.['attended']),
  'CustodyPeriod.isNow': ({ id }) => {
    const row = storedRow('adultServices', 'probation', String(id))
    const from = dayOf(row?.['from'] ?? row?.eventAt)
    return row ? from <= today && (!row['to'] || dayOf(row['to']) > today) : undefined
  },
  'CustodyPeriod.planForChild': ({ id }) =>
    storedRow('adultServices', 'probation', String(id))?.['planForChild'] ?? undefined,
  'CarePlacement.collectionYear': ({ id }) =>
    number(storedRow('socialCare', 'placements', String(id))?.['collectionYear']),
  'CarePlacement.days': ({ id }) => {
    const row = storedRow('socialCare', 'placements', String(id))
    const from = dayOf(row?.['from'] ?? row?.eventAt)
    return row ? (Date.parse(dayOf(row['to'] ?? today)) - Date.parse(from)) / dayLength : undefined
  },
  'JoinedMissingEpisode.minutes': (of) => minutesOf(onlyRow(of)),
  'JoinedMissingEpisode.reported': (of) => {
    const rows = missingRows(of)
    const ids = of['records'] as readonly string[]
    return ids.some((id) => storedRow('police', 'missingEpisodes', id)) ? true : (rows[0]?.['reported'] ?? undefined)
  },
  'JoinedMissingEpisode.overnight': (of) => {
    const row = onlyRow(of)
    return row ? isOverNight(row) : undefined
  },
  'JoinedMissingEpisode.safeAndWellCheck': (of) => onlyRow(of)?.['safeAndWellCheck'] ?? undefined,
  'RestrictivePractice.minutes': (of) => restraint(of)?.['minutes'] ?? undefined,
  'RestrictivePractice.injury': (of) => restraint(of)?.['injury'] ?? undefined,
  'RestrictivePractice.age': (of, { child }) => ageOn(child, dayOf(of['eventAt'])),
}
