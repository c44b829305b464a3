import type { SeedRow } from '../../../seeds/seedRecord.ts'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import { rowsOf } from '../../seeds/records.ts'

/** Lists that joined numbers are counted from, by agency. */
export const counted = {
  police: ['missingEpisodes', 'restraints', 'protections'],
  socialCare: [
    ...(['missing', 'restraints', 'contacts', 'referrals', 'placements', 'legalStatuses'] as const),
    ...(['interventions', 'orders'] as const),
  ],
  education: ['absences', 'restraints', 'attendance', 'basicNeedsSupport'],
  health: ['unscheduledAttendances', 'restraints', 'appointments'],
  adultServices: ['requirements', 'probation'],
} as const

/** `police.missingEpisodes`. */
export type ListKey = {
  [Agency in keyof typeof counted]: `${Agency}.${(typeof counted)[Agency][number]}`
}[keyof typeof counted]

export const listKeys = Object.entries(counted).flatMap(([agency, lists]) =>
  lists.map((list) => `${agency}.${list}` as ListKey),
)

/** Rows of a child as the seeds have them, of the lists that are not hidden from a reader. */
type Held = (key: ListKey) => readonly SeedRow[]

const inTime = (row: SeedRow): boolean => row.recordedAt <= '2026-11-20T23:59:59Z'
const isMarked = ({ handling, relevance }: SeedRow): boolean =>
  (handling ?? 'NONE') !== 'NONE' || (relevance ?? 'RELEVANT') !== 'RELEVANT'

/** What is held of a child in the lists that a reader is not answered about as if nothing were held. */
export const heldOf =
  (child: string, hidden: ReadonlySet<ListKey>): Held =>
  (key) => {
    if (hidden.has(key)) return []
    const [agency, list] = key.split('.') as [AgencyName, string]
    const rows = rowsOf(child, agency, list).filter((row) => inTime(row) && !isMarked(row))
    const corrected = new Set(rows.map((row) => row.supersedes))
    return rows.filter((row) => !corrected.has(row.id))
  }

/** A number's true value, and the lists that it rests on. */
export interface Truth {
  readonly lists: readonly ListKey[]
  readonly value: number
}

const hours = (one: string, other: string): number => (Date.parse(one) - Date.parse(other)) / 3_600_000
const startOf = (row: SeedRow): string => String(row['from'] ?? row.eventAt)

/** An entry of a carer that no force's report is about: not by reference, nor within two hours of the same force. */
const alone = (held: Held) => (entry: SeedRow) =>
  !held('police.missingEpisodes').some(
    (report) =>
      entry['policeReference'] === report.id ||
      report['providerReference'] === entry.id ||
      (entry['reported'] === true && Math.abs(hours(startOf(entry), startOf(report))) <= 2),
  )

const missingLists: readonly ListKey[] = ['police.missingEpisodes', 'socialCare.missing']
const restraintLists: readonly ListKey[] = [
  'police.restraints',
  'socialCare.restraints',
  'education.restraints',
  'health.restraints',
]

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
const dayOf = (row: SeedRow, field: string): string => String(row[field] ?? row.eventAt).slice(0, 10)

/** School hours, in winter and summer time alike as the seeds' clock has them. */
const hoursOf: Readonly<Record<string, readonly [string, string]>> = { AM: ['09:00', '12:00'], PM: ['13:00', '15:30'] }

/** How many minutes London is ahead of UTC at a day's noon. */
const aheadOn = (day: string): number => {
  const noon = new Date(`${day}T12:00:00Z`)
  const hour = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/London' })
  return (Number(hour.format(noon)) - 12) * 60
}
const london = (day: string, time: string): number => Date.parse(`${day}T${time}:00Z`) - aheadOn(day) * 60_000

/** Absent sessions, each once, that begin before one of the spans ends and end after it begins. */
const absentIn = (held: Held, spans: readonly (readonly [number, number])[]): number =>
  new Set(
    held('education.absences').flatMap((row) => {
      const [from, to] = hoursOf[String(row['session'])] ?? []
      const day = String(row['date'])
      if (!from || !to) return []
      const isIn = spans.some(([start, end]) => start < london(day, to) && end > london(day, from))
      return isIn ? [`${day} ${row['session']}`] : []
    }),
  ).size

