import { isNotSaid, notSaidOf } from './cannotBeSaid.ts'
import { type Decision, decide } from './decide.ts'
import { type DecisionInput, plainRow, type RowFacts, situationOf } from './decisionInput.ts'
import type { HoldFact } from './facts.ts'
import type { RowGate, WithheldLabel } from './grant.ts'
import { bitOf, type Disclosure, type Label, labels } from './labels.ts'
import { type Pack, pathOf } from './pack.ts'
import { type Obligation, requestable } from './reasonCodes.ts'
import { mayReadUnderConditions, namesEveryAdult } from './rulesThatLimit.ts'
import type { AgencyType } from './vocabulary.ts'
import type { NameReach } from './whichPersonsNamed.ts'

/** All that one fact vector gives: a grant without the child, the persons and the date. */
export interface Masks {
  /** Of rows that other organisations hold. */
  readonly others: RowMasks
  /** Of rows that the caller's own organisation holds; null where it holds none there. */
  readonly own: RowMasks | null
  readonly withheld: readonly WithheldLabel[]
  /** What follows from the decisions that may be disclosed. */
  readonly obligations: readonly LabelObligation[]
}

export interface RowMasks {
  readonly headline: number
  readonly content: number
  readonly redact: number
  readonly names: NameReach
  readonly rows: RowGate
  /** Kinds of hold on a single record that stand before this caller. */
  readonly heldKinds: ReadonlySet<HoldFact['kind']>
}

/** A duty that a decision on one label gives rise to. */
export interface LabelObligation {
  readonly kind: Obligation
  readonly label: Label
}

export type HeldAs = Pick<RowFacts, 'hold' | 'holdKnewOfHarm'>

export interface MaskQuestion {
  readonly pack: Pack
  readonly caller: DecisionInput['caller']
  readonly child: DecisionInput['child']
  readonly home: AgencyType
  /** Organisations of the caller's type hold records there: then some may be the caller's own. */
  readonly mayHold: boolean
  readonly consentFor: (label: Label) => DecisionInput['consent']
  /** Whether an order of a court covers a label. */
  readonly orderedFor: (label: Label) => boolean
  /** What holds stand on a label's records: the caller's own, or those of others. */
  readonly holdOn: (label: Label, own: boolean) => HeldAs
  /** Labels that the source uses: what it never holds is not named as withheld. */
  readonly labelsOfSource: ReadonlySet<Label>
}

/** Asks `decide` for every label at both levels and keeps the answers as bits. */
export function masksOf(question: MaskQuestion): Masks {
  const withheld: WithheldLabel[] = []
  const obligations: LabelObligation[] = []
  // What is disclosed, and what follows, is of others' rows: whether the caller's organisation holds any is not looked
  // at.
  const others = rowMasksOf(question, false, (label, head, full) => {
    if (!question.labelsOfSource.has(label)) return
    const withholding = withholdingOf(label, head, full)
    if (withholding) withheld.push(withholding)
    const silence = notSaidOf(situationOf(question.pack, inputFor(question, label, 'CONTENT', false, {})), opens(head))
    if (silence && (!withholding || isNotSaid(silence))) withheld.push(silence)
    for (const kind of dutiesOf(head, full)) obligations.push({ kind, label })
  })
  return { others, own: question.mayHold ? rowMasksOf(question, true) : null, withheld, obligations }
}

function rowMasksOf(
  question: MaskQuestion,
  own: boolean,
  onLabel?: (label: Label, head: Decision, full: Decision) => void,
): RowMasks {
  let headline = 0
  let content = 0
  let redact = 0
  let names: NameReach = 'KNOWN'
  for (const label of labels) {
    const hold = question.holdOn(label, own)
    const at = (level: Disclosure) => decide(question.pack, inputFor(question, label, level, own, hold))
    const bit = bitOf(label)
    const head = at('HEADLINE')
    const full = at('CONTENT')
    const isLogged = own && label === 'SOCIAL_CARE' && logsBeside(question)
    if (opens(head) || opens(full) || isLogged) headline |= bit
    if (full.outcome === 'PERMIT' || isLogged) content |= bit
    if (full.outcome === 'REDACT') redact |= bit
    if (label === 'THIRD_PARTY') names = namesBy(question, full)
    onLabel?.(label, head, full)
  }
  return { headline, content, redact, names, ...gateOf(question, own) }
}

/** What holds back a record, and nothing else does: as of a whole label, or as one judged not relevant. */
const holdRules: ReadonlySet<string> = new Set(['8', '8a', '9', '12a'])

/** One record of others that its holder keeps back, as a hold on its whole label would be. */
export interface HeldRecord {
  /** Null where nothing may be told, or another limit stands before the hold. */
  readonly withheld: WithheldLabel | null
  /** Its headline passes the hold. */
  readonly opensHeadline: boolean
  readonly duties: ReadonlySet<Obligation>
}

