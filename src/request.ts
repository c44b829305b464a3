import { randomUUID } from 'node:crypto'
import type { GraphQLResolveInfo } from 'graphql'
import type { AgencyName } from './agencies.ts'
import type { Erasure } from './audit/erase.ts'
import type { AuditLog, Leaf } from './audit/leaf.ts'
import type { Prover } from './audit/prover.ts'
import type { Caller } from './auth/caller.ts'
import type { Clock } from './clock.ts'
import type { GovernanceServices } from './consent/services.ts'
import type { Answers, Needs, OpenChild, RequestContext } from './context.ts'
import type { ErrorCode } from './errors.ts'
import type { IdentityService } from './identity/service.ts'
import { leafOf } from './leafOf.ts'
import { type Looked, letGoOf, Opener, type Opening } from './opening.ts'
import { type ChildPlan, planOfChild, planOfNeeds } from './plan.ts'
import type { Registry } from './registry.ts'
import type { SourceContract } from './sources/contract.ts'
import type { SourceLayout } from './sources/layout.ts'
import type { TransferDesk } from './transfer/desk.ts'

/** What every request of a gateway shares. */
export interface RequestSetting {
  readonly opening: Opening
  readonly audit: AuditLog
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  /** All that the joined fields of a child could need. */
  readonly wholePlan: ChildPlan
  readonly governance: (caller: Caller, opener: Opener) => GovernanceServices
  readonly transfers: (caller: Caller, opener: Opener, requestId: string) => TransferDesk
  /** Null where this gateway was given no secret to hash the register's keys with. */
  readonly identity: IdentityService | null
  readonly auditTrail: AuditTrail
}

/** What the log shows of itself. */
export interface AuditTrail {
  readonly prover: Prover
  readonly latestErasure: () => Promise<Erasure | null>
  /** The same with the leaf that records it, for the end of an access log. */
  readonly erased: () => Promise<{ readonly before: string; readonly leaf: Leaf } | null>
}

export interface IncomingRequest {
  readonly requestId: string
  readonly operationName: string | null
  readonly query: string
  readonly authorization: string
}

/** One request of one caller, from the verified token to the audit leaf. Nothing of it outlives the response. */
export class Request implements RequestContext {
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
  readonly identity: IdentityService | null
  readonly #setting: RequestSetting
  readonly #incoming: IncomingRequest
  readonly #opener: Opener
  readonly #actions: string[] = []
  #governance: GovernanceServices | undefined
  #transfers: TransferDesk | undefined

  constructor(setting: RequestSetting, caller: Caller, incoming: IncomingRequest, allowed?: Promise<void>) {
    this.#setting = setting
    this.#incoming = incoming
    this.#opener = new Opener(setting.opening, caller, incoming.authorization, allowed)
    this.requestId = incoming.requestId
    this.caller = caller
    this.clock = setting.opening.clock
    this.registry = setting.opening.registry
    this.contracts = setting.contracts
    this.audit = setting.audit
    this.auditTrail = setting.auditTrail
    this.layouts = setting.opening.planning.layouts
    this.identity = setting.identity
  }

  /** Made when it is first asked for: most requests look at children alone. */
  get governance(): GovernanceServices {
    this.#governance ??= this.#setting.governance(this.caller, this.#opener)
    return this.#governance
  }

  get transfers(): TransferDesk {
    this.#transfers ??= this.#setting.transfers(this.caller, this.#opener, this.requestId)
    return this.#transfers
  }

  readonly note = (action: string): void => {
    this.#actions.push(action)
  }

  /** Opens a child for the field that is being resolved, and plans all that the operation selects below it. */
  readonly openChild = (id: string, asOf: string | null, info: GraphQLResolveInfo): Promise<OpenChild | null> =>
    this.#answered(this.#opener.open(id, asOf, planOfChild(info, this.#setting.opening.planning)))

