import type { ChildFacts, ConsentFact } from './facts.ts'
import type { Disclosure, Label } from './labels.ts'
import { type LabelPolicy, type Pack, type PackRules, pathOf, rulesOf } from './pack.ts'
import { accessOf, type RoleAccess } from './roleAccess.ts'
import type { AgencyType, Purpose, PurposePath, Role } from './vocabulary.ts'

/** Everything a decision may depend on; every member is a small finite set, so that the tests can walk all of it. */
export interface DecisionInput {
  readonly caller: { readonly agencyType: AgencyType; readonly role: Role; readonly purpose: Purpose }
  readonly child: Pick<
    ChildFacts,
    'relationship' | 'harm' | 'ageBand' | 'agreement' | 'breakGlass' | 'missing' | 'placedForAdoption'
  >
  readonly label: Label
  readonly level: Disclosure
  /**
   * Type of the organisation whose record it is. Rule 22a alone reads it: direct care is between health organisations.
   */
  readonly home: AgencyType
  /** The caller's own organisation holds the record. */
  readonly own: boolean
  readonly row: RowFacts
  /** An order of a court that is on record covers this label, for the caller's organisation. */
  readonly ordered?: boolean
  readonly consent: Pick<ConsentFact, 'state' | 'giver' | 'competence'> | 'NONE'
}

/** What the holder marked on one row. */
export interface RowFacts {
  readonly hold: 'NONE' | 'DETRIMENT' | 'EMBARGO' | 'COURT_PROHIBITED'
  /** The hold was recorded after the harm that is on record now: its holder decided in knowledge of it. */
  readonly holdKnewOfHarm?: boolean
  readonly ncnd: boolean
  readonly conditions: boolean
  readonly relevance: 'RELEVANT' | 'UNDECIDED' | 'NOT_RELEVANT'
}

/** A row on which its holder marked nothing. */
export const plainRow: RowFacts = { hold: 'NONE', ncnd: false, conditions: false, relevance: 'RELEVANT' }

/** The input with what the rules ask of it again and again. */
export interface Situation extends DecisionInput {
  readonly pack: Pack
  readonly policy: LabelPolicy
  readonly path: PurposePath
  /** What the pack says of the rules. */
  readonly ruled: PackRules
  /** The holding organisation, with a relationship to the child. */
  readonly ownRecord: boolean
  /**
   * Reasonable cause to suspect that a child suffers significant harm, where it is a ground for this purpose and age.
   */
  readonly reasonableCause: boolean
  /** The purpose stands on the harm path, or there is reasonable cause: both open what only harm opens. */
  readonly harmPath: boolean
  /** Social care, MASH or police: who may act on a third person's identity or a protected place. */
  readonly actsOnRisk: boolean
  /** Break-glass is in force, and this is not what breaking it never reveals. */
  readonly glassBroken: boolean
  /**
   * The caller's authority knows of the child by the notice of a placement in its area alone, and neither harm, a court
   * nor broken glass is asked for.
   */
  readonly notifiedAlone: boolean
  /** The child is under 13 and this is a label that such an age opens. */
  readonly openedByAge: boolean
  /**
   * One health organisation that treats the child asks another, of a kind of record that those who treat a child share.
   */
  readonly directCare: boolean
  readonly access: RoleAccess
  /**
   * The child stands under court proceedings for adoption that are not over: the pack may take the record for the
   * case's own.
   */
  readonly beforeOrder: boolean
  /** The role's list gives this label at this level. */
  readonly listed: boolean
}

/**
 * Derives nothing before a rule asks for it: what a decision did not read, it cannot depend on, and the proof uses
 * that.
 */
class View implements Situation {
  readonly pack: Pack
  readonly #input: DecisionInput
  #access: RoleAccess | undefined

  constructor(pack: Pack, input: DecisionInput) {
    this.pack = pack
    this.#input = input
  }

  get caller() {
    return this.#input.caller
  }
  get child() {
    return this.#input.child
  }
  get label() {
    return this.#input.label
  }
  get level() {
    return this.#input.level
  }
  get home() {
    return this.#input.home
  }
  get row() {
    return this.#input.row
  }
  get consent() {
    return this.#input.consent
  }
  get ordered() {
    return this.#input.ordered === true
  }
  get policy() {
    return this.pack.labels[this.label]
  }
  get path() {
    return pathOf(this.pack, this.caller.purpose, this.child)
  }
  get ruled() {
    return rulesOf(this.pack)
  }
  get own() {
    return this.#input.own
  }
  get ownRecord() {
    return this.own && this.child.relationship !== 'NONE'
  }
  get reasonableCause() {
    if (this.child.harm !== 'REASONABLE_CAUSE') return false
    const { policingStandsApart, adultsStandApart } = this.ruled
    if (policingStandsApart && this.path === 'POLICING') return false
    return !(adultsStandApart && this.child.ageBand === 'ADULT')
  }
  get harmPath() {
    return this.path === 'HARM' || this.reasonableCause
  }
  get actsOnRisk() {
    const { agencyType } = this.caller
    return agencyType === 'SOCIAL_CARE' || agencyType === 'MASH' || agencyType === 'POLICE'
  }
  get glassBroken() {
    return this.child.breakGlass && !neverByBreakGlass(this)
  }
  get notifiedAlone() {
    if (!this.ruled.notificationLabels || this.child.relationship !== 'PLACED_IN_AREA') return false
    return this.path !== 'HARM' && this.path !== 'COURT' && !this.glassBroken
  }
  get openedByAge() {
    const { under13Labels } = this.ruled
    const opens = under13Labels ? under13Labels.includes(this.label) : this.policy.class === 'SENSITIVE'
    return opens && this.child.ageBand === 'UNDER_13'
  }
  get directCare() {
    const { agencyType, purpose } = this.caller
    if (purpose !== 'DIRECT_CARE' || agencyType !== 'HEALTH' || this.policy.directCare !== true) return false
    return this.home === agencyType
  }
  get beforeOrder() {
    return this.child.placedForAdoption === true
  }
  get access() {
    this.#access ??= accessOf(this.pack, this)
    return this.#access
  }
  get listed() {
    return this.level === 'CONTENT' ? this.access.content : this.access.headline
  }
}

export const situationOf = (pack: Pack, input: DecisionInput): Situation => new View(pack, input)

const neverClasses: ReadonlySet<LabelPolicy['class']> = new Set(['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'])

/**
 * What break-glass never reveals: adoption, privilege, and whoever informed, was a witness or spoke in
 * confidence. For these the session is as if it were not there, so the one who broke it has what they had before and no
 * more.
 */
const neverByBreakGlass = ({ policy, row }: Pick<Situation, 'policy' | 'row'>): boolean =>
  neverClasses.has(policy.class) || row.ncnd || row.conditions
