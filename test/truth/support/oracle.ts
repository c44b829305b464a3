import type { SeedRow } from '../../../seeds/seed.ts'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import { rowsOf } from '../../seeds/records.ts'

/** Lists that joined numbers are counted from, by agency. */
export const counted = {
  police: ['missingEpisodes', 'restraints'],
  socialCare: ['missing', 'restraints', 'contacts', 'referrals', 'placements'],
  education: ['absences', 'restraints', 'attendance', 'basicNeedsSupport'],
  health: ['unscheduledAttendances', 'restraints', 'appointments'],
  adultServices: ['requirements'],
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

/** The joined numbers as anybody would count them by hand from what is held, whoever asks. */
export function truthOf(held: Held): Readonly<Record<string, Truth>> {
  const reports = held('police.missingEpisodes')
  const carers = held('socialCare.missing').filter(alone(held))
  const restraints = restraintLists.flatMap((key) => held(key))
  const attendances = held('health.unscheduledAttendances')
  const contacts = held('socialCare.contacts')
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