/** Whether somebody was away at three in the morning. */
export const isOverNight = (row: SeedRow): boolean => {
  if (typeof row['overnight'] === 'boolean') return row['overnight']
  const start = Date.parse(startOf(row))
  const end = Date.parse(String(row['to'] ?? '2026-11-20T23:59:59Z'))
  const days = [0, 1].map((later) => new Date(start + later * 86_400_000).toISOString().slice(0, 10))
  return days.some((day) => london(day, '03:00') >= start && london(day, '03:00') < end)
}

/** What was offered and what of it was kept, of one kind each. */
const offersOf = (held: Held) => {
  const kept = [...held('health.appointments'), ...held('adultServices.requirements')].map((row) => row['outcome'])
  const sessions = held('socialCare.interventions').filter(
    (row) => number(row['sessionsPlanned']) > 0 && typeof row['sessionsHeld'] === 'number',
  )
  const attended = kept.filter((outcome) => outcome === 'ATTENDED').length
  const missed = kept.filter((one) => ['WAS_NOT_BROUGHT', 'DID_NOT_ATTEND', 'MISSED'].includes(String(one))).length
  const held_ = sessions.reduce((sum, row) => sum + number(row['sessionsHeld']), 0)
  const planned = sessions.reduce(
    (sum, row) => sum + Math.max(number(row['sessionsPlanned']), number(row['sessionsHeld'])),
    0,
  )
  return { offered: attended + missed + planned, attended: attended + held_ }
}

const week = 7 * 86_400_000
const offerLists: readonly ListKey[] = ['health.appointments', 'socialCare.interventions', 'adultServices.requirements']

