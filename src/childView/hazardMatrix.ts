import type { Selects } from '../disclosure/requestContext.ts'
import { type AnswersTo, type Contracts, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields, RowWith } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import { provenanceFields } from '../sources/commonRowFields.ts'
import { chronologyNeeds } from './chronology.ts'
import { type Completeness, completenessOf, listed, type Reads } from './countCompleteness.ts'
import { headlineOf, recordedBy, type ToldRecord, toldBy } from './knownAtDate.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

const fields = [...provenanceFields, 'quadrant', 'text', 'knownOn', 'basis'] as const
type HazardNeeds = { readonly socialCare: { readonly hazards: readonly (typeof fields)[number][] } }
const ownNeeds: HazardNeeds & RequiredFields = { socialCare: { hazards: fields } }

const quadrants = ['backgroundHazards', 'situationalHazards', 'strengths', 'dangers', 'unplaced'] as const

/** What the matrix rests on: the entries, and where it is asked what they rest on, every record that can be told. */
export const hazardNeeds = (contracts: Contracts, selects: Selects): HazardNeeds & RequiredFields => {
  const tells = quadrants.some((quadrant) =>
    ['headline', 'eventAt', 'recordedAt'].some((field) => selects(`${quadrant}.evidence.${field}`)),
  )
  // More than what is declared is fetched, never less.
  return tells
    ? (mergeNeeds(
        ownNeeds,
        chronologyNeeds(contracts, () => false),
      ) as typeof ownNeeds)
    : ownNeeds
}

const reads = { grounds: [{ socialCare: { hazards: ['quadrant', 'text', 'knownOn'] } }] } as const satisfies Reads

/** `HazardEvidence` of `schema/knownBy.graphql`. */
export interface HazardEvidence {
  readonly recordId: string
  readonly headline: string | null
  readonly eventAt: string | null
  readonly recordedAt: string | null
}

/** `HazardEntry` of `schema/knownBy.graphql`. */
export interface HazardEntry {
  readonly id: string
  readonly text: string | null
  readonly knownOn: string | null
  readonly evidenced: boolean
  readonly evidence: readonly HazardEvidence[]
  readonly provenance: Provenance
}

/** `HazardMatrix` of `schema/knownBy.graphql`. */
export type HazardMatrix = Completeness & { readonly asOf: string } & {
  readonly [Quadrant in (typeof quadrants)[number]]: readonly HazardEntry[] | null
}

/** Which quadrant each value of `HazardQuadrant` is. */
const quadrantOf: Readonly<Record<string, (typeof quadrants)[number]>> = {
  BACKGROUND_HAZARD: 'backgroundHazards',
  SITUATIONAL_HAZARD: 'situationalHazards',
  STRENGTH: 'strengths',
  DANGER: 'dangers',
}

type HazardRow = RowWith<'socialCare', 'hazards', (typeof fields)[number]>

/** Entries that were on record and known at a time, in their quadrants. */
export function hazardMatrix(
  answers: AnswersTo<HazardNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  at: string,
): HazardMatrix {
  const completeness = completenessOf(reads, { grants, contracts, answers })
  const known = uncorrected(rowsOf(answers, 'socialCare', 'hazards').filter(recordedBy(at))).filter(
    (row) => dayOf(textOf(row, 'knownOn', 'eventAt') ?? '') <= dayOf(at),
  )
  const told = new Map(toldBy(answers, contracts, at).map((record) => [record.row.id, record]))
  const entryOf = (row: HazardRow): HazardEntry => {
    const basis = textsOf(row, 'basis') ?? []
    return {
      id: row.id,
      text: textOf(row, 'text'),
      knownOn: textOf(row, 'knownOn'),
      evidenced: basis.length > 0,
      evidence: basis.map((recordId) => evidenceOf(recordId, row.id, told)),
      provenance: provenanceOf(row, contracts.socialCare),
    }
  }
  const within = (quadrant: (typeof quadrants)[number]): readonly HazardEntry[] | null =>
    listed(
      known.filter((row) => (quadrantOf[textOf(row, 'quadrant') ?? ''] ?? 'unplaced') === quadrant).map(entryOf),
      completeness,
    )
  return {
    asOf: at,
    backgroundHazards: within('backgroundHazards'),
    situationalHazards: within('situationalHazards'),
    strengths: within('strengths'),
    dangers: within('dangers'),
    unplaced: within('unplaced'),
    ...completeness,
  }
}

/** A record is named as the joined view has it, or by the own id of the entry's holder. */
function evidenceOf(recordId: string, entryId: string, told: ReadonlyMap<string, ToldRecord>): HazardEvidence {
  const own = `${entryId.slice(0, entryId.lastIndexOf(':') + 1)}${recordId}`
  const record = told.get(recordId) ?? told.get(own)
  if (!record)
    return { recordId: recordId.includes(':') ? recordId : own, headline: null, eventAt: null, recordedAt: null }
  return {
    recordId: record.row.id,
    headline: headlineOf(record),
    eventAt: textOf(record.row, 'eventAt'),
    recordedAt: textOf(record.row, 'provenance.recordedAt'),
  }
}
