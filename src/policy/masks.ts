import { type Obligation, requestable } from './codes.ts'
import { type Decision, decide } from './decide.ts'
import type { ChildFacts, HoldFact } from './facts.ts'
import type { RowGate, WithheldLabel } from './grant.ts'
import { type DecisionInput, plainRow, type RowFacts, situationOf } from './input.ts'
import { bitOf, type Disclosure, type Label, labels } from './labels.ts'
import type { Pack } from './pack.ts'
import { mayReadUnderConditions } from './rulesThatLimit.ts'
import type { AgencyType } from './vocabulary.ts'

/** All that one fact vector gives: a grant without the child, the persons and the date. */
export interface Masks {
  readonly headline: number
  readonly content: number
  readonly redact: number
  readonly own: number
  readonly rows: RowGate
  readonly withheld: readonly WithheldLabel[]
  /** Kinds of hold on a single record that stand before this caller. */
  readonly heldKinds: ReadonlySet<HoldFact['kind']>
  /** What follows from the decisions that may be told. */
  readonly obligations: readonly LabelObligation[]
}

/** A duty that a decision on one label gives rise to. */
export interface LabelObligation {
  readonly kind: Obligation
  readonly label: Label
}

export interface MaskQuestion {
  readonly pack: Pack
  readonly caller: DecisionInput['caller']
  readonly child: DecisionInput['child']
  readonly home: AgencyType
  readonly consentFor: (label: Label) => DecisionInput['consent']
  readonly holdOn: (label: Label) => RowFacts['hold']
  /** Labels that the source uses: what it never holds is not named as withheld. */
  readonly labelsOfSource: ReadonlySet<Label>
}

/** Asks `decide` for every label at both levels and keeps the answers as bits. */
export function masksOf(question: MaskQuestion): Masks {
  let headline = 0
  let content = 0
  let redact = 0
  let own = 0
  const withheld: WithheldLabel[] = []
  const obligations: LabelObligation[] = []
  for (const label of labels) {
    const at = (level: Disclosure) =>
      decide(question.pack, inputFor(question, label, level, { hold: question.holdOn(label) }))
    const bit = bitOf(label)
    const head = at('HEADLINE')
    const full = at('CONTENT')
    if (opens(head) || opens(full)) headline |= bit
    if (full.outcome === 'PERMIT') content |= bit
    if (full.outcome === 'REDACT') redact |= bit
    if ((opens(head) || opens(full)) && head.ownRows) own |= bit
    const told = toldOf(label, head, full)
    if (!question.labelsOfSource.has(label)) continue
    if (told) withheld.push(told)
    for (const kind of dutiesOf(head, full)) obligations.push({ kind, label })
  }
  return { headline, content, redact, own, withheld, obligations, ...rowsOf(question) }
}

/** A decision that is answered as nothing held gives rise to nothing: a duty would tell what the silence keeps. */
const dutiesOf = (...decisions: readonly Decision[]): ReadonlySet<Obligation> =>
  new Set(decisions.flatMap((decision) => (decision.outcome === 'SILENT' ? [] : decision.obligations)))

const opens = (decision: Decision): boolean => decision.outcome === 'PERMIT' || decision.outcome === 'REDACT'

function toldOf(label: Label, head: Decision, full: Decision): WithheldLabel | null {
  const [level, decision] = head.outcome === 'WITHHOLD' ? (['HEADLINE', head] as const) : (['CONTENT', full] as const)
  if (decision.outcome !== 'WITHHOLD' && decision.outcome !== 'REDACT') return null
  return { label, level, reason: decision.code, rule: decision.rule, requestable: requestable.has(decision.code) }
}

const inputFor = (question: MaskQuestion, label: Label, level: Disclosure, row: Partial<RowFacts>): DecisionInput => ({
  caller: question.caller,
  child: question.child,
  home: question.home,
  label,
  level,
  row: { ...plainRow, ...row },
  consent: question.consentFor(label),
})

/**
 * Which marked rows pass. One gate stands for every label, so each is asked of all labels that plain rows open: a mark
 * that blocks any of them blocks the row. Too little may pass this way, never too much.
 */
function rowsOf(question: MaskQuestion): Pick<Masks, 'rows' | 'heldKinds'> {
  const opened = labels.filter((label) => opens(decide(question.pack, inputFor(question, label, 'HEADLINE', {}))))
  const passes = (row: Partial<RowFacts>) =>
    opened.length > 0 &&
    opened.every((label) => opens(decide(question.pack, inputFor(question, label, 'HEADLINE', row))))
  const held: HoldFact['kind'][] = (['DETRIMENT', 'EMBARGO'] as const).filter((hold) => !passes({ hold }))
  const notRelevant = passes({ relevance: 'NOT_RELEVANT' })
  if (!notRelevant) held.push('NOT_RELEVANT')
  return {
    rows: {
      ncnd: passes({ ncnd: true }),
      conditions: passes({ conditions: true }) && readsUnderConditions(question),
      undecided: passes({ relevance: 'UNDECIDED' }),
      notRelevant,
    },
    heldKinds: new Set(held),
  }
}

/** The rules ask it of intelligence alone; a row that carries conditions under any other label is guarded as strictly. */
const readsUnderConditions = (question: MaskQuestion): boolean =>
  question.caller.agencyType === question.home ||
  mayReadUnderConditions(situationOf(question.pack, inputFor(question, 'POLICE_INTELLIGENCE', 'HEADLINE', {})))

/** A hold on a label stands for every record of it; a detriment decision stands before an embargo. */
export const labelHolds =
  (facts: Pick<ChildFacts, 'holds'>, agency: string) =>
  (label: Label): RowFacts['hold'] => {
    let hold: RowFacts['hold'] = 'NONE'
    for (const each of facts.holds) {
      if (each.agency !== agency || each.recordId !== null || (each.label !== null && each.label !== label)) continue
      if (each.kind === 'DETRIMENT') return 'DETRIMENT'
      if (each.kind === 'EMBARGO') hold = 'EMBARGO'
    }
    return hold
  }
