import { randomUUID } from 'node:crypto'
import type { GraphQLResolveInfo } from 'graphql'
import type { AuditEntry, AuditLog } from '../audit/entry.ts'
import type { Erasure } from '../audit/erasePersons.ts'
import type { Prover } from '../audit/logProofs.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Registry } from '../foundation/registry.ts'
import { childrenNamed } from '../identity/ownNumbers.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { SourceContract } from '../sources/contract.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { Disclosing } from './answer.ts'
import { auditEntryFor } from './auditEntry.ts'
import { releaseChild } from './auditedChild.ts'
import { ChildAccess, type ChildAnswers, type Evaluating } from './childAccess.ts'
import type { AccessSetting } from './childAccessParts.ts'
import { evaluateInBatches } from './evaluateInBatches.ts'
import type { IncomingRequest } from './incomingRequest.ts'
import { type ChildPlan, planOfChild, planOfNeeds } from './needsPlan.ts'
import type { Answers, AuthorisedChild, RequiredFields } from './requestContext.ts'
import type { ReadByAnother } from './undisclosedReads.ts'
import { Turns } from './yieldToOthers.ts'

/** What every request of a gateway shares. */
export interface DisclosureSetting {
  readonly opening: AccessSetting
  readonly audit: AuditLog
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  /** All that the joined fields of a child could need. */
  readonly wholePlan: ChildPlan
  readonly auditTrail: AuditTrail
}

/** What the log shows of itself. */
export interface AuditTrail {
  readonly prover: Prover
  readonly latestErasure: () => Promise<Erasure | null>
  /** The same with the entry that records it, for the end of an access log. */
  readonly erased: () => Promise<{ readonly before: string; readonly entry: AuditEntry } | null>
}

/** One request of one caller, from the verified token to the audit entry. Nothing of it outlives the response. */
export class DisclosureRequest implements Disclosing {
  readonly requestId: string
  readonly auditId = randomUUID()
  readonly caller: Caller
  readonly clock: Clock
  readonly registry: Registry
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  readonly audit: AuditLog
  readonly auditTrail: AuditTrail
  /** Where each agency's records are, with the labels of its lists. */
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly #setting: DisclosureSetting
  readonly #incoming: IncomingRequest
  /** Opens children for this caller. For what is built on a request, never for a resolver. */
  protected readonly access: ChildAccess
  readonly #actions: string[] = []
  readonly #turns = new Turns()
  readonly #callerCleared: Promise<void> | undefined

  constructor(setting: DisclosureSetting, caller: Caller, incoming: IncomingRequest, callerCleared?: Promise<void>) {
    this.#setting = setting
    this.#incoming = incoming
    this.#callerCleared = callerCleared
    this.access = new ChildAccess(setting.opening, caller, callerCleared, incoming.lifetime)
    this.requestId = incoming.requestId
    this.caller = caller
    this.clock = setting.opening.clock
    this.registry = setting.opening.registry
    this.contracts = setting.contracts
    this.audit = setting.audit
    this.auditTrail = setting.auditTrail
    this.layouts = setting.opening.planning.layouts
  }

  readonly note = (action: string): void => {
    this.#actions.push(action)
  }

  /** Opens a child for the field that is being resolved, and plans all that the operation selects below it. */
  readonly openChild = (id: string, asOf: string | null, info: GraphQLResolveInfo): Promise<AuthorisedChild | null> =>
    this.#answered(this.access.open(id, asOf, planOfChild(info, this.#setting.opening.planning)))

  /** The same of a child whom the caller names by this id. */
  readonly openById = (id: string, asOf: string | null, info: GraphQLResolveInfo): Promise<AuthorisedChild | null> =>
    this.#answered(this.access.openById(id, asOf, planOfChild(info, this.#setting.opening.planning)))

