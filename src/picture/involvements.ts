import { type AgencyName, agencies } from '../agencies.ts'
import { dayOf, openOn, textOf, uncorrected } from '../consent/period.ts'
import type { Answers, Needs } from '../disclosure/context.ts'
import type { Registry } from '../registry.ts'
import type { Row } from '../sources/contract.ts'
import { type Contracts, rowsOf } from './answered.ts'
import { type Provenance, provenanceFields, provenanceOf } from './provenance.ts'

/** A service that knows the child or an adult of the household. */
export interface Involvement {
  readonly id: string
  readonly kind: string
  readonly service: string
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly concerning: string
  readonly professional: string | null
  readonly contact: string | null
  readonly from: string | null
  readonly to: string | null
  readonly provenance: Provenance
}

interface InvolvementList {
  readonly agency: AgencyName
  readonly list: string
  /** Kind where the row has none. */
  readonly kind: string
  /** Fields that name the service, the professional and whom it is about, in order of preference. */
  readonly service: readonly string[]
  readonly professional?: string
  readonly concerning?: string
}

/** Lists whose rows say that a service is involved. */
const involvementLists: readonly InvolvementList[] = [
  { agency: 'health', list: 'registrations', kind: 'GP_REGISTRATION', service: ['name', 'practice'] },
  {
    agency: 'health',
    list: 'involvements',
    kind: 'HEALTH_SERVICE',
    service: ['service'],
    professional: 'professional',
  },
  { agency: 'education', list: 'enrolments', kind: 'ENROLMENT', service: ['school', 'urn'] },
  {
    agency: 'adultServices',
    list: 'services',
    kind: 'ADULT_SERVICE',
    service: ['service'],
    professional: 'worker',
    concerning: 'relation',
  },
  {
    agency: 'socialCare',
    list: 'involvements',
    kind: 'SOCIAL_CARE',
    service: ['service'],
    professional: 'professional',
  },
]

/** Police lists whose rows show that a force knows the child. Intelligence is not among them: its existence is not told. */
const policeLists = [
  'missingEpisodes',
  'crimes',
  'arrests',
  'events',
  'domesticAbuse',
  'notices',
  'protections',
  'restraints',
] as const

const needsOf = ({ list, service, professional, concerning }: InvolvementList): [string, readonly string[]] => [
  list,
  [
    ...provenanceFields,
    'contact',
    'from',
    'to',
    ...service,
    ...(list === 'involvements' ? ['kind'] : []),
    ...(professional ? [professional] : []),
    ...(concerning ? [concerning] : []),
  ],
]

/** What involvements rest on. */
export const involvementNeeds: Needs = {
  ...Object.fromEntries(
    agencies.map((agency) => [
      agency,
      Object.fromEntries(involvementLists.filter((entry) => entry.agency === agency).map(needsOf)),
    ]),
  ),
  police: Object.fromEntries(policeLists.map((list) => [list, provenanceFields])),
}

/** Who already knows this child, and who can tell more: every agency's involvements, in order of agency and beginning. */
export function involvements(
  answers: Answers,
  contracts: Contracts,
  registry: Registry,
  asOf: string,
  openOnly: boolean,
): readonly Involvement[] {
  const day = dayOf(asOf)
  const listed = involvementLists.flatMap((entry) =>
    uncorrected(rowsOf(answers, entry.agency, entry.list)).map((row) => involvementOf(row, entry, contracts)),
  )
  return [...listed, ...forcesWithRecords(answers, contracts, registry)]
    .filter((entry) => !openOnly || openOn(day, entry.from, entry.to))
    .sort((one, other) => compare(orderOf(one, contracts), orderOf(other, contracts)))
}

function involvementOf(row: Row, entry: InvolvementList, contracts: Contracts): Involvement {
  const provenance = provenanceOf(row, contracts[entry.agency])
  return {
    id: row.id,
    kind: textOf(row, 'kind') ?? entry.kind,
    service: textOf(row, ...entry.service) ?? provenance.agency,
    agency: provenance.agency,
    la: provenance.la,
    force: provenance.force,
    concerning: entry.concerning ? (textOf(row, entry.concerning) ?? 'ADULT') : 'CHILD',
    professional: entry.professional ? textOf(row, entry.professional) : null,
    contact: textOf(row, 'contact'),
    from: textOf(row, 'from', 'eventAt'),
    to: textOf(row, 'to'),
    provenance,
  }
}

/** One involvement for each force with a record that this caller may read, from its first to no end: it can tell more. */
function forcesWithRecords(answers: Answers, contracts: Contracts, registry: Registry): readonly Involvement[] {
  const byForce = new Map<string, Row[]>()
  for (const row of policeLists.flatMap((list) => uncorrected(rowsOf(answers, 'police', list)))) {
    const force = textOf(row, 'provenance.force')
    if (force) byForce.set(force, [...(byForce.get(force) ?? []), row])
  }
  return [...byForce].flatMap(([force, rows]) => {
    const [first] = rows.sort((one, other) => compare(begun(one), begun(other)))
    if (!first) return []
    return {
      id: first.id,
      kind: 'POLICE_RECORDS',
      service: registry.forces.get(force)?.name ?? force,
      agency: contracts.police.agency,
      la: null,
      force,
      concerning: 'CHILD',
      professional: null,
      contact: registry.forces.get(force)?.contact ?? null,
      from: textOf(first, 'eventAt', 'provenance.recordedAt'),
      to: null,
      provenance: provenanceOf(first, contracts.police),
    }
  })
}

const begun = (row: Row): string => `${textOf(row, 'eventAt', 'provenance.recordedAt') ?? ''} ${row.id}`

const orderOf = (entry: Involvement, contracts: Contracts): string => {
  const agency = agencies.findIndex((name) => entry.id.startsWith(`${contracts[name].name}:`))
  return `${agency} ${entry.from ?? ''} ${entry.id}`
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
