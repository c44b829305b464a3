import { randomBytes } from 'node:crypto'
import { type AgencyName, eachAgency, leadAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import { isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy } from '../policy/compile.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import type { AnswersTo } from '../records/agencyAnswers.ts'
import { dayOf } from '../records/currentRows.ts'
import { missingAnswer } from '../sources/guardedSource.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { AccessSetting } from './accessSetting.ts'
import { type Asking, queryAgencies } from './agencyQueries.ts'
import {
  attendedElsewhere,
  type attendedNeeds,
  expectedOf,
  isLinkedTo,
  neverLookedThrough,
  placesAttended,
  placesTold,
  withExpected,
} from './expectedHolders.ts'
import type { ChildPlan } from './needsPlan.ts'
import type { Lifetime } from './recordLifetime.ts'
import type { Answers } from './requestContext.ts'

/** What one request may have of each agency about a child, and what it is answered under that. */
export class GrantedQueries {
  readonly #opening: AccessSetting
  readonly #policy: Policy
  readonly #ask: Asking
  readonly #lifetime: Lifetime | undefined
  /** Of this request alone: pseudonyms of two answers cannot be laid beside each other. */
  readonly pseudonymKey = randomBytes(18).toString('base64url')

  constructor(opening: AccessSetting, policy: Policy, ask: Asking, lifetime: Lifetime | undefined) {
    this.#opening = opening
    this.#policy = policy
    this.#ask = ask
    this.#lifetime = lifetime
  }

  /** Whether the registry names the holders of a kind: each then holds back of its own records alone. */
  #isByHolder(kind: AgencyName): boolean {
    return holdersOfKind(this.#opening.registry, kind).every((holder) => !isWholeKind(holder))
  }

  /** What a caller may have of each agency, by the policy of this request. */
  grants(caller: Caller, facts: ChildFacts, at: string): Readonly<Record<AgencyName, Grant>> {
    const policy = this.#policy
    const { planning, labels } = this.#opening
    return eachAgency((agency) => {
      const { contract } = planning.layouts[agency]
      const { home, alsoHeldBy } = contract
      return policy.grantFor(
        caller,
        facts,
        { agency, home, alsoHeldBy, labels: labels[agency], isByHolder: this.#isByHolder(agency) },
        at,
        this.pseudonymKey,
      )
    })
  }

  /**
   * What another caller would be given: what a purpose or a role that is not theirs would give. Nothing is read under
   * it.
   */
  grantAs(caller: Caller, facts: ChildFacts, agency: AgencyName): Grant {
    const { home, alsoHeldBy } = this.#opening.planning.layouts[agency].contract
    const labels = this.#opening.labels[agency]
    const source = { agency, home, alsoHeldBy, labels, isByHolder: this.#isByHolder(agency) }
    return this.#policy.grantFor(caller, facts, source, secondsOf(this.#opening.clock.today()))
  }

  /** Where this caller may be told that the child is, asked with all else that is asked. */
  async #placesTold(
    facts: ChildFacts,
    grants: Readonly<Record<AgencyName, Grant>>,
    asOf: string,
  ): Promise<ReadonlySet<string>> {
    const { registry, attendedPlan } = this.#opening
    const places = placesTold(facts, grants[leadAgency])
    const kinds = attendedElsewhere(facts, registry, places)
    if (kinds.length === 0) return places
    const said = async (kind: (typeof kinds)[number]): Promise<SourceAnswer> =>
      kinds.includes(kind) ? this.#ask(kind, grants[kind], attendedPlan[kind].selection) : missingAnswer
    const [education, health] = await Promise.all([said('education'), said('health')])
    const attended = placesAttended({ education, health } as AnswersTo<typeof attendedNeeds>, dayOf(asOf))
    for (const answer of [education, health]) if (answer.state === 'ANSWERED') answer.records.release()
    return new Set([...places, ...attended])
  }

  /** What agencies say of a child under these grants; `asked` is told of each answer. */
  async answers(
    facts: ChildFacts,
    grants: Readonly<Record<AgencyName, Grant>>,
    plan: ChildPlan,
    asOf: string,
    asked: Map<AgencyName, SourceAnswer>,
  ): Promise<Answers> {
    this.#lifetime?.demand()
    const { registry } = this.#opening
    const states = this.#opening.holderStates()
    const lacking = (places: ReadonlySet<string>) => (kind: AgencyName, answer: SourceAnswer) =>
      withExpected(answer, expectedOf(registry, kind, places), {
        ...{ states, now: this.#opening.clock.now(), never: neverLookedThrough(registry, kind, states) },
        isLinked: (holder) => isLinkedTo(facts, kind, holder),
      })
    const places = this.#placesTold(facts, grants, asOf).then(lacking)
    return queryAgencies(this.#ask, { grants, plan, lacking: places }, this.#opening.planning, (agency, answer) =>
      asked.set(agency, answer),
    )
  }
}
