import DataLoader from 'dataloader'
import { type CaseStatus, caseStatusFrom } from '../facts/caseStatus.ts'
import { childFacts } from '../facts/childFacts.ts'
import type { FactsCache, Lookup } from '../facts/factsCache.ts'
import type { FactsQuestion } from '../facts/factsStatement.ts'
import type { Facts, GatewayFacts, RelationshipKind } from '../facts/gatewayFacts.ts'
import { internalReadGrant, type Linked } from '../facts/internalReadGrant.ts'
import { isSame, keepLastKnown, lastKnownOf } from '../facts/lastKnownAuthorities.ts'
import { bearsOutResponse, missingAgencies, missingFrom } from '../facts/missingResponse.ts'
import {
  hasProtectedPlace,
  keepProtectedPlaces,
  liftProtectedPlaces,
  seeingProtectedPlaces,
  withoutProtectedPlaces,
} from '../facts/protectedPlace.ts'
import { type AskedTransfer, borneOut, type Evidence, evidenceAgencies, periodsIn } from '../facts/transferBorneOut.ts'
import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import { type Clock, secondsOf } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { ukDay } from '../records/ukDay.ts'
import type { KindSource } from '../sources/kindSource.ts'
import { readingsOf } from '../sources/recordSet.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import type { Database } from '../store/database.ts'
import type { RegisterVersions } from '../store/registerChanges.ts'
import type { Asking } from './agencyQueries.ts'
import type { AgencyPlan, ChildPlan } from './needsPlan.ts'
import { type OwnRecordsSetting, relationshipsOfOwnRecords } from './ownRecordRelationships.ts'

/** What looking up facts needs; the same for every request. */
export interface FactsSetting extends OwnRecordsSetting {
  /** Where it is kept of whom a place was recorded that must not be found. */
  readonly store: Pick<Database, 'rows'>
  readonly factsOf: (question: FactsQuestion) => Promise<Facts>
  /** Facts that hold while nothing changes; null where all are looked up every time. */
  readonly cache: FactsCache | null
  readonly registerVersions: RegisterVersions
  readonly registry: Registry
  readonly clock: Clock
  readonly sources: Readonly<Record<AgencyName, KindSource>>
  /** What case status needs of the lead agency. */
  readonly caseStatusPlan: AgencyPlan
  /** What bears a transfer out. */
  readonly evidencePlan: ChildPlan
  /** What bears out that somebody answers for a missing child. */
  readonly missingPlan: ChildPlan
}

/**
 * Facts of children for one caller in one request: those that are asked for in one tick are looked up together, and
 * each once.
 */
export class FactsLookup {
  readonly #setting: FactsSetting
  readonly #caller: Caller
  readonly #ask: Asking
  readonly #callerCleared: Promise<void> | undefined
  readonly #all = new DataLoader<string, ChildFacts | null>((ids) => this.#anew(ids))
  readonly #named = new DataLoader<string, ChildFacts | null>((ids) => this.#cachedOrLookedUp(ids))
  /** Read once a request, though facts and transfers both ask for it. */
  readonly #periods = new Map<string, Promise<Evidence['periods']>>()
  /** What either found in this request. */
  readonly #found = new Map<string, ChildFacts | null>()

