import { internalReadGrant } from '../facts/internalReadGrant.ts'
import { seeingProtectedPlaces } from '../facts/protectedPlace.ts'
import { type AgencyName, eachAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { AuditedChild } from './auditedChild.ts'
import type { AccessSetting } from './childAccessParts.ts'
import { decoyChild } from './decoyChild.ts'
import type { GrantedQueries } from './grantedQueries.ts'
import type { ChildPlan } from './needsPlan.ts'
import type { Lifetime } from './operationAllowance.ts'
import type { Answers, AuthorisedChild } from './requestContext.ts'

/** What agencies say of a child to a reader who is not the caller, and under which grants. */
export interface ReadByAnother {
  readonly grants: AuthorisedChild['grants']
  readonly answers: Answers
}

/**
 * What is read of children and given to nobody: for decisions of the gateway's own, and so that what is not there costs
 * what is hidden. It opens no child, and none stands in the entry for it.
 */
export class UndisclosedReads {
  readonly #setting: AccessSetting
  readonly #caller: Caller
  readonly #granted: GrantedQueries
  readonly #lifetime: Lifetime | undefined

  constructor(setting: AccessSetting, caller: Caller, granted: GrantedQueries, lifetime: Lifetime | undefined) {
    this.#setting = setting
    this.#caller = caller
    this.#granted = granted
    this.#lifetime = lifetime
  }

  /**
   * Of the kinds that could have led this caller to a child, those that do not answer now, wholly or in part: until
   * they do, nobody can say that there is none. The same whichever child was sought, and whether there is one.
   */
  async awayOf(kinds: readonly AgencyName[], holder: string | null): Promise<readonly AgencyName[]> {
    const { clock, sources } = this.#setting
    const grants = this.#granted.grants(this.#caller, decoyChild, secondsOf(clock.today()))
    const readable = kinds.filter((kind) => grants[kind].headline !== 0 || grants[kind].own !== null)
    const away = await Promise.all(readable.map((kind) => sources[kind].isAway(holder)))
    return readable.filter((_, at) => away[at])
  }

  /**
   * What another reader would be given of a child, on stated facts: so that somebody is told no more than both may
   * have. It is no disclosure of its own, since what leaves was read under this caller's grants as well.
   */
  async asAnother(caller: Caller, facts: ChildFacts, asOf: string, plan: ChildPlan): Promise<ReadByAnother> {
    this.#lifetime?.demand()
    const grants = this.#granted.grants(caller, facts, asOf)
    return { grants, answers: await this.#granted.answers(facts, grants, plan, asOf, new Map()) }
  }

  /**
   * What agencies say of a child for a decision of the gateway's own. Nothing of it leaves, so it is no disclosure and
   * does not stand in the entry as one: that a decision had to be made can itself be what is hidden.
   */
  forDecision(facts: ChildFacts, plan: ChildPlan): Promise<Answers> {
    const at = secondsOf(this.#setting.clock.today())
    return this.#granted.answers(facts, this.#granted.grants(this.#caller, facts, at), plan, at, new Map())
  }

  /**
   * What the lead agency says of a child, read by the gateway for itself: who is to be told of something, for example.
   * No caller holds such a grant, and nothing that is read under it leaves.
   */
  async internally(facts: ChildFacts, plan: ChildPlan): Promise<Answers> {
    const at = secondsOf(this.#setting.clock.today())
    const grants = eachAgency((agency) => seeingProtectedPlaces(internalReadGrant(facts, at, agency)))
    return this.#granted.answers(facts, grants, plan, at, new Map())
  }

  /**
   * What grants that are no caller's (`ChildAccess.openGranted`) let the gateway compare, for a decision of its own:
   * nothing of it leaves, so it is no disclosure. Each look is referenced in the entry by whoever gives the id away.
   */
  underGrants(facts: ChildFacts, plan: ChildPlan, make: (asOf: string) => AuditedChild['grants']): Promise<Answers> {
    const at = secondsOf(this.#setting.clock.today())
    return this.#granted.answers(facts, make(at), plan, at, new Map())
  }

  /** Asks about a decoy what would be asked about a child, so that what is not there costs what is hidden. */
  async ofNobody(plan: ChildPlan): Promise<void> {
    const at = secondsOf(this.#setting.clock.today())
    await this.#granted.answers(decoyChild, this.#granted.grants(this.#caller, decoyChild, at), plan, at, new Map())
  }
}
