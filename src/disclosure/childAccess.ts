import { type TokenScopeCheck, tokenScopeCheck } from '../facts/tokenScope.ts'
import type { Evidence } from '../facts/transferBorneOut.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import type { SourceAnswer } from '../sources/source.ts'
import { agencyQueriesOf, once } from './agencyQueries.ts'
import { type AuditedChild, releaseChild } from './auditedChild.ts'
import type { AccessSetting } from './childAccessParts.ts'
import { decoyChild } from './decoyChild.ts'
import { FactsLookup } from './factsLookup.ts'
import { GrantedQueries } from './grantedQueries.ts'
import type { ChildPlan } from './needsPlan.ts'
import type { Lifetime } from './operationAllowance.ts'
import type { Answers, AuthorisedChild } from './requestContext.ts'
import { UndisclosedReads } from './undisclosedReads.ts'
import { inTurns } from './yieldToOthers.ts'

/** A child, and what agencies say of them. */
export interface ChildAnswers {
  readonly child: AuthorisedChild
  readonly answers: Answers
}

/** How children are looked at. */
export interface Evaluating {
  readonly asOf?: string | null
  readonly withBarred?: boolean
}

/**
 * Opens children for one caller in one request: facts and case status are looked up in batches, the policy decides
 * once, and every agency is asked once for all children that are opened together.
 */
export class ChildAccess {
  readonly opened: AuditedChild[] = []
  /**
   * Every child of whom anything was asked, opened or refused: each stands in the entry, so that refusals are found
   * too.
   */
  readonly childrenReferenced = new Set<string>()
  /**
   * Children from whom the caller is barred and of whom something was asked all the same, with the authority that is
   * told.
   */
  readonly barred = new Map<string, string | null>()
  /** Whether the caller's token reaches a child, by what it names. */
  readonly tokenCovers: TokenScopeCheck
  readonly #opening: AccessSetting
  readonly caller: Caller
  /** The policy of this request from its first decision to its entry, even when another comes into force meanwhile. */
  readonly policy: Policy
  /** What the gateway reads for decisions of its own. */
  readonly undisclosed: UndisclosedReads
  readonly #granted: GrantedQueries
  readonly #lookup: FactsLookup
  readonly #lifetime: Lifetime | undefined
  /** What one field asks of one child at one time is opened once, however often the field names the child. */
  readonly #once = new Map<ChildPlan, Map<string, AuthorisedChild>>()

  /**
   * @param callerCleared as `AnswerParts.open` has it.
   * @param lifetime of the operation that opens; absent where the gateway works for itself.
   */
  constructor(opening: AccessSetting, caller: Caller, callerCleared?: Promise<void>, lifetime?: Lifetime | undefined) {
    this.#lifetime = lifetime
    this.#opening = opening
    this.policy = opening.policy
    this.caller = caller
    const ask = agencyQueriesOf(opening.sources)
    this.#granted = new GrantedQueries(opening, opening.policy, ask, lifetime)
    this.undisclosed = new UndisclosedReads(opening, caller, this.#granted, lifetime)
    this.tokenCovers = tokenScopeCheck(opening.store, caller, () => opening.clock.today())
    this.#lookup = new FactsLookup(opening, caller, ask, callerCleared)
  }

  /**
   * Facts of a child for this caller; null when there is no such child, or the token is kept to another. Always looked
   * up: what leads to an id can be hidden, and so must be whether the caller asked for that child before.
   */
  facts(id: string): Promise<ChildFacts | null> {
    return this.#reached(id, () => this.#lookup.of(id))
  }

  async #reached(id: string, look: () => Promise<ChildFacts | null>): Promise<ChildFacts | null> {
    this.#lifetime?.demand()
    const facts = await look()
    if (facts) this.childrenReferenced.add(id)
    if (facts?.barred) {
      this.barred.set(id, facts.responsibleLa ?? facts.areaLa)
      return null
    }
    return facts && (await this.tokenCovers(id)) ? facts : null
  }

