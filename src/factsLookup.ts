import DataLoader from 'dataloader'
import { type AgencyName, leadAgency } from './agencies.ts'
import type { Asking } from './asking.ts'
import type { Caller } from './auth/caller.ts'
import { type Clock, secondsOf } from './clock.ts'
import { childFacts, type Facts } from './consent/facts.ts'
import type { FactsQuestion } from './consent/factsStatement.ts'
import type { KeptFacts, Look } from './consent/keptFacts.ts'
import { type Standing, standingOf } from './consent/standing.ts'
import { type Linked, standingGrant } from './consent/standingGrant.ts'
import type { AgencyPlan } from './plan.ts'
import type { ChildFacts } from './policy/facts.ts'
import type { Registry } from './registry.ts'
import type { GuardedSource } from './sources/guard.ts'
import { readingsOf } from './sources/recordSet.ts'
import type { Stamps } from './store/changes.ts'
import type { RegisterStamps } from './store/registerChanges.ts'

/** What looking up facts needs; the same for every request. */
export interface FactsSetting {
  readonly factsOf: (question: FactsQuestion) => Promise<Facts>
  /** Facts that hold while nothing changes; null where all are looked up every time. */
  readonly kept: KeptFacts | null
  readonly registerStamps: RegisterStamps
  readonly registry: Registry
  readonly clock: Clock
  readonly sources: Readonly<Record<AgencyName, GuardedSource>>
  /** What standing needs of the lead agency. */
  readonly standingPlan: AgencyPlan
}

/** Facts of children for one caller in one request: those that are asked for in one tick are looked up together, and each once. */
export class FactsLookup {
  readonly #setting: FactsSetting
  readonly #caller: Caller
  readonly #ask: Asking
  readonly #allowed: Promise<void> | undefined
  readonly #all = new DataLoader<string, ChildFacts | null>((ids) => this.#anew(ids))
  readonly #named = new DataLoader<string, ChildFacts | null>((ids) => this.#keptOrAnew(ids))
  /** What either found in this request. */
  readonly #found = new Map<string, ChildFacts | null>()

  /** @param allowed as `GatewayDoor.open` has it. */
  constructor(setting: FactsSetting, caller: Caller, ask: Asking, allowed: Promise<void> | undefined) {
    this.#setting = setting
    this.#caller = caller
    this.#ask = ask
    this.#allowed = allowed
  }

  /** Null when there is no such child. */
  async of(id: string): Promise<ChildFacts | null> {
    const found = this.#found.get(id)
    return found === undefined ? this.#all.load(id) : found
  }

  /** The same of a child whom the caller names by this id: those alone may be kept. */
  async ofNamed(id: string): Promise<ChildFacts | null> {
    const found = this.#found.get(id)
    return found === undefined ? this.#named.load(id) : found
  }

  /** Forgets what was looked up, after something that decides was written. */
  forget(id: string): void {
    this.#found.delete(id)
    this.#all.clear(id)
    this.#named.clear(id)
  }

  async #anew(ids: readonly string[]): Promise<readonly (ChildFacts | null)[]> {
    return this.#remembered(ids, await this.#lookUp(this.#look(), ids))
  }

  async #keptOrAnew(ids: readonly string[]): Promise<readonly (ChildFacts | null)[]> {
    const look = this.#look()
    return this.#remembered(ids, (await this.#kept(look, ids)) ?? (await this.#lookUp(look, ids)))
  }

  #remembered(ids: readonly string[], facts: readonly (ChildFacts | null)[]): readonly (ChildFacts | null)[] {
    for (const [place, id] of ids.entries()) this.#found.set(id, facts[place] ?? null)
    return facts
  }

  #look(): Look {
    const { clock } = this.#setting
    return { caller: this.#caller, now: clock.now(), today: clock.today() }
  }

  /** Facts that were derived for this caller before, when nothing has changed since that they were derived from; else null. */
  async #kept(look: Look, ids: readonly string[]): Promise<readonly (ChildFacts | null)[] | null> {
    const { kept, registerStamps, sources } = this.#setting
    const found = kept?.of(look, ids)
    if (!kept || !found) return null
    // Asked, like facts, while it is asked whether the caller is denied: a stamp says nothing of a record, and is told to nobody.
    const [registers, lead] = await Promise.all([
      registerStamps(found.map(({ key }) => key)),
      sources[leadAgency].stamps(found.flatMap(({ persons }) => persons)),
      this.#allowed,
    ])
    return lead && kept.holding(found, { registers, lead })
  }

  async #lookUp(look: Look, ids: readonly string[]): Promise<readonly (ChildFacts | null)[]> {
    const { factsOf, kept, registry } = this.#setting
    const { caller, today } = look
    // Looked up while it is asked whether the caller is denied. No agency is asked, and nothing told, before that is known.
    const [{ known, stamps: registers }] = await Promise.all([factsOf({ ...look, childIds: ids }), this.#allowed])
    const linked = ids.map((id) => known.get(id) ?? { childId: id, persons: {} })
    const standings = await this.#standings(linked, secondsOf(today))
    return ids.map((id) => {
      const facts = known.get(id)
      const { standing, stamps: lead } = standings.get(id) ?? unavailable
      const derived = facts ? childFacts(facts, standing, caller, registry, today) : null
      if (lead) kept?.keep(look, id, derived, facts?.endsAt ?? null, { registers, lead })
      return derived
    })
  }

  /**
   * Read for the decision alone, under a grant that no caller holds; nothing of it leaves but what the policy then permits.
   * Read also for an id that no child has, so that it costs what the id of a child costs whom the caller may not know of.
   */
  async #standings(known: readonly Linked[], asOf: string): Promise<ReadonlyMap<string, FoundStanding>> {
    const { want } = this.#setting.standingPlan
    const standings = new Map<string, FoundStanding>()
    await Promise.all(
      known.map(async (facts) => {
        const grant = standingGrant(facts, asOf)
        const answer = await this.#ask(leadAgency, grant, want)
        if (answer.state !== 'ANSWERED') return
        const { records, stamps } = answer
        standings.set(facts.childId, { standing: standingOf(readingsOf(records), asOf), stamps })
        records.release()
      }),
    )
    return standings
  }
}

/** `stamps` are absent where nothing vouches for it longer than now. */
interface FoundStanding {
  readonly standing: Standing | 'UNAVAILABLE'
  readonly stamps?: Stamps | undefined
}

const unavailable: FoundStanding = { standing: 'UNAVAILABLE' }