/** The joined numbers as anybody would count them by hand from what is held, whoever asks. */
export function truthOf(held: Held): Readonly<Record<string, Truth>> {
  const reports = held('police.missingEpisodes')
  const carers = held('socialCare.missing').filter(alone(held))
  const restraints = restraintLists.flatMap((key) => held(key))
  const attendances = held('health.unscheduledAttendances')
  const contacts = held('socialCare.contacts')
  const times = contacts.map((row) => Date.parse(String(row.eventAt)))
  const wholeDay = (day: string) => [london(day, '00:01'), london(day, '23:59')] as const
  const whileMissing = absentIn(
    held,
    [...reports, ...held('socialCare.missing')].map(
      (row) => [Date.parse(startOf(row)), Date.parse(String(row['to'] ?? '2026-11-20T23:59:59Z'))] as const,
    ),
  )
  const ofForce = (force: string) => ({
    lists: missingLists,
    value: [...reports, ...carers.filter((row) => row['reported'] === true)].filter(
      (row) => (row['field.force'] ?? row.force) === force,
    ).length,
  })
  return {
    'missing.total': { lists: missingLists, value: reports.length + carers.length },
    'missing.reported': {
      lists: missingLists,
      value: reports.length + carers.filter((row) => row['reported'] === true).length,
    },
    'missing.unreported': {
      lists: missingLists,
      value: carers.filter((row) => row['reported'] === false).length,
    },
    'missing.reportNotKnown': {
      lists: missingLists,
      value: carers.filter((row) => typeof row['reported'] !== 'boolean').length,
    },
    'missing.overnight': { lists: missingLists, value: [...reports, ...carers].filter(isOverNight).length },
    'missing.absentSessionsDuring': { lists: [...missingLists, 'education.absences'], value: whileMissing },
    'attendance.overlaps.duringMissing': { lists: [...missingLists, 'education.absences'], value: whileMissing },
    'attendance.overlaps.onRestraintDays': {
      lists: ['education.absences', ...restraintLists],
      value: absentIn(
        held,
        restraints.map((row) => wholeDay(String(row.eventAt).slice(0, 10))),
      ),
    },
    'attendance.overlaps.onMoveDays': {
      lists: ['education.absences', 'socialCare.placements'],
      value: absentIn(
        held,
        held('socialCare.placements').map((row) => wholeDay(dayOf(row, 'from'))),
      ),
    },
    'attendance.attended': {
      lists: ['education.attendance'],
      value: held('education.attendance').reduce((sum, row) => sum + number(row['attended']), 0),
    },
    'careHistory.periodTotal': { lists: ['socialCare.legalStatuses'], value: held('socialCare.legalStatuses').length },
    'carerCustody.total': {
      lists: ['adultServices.probation'],
      value: held('adultServices.probation').filter((row) => /CUSTODY|REMAND|PRISON|SENTENCE/.test(String(row['kind'])))
        .length,
    },
    'legal.total': {
      lists: ['socialCare.orders', 'police.protections'],
      value: held('socialCare.orders').length + held('police.protections').length,
    },
    'engagement.offered': { lists: offerLists, value: offersOf(held).offered },
    'engagement.attended': { lists: offerLists, value: offersOf(held).attended },
    'engagement.missedWithoutReason': {
      lists: ['health.appointments', 'adultServices.requirements'],
      value: [...held('health.appointments'), ...held('adultServices.requirements')].filter(
        (row) =>
          ['WAS_NOT_BROUGHT', 'DID_NOT_ATTEND', 'MISSED'].includes(String(row['outcome'])) && row['reason'] == null,
      ).length,
    },
    'contactsAndReferrals.weeks': {
      lists: ['socialCare.contacts'],
      value: Math.floor((Math.max(0, ...times) - Math.min(...times, Math.max(0, ...times))) / week),
    },
    'missing.byForce.F1': ofForce('F1'),
    'missing.byForce.F4': ofForce('F4'),
    'restrictivePractice.total': { lists: restraintLists, value: restraints.length },
    'restrictivePractice.ground': {
      lists: ['education.restraints'],
      value: held('education.restraints').filter((row) => row['ground'] === true).length,
    },
    'restrictivePractice.injuries': {
      lists: restraintLists,
      value: restraints.filter((row) => row['injury'] === true).length,
    },
    'attendanceAndRestraint.attendances': { lists: ['health.unscheduledAttendances'], value: attendances.length },
    'attendanceAndRestraint.withinDayOfRestraint': {
      lists: ['health.unscheduledAttendances', ...restraintLists],
      value: attendances.filter((row) =>
        restraints.some((one) => {
          const after = hours(String(row.eventAt), String(one.eventAt))
          return after >= 0 && after <= 24
        }),
      ).length,
    },
    'basicNeedsSupport.total': {
      lists: ['education.basicNeedsSupport'],
      value: held('education.basicNeedsSupport').length,
    },
    'careHistory.placementTotal': { lists: ['socialCare.placements'], value: held('socialCare.placements').length },
    'adultRequirements.total': {
      lists: ['adultServices.requirements'],
      value: new Set(held('adultServices.requirements').map((row) => `${row['week']} ${row['relation']}`)).size,
    },
    'attendance.possible': {
      lists: ['education.attendance'],
      value: held('education.attendance').reduce((sum, row) => sum + Number(row['possible']), 0),
    },
    'engagement.missed': {
      lists: ['health.appointments', 'adultServices.requirements'],
      value:
        held('health.appointments').filter((row) => row['outcome'] === 'WAS_NOT_BROUGHT').length +
        held('adultServices.requirements').filter((row) => row['outcome'] === 'MISSED').length,
    },
    'contactsAndReferrals.total': { lists: ['socialCare.contacts'], value: contacts.length },
    'contactsAndReferrals.accepted': {
      lists: ['socialCare.contacts'],
      value: contacts.filter((row) => row['outcome'] === 'REFERRAL_ACCEPTED').length,
    },
    'contactsAndReferrals.sources': {
      lists: ['socialCare.contacts'],
      value: new Set(contacts.map((row) => row['fromOrganisation'] ?? row['fromAgency'])).size,
    },
  }
}

/** What is so at the demonstration's date. */
export const stateOf = (
  held: Held,
): Readonly<Record<string, { readonly lists: readonly ListKey[]; readonly is: boolean }>> => ({
  'status.missingNow': {
    lists: missingLists,
    is: [...held('police.missingEpisodes'), ...held('socialCare.missing')].some((row) => !row['to']),
  },
  'status.pendingClosure': {
    lists: ['socialCare.referrals'],
    is: held('socialCare.referrals').some((row) => row['closureProposedOn'] && !row['closedOn']),
  },
})
