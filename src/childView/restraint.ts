import type { AgencyName } from '../foundation/agencies.ts'
import { type AnswersTo, type Contracts, rowsOf, unavailableOf } from '../records/answered.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import { millisecondsOf } from '../records/time.ts'
import { type NamedCount, namedCounts } from './counts.ts'
import { type Provenance, provenanceFields, provenanceOf } from './provenance.ts'

const shared = [...provenanceFields, 'technique', 'minutes', 'injury'] as const

/** What one count of restraint rests on. */
export const restraintNeeds = {
  socialCare: { restraints: [...shared, 'setting'] },
  education: { restraints: [...shared, 'ground'] },
  health: { restraints: shared },
  police: { restraints: shared },
} as const satisfies RequiredFields

type Rows = RowsOf<typeof restraintNeeds>
type Incident = Rows[keyof Rows]['restraints']

const restrainers = ['health', 'education', 'police', 'socialCare'] as const satisfies readonly AgencyName[]

/** The setting where the agency has one only; a carer's entry names its own. */
const settingOf: Readonly<Partial<Record<AgencyName, string>>> = {
  education: 'SCHOOL',
  health: 'HEALTH',
  police: 'POLICE',
}

const carerSettings: Readonly<Record<string, string>> = {
  CHILDRENS_HOME: 'CHILDRENS_HOME',
  FOSTER_CARER: 'FOSTER_CARE',
}

/** One incident of restraint. */
export interface RestraintIncident {
  readonly id: string
  readonly eventAt: string | null
  readonly setting: string
  readonly technique: string | null
  readonly minutes: number | null
  readonly injury: boolean | null
  readonly ground: boolean
  readonly provenance: Provenance
}

/** Restraint, joined over settings. */
export interface RestraintPattern {
  readonly total: number
  readonly bySetting: readonly NamedCount[]
  readonly byTechnique: readonly NamedCount[]
  readonly ground: number
  readonly injuries: number
  /** Every incident, latest first. */
  readonly incidents: readonly RestraintIncident[]
  readonly unavailable: readonly string[]
}

/** One count of restraint across home, school, hospital and police, which each agency alone never sees. */
export function restraintPattern(answers: AnswersTo<typeof restraintNeeds>, contracts: Contracts): RestraintPattern {
  const incidents = restraintIncidents(answers, contracts)
  return {
    total: incidents.length,
    bySetting: namedCounts(incidents.map((incident) => incident.setting)),
    byTechnique: namedCounts(incidents.map((incident) => incident.technique ?? 'NOT_STATED')),
    ground: incidents.filter((incident) => incident.ground).length,
    injuries: incidents.filter((incident) => incident.injury === true).length,
    incidents,
    unavailable: unavailableOf(answers, contracts, restrainers),
  }
}

/** Every incident of any setting that this caller may read, latest first. */
export const restraintIncidents = (
  answers: AnswersTo<typeof restraintNeeds>,
  contracts: Contracts,
): readonly RestraintIncident[] =>
  restrainers
    .flatMap((agency) =>
      uncorrected(rowsOf(answers, agency, 'restraints')).map((row) => incidentOf(row, agency, contracts)),
    )
    .sort((one, other) => at(other) - at(one) || (one.id < other.id ? -1 : 1))

const at = (incident: RestraintIncident): number => millisecondsOf(incident.eventAt) ?? 0

function incidentOf(row: Incident, agency: AgencyName, contracts: Contracts): RestraintIncident {
  const { minutes, injury } = row
  return {
    id: row.id,
    eventAt: textOf(row, 'eventAt'),
    setting: settingOf[agency] ?? ('setting' in row ? textOf(row, 'setting') : null) ?? carerSetting(row),
    technique: textOf(row, 'technique'),
    minutes: typeof minutes === 'number' ? minutes : null,
    injury: typeof injury === 'boolean' ? injury : null,
    ground: 'ground' in row && row.ground === true,
    provenance: provenanceOf(row, contracts[agency]),
  }
}

const carerSetting = (row: Incident): string => carerSettings[textOf(row, 'provenance.agency') ?? ''] ?? 'NOT_STATED'
