import DataLoader from 'dataloader'
import { childFacts } from '../facts/childFacts.ts'
import type { Lookup } from '../facts/factsCache.ts'
import type { Facts, GatewayFacts, RelationshipKind } from '../facts/gatewayFacts.ts'
import type { Linked } from '../facts/internalReadGrant.ts'
import { isSame, keepLastKnown, lastKnownOf } from '../facts/lastKnownAuthorities.ts'
import { keepProtectedPlaces, liftProtectedPlaces } from '../facts/protectedPlace.ts'
import type { AskedTransfer, Evidence } from '../facts/transferBorneOut.ts'
import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Asking } from './agencyQueries.ts'
import type { FactsSetting } from './factsLookupParts.ts'
import { relationshipsOfOwnRecords } from './ownRecordRelationships.ts'
import { DecisionReads, type FoundCaseStatus, unavailable } from './readForDecision.ts'

/**
 * Facts of children for one caller in one request: those that are asked for in one tick are looked up together, and
 * each once.
 */
export class FactsLookup {
  readonly #setting: FactsSetting
  readonly #caller: Caller
  readonly #ask: Asking
  readonly #reads: DecisionReads
  readonly #callerCleared: Promise<void> | undefined
  readonly #all = new DataLoader<string, ChildFacts | null>((ids) => this.#anew(ids))
  readonly #named = new DataLoader<string, ChildFacts | null>((ids) => this.#cachedOrLookedUp(ids))
  /** What either found in this request. */
  readonly #found = new Map<string, ChildFacts | null>()

  /** @param callerCleared as `AnswerParts.open` has it. */
  constructor(setting: FactsSetting, caller: Caller, ask: Asking, callerCleared: Promise<void> | undefined) {
    this.#setting = setting
    this.#caller = caller
    this.#ask = ask
    this.#reads = new DecisionReads(setting, caller, ask)
    this.#callerCleared = callerCleared
  }

  /** Null when there is no such child. */
  async of(id: string): Promise<ChildFacts | null> {
    const found = this.#found.get(id)
    return found === undefined ? this.#all.load(id) : found
  }

  /** The same of a child whom the caller names by this id: those alone may be cached. */
  async ofGivenId(id: string): Promise<ChildFacts | null> {
    const found = this.#found.get(id)
    return found === undefined ? this.#named.load(id) : found
  }

  /** What can bear a transfer out. Read also for an id that no child has, like case status. */
  recorded(child: Linked): Promise<Omit<Evidence, 'responsibleLa'>> {
    return this.#reads.recorded(child)
  }

  /** Forgets what was looked up, after something that decides was written. */
  forget(id: string): void {
    this.#found.delete(id)
    this.#all.clear(id)
    this.#named.clear(id)
    this.#reads.forget(id)
  }