/** What is decided of one record of others that is held back. */
export function decideHeldRecord(question: MaskQuestion, label: Label, held: Partial<RowFacts>): HeldRecord {
  const [head, full] = (['HEADLINE', 'CONTENT'] as const).map((level) =>
    decide(question.pack, inputFor(question, label, level, false, held)),
  ) as [Decision, Decision]
  const why = [head, full].find(({ outcome, rule }) => outcome === 'WITHHOLD' && holdRules.has(rule))
  const level = why === head ? 'HEADLINE' : 'CONTENT'
  return {
    withheld: why ? { label, level, reason: why.code, rule: why.rule, requestable: requestable.has(why.code) } : null,
    opensHeadline: head.outcome === 'PERMIT',
    duties: dutiesOf(head, full),
  }
}

/**
 * Whether the caller's organisation logs in the system of another kind of service, as a home does in that of social
 * care: what it wrote there it reads. A pack says so by a row for own records, which then decides like any other; in
 * packs older than that no list of roles speaks of it. Statute, privilege and holds stay as they are.
 */
const logsBeside = ({ caller, child, home, pack }: MaskQuestion): boolean =>
  pack.labels.SOCIAL_CARE.access.every(({ scope }) => scope === undefined) &&
  caller.agencyType !== home &&
  child.relationship !== 'NONE' &&
  !['METADATA', 'CLOSED'].includes(pathOf(pack, caller.purpose, child))

/** Who is named. An own record names whom it names; of all others children are read by their pseudonym. */
function namesBy(question: MaskQuestion, full: Decision): NameReach {
  if (full.code === 'OK_OWN_RECORD') return 'ALL'
  const situation = situationOf(question.pack, inputFor(question, 'THIRD_PARTY', 'CONTENT', false, {}))
  return namesEveryAdult(situation) ? 'ADULTS' : 'KNOWN'
}

/** A decision that is answered as nothing held gives rise to nothing: a duty would tell what the silence keeps. */
const dutiesOf = (...decisions: readonly Decision[]): ReadonlySet<Obligation> =>
  new Set(decisions.flatMap((decision) => (decision.outcome === 'SILENT' ? [] : decision.obligations)))

const opens = (decision: Decision): boolean => decision.outcome === 'PERMIT' || decision.outcome === 'REDACT'

function withholdingOf(label: Label, head: Decision, full: Decision): WithheldLabel | null {
  const [level, decision] = head.outcome === 'WITHHOLD' ? (['HEADLINE', head] as const) : (['CONTENT', full] as const)
  if (decision.outcome !== 'WITHHOLD' && decision.outcome !== 'REDACT') return null
  return { label, level, reason: decision.code, rule: decision.rule, requestable: requestable.has(decision.code) }
}

const inputFor = (
  question: MaskQuestion,
  label: Label,
  level: Disclosure,
  own: boolean,
  row: Partial<RowFacts>,
): DecisionInput => ({
  caller: question.caller,
  child: question.child,
  home: question.home,
  own,
  label,
  level,
  row: { ...plainRow, ...row },
  ordered: question.orderedFor(label),
  consent: question.consentFor(label),
})

type LabelAtLevel = readonly [Label, Disclosure]
const everyLevel = labels.flatMap((label): readonly LabelAtLevel[] => [
  [label, 'HEADLINE'],
  [label, 'CONTENT'],
])

/**
 * Which marked rows pass. One gate stands for every label, so each is asked of all labels that plain rows open: a mark
 * that blocks any of them, or its content alone, blocks the row. Too little may pass this way, never too much.
 */
function gateOf(question: MaskQuestion, own: boolean): Pick<RowMasks, 'rows' | 'heldKinds'> {
  const at = ([label, level]: LabelAtLevel, row: Partial<RowFacts>) =>
    opens(decide(question.pack, inputFor(question, label, level, own, row)))
  const permits = ([label, level]: LabelAtLevel) =>
    decide(question.pack, inputFor(question, label, level, own, {})).outcome === 'PERMIT'
  // What stands in for a place or a person in others' records says nothing of how one's own are marked.
  const opened = everyLevel.filter((each) => (own ? permits(each) : at(each, {})))
  const passes = (row: Partial<RowFacts>) => opened.length > 0 && opened.every((each) => at(each, row))
  const held: HoldFact['kind'][] = (['COURT_PROHIBITED', 'DETRIMENT', 'EMBARGO'] as const).filter(
    (hold) => !passes({ hold }),
  )
  const notRelevant = passes({ relevance: 'NOT_RELEVANT' })
  if (!notRelevant) held.push('NOT_RELEVANT')
  return {
    rows: {
      ncnd: passes({ ncnd: true }),
      conditions: passes({ conditions: true }) && (own || readsUnderConditions(question)),
      undecided: passes({ relevance: 'UNDECIDED' }),
      notRelevant,
    },
    heldKinds: new Set(held),
  }
}

/**
 * The rules ask it of intelligence alone; a row that carries conditions under any other label is guarded as strictly.
 */
const readsUnderConditions = (question: MaskQuestion): boolean =>
  mayReadUnderConditions(situationOf(question.pack, inputFor(question, 'POLICE_INTELLIGENCE', 'HEADLINE', false, {})))