  /** The same of a child whom the caller names by this id. */
  readonly openNamed = (id: string, asOf: string | null, info: GraphQLResolveInfo): Promise<OpenChild | null> =>
    this.#answered(this.#opener.openNamed(id, asOf, planOfChild(info, this.#setting.opening.planning)))

  async #answered(opening: Promise<OpenChild | null>): Promise<OpenChild | null> {
    const child = await opening
    // Once all have answered, each field of the child is read without waiting. What fails here fails for the field that asks.
    await child?.answers().catch(() => undefined)
    return child
  }

  /** What agencies say of a child today for stated needs alone, under the caller's own grants; null as for `openChild`, and for no id. */
  readonly look = (id: string | null, needs: Needs): Promise<Answers | null> =>
    this.#opener.look(id, planOfNeeds(needs, this.#setting.opening.planning))

  /** The same of many children: those that the caller may know of, whoever was asked for. */
  readonly lookAll = (ids: readonly string[], needs: Needs, isDisclosed: boolean): Promise<readonly Looked[]> =>
    this.#opener.lookAll(ids, planOfNeeds(needs, this.#setting.opening.planning), isDisclosed)

  /** Opens a child for whom nothing is selected yet: for a router that refers to one by id and asks its joined fields. */
  readonly openWhole = (id: string): Promise<OpenChild | null> => this.#opener.open(id, null, this.#setting.wholePlan)

  /** Gateway ids that an exact identifier leads to. Whether the caller may know of them is decided when they are opened. */
  readonly find = (scheme: string, value: string): Promise<readonly string[]> =>
    findByIdentifier(this.#setting.opening, scheme, value)

  readonly findByAgencyId = (agency: AgencyName, person: string): Promise<readonly string[]> =>
    findByPerson(this.#setting.opening, agency, person)

  /** Children with whom an organisation of the authority works: those who may be placed out. */
  readonly knownTo = (la: string): Promise<readonly string[]> => findKnownTo(this.#setting.opening, la)

  /** Commits the leaf of this response. Until it resolves, nothing may leave. */
  async record(outcome: {
    readonly errors: readonly { readonly code: ErrorCode }[]
    readonly disclosed: boolean
  }): Promise<void> {
    const children = this.#opener.opened.splice(0)
    const leaf = leafOf({
      id: this.auditId,
      at: this.clock.now(),
      requestId: this.requestId,
      caller: this.caller,
      pack: { id: this.#opener.policy.pack.id, hash: this.#opener.policy.hash },
      operation: { name: this.#incoming.operationName, text: this.#incoming.query },
      errors: outcome.errors,
      disclosed: outcome.disclosed,
      children,
      concerned: this.#opener.concerned,
      actions: this.#actions,
      obligationsOf: this.#setting.opening.policy.obligationsOf,
    })
    for (const child of children) letGoOf(child)
    await this.audit.append(leaf)
  }
}

const firstColumn = (rows: readonly (readonly (string | null)[])[]): string[] =>
  rows.flatMap(([id]) => (id ? [id] : []))

const findByIdentifier = async ({ store }: Opening, scheme: string, value: string): Promise<string[]> =>
  firstColumn(
    await store.rows({
      name: 'find_identifier',
      text: 'select child_id from gateway.identifier where scheme = $1::text and value = $2::text order by child_id limit 10',
      values: [scheme, value],
    }),
  )

const findByPerson = async ({ store }: Opening, agency: AgencyName, person: string): Promise<string[]> =>
  firstColumn(
    await store.rows({
      name: 'find_person',
      text: 'select child_id from gateway.link where agency = $1::text and person_id = $2::text and ended_at is null order by child_id limit 10',
      values: [agency, person],
    }),
  )

const findKnownTo = async ({ store }: Opening, la: string): Promise<string[]> =>
  firstColumn(
    await store.rows({
      name: 'find_known_to',
      text: "select distinct child_id from gateway.relationship where organisation like $1::text || '-%' order by child_id limit 200",
      values: [la],
    }),
  )