  async #answered(opening: Promise<AuthorisedChild | null>): Promise<AuthorisedChild | null> {
    const child = await opening
    // Once all have answered, each field of the child is read without waiting. What fails here fails for the field that
    // asks.
    await child?.answers().catch(() => undefined)
    return child && this.inTurn(child)
  }

  /**
   * Gives the event loop back before a child of many is written, and begins no more of them once the request is over.
   */
  readonly inTurn = async (child: AuthorisedChild): Promise<AuthorisedChild> => {
    const waiting = this.#turns.next()
    if (waiting) await waiting
    this.#incoming.lifetime?.demand()
    return child
  }

  /**
   * What agencies say of a child today for stated needs alone, under the caller's own grants; null as for `openChild`,
   * and for no id.
   */
  readonly readForNeeds = (id: string | null, needs: RequiredFields): Promise<Answers | null> =>
    this.access.readForNeeds(id, planOfNeeds(needs, this.#setting.opening.planning))

  /** The same of many children: those that the caller may know of, whoever was asked for. */
  readonly readManyForNeeds = (
    ids: readonly string[],
    needs: RequiredFields,
    isDisclosed: boolean,
  ): Promise<readonly ChildAnswers[]> =>
    this.access.readManyForNeeds(ids, planOfNeeds(needs, this.#setting.opening.planning), isDisclosed)

  /**
   * How it is said that a search led nowhere: that there is none, only while whoever could have known does answer.
   *
   * @param holder the one holder that could have; null: any.
   */
  readonly notFound = async (needs: RequiredFields, holder: string | null = null): Promise<Refusal> => {
    const kinds = agencies.filter((kind) => needs[kind] !== undefined)
    const away = await this.access.undisclosed.awayOf(kinds, holder)
    if (away.length === 0) return new Refusal('NOT_FOUND')
    const names = away.map((kind) => this.contracts[kind].agency)
    return new Refusal('SOURCE_UNAVAILABLE', {
      message: `Whether there is such a record is not known: ${names.join(', ')} did not answer, or not wholly.`,
      extensions: { agencies: names },
    })
  }

  /** What another reader would be given, as `ChildAccess.readAs` has it. */
  readonly readAs = (caller: Caller, facts: ChildFacts, needs: RequiredFields, asOf: string): Promise<ReadByAnother> =>
    this.access.undisclosed.asAnother(caller, facts, asOf, planOfNeeds(needs, this.#setting.opening.planning))

  /** What agencies say of children whom the record of another names, as `ChildAccess.readRelated` has it. */
  readonly readRelated = (
    ids: readonly string[],
    needs: RequiredFields,
    asOf: string,
    mayRead: (facts: ChildFacts) => boolean,
  ): Promise<readonly ChildAnswers[]> =>
    this.access.readRelated(ids, asOf, planOfNeeds(needs, this.#setting.opening.planning), mayRead)

  /**
   * Looks at any number of children under the caller's own grants, page after page. Nothing of them is given away or
   * stays in memory but what `look` makes of them.
   */
  readonly evaluate = (
    pages: AsyncIterable<readonly string[]>,
    needs: RequiredFields,
    look: (found: ChildAnswers) => void,
    evaluating: Evaluating = {},
  ): Promise<void> =>
    evaluateInBatches(
      pages,
      () => new ChildAccess(this.#setting.opening, this.caller, this.#callerCleared, this.#incoming.lifetime),
      (access, ids) => access.evaluate(ids, planOfNeeds(needs, this.#setting.opening.planning), look, evaluating),
    )

  /**
   * Opens a child for whom nothing is selected yet: for a router that refers to one by id and asks its joined fields.
   */
  readonly openWhole = (id: string): Promise<AuthorisedChild | null> =>
    this.access.open(id, null, this.#setting.wholePlan)

  /**
   * Gateway ids that an exact identifier leads to. Whether the caller may know of them is decided when they are opened.
   */
  readonly find = (scheme: string, value: string): Promise<readonly string[]> =>
    findByIdentifier(this.#setting.opening, scheme, value)

  readonly findByAgencyId = (agency: AgencyName, person: string, holder: string | null): Promise<readonly string[]> =>
    findByPerson(this.#setting.opening, agency, person, holder)

  /** Facts of a child for this caller; what may be disclosed of them is decided when the child is opened. */
  readonly factsOf = (id: string): Promise<ChildFacts | null> => this.access.facts(id)

  /** Commits the entry of this response. Until it resolves, nothing may leave. */
  async record(outcome: Parameters<Disclosing['record']>[0]): Promise<void> {
    const children = this.access.opened.splice(0)
    const entry = auditEntryFor({
      id: this.auditId,
      at: this.clock.now(),
      requestId: this.requestId,
      caller: this.caller,
      pack: { id: this.access.policy.pack.id, hash: this.access.policy.hash },
      operation: { name: this.#incoming.operationName, text: this.#incoming.query },
      errors: outcome.errors,
      disclosed: outcome.disclosed,
      children,
      childrenReferenced: this.access.childrenReferenced,
      barred: this.access.barred,
      actions: this.#actions,
      layouts: this.layouts,
      hiddenLabels: this.access.policy.hiddenLabels,
      obligationsOf: this.#setting.opening.policy.obligationsOf,
    })
    for (const child of children) releaseChild(child)
    await this.audit.append(entry)
  }
}

const firstColumn = (rows: readonly (readonly (string | null)[])[]): string[] =>
  rows.flatMap(([id]) => (id ? [id] : []))

const findByIdentifier = async ({ store }: AccessSetting, scheme: string, value: string): Promise<string[]> =>
  firstColumn(
    await store.rows({
      name: 'find_identifier',
      text: 'select child_id from gateway.identifier where scheme = $1::text and value = $2::text order by child_id limit 10',
      values: [scheme, value],
    }),
  )

const findByPerson = async (
  { store }: AccessSetting,
  agency: AgencyName,
  person: string,
  holder: string | null,
): Promise<string[]> =>
  firstColumn(
    await store.rows({
      name: 'find_person',
      text: childrenNamed,
      values: [agency, person, holder],
    }),
  )
