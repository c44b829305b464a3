import { type CaseStatus, caseStatusFrom } from '../facts/caseStatus.ts'
import { internalReadGrant, type Linked } from '../facts/internalReadGrant.ts'
import { hasProtectedPlace, seeingProtectedPlaces, withoutProtectedPlaces } from '../facts/protectedPlace.ts'
import { bearsOutResponse, missingAgencies, missingFrom } from '../facts/respondingToMissingChild.ts'
import { type AskedTransfer, borneOut, type Evidence, evidenceAgencies, periodsIn } from '../facts/transferBorneOut.ts'
import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { readingsOf } from '../sources/recordSet.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import type { Asking } from './agencyQueries.ts'
import { isLinkedTo } from './expectedHolders.ts'
import type { FactsSetting } from './factsLookupParts.ts'

/** What is on record that can bear a transfer out, whoever is responsible. */
type Recorded = Omit<Evidence, 'responsibleLa'>

/** What agencies say of a child for the decision alone: nothing of it leaves, and no caller holds such a grant. */
export class DecisionReads {
  readonly #setting: FactsSetting
  readonly #caller: Caller
  readonly #ask: Asking
  /** Read once a request, though facts and transfers both ask for it. */
  readonly #periods = new Map<string, Promise<Recorded>>()

  constructor(setting: FactsSetting, caller: Caller, ask: Asking) {
    this.#setting = setting
    this.#caller = caller
    this.#ask = ask
  }

  /** Forgets what was read, after something that decides was written. */
  forget(id: string): void {
    this.#periods.delete(id)
  }

  /** Children of whom a transfer is borne out that opens nothing else: `Facts.asked`. */
  async borneOut(
    linked: readonly Linked[],
    asked: ReadonlyMap<string, readonly AskedTransfer[]>,
    caseStatuses: ReadonlyMap<string, FoundCaseStatus>,
  ): Promise<ReadonlySet<string>> {
    const borne = new Set<string>()
    // Social care alone is a party to transfers, and its MASH where they are notified: `relationshipOf`.
    const { agencyType, la } = this.#caller
    if (agencyType !== 'SOCIAL_CARE' && agencyType !== 'MASH') return borne
    const judged = ({ notifiedUntil }: AskedTransfer) => agencyType === 'SOCIAL_CARE' || notifiedUntil !== null
    const day = ukDay(this.#setting.clock.today())
    await Promise.all(
      linked.map(async (child) => {
        const transfers = asked.get(child.childId)?.filter(judged) ?? []
        if (transfers.length === 0) return
        const { caseStatus } = caseStatuses.get(child.childId) ?? unavailable
        const responsibleLa = caseStatus === 'UNAVAILABLE' ? null : caseStatus.responsibleLa
        // Whoever keeps the case works with the child whatever becomes of a transfer.
        if (responsibleLa !== null && responsibleLa === la) return
        const evidence = { responsibleLa, ...(await this.recorded(child)) }
        if (transfers.some((transfer) => borneOut(transfer, evidence, day).opens)) borne.add(child.childId)
      }),
    )
    return borne
  }

  /**
   * Whether an episode is behind the purpose, by child; null where that is not the purpose. Read also for an id that no
   * child has.
   */
  async missing(linked: readonly Linked[], today: Date): Promise<ReadonlyMap<string, ChildFacts['missing']> | null> {
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
          return isBorneOut || !lacksOneOf(child, agency, answer) ? isBorneOut : null
        })
        return [child.childId, missingFrom(await Promise.all(said))] as const
      }),
    )
    return new Map(found)
  }

  /** What can bear a transfer out. Read also for an id that no child has, like case status. */
  recorded(child: Linked): Promise<Recorded> {
    const known = this.#periods.get(child.childId) ?? this.#readPeriods(child)
    this.#periods.set(child.childId, known)
    return known
  }

  async #readPeriods(child: Linked): Promise<Recorded> {
    const { clock, evidencePlan } = this.#setting
    const asOf = secondsOf(clock.today())
    const found = await Promise.all(
      evidenceAgencies.map(async (agency) => {
        const answer = await this.#ask(agency, internalReadGrant(child, asOf, agency), evidencePlan[agency].selection)
        if (answer.state !== 'ANSWERED') return { agency, periods: [], isWhole: false }
        const periods = periodsIn(readingsOf(answer.records))
        answer.records.release()
        return { agency, periods, isWhole: !lacksOneOf(child, agency, answer) }
      }),
    )
    return {
      periods: found.flatMap(({ periods }) => periods),
      isWhole: found.every(({ agency, isWhole }) => isWhole || agency !== leadAgency),
    }
  }

  /**
   * Read for the decision alone, under a grant that no caller holds; nothing of it leaves but what the policy then
   * permits. Read also for an id that no child has, so that it costs what the id of a child costs whom the caller may
   * not know of.
   */
  async caseStatuses(known: readonly Linked[], asOf: string): Promise<ReadonlyMap<string, FoundCaseStatus>> {
    const { selection } = this.#setting.caseStatusPlan
    const caseStatuses = new Map<string, FoundCaseStatus>()
    await Promise.all(
      known.map(async (facts) => {
        const grant = seeingProtectedPlaces(internalReadGrant(facts, asOf))
        const answer = await this.#ask(leadAgency, grant, selection)
        if (answer.state !== 'ANSWERED' || lacksOneOf(facts, leadAgency, answer)) return
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
export interface FoundCaseStatus {
  readonly caseStatus: CaseStatus | 'UNAVAILABLE'
  /** Whether the lead agency records a place that must not be found; absent while it is away. */
  readonly isProtected?: boolean
  readonly changeVersions?: ChangeVersions | undefined
}

/** Whether a holder that knows the child is away: what the others say is then not how the case stands. */
const lacksOneOf = (child: Linked, agency: AgencyName, { gaps = [] }: SourceAnswer): boolean =>
  gaps.some(({ holder }) => isLinkedTo(child, agency, holder.id))

/** Of a child of whom the lead agency says nothing now. */
export const unavailable: FoundCaseStatus = { caseStatus: 'UNAVAILABLE' }
