import type { Caller } from './caller.ts'
import { isNotSaid, notSaid, notSaidOf } from './cannotBeSaid.ts'
import { isOrdered, type Policy, type PolicySource } from './compilePolicy.ts'
import { type Decision, decide, ruleById } from './decide.ts'
import { type DecisionInput, plainRow, type RowFacts, situationOf } from './decisionInput.ts'
import type { ChildFacts } from './facts.ts'
import { labelHolds } from './holdsInForce.ts'
import type { Disclosure, Label } from './labels.ts'
import { noEpisode, wantsEpisode } from './lacksMissingEpisode.ts'
import { type Pack, pathOf } from './pack.ts'
import { type PlaceGrain, type PlaceReach, placeReading } from './placePrecision.ts'
import type { Rule } from './rule.ts'
import { namesEveryAdult } from './rulesThatLimit.ts'
import { speakingConsent } from './validConsent.ts'
import { isNamed, type NameReach, type PersonGrain } from './whichPersonsNamed.ts'

/** `Explanation` of `schema/governance.graphql`. */
export interface Explanation {
  readonly field: string
  readonly label: Label
  readonly level: Disclosure
  readonly outcome: 'PERMIT' | 'REDACT' | 'WITHHOLD'
  readonly reason: string
  readonly rule: string
  readonly legalBasis: string
  readonly text: string
  readonly pack: string
  readonly packHash: string
  readonly facts: readonly ExplainedFact[]
}

export interface ExplainedFact {
  readonly name: string
  readonly value: string
  readonly origin: 'TOKEN' | 'DERIVED' | 'REGISTER' | 'PACK'
}

export interface ExplainQuestion {
  /** Coordinate, for example `Crime.offence`. */
  readonly field: string
  readonly label: Label
  readonly level: Disclosure
  readonly caller: Caller
  readonly facts: ChildFacts
  readonly source: Pick<PolicySource, 'agency' | 'home'>
  /** Whom the field names, where it names somebody. */
  readonly person?: PersonGrain | null
  /** How exactly the field says where the child is, and what the caller may read of this child's places. */
  readonly place?: PlaceGrain | null
  readonly places?: PlaceReach
  /** What it takes to know of a row at all. */
  readonly list?: ListReading
}

/** How rows of the list are read that a field stands in. */
export interface ListReading {
  readonly label: Label
  readonly level: Disclosure
  /** Whether each row is of a service, which reads it at its headline. */
  readonly isOwned: boolean
}

/**
 * Why this caller may or may not have a field of this child. Where existence is hidden from the role, holds and
 * consents are left out of the question as well as the answer: a hold is only ever recorded about something that is
 * held.
 */
export function explain(policy: Policy, question: ExplainQuestion): Explanation {
  return underPlaces(policy, question, inItsRow(policy, question))
}

/**
 * A field that says where the child is gives nothing where a place of theirs is protected from this caller. To whom it
 * is hidden that a place is, the same is said of every child.
 */
function underPlaces(policy: Policy, question: ExplainQuestion, asked: Explanation): Explanation {
  const { caller, place = null, places = 'ALL' } = question
  if (place === null || asked.outcome === 'WITHHOLD') return asked
  const says = (name: string, value: string) => ({ name, value, origin: 'DERIVED' }) as const
  if (policy.hides(caller, 'ADDRESS_PROTECTED'))
    return { ...asked, facts: [...asked.facts, says('whereAPlaceIsProtected', 'WITHHOLD')] }
  const reading = placeReading(places, place)
  if (reading === 'VALUE') return asked
  const kept = explained(policy, { ...question, label: 'ADDRESS_PROTECTED', level: 'CONTENT', person: null })
  if (reading === 'NOTHING') return kept
  return { ...kept, facts: [...kept.facts, says('rowsOfTheKeeper', `${asked.outcome} ${asked.reason}`)] }
}

function inItsRow(policy: Policy, question: ExplainQuestion): Explanation {
  const asked = explained(policy, question)
  const { list } = question
  if (!list || asked.outcome === 'WITHHOLD') return asked
  // A field is read in a row, and of a row it must be told that it is there.
  const ofList = explained(policy, { ...question, label: list.label, level: list.level })
  if (ofList.outcome === 'WITHHOLD') return ofList
  if (!list.isOwned) return asked
  // Without the content of the list its rows are read by the service that owns each, and by nobody else.
  const ofOthers = explained(policy, { ...question, label: list.label, level: 'CONTENT' })
  if (ofOthers.outcome === 'PERMIT') return asked
  const owners = {
    name: 'rowsOwnedByOwnService',
    value: `${asked.outcome} ${asked.reason}`,
    origin: 'DERIVED',
  } as const
  return { ...ofOthers, facts: [...ofOthers.facts, owners] }
}