  async #anew(ids: readonly string[]): Promise<readonly (ChildFacts | null)[]> {
    return this.#remembered(ids, await this.#lookUp(this.#lookup(), ids, false))
  }

  async #cachedOrLookedUp(ids: readonly string[]): Promise<readonly (ChildFacts | null)[]> {
    const lookup = this.#lookup()
    return this.#remembered(ids, (await this.#cached(lookup, ids)) ?? (await this.#lookUp(lookup, ids, true)))
  }

  #remembered(ids: readonly string[], facts: readonly (ChildFacts | null)[]): readonly (ChildFacts | null)[] {
    for (const [place, id] of ids.entries()) this.#found.set(id, facts[place] ?? null)
    return facts
  }

  #lookup(): Lookup {
    const { clock } = this.#setting
    return { caller: this.#caller, now: clock.now(), today: clock.today() }
  }

  /**
   * Facts that were derived for this caller before, when nothing has changed since that they were derived from; else
   * null.
   */
  async #cached(lookup: Lookup, ids: readonly string[]): Promise<readonly (ChildFacts | null)[] | null> {
    const { cache, registerVersions, sources } = this.#setting
    const found = cache?.of(lookup, ids)
    if (!cache || !found) return null
    // Asked, like facts, while it is asked whether the caller is denied: a version says nothing of a record, and is
    // disclosed to nobody.
    const [registers, lead] = await Promise.all([
      registerVersions(found.map(({ key }) => key)),
      sources[leadAgency].changeVersions(found.flatMap(({ persons }) => persons)),
      this.#callerCleared,
    ])
    return lead && cache.holding(found, { registers, lead })
  }

  /** @param areGiven whether the caller named the ids; else what led to them may be hidden. */
  async #lookUp(lookup: Lookup, ids: readonly string[], areGiven: boolean): Promise<readonly (ChildFacts | null)[]> {
    const { factsOf, cache, registry } = this.#setting
    const { caller, today } = lookup
    // Looked up while it is asked whether the caller is denied. No agency is asked, and nothing disclosed, before that
    // is known.
    const [{ known, asked, changeVersions: registers }] = await Promise.all([
      factsOf({ ...lookup, childIds: ids }),
      this.#callerCleared,
    ])
    const linked = ids.map((id) => known.get(id) ?? { childId: id, persons: {} })
    const caseStatuses = await this.#reads.caseStatuses(linked, secondsOf(today))
    const borne = await this.#reads.borneOut(linked, asked, caseStatuses)
    const missing = await this.#reads.missing(linked, today)
    await Promise.all([this.#keepProtection(known, caseStatuses), this.#keepLastKnown(known, caseStatuses)])
    const derived = ids.map((id) => {
      const facts = known.get(id)
      const found = caseStatuses.get(id) ?? unavailable
      const party = facts && {
        ...facts,
        transferParty: facts.transferParty || borne.has(id),
        protectedBy: protectedBy(facts, found),
        ...missingOf(missing?.get(id)),
      }
      const of = (relationship: RelationshipKind | null) =>
        party ? childFacts({ ...party, relationship }, found.caseStatus, caller, registry, today) : null
      return { id, of, facts: of(party?.relationship ?? null) }
    })
    const unrelated = new Set(derived.flatMap(({ id, facts }) => (hasNoPart(facts) ? [id] : [])))
    // Where a hidden identifier led here, a child whom the caller works with costs what no child costs.
    const followed = await relationshipsOfOwnRecords(
      areGiven ? linked.filter(({ childId }) => unrelated.has(childId)) : linked,
      { caller, today },
      this.#setting,
      this.#ask,
    )
    return derived.map(({ id, facts, of }) => {
      const { changeVersions: lead } = caseStatuses.get(id) ?? unavailable
      // What bears out a transfer that nobody notified can be any agency's record, and not every agency tells of
      // changes; so can what a relationship follows from.
      if (lead && !isAskedAlone(asked.get(id)) && missing === null && !(followed.has(id) && unrelated.has(id)))
        cache?.keep(lookup, id, facts, known.get(id)?.endsAt ?? null, { registers, lead })
      const kind = unrelated.has(id) ? (followed.get(id) ?? null) : null
      return kind === null ? facts : of(kind)
    })
  }

  /**
   * Keeps what the lead agency says now of protected places, where it is not what is known: it stands while that is
   * away.
   */
  async #keepProtection(known: Facts['known'], caseStatuses: ReadonlyMap<string, FoundCaseStatus>): Promise<void> {
    const { store, clock } = this.#setting
    const persons = (isProtected: boolean) =>
      [...known.values()]
        .filter(
          ({ childId, protectedBy }) =>
            caseStatuses.get(childId)?.isProtected === isProtected && protectedBy.includes(leadAgency) !== isProtected,
        )
        .flatMap(({ persons: all, holders }) =>
          (all[leadAgency] ?? []).map((person, at) => ({ person, holder: holders?.[leadAgency]?.[at] ?? '' })),
        )
    await keepProtectedPlaces(store, leadAgency, persons(true), clock.now())
    await liftProtectedPlaces(store, leadAgency, persons(false))
  }

  /**
   * Keeps who is responsible and where the child is, where it is not what is known: it decides who may know while that
   * is away.
   */
  async #keepLastKnown(known: Facts['known'], caseStatuses: ReadonlyMap<string, FoundCaseStatus>): Promise<void> {
    const { store, clock } = this.#setting
    const changed = [...known.values()].flatMap(({ childId, lastKnown }) => {
      const { caseStatus } = caseStatuses.get(childId) ?? unavailable
      if (caseStatus === 'UNAVAILABLE') return []
      const now = lastKnownOf(caseStatus)
      return isSame(lastKnown, now) ? [] : [[childId, now] as const]
    })
    await keepLastKnown(store, new Map(changed), clock.now())
  }
}

/** Neither a record nor a transfer gives the caller's organisation a part in the case: its own records may. */
const hasNoPart = (facts: ChildFacts | null): boolean =>
  facts === null || facts.relationship === 'NONE' || facts.relationship === 'PLACED_IN_AREA'

const isAskedAlone = (transfers: readonly AskedTransfer[] = []): boolean =>
  transfers.some(({ notifiedUntil }) => notifiedUntil === null)

/** As each agency last said: of the lead agency as it says now, where it answers. */
function protectedBy(facts: GatewayFacts, { isProtected }: FoundCaseStatus): readonly AgencyName[] {
  if (isProtected === undefined) return facts.protectedBy
  const others = facts.protectedBy.filter((agency) => agency !== leadAgency)
  return isProtected ? [...others, leadAgency] : others
}

const missingOf = (missing: ChildFacts['missing']): Pick<ChildFacts, 'missing'> => (missing ? { missing } : {})
