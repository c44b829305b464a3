import type { Answers, RequiredFields } from '../disclosure/context.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { Row } from '../sources/contract.ts'
import { type Contracts, rowsOf, unavailableOf } from './answered.ts'
import { type NamedCount, namedCounts } from './counts.ts'
import { type Provenance, provenanceFields, provenanceOf } from './provenance.ts'
import { millisecondsOf } from './time.ts'

const shared = [...provenanceFields, 'technique', 'minutes', 'injury'] as const

/** What one count of restraint rests on. */
export const restraintNeeds: RequiredFields = {
  socialCare: { restraints: [...shared, 'setting'] },
  education: { restraints: [...shared, 'ground'] },
  health: { restraints: shared },
  police: { restraints: shared },
}

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
export function restraintPattern(answers: Answers, contracts: Contracts): RestraintPattern {
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
export const restraintIncidents = (answers: Answers, contracts: Contracts): readonly RestraintIncident[] =>
  restrainers
    .flatMap((agency) =>
      uncorrected(rowsOf(answers, agency, 'restraints')).map((row) => incidentOf(row, agency, contracts)),
    )
    .sort((one, other) => at(other) - at(one) || (one.id < other.id ? -1 : 1))

const at = (incident: RestraintIncident): number => millisecondsOf(incident.eventAt) ?? 0

function incidentOf(row: Row, agency: AgencyName, contracts: Contracts): RestraintIncident {
  const { minutes, injury } = row
  return {
    id: row.id,
    eventAt: textOf(row, 'eventAt'),
    setting: settingOf[agency] ?? textOf(row, 'setting') ?? carerSetting(row),
    technique: textOf(row, 'technique'),
    minutes: typeof minutes === 'number' ? minutes : null,
    injury: typeof injury === 'boolean' ? injury : null,
    ground: row['ground'] === true,
    provenance: provenanceOf(row, contracts[agency]),
  }
}

const carerSetting = (row: Row): string => carerSettings[textOf(row, 'provenance.agency') ?? ''] ?? 'NOT_STATED'
