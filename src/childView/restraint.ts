import type { AgencyName } from '../foundation/agencies.ts'
import { type AnswersTo, type Contracts, rowsOf, unavailableOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import { ageOn } from '../records/dayAndAge.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import { provenanceFields } from '../sources/commonRowFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { dayIn, type ListPart, moment, partOf } from './listFilter.ts'
import { type NamedCount, namedCounts } from './namedCounts.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

const shared = [...provenanceFields, 'technique', 'minutes', 'injury'] as const

const inEverySetting = <const Field extends 'eventAt' | 'technique' | 'injury'>(field: Field) => ({
  health: { restraints: [field] },
  education: { restraints: [field] },
  police: { restraints: [field] },
  socialCare: { restraints: [field] },
})

/** What each number of the pattern reads. */
export const restraintReads = {
  total: { grounds: [inEverySetting('eventAt')] },
  byTechnique: { grounds: [inEverySetting('technique')] },
  injuries: { grounds: [inEverySetting('injury')] },
  // Schools alone record it.
  ground: { grounds: [{ education: { restraints: ['ground'] } }] },
} as const satisfies Readonly<Record<string, Reads>>

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

/** Which agency alone records a setting; the settings of carers are social care's. */
const agencyOf = (setting: string): AgencyName =>
  restrainers.find((agency) => settingOf[agency] === setting) ?? 'socialCare'

const carerSettings: Readonly<Record<string, string>> = {
  CHILDRENS_HOME: 'CHILDRENS_HOME',
  FOSTER_CARER: 'FOSTER_CARE',
}

/** Every setting that an incident can have been in. */
const settings = [...Object.values(settingOf), ...Object.values(carerSettings), 'NOT_STATED']

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
  readonly total: Count
  readonly bySetting: readonly NamedCount[] | null
  readonly byTechnique: readonly NamedCount[] | null
  readonly ground: Count
  readonly injuries: Count
  /** Every incident, latest first. */
  readonly incidents: readonly RestraintIncident[] | null
  readonly unavailable: readonly string[]
}

/** One count of restraint across home, school, hospital and police, which each agency alone never sees. */
export function restraintPattern(
  answers: AnswersTo<typeof restraintNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
): RestraintPattern {
  const incidents = restraintIncidents(answers, contracts)
  const ground = { grants, contracts, answers }
  const total = completenessOf(restraintReads.total, ground)
  const byTechnique = completenessOf(restraintReads.byTechnique, ground)
  const inSetting = (setting: string) =>
    completenessOf({ grounds: [{ [agencyOf(setting)]: { restraints: ['eventAt'] } }] }, ground)
  return {
    total: countOf(incidents.length, total),
    bySetting: listed(
      namedCounts(
        incidents.map((incident) => incident.setting),
        inSetting,
      ),
      total,
    ),
    byTechnique: listed(
      namedCounts(
        incidents.map((incident) => incident.technique ?? 'NOT_STATED'),
        () => byTechnique,
      ),
      byTechnique,
    ),
    ground: countOf(incidents.filter((one) => one.ground).length, completenessOf(restraintReads.ground, ground)),
    injuries: countOf(
      incidents.filter((one) => one.injury === true).length,
      completenessOf(restraintReads.injuries, ground),
    ),
    incidents: listed(incidents, total),
    unavailable: unavailableOf(answers, contracts, restrainers),
  }
}

/** Incidents of a period and setting with the child's age at each; no age where the date of birth may not be read. */
export const incidentsPart = (
  { incidents }: RestraintPattern,
  bornOn: string | null,
  part: ListPart,
): readonly (RestraintIncident & { readonly age: number | null })[] | null =>
  incidents &&
  partOf(
    incidents,
    part,
    { ids: ({ id }) => [id], span: ({ eventAt }) => moment(eventAt), kind: ({ setting }) => setting, kinds: settings },
    100,
  ).map((incident) => {
    const day = dayIn(incident.eventAt)
    return { ...incident, age: bornOn === null || day === null ? null : ageOn(bornOn, day) }
  })

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
