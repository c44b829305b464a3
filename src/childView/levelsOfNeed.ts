import type { PlanLevel } from '../facts/caseStatus.ts'
import { dayLength } from '../foundation/london.ts'
import { permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { type AnswersTo, anyRowsOf, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { dayOf, latest, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import { provenanceFields } from '../sources/commonRowFields.ts'
import {
  allWithheldBy,
  type Completeness,
  type Count,
  completenessOf,
  countOf,
  listed,
  ofNone,
  type Reads,
} from './countCompleteness.ts'
import { levelNow } from './currentPlanLevel.ts'
import { type LevelPeriod, periodsOf } from './levelPeriods.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import { readableCaseStatusNeeds } from './readableCaseStatus.ts'
import {
  documentOf,
  type IndicatorRule,
  levelOrder as order,
  type ThresholdDocument,
  thresholdDocuments,
} from './thresholdDocument.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'

const indicatorFields = ({ fields }: IndicatorRule): readonly string[] => [
  'eventAt',
  'provenance.supersedes',
  ...fields,
]

const indicatorNeeds: RequiredFields = mergeNeeds(
  ...thresholdDocuments.flatMap(({ indicators }) =>
    indicators.map((rule) => requiredByContracts({ [rule.agency]: { [rule.list]: indicatorFields(rule) } })),
  ),
)

const ownNeeds = {
  socialCare: {
    plans: [...provenanceFields, 'level', 'from', 'to', 'lastReviewOn', 'reviewedBy'],
    legalStatuses: [...provenanceFields, 'code', 'from', 'to'],
    meetings: ['eventAt', 'provenance.supersedes', 'type', 'status'],
    involvements: [...provenanceFields, 'kind', 'professional', 'role', 'service', 'contact', 'from', 'to'],
  },
} as const satisfies RequiredFields

const plainNeeds = mergeNeeds(ownNeeds, readableCaseStatusNeeds)
type LevelNeeds = typeof plainNeeds

/** What the levels rest on, and what the threshold document looks at: more than what is declared, never less. */
export const levelNeeds = mergeNeeds(plainNeeds, indicatorNeeds) as LevelNeeds

const reads = {
  grounds: [{ socialCare: { plans: ['level', 'from', 'to'], legalStatuses: ['code', 'from', 'to'] } }],
} as const satisfies Reads

/** `LevelIndicator` of `schema/levels.graphql`. */
export interface LevelIndicator {
  readonly code: string
  readonly text: string
  readonly level: PlanLevel
  readonly aboveCurrent: boolean | null
  readonly count: Count
  readonly from: number
  readonly withinDays: number
  readonly records: readonly string[]
}

/** `Lead` of `schema/levels.graphql`. */
export interface Lead {
  readonly name: string | null
  readonly role: string | null
  readonly service: string | null
  readonly contact: string | null
  readonly from: string | null
  readonly record: string
  readonly provenance: Provenance
}

/** `Levels` of `schema/levels.graphql`. */
export interface Levels extends Completeness {
  readonly current: PlanLevel | null
  readonly currentEvidence: string | null
  readonly currentWithout: readonly Without[]
  readonly history: readonly LevelPeriod[] | null
  readonly document: Pick<ThresholdDocument, 'title' | 'source' | 'version'>
  readonly indicators: readonly LevelIndicator[]
  readonly familyHelpLead: Lead | null
  readonly leadChildProtectionPractitioner: Lead | null
}

type LevelAnswers = AnswersTo<LevelNeeds>

/**
 * The level over time, beside what is on record of the threshold document: that of the authority that keeps the case.
 */
export function levels(
  answers: LevelAnswers,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  keepsCase: boolean,
): Levels {
  const ground = { grants, contracts, answers }
  const { level, evidence, caseStatus, isSilent, without } = levelNow(answers, { grants, contracts }, asOf, keepsCase)
  const mayRead = permits(grants.socialCare, bitOf('SOCIAL_CARE'), 'HEADLINE')
  const document = documentOf(mayRead ? (caseStatus.responsibleLa ?? caseStatus.areaLa) : null)
  const periods = periodsOf({
    plans: uncorrected(rowsOf(answers, 'socialCare', 'plans')),
    statuses: uncorrected(rowsOf(answers, 'socialCare', 'legalStatuses')),
    meetings: uncorrected(rowsOf(answers, 'socialCare', 'meetings')),
    reviewers: uncorrected(rowsOf(answers, 'socialCare', 'involvements')).filter(
      ({ kind }) => kind === 'REVIEWING_OFFICER',
    ),
    order,
    contract: contracts.socialCare,
  })
  const read = completenessOf(reads, ground)
  const completeness = periods.length > 0 ? read : isSilent ? allWithheldBy('socialCare', ground) : ofNone(read)
  return {
    current: level,
    currentEvidence: evidence,
    currentWithout: without,
    history: listed(periods, completeness),
    ...completeness,
    document,
    indicators: document.indicators
      .map((rule) => indicatorOf(rule, ground, level, asOf))
      .filter(({ count }) => count.value !== 0 || count.completeness !== 'WHOLE'),
    familyHelpLead: leadOf(answers, /^FAMILY_HELP_LEAD/, ground, asOf),
    leadChildProtectionPractitioner: leadOf(answers, /^(LEAD_CHILD_PROTECTION|CHILD_PROTECTION_LEAD)/, ground, asOf),
  }
}

function indicatorOf(
  rule: IndicatorRule,
  ground: Ground & { readonly answers: LevelAnswers },
  current: PlanLevel | null,
  asOf: string,
): LevelIndicator {
  const { agency, list, fields, matches, code, text, level, from, withinDays } = rule
  const earliest = Date.parse(asOf) - withinDays * dayLength
  const found = uncorrected(anyRowsOf(ground.answers, agency, list)).filter(
    (row) =>
      (millisecondsOf(textOf(row, 'eventAt')) ?? 0) >= earliest &&
      (fields.length === 0 || fields.some((field) => matches.test([row[field] ?? ''].flat().join(' ')))),
  )
  const reading = (...read: readonly string[]): Completeness =>
    completenessOf({ grounds: [requiredByContracts({ [agency]: { [list]: ['eventAt', ...read] } })] }, ground)
  const [first, all] = [reading(...fields.slice(0, 1)), reading(...fields)]
  // What one of its fields would have shown is lacking: the number is that or more.
  const isPart = first.completeness === 'WHOLE' && all.completeness !== 'WHOLE'
  return {
    ...{ code, text, level, from, withinDays },
    aboveCurrent: current && order.indexOf(level) > order.indexOf(current),
    count: countOf(found.length, isPart ? { ...all, completeness: 'AT_LEAST' } : first),
    records: found.map(({ id }) => id),
  }
}

function leadOf(answers: LevelAnswers, kind: RegExp, { contracts }: Ground, asOf: string): Lead | null {
  const row = latest(
    uncorrected(rowsOf(answers, 'socialCare', 'involvements')).filter(
      (one) =>
        kind.test(textOf(one, 'kind') ?? '') && openOn(dayOf(asOf), textOf(one, 'from', 'eventAt'), textOf(one, 'to')),
    ),
    'from',
    'eventAt',
  )
  return (
    row && {
      name: textOf(row, 'professional'),
      role: textOf(row, 'role'),
      service: textOf(row, 'service'),
      contact: textOf(row, 'contact'),
      from: dayOf(textOf(row, 'from', 'eventAt') ?? '') || null,
      record: row.id,
      provenance: provenanceOf(row, contracts.socialCare),
    }
  )
}
