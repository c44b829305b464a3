import { randomBytes } from 'node:crypto'
import { type AgencyName, eachAgency, leadAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import { isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import type { AnswersTo } from '../records/agencyAnswers.ts'
import { dayOf } from '../records/currentRows.ts'
import { missingAnswer } from '../sources/guardedSource.ts'
import type { SourceAnswer } from '../sources/source.ts'
import { type Asking as AskAgency, queryAgencies } from './agencyQueries.ts'
import type { AccessSetting } from './childAccessParts.ts'
import {
  type AttendedKind,
  attendedElsewhere,
  attendedKinds,
  type attendedNeeds,
  expectedOf,
  isLinkedTo,
  linkedHolders,
  neverLookedThrough,
  placesAttended,
  placesTold,
  readsAll,
  sayingWhere,
  withCarried,
  withExpected,
} from './expectedHolders.ts'
import type { ChildPlan } from './needsPlan.ts'
import type { Lifetime } from './operationAllowance.ts'
import type { Answers } from './requestContext.ts'

/** What one request may have of each agency about a child, and what it is answered under that. */
export class GrantedQueries {
  readonly #opening: AccessSetting
  readonly #policy: Policy
  readonly #ask: AskAgency
  readonly #lifetime: Lifetime | undefined
  /** Of this request alone: pseudonyms of two answers cannot be laid beside each other. */
  readonly pseudonymKey = randomBytes(18).toString('base64url')

  constructor(opening: AccessSetting, policy: Policy, ask: AskAgency, lifetime: Lifetime | undefined) {
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

  /**
   * Where this caller may be told that the child is, by where it lives, learns and is registered. Of a kind whose lists
   * are read anyway these say it; another is asked at once, with all else that is asked.
   */
  #placesTold(
    { grants, plan, asOf }: Asking,
    places: ReadonlySet<string>,
    kinds: readonly AttendedKind[],
  ): (answered: Answers) => Promise<ReadonlySet<string>> {
    const { attendedPlan } = this.#opening
    const beside = kinds.map((kind) =>
      readsAll(plan[kind].selection, attendedPlan[kind].selection)
        ? null
        : this.#ask(kind, grants[kind], attendedPlan[kind].selection),
    )
    return async (answered) => {
      const asked = await Promise.all(beside)
      const said = new Map(kinds.map((kind, at) => [kind, asked[at] ?? answered[kind]]))
      const [education = missingAnswer, health = missingAnswer] = attendedKinds.map((kind) => said.get(kind))
      const attended = placesAttended({ education, health } as AnswersTo<typeof attendedNeeds>, dayOf(asOf))
      for (const answer of asked) if (answer?.state === 'ANSWERED') answer.records.release()
      return new Set([...places, ...attended])
    }
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
    const { attendedPlan, planning, registry } = this.#opening
    const states = this.#opening.holderStates()
    const lacking = (places: ReadonlySet<string>) => (kind: AgencyName, answer: SourceAnswer) => {
      const found = withExpected(answer, expectedOf(registry, kind, places), {
        ...{ states, now: this.#opening.clock.now(), never: neverLookedThrough(registry, kind, states) },
        isLinked: (holder) => isLinkedTo(facts, kind, holder),
      })
      return withCarried(found, linkedHolders(facts, kind, registry), this.#opening.carriedBy)
    }
    const places = placesTold(facts, grants[leadAgency])
    const kinds = attendedElsewhere(facts, registry, places)
    const saying = sayingWhere(plan, attendedPlan, kinds)
    const told = this.#placesTold({ grants, plan, asOf }, places, kinds)
    const lackingAt = async (answered: Answers) => lacking(await told(answered))
    return queryAgencies(this.#ask, { grants, plan: saying, lacking: lackingAt }, planning, (agency, answer) =>
      asked.set(agency, answer),
    )
  }
}

/** Of whom is asked what, and under which grants. */
interface Asking {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly plan: ChildPlan
  readonly asOf: string
}
