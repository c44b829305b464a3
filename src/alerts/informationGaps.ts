import { completenessOfChild, type Reads } from '../childView/countCompleteness.ts'
import { isAllSeen } from '../childView/listsWereRead.ts'
import { type SourceState, stateOf } from '../childView/sourceReports.ts'
import type { Ground, Without } from '../childView/whyCountIncomplete.ts'
import { withheldBy } from '../childView/withheld.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Service } from '../foundation/holder.ts'
import { rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { AwayState } from '../sources/source.ts'
import { wordsOf } from './alert.ts'
import type { Evaluation } from './evaluateRules.ts'
import { expected, type GapAnswers, type GapKind, isOpen } from './expectedInformation.ts'
import { dayWords } from './findingWords.ts'

/** `InformationGap` of `schema/alerts.graphql`. */
export interface InformationGap {
  readonly kind: GapKind
  readonly area: string
  readonly expectedFrom: string | null
  readonly state: SourceState | null
  readonly ask: string
  readonly contact: string | null
  /** By which a question of the exchange reaches them; null where no one organisation is meant. */
  readonly organisation: string | null
}

interface Owing {
  readonly agency: AgencyName
  /** Where it is a service of the agency. */
  readonly service?: Service
}

/** Rules whose alerts are something that was due, and who owes it, whoever's record shows that it was. */
export const owedBy: Readonly<Record<string, Owing>> = {
  // The local authority, whoever held the child: statutory guidance of 2014.
  RHI_OVERDUE: { agency: 'socialCare' },
  REFERRAL_FEEDBACK_OVERDUE: { agency: 'socialCare' },
  OUT_OF_HOURS_ITEM_UNTRIAGED: { agency: 'socialCare' },
  // Who convened the meeting records who has confirmed.
  OUTCOME_NOT_FILED: { agency: 'socialCare' },
  // The practice's report, though social care records that it has not come.
  GP_REPORT_OUTSTANDING: { agency: 'health', service: 'HEALTH_GP' },
  HEALTH_HISTORY_NOT_TRANSFERRED: { agency: 'health' },
  PREVENTION_INTERVIEW_MISSING: { agency: 'police' },
}

const therapeutic = /PSYCHOLOG|THERAP|COUNSEL|MENTOR|VOLUNTARY|SUPPORT/

const awayKinds: Readonly<Record<AwayState, GapKind>> = {
  UNAVAILABLE: 'NOT_CONNECTED',
  NOT_CONNECTED: 'NOT_CONNECTED',
  NOT_LOOKED_FOR: 'NOT_LOOKED_FOR',
  STALE: 'NOT_CONNECTED',
}
const awayWords: Readonly<Record<AwayState, string>> = {
  UNAVAILABLE: 'did not answer',
  NOT_CONNECTED: 'is not connected',
  NOT_LOOKED_FOR: 'was not looked through for the child',
  STALE: 'handed in its last file long ago',
}
const isAway = (state: SourceState): state is AwayState => Object.hasOwn(awayWords, state)

/** What ended because its service was closed down, and nothing like it began since. */
function decommissioned(
  answers: GapAnswers,
  asOf: string,
): readonly { readonly service: string; readonly on: string }[] {
  const all = [
    ...uncorrected(rowsOf(answers, 'socialCare', 'involvements')),
    ...uncorrected(rowsOf(answers, 'health', 'involvements')),
  ]
  const isTherapeutic = (row: (typeof all)[number]) =>
    therapeutic.test(`${textOf(row, 'kind')} ${textOf(row, 'service')}`.toUpperCase())
  return all.flatMap((row) => {
    const ended = textOf(row, 'to')
    if (textOf(row, 'endReason') !== 'SERVICE_DECOMMISSIONED' || ended === null || dayOf(ended) > dayOf(asOf)) return []
    const hasSuccessor = all.some((other) => other.id !== row.id && isTherapeutic(other) && isOpen(other, asOf))
    return hasSuccessor ? [] : [{ service: textOf(row, 'service', 'kind') ?? 'A service', on: ended }]
  })
}

/** `GapNotJudged` of `schema/alerts.graphql`: what could be a gap, and why nobody can say to this reader. */
export interface GapNotJudged {
  readonly area: string
  readonly without: readonly Without[]
}

const groundsOf = (reads: RequiredFields): Reads => ({ grounds: [reads] })

/** Whether it can be said of an area that nothing is there: where all that could show it may be read, and was. */
const isKnown = isAllSeen

/**
 * Areas of which this reader can be told neither that something is lacking nor that nothing is: by grant, sources and
 * what this reader may read, so that no hidden row moves them. Without them an empty list of gaps would read as that
 * nothing is lacking. What is hidden is not among them: that a holder hides something would be told with it.
 */
export function gapsNotJudged(
  answers: GapAnswers,
  ground: Omit<Ground, 'answers'>,
  { notJudged }: Pick<Evaluation, 'notJudged'>,
): readonly GapNotJudged[] {
  const whole = { ...ground, answers }
  return [
    ...expected
      .map(({ area, reads }) => ({ area, without: completenessOfChild(groundsOf(reads), whole).without }))
      .filter(({ without }) => without.length > 0),
    ...notJudged.filter(({ rule }) => rule.code in owedBy).map(({ rule, without }) => ({ area: rule.code, without })),
  ]
}

/**
 * What is not known of a child, and whom to ask. A gap is only ever said of what this reader may read in full: where
 * a list is withheld or its source away, that itself is the gap, and nothing is said of what might stand there.
 */
export function gaps(
  answers: GapAnswers,
  ground: Omit<Ground, 'answers'>,
  asOf: string,
  { alerts }: Pick<Evaluation, 'alerts'>,
): readonly InformationGap[] {
  const { contracts, grants } = ground
  const states = agencies.map((agency) => ({
    agency,
    contract: contracts[agency],
    state: stateOf(answers[agency], withheldBy(grants[agency], contracts[agency]).length > 0),
  }))
  const stateOfAgency = new Map(states.map(({ agency, state }) => [agency, state]))
  const away = states.flatMap(({ agency, contract, state }): readonly InformationGap[] => {
    const of = { area: contract.agency, expectedFrom: contract.agency }
    const { gaps: lacking = [] } = answers[agency]
    const holders = lacking.filter(({ unsettled }) => !unsettled)
    if (lacking.length > 0)
      return holders.map(({ holder, state: why }) => ({
        ...{ ...of, kind: awayKinds[why], state: why, contact: holder.contact?.office ?? contract.contact ?? null },
        ask: `What does ${holder.name} hold about the child? It ${awayWords[why]}.`,
        organisation: holder.organisation,
      }))
    if (!isAway(state)) return []
    const ask = `What does ${contract.title} hold about the child? It ${awayWords[state]}.`
    return [{ ...of, kind: awayKinds[state], state, ask, contact: contract.contact ?? null, organisation: null }]
  })
  const lacking = expected.flatMap(({ kind, area, from, reads, ask, isThere, applies }): readonly InformationGap[] => {
    if (!isKnown(reads, { ...ground, answers }) || (applies && !applies(answers, asOf)) || isThere(answers, asOf))
      return []
    const contract = contracts[from]
    const state = stateOfAgency.get(from) ?? null
    return [
      {
        // Of an agency that may hold what this reader is not told, nobody can say that it was never asked.
        kind: kind === 'NEVER_ASKED' && state !== 'COMPLETE' && state !== 'NOTHING_HELD' ? 'NOT_KNOWN' : kind,
        area,
        expectedFrom: contract.agency,
        state,
        ask,
        contact: contract.contact ?? null,
        organisation: null,
      },
    ]
  })
  const ended = decommissioned(answers, asOf).map(
    ({ service, on }): InformationGap => ({
      kind: 'NOT_KNOWN',
      area: 'THERAPEUTIC_SUPPORT',
      expectedFrom: contracts.socialCare.agency,
      state: null,
      ask: `${service} was closed down on ${dayWords(on)}: who supports the child now?`,
      contact: contracts.socialCare.contact ?? null,
      organisation: null,
    }),
  )
  const overdue = alerts.flatMap(({ rule, finding, howWhole }): readonly InformationGap[] => {
    const owing = owedBy[rule.code]
    if (!owing) return []
    const contract = contracts[owing.agency]
    return [
      {
        kind: 'OVERDUE',
        area: rule.code,
        expectedFrom: owing.service ?? contract.agency,
        state: null,
        ask: `${wordsOf(finding, howWhole())} Ask for: ${rule.clears}`,
        contact: contract.contact ?? null,
        organisation: null,
      },
    ]
  })
  return [...away, ...overdue, ...lacking, ...ended]
}