  /** @param callerCleared as `AnswerParts.open` has it. */
  constructor(setting: FactsSetting, caller: Caller, ask: Asking, callerCleared: Promise<void> | undefined) {
    this.#setting = setting
    this.#caller = caller
    this.#ask = ask
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

  /** Forgets what was looked up, after something that decides was written. */
  forget(id: string): void {
    this.#found.delete(id)
    this.#all.clear(id)
    this.#named.clear(id)
    this.#periods.delete(id)
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
    const caseStatuses = await this.#caseStatuses(linked, secondsOf(today))
    const borne = await this.#borneOut(linked, asked, caseStatuses)
    const missing = await this.#missing(linked, today)
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
    const unrelated = new Set(
      derived.flatMap(({ id, facts }) => ((facts?.relationship ?? 'NONE') === 'NONE' ? [id] : [])),
    )
    // Where a hidden identifier led here, a child whom the caller works with costs what no child costs.
    const followed = await relationshipsOfOwnRecords(
      areGiven ? linked.filter(({ childId }) => unrelated.has(childId)) : linked,
      { caller, today },
      this.#setting,
      this.#ask,
    )
    return derived.map(({ id, facts, of }) => {
      const { changeVersions: lead } = caseStatuses.get(id) ?? unavailable
      // What bears a transfer out can be any agency's record, and not every agency tells of changes; so can what a
      // relationship follows from.
      if (lead && !asked.has(id) && missing === null && !(followed.has(id) && unrelated.has(id)))
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

  /**
   * Children of whom a transfer is borne out that the caller's authority asked for and the sending one has not
   * notified.
   */
  async #borneOut(
    linked: readonly Linked[],
    asked: ReadonlyMap<string, readonly AskedTransfer[]>,
    caseStatuses: ReadonlyMap<string, FoundCaseStatus>,
  ): Promise<ReadonlySet<string>> {
    const borne = new Set<string>()
    // Social care alone is a party to transfers: `relationshipOf`.
    if (this.#caller.agencyType !== 'SOCIAL_CARE') return borne
    const day = ukDay(this.#setting.clock.today())
    await Promise.all(
      linked.map(async (child) => {
        const transfers = asked.get(child.childId)
        if (!transfers) return
        const { caseStatus } = caseStatuses.get(child.childId) ?? unavailable
        const responsibleLa = caseStatus === 'UNAVAILABLE' ? null : caseStatus.responsibleLa
        const evidence = { responsibleLa, periods: await this.periods(child) }
        if (transfers.some((transfer) => borneOut(transfer, evidence, day).opens)) borne.add(child.childId)
      }),
    )
    return borne
  }

  /**
   * Whether an episode is behind the purpose, by child; null where that is not the purpose. Read also for an id that no
   * child has.
   */
  async #missing(linked: readonly Linked[], today: Date): Promise<ReadonlyMap<string, ChildFacts['missing']> | null> {
    if (this.#caller.purpose !== 'MISSING_RESPONSE') return null
    const { missingPlan } = this.#setting
    const asOf = secondsOf(today)
    const found = await Promise.all(
      linked.map(async (child) => {
        const said = missingAgencies.map(async (agency) => {
          const answer = await this.#ask(agency, internalReadGrant(child, asOf, agency), missingPlan[agency].selection)
          if (answer.state !== 'ANSWERED') return null
          const isBorneOut = bearsOutResponse(readingsOf(answer.records), today)
          answer.records.release()
          // Whoever of them is away may have recorded it.
          return isBorneOut || !answer.gaps ? isBorneOut : null
        })
        return [child.childId, missingFrom(await Promise.all(said))] as const
      }),
    )
    return new Map(found)
  }

  /** What can bear a transfer out. Read also for an id that no child has, like case status. */
  periods(child: Linked): Promise<Evidence['periods']> {
    const known = this.#periods.get(child.childId) ?? this.#readPeriods(child)
    this.#periods.set(child.childId, known)
    return known
  }

  async #readPeriods(child: Linked): Promise<Evidence['periods']> {
    const { clock, evidencePlan } = this.#setting
    const asOf = secondsOf(clock.today())
    const found = await Promise.all(
      evidenceAgencies.map(async (agency) => {
        const answer = await this.#ask(agency, internalReadGrant(child, asOf, agency), evidencePlan[agency].selection)
        const periods = answer.state === 'ANSWERED' ? periodsIn(readingsOf(answer.records)) : []
        if (answer.state === 'ANSWERED') answer.records.release()
        return periods
      }),
    )
    return found.flat()
  }

  /**
   * Read for the decision alone, under a grant that no caller holds; nothing of it leaves but what the policy then
   * permits. Read also for an id that no child has, so that it costs what the id of a child costs whom the caller may
   * not know of.
   */
  async #caseStatuses(known: readonly Linked[], asOf: string): Promise<ReadonlyMap<string, FoundCaseStatus>> {
    const { selection } = this.#setting.caseStatusPlan
    const caseStatuses = new Map<string, FoundCaseStatus>()
    await Promise.all(
      known.map(async (facts) => {
        const grant = seeingProtectedPlaces(internalReadGrant(facts, asOf))
        const answer = await this.#ask(leadAgency, grant, selection)
        if (answer.state !== 'ANSWERED' || lacksOneOf(facts, answer)) return
        const lists = readingsOf(answer.records)
        caseStatuses.set(facts.childId, {
          caseStatus: caseStatusFrom(withoutProtectedPlaces(lists), asOf),
          isProtected: hasProtectedPlace(lists),
          changeVersions: answer.changeVersions,
        })
        answer.records.release()
      }),
    )
    return caseStatuses
  }
}

/** `changeVersions` are absent where nothing vouches for it longer than now. */
interface FoundCaseStatus {
  readonly caseStatus: CaseStatus | 'UNAVAILABLE'
  /** Whether the lead agency records a place that must not be found; absent while it is away. */
  readonly isProtected?: boolean
  readonly changeVersions?: ChangeVersions | undefined
}

/** Whether a holder that knows the child is away: what the others say is then not how the case stands. */
const lacksOneOf = ({ holders }: Linked, { gaps = [] }: SourceAnswer): boolean => {
  // Links from before name no holder: they stand for each of them.
  const linked = holders ? (holders[leadAgency] ?? []) : ['']
  return gaps.some(({ holder }) => linked.includes(holder.id) || linked.includes(''))
}

/** As each agency last said: of the lead agency as it says now, where it answers. */
function protectedBy(facts: GatewayFacts, { isProtected }: FoundCaseStatus): readonly AgencyName[] {
  if (isProtected === undefined) return facts.protectedBy
  const others = facts.protectedBy.filter((agency) => agency !== leadAgency)
  return isProtected ? [...others, leadAgency] : others
}

const missingOf = (missing: ChildFacts['missing']): Pick<ChildFacts, 'missing'> => (missing ? { missing } : {})

const unavailable: FoundCaseStatus = { caseStatus: 'UNAVAILABLE' }