  /**
   * What can bear a transfer of a child out. The same is read for an id that no child has, or that the token does not
   * reach.
   */
  async evidence(id: string): Promise<Evidence> {
    const facts = await this.facts(id)
    const recorded = await this.#lookup.recorded({
      childId: id,
      persons: facts?.persons ?? {},
      ...(facts?.holders ? { holders: facts.holders } : {}),
    })
    return { responsibleLa: facts?.responsibleLa ?? null, ...recorded }
  }

  /** Forgets what was looked up, after something that decides was written. */
  forget(id: string): void {
    this.#lookup.forget(id)
    for (const children of this.#once.values())
      for (const [key, child] of children) if (child.id === id) children.delete(key)
  }

  /** Opens a child, or null when this caller may not know of one by this id: both look the same. */
  async open(id: string, asOf: string | null, plan: ChildPlan): Promise<AuthorisedChild | null> {
    return this.#openReached(await this.facts(id), asOf, plan)
  }

  /** The same of a child whom the caller names by this id. */
  async openById(id: string, asOf: string | null, plan: ChildPlan): Promise<AuthorisedChild | null> {
    return this.#openReached(await this.#reached(id, () => this.#lookup.ofGivenId(id)), asOf, plan)
  }

  #openReached(facts: ChildFacts | null, asOf: string | null, plan: ChildPlan): AuthorisedChild | null {
    return facts && this.policy.reachable(this.caller, facts) ? this.#openWith(this.caller, facts, asOf, plan) : null
  }

  /**
   * What agencies say today of one child for stated needs alone. Where there is none that the caller may know of, the
   * same is asked about a decoy, so that what was sought and not found costs what was found and is hidden.
   */
  async readForNeeds(id: string | null, plan: ChildPlan): Promise<Answers | null> {
    const facts = await this.facts(id ?? decoyChild.childId)
    if (facts && this.policy.reachable(this.caller, facts)) return this.undisclosed.forDecision(facts, plan)
    await this.undisclosed.ofNobody(plan)
    return null
  }

  /**
   * The same of many children at once, in one round trip to each agency however many there are and whoever may be
   * known: a decoy is always asked for as well. Only children that the caller may know of are answered.
   *
   * @param isDisclosed whether all of them are disclosed to the caller. What a search merely compares is not: whom it
   * weighed can be what is hidden.
   */
  async readManyForNeeds(
    ids: readonly string[],
    plan: ChildPlan,
    isDisclosed: boolean,
  ): Promise<readonly ChildAnswers[]> {
    const look = isDisclosed
      ? (id: string) => this.open(id, null, plan)
      : (id: string) => this.#readUndisclosed(id, plan)
    const opened = await Promise.all([...new Set([...ids, decoyChild.childId])].map(look))
    const [looked] = await Promise.all([
      Promise.all(opened.flatMap((child) => (child ? [child.answers().then((answers) => ({ child, answers }))] : []))),
      this.undisclosed.ofNobody(plan),
    ])
    return looked
  }

  /**
   * What agencies say of children whom the record of another names: of those alone whom the caller may know of by
   * themselves, and `mayRead` lets in. Nobody asked for them, so whoever is not let in is not noted as asked for; a
   * decoy costs what they cost.
   */
  async readRelated(
    ids: readonly string[],
    asOf: string,
    plan: ChildPlan,
    mayRead: (facts: ChildFacts) => boolean,
  ): Promise<readonly ChildAnswers[]> {
    this.#lifetime?.demand()
    const opened = await Promise.all([...new Set(ids)].map((id) => this.#openRelated(id, asOf, plan, mayRead)))
    const [read] = await Promise.all([
      Promise.all(opened.flatMap((child) => (child ? [child.answers().then((answers) => ({ child, answers }))] : []))),
      this.undisclosed.ofNobody(plan),
    ])
    return read
  }

  async #openRelated(
    id: string,
    asOf: string,
    plan: ChildPlan,
    mayRead: (facts: ChildFacts) => boolean,
  ): Promise<AuthorisedChild | null> {
    const facts = await this.#lookup.of(id)
    if (!facts || facts.barred || !(await this.tokenCovers(id))) return null
    if (!this.policy.reachable(this.caller, facts) || !mayRead(facts)) return null
    this.childrenReferenced.add(id)
    return this.#openWith(this.caller, facts, asOf, plan)
  }

  /**
   * Looks at children as the caller could, and lets go of each as soon as `look` has seen it. Nothing of them is given,
   * so that none stands in the entry as disclosed; what is told of them afterwards is opened for it.
   *
   * @param asOf ISO 8601; today when left out.
   * @param withBarred whether children from whom the caller is barred are among them: for numbers in which nobody
   *   stands out. Without one of them a number would tell whoever compares it with another's.
   */
  async evaluate(
    ids: readonly string[],
    plan: ChildPlan,
    look: (found: ChildAnswers) => void,
    { asOf = null, withBarred = false }: Evaluating = {},
  ): Promise<void> {
    const children = await Promise.all(ids.map((id) => this.#readUndisclosed(id, plan, asOf, withBarred)))
    // All are asked of the holders at once; what is made of them is made in turn with whoever else is served.
    const answered = await Promise.all(
      children.flatMap((child) => (child ? [child.answers().then((answers) => ({ child, answers }))] : [])),
    )
    await inTurns(answered, (found) => {
      look(found)
      releaseChild(found.child)
    })
  }

  async #readUndisclosed(
    id: string,
    plan: ChildPlan,
    asOf: string | null = null,
    withBarred = false,
  ): Promise<AuditedChild | null> {
    const facts = await (withBarred ? this.#lookup.of(id) : this.facts(id))
    if (!facts || !this.policy.reachable(this.caller, facts)) return null
    this.#lifetime?.demandEvaluated()
    const at = asOf ?? secondsOf(this.#opening.clock.today())
    return this.#childOf(this.caller, facts, this.#granted.grants(this.caller, facts, at), at, plan)
  }

  /** Opens a child for whom the gateway itself acts, as another caller could: a record compiled for its recipient. */
  openAs(caller: Caller, facts: ChildFacts, plan: ChildPlan): AuthorisedChild {
    return this.#openWith(caller, facts, null, plan)
  }

  /** Of this request alone: pseudonyms of two answers cannot be laid beside each other. */
  get pseudonymKey(): string {
    return this.#granted.pseudonymKey
  }

  /** What this caller may have of one agency, without asking it anything. */
  grant(facts: ChildFacts, agency: AgencyName): Grant {
    return this.#granted.grants(this.caller, facts, secondsOf(this.#opening.clock.today()))[agency]
  }

  /** The same for another caller: what a purpose or a role that is not theirs would give. Nothing is read under it. */
  grantAs(caller: Caller, facts: ChildFacts, agency: AgencyName): Grant {
    return this.#granted.grantAs(caller, facts, agency)
  }

  /**
   * Opens a child under grants that are no caller's: those of subject access, which answers for them by rules of its
   * own.
   */
  openGranted(facts: ChildFacts, plan: ChildPlan, make: (asOf: string) => AuditedChild['grants']): AuthorisedChild {
    const at = secondsOf(this.#opening.clock.today())
    return this.#authorise(this.caller, facts, make(at), at, plan, 'SUBJECT_ACCESS')
  }

  #openWith(caller: Caller, facts: ChildFacts, asOf: string | null, plan: ChildPlan): AuthorisedChild {
    const at = asOf ?? secondsOf(this.#opening.clock.today())
    if (caller !== this.caller) return this.#authorise(caller, facts, this.#granted.grants(caller, facts, at), at, plan)
    const children = this.#once.get(plan) ?? new Map<string, AuthorisedChild>()
    this.#once.set(plan, children)
    const key = `${facts.childId}|${at}`
    const known = children.get(key)
    if (known) return known
    const child = this.#authorise(caller, facts, this.#granted.grants(caller, facts, at), at, plan)
    children.set(key, child)
    return child
  }

  #authorise(...child: Decided): AuthorisedChild {
    this.#lifetime?.demandChild()
    const opened = this.#childOf(...child)
    this.opened.push(opened)
    return opened
  }

  #childOf(...[caller, facts, grants, at, plan, door]: Decided): AuditedChild {
    const asked = new Map<AgencyName, SourceAnswer>()
    return {
      id: facts.childId,
      caller,
      asOf: at,
      facts,
      grants,
      asked,
      plan,
      ...(door ? { door } : {}),
      ...once(() => this.#granted.answers(facts, grants, plan, at, asked)),
    }
  }
}

/** For whom, about whom, and what was decided. `door` says by which rules, where they are not the policy's. */
type Decided = [
  caller: Caller,
  facts: ChildFacts,
  grants: AuditedChild['grants'],
  asOf: string,
  plan: ChildPlan,
  door?: 'SUBJECT_ACCESS',
]