function explained(policy: Policy, question: ExplainQuestion): Explanation {
  const { caller, facts, source, label, level } = question
  const hidden = policy.hides(caller, label)
  const { hold, ...decided } = hidden
    ? { hold: 'NONE' as const }
    : labelHolds(facts, source.agency, caller)(label, false)
  const consents = hidden ? [] : facts.consents
  const consent = speakingConsent(consents, {
    label,
    recipient: caller.agencyType,
    purpose: caller.purpose,
    ageBand: facts.ageBand,
  })
  const input = {
    caller,
    child: facts,
    label,
    level,
    home: source.home,
    own: false,
    row: { ...plainRow, hold, ...decided },
    ordered: isOrdered(facts, label),
    consent,
  }
  const asked = decide(policy.pack, input)
  const isUnnamed = asked.outcome === 'PERMIT' && !isNamed(reachIn(policy.pack, input, asked), question.person ?? null)
  // The label is open, and this field names somebody whom it does not name to others.
  const decision = isUnnamed
    ? { ...asked, outcome: 'REDACT' as const, code: 'R_THIRD_PARTY_PSEUDONYMISED' as const, rule: '14' }
    : asked
  const rule = ruleOf(policy.pack, input, decision)
  const labelPolicy = policy.pack.labels[label]
  return {
    field: question.field,
    label,
    level,
    outcome: decision.outcome === 'SILENT' ? 'WITHHOLD' : decision.outcome,
    reason: rule === notSaid ? notSaid.reason : decision.code,
    rule: rule.id,
    legalBasis: `${decision.legalBasis} For this label: ${labelPolicy.legalBasis}`,
    text: rule.text,
    pack: policy.pack.id,
    packHash: policy.hash,
    facts: [
      { name: 'role', value: caller.role, origin: 'TOKEN' },
      { name: 'purpose', value: caller.purpose, origin: 'TOKEN' },
      { name: 'path', value: pathOf(policy.pack, caller.purpose, facts), origin: 'PACK' },
      { name: 'agencyType', value: caller.agencyType, origin: 'REGISTER' },
      { name: 'relationship', value: facts.relationship, origin: 'DERIVED' },
      { name: 'harm', value: facts.harm, origin: 'DERIVED' },
      { name: 'ageBand', value: facts.ageBand, origin: 'DERIVED' },
      { name: 'agreement', value: String(facts.agreement), origin: 'REGISTER' },
      { name: 'labelClass', value: labelPolicy.class, origin: 'PACK' },
      { name: 'gate', value: labelPolicy.gate, origin: 'PACK' },
      { name: 'packFrom', value: policy.pack.effectiveFrom, origin: 'PACK' },
      { name: 'duty16LA', value: dutyIn(policy.pack), origin: 'PACK' },
      ...(facts.missing && caller.purpose === 'MISSING_RESPONSE'
        ? [{ name: 'missingEpisode', value: facts.missing, origin: 'DERIVED' } as const]
        : []),
      ...ofOwnRows(policy, { ...input, own: true, row: plainRow }),
      ...registered(decision, hold, consent === 'NONE' ? 'NONE' : `${consent.state} by ${consent.giver}`),
    ],
  }
}

/** The rule that decided, or what is said in its place. */
function ruleOf(pack: Pack, input: DecisionInput, { rule }: Decision): Pick<Rule, 'id' | 'text'> {
  if (isSilent(pack, input)) return notSaid
  return wantsEpisode(pack, input) ? noEpisode : ruleById(rule)
}

/** Whether the view says in the place of silence that nothing can be said. */
function isSilent(pack: Pack, input: DecisionInput): boolean {
  const { outcome } = decide(pack, { ...input, level: 'HEADLINE' })
  const said = notSaidOf(situationOf(pack, input), outcome === 'PERMIT' || outcome === 'REDACT')
  return said !== null && isNotSaid(said) && said.level === 'HEADLINE'
}

const reachIn = (pack: Pack, input: DecisionInput, { code }: Decision): NameReach => {
  if (code === 'OK_OWN_RECORD') return 'ALL'
  return namesEveryAdult(situationOf(pack, input)) ? 'ADULTS' : 'KNOWN'
}

/** Nobody is to take for law what was only announced. */
const dutyIn = ({ statutoryDuty16LA: { inForce, evidence } }: Pack): string =>
  `${inForce ? 'treated as in force' : 'not in force'}; commencement ${(evidence ?? 'UNVERIFIED').toLowerCase()}`

/** The decision is about records that others hold; one's own organisation's are decided apart. */
function ofOwnRows({ pack }: Policy, input: DecisionInput): readonly ExplainedFact[] {
  if (input.caller.agencyType !== input.home) return []
  const { outcome, code } = decide(pack, input)
  return [{ name: 'ownRecords', value: outcome === 'SILENT' ? 'WITHHOLD' : `${outcome} ${code}`, origin: 'DERIVED' }]
}

const consentRules = new Set(['17', '22', '23'])
const holdRules = new Set(['8', '8a', '9'])

/** Consent and holds are named only when they decided: elsewhere they were not looked at. */
function registered(decision: Decision, hold: RowFacts['hold'], consent: string): readonly ExplainedFact[] {
  if (consentRules.has(decision.rule)) return [{ name: 'consent', value: consent, origin: 'REGISTER' }]
  return holdRules.has(decision.rule) ? [{ name: 'hold', value: hold, origin: 'REGISTER' }] : []
}
