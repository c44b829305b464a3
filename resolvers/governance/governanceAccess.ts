import type { AuditEntry } from '../../src/audit/entry.ts'
import type { RequestContext } from '../../src/disclosure/requestContext.ts'
import { agencyHeldBy, type Entitlement } from '../../src/facts/registerEntitlement.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { holdersOfKind } from '../../src/foundation/registry.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import type { Holder } from '../../src/registers/holds.ts'
import type { GovernanceServices } from './services.ts'

/** What the resolvers of governance need of a request. */
export type GovernanceContext = RequestContext & {
  readonly governance: GovernanceServices
  readonly auditTrail: {
    readonly erased: () => Promise<{ readonly before: string; readonly entry: AuditEntry } | null>
  }
}

/** Facts of a child that the caller may know of. A child that is unknown and one they may not know of look the same. */
export async function known(context: GovernanceContext, act: string, childId: string): Promise<ChildFacts> {
  context.note(act)
  const facts = await context.governance.facts(childId)
  if (!facts || !context.governance.policy.reachable(context.caller, facts)) throw new Refusal('NOT_FOUND')
  return facts
}

type Child = Pick<ChildFacts, 'relationship' | 'responsibleLa' | 'areaLa'>
type Rule = (caller: GovernanceContext['caller'], child: Child) => Entitlement

export async function entitled(
  context: GovernanceContext,
  act: string,
  childId: string,
  rule: Rule,
): Promise<Entitlement> {
  const entitlement = rule(context.caller, await known(context, act, childId))
  if (entitlement === 'ALLOWED' || entitlement === 'ONLY_OWN') return entitlement
  throw forbidden(entitlement)
}

/**
 * The record behind an id. Whoever could use none of its kind is refused so whatever the id; for everybody else an id
 * that is not theirs to use is one that nobody has, in as many statements, so that ids cannot be tried out.
 */
export async function entitledRecord<T extends { readonly childId: string }>(
  context: GovernanceContext,
  act: string,
  record: T | null,
  rule: Rule,
): Promise<T> {
  const { caller, governance, note } = context
  note(act)
  const facts = await governance.facts(record?.childId ?? '')
  const most = rule(caller, { relationship: 'ALLOCATED', responsibleLa: caller.la, areaLa: caller.la })
  if (most !== 'ALLOWED') throw forbidden(most)
  if (!record || !facts || !governance.policy.reachable(caller, facts) || rule(caller, facts) !== 'ALLOWED')
    throw new Refusal('NOT_FOUND')
  return record
}

/** Throws unless a rule of the register allowed it. */
export function allowed(verdict: string): void {
  if (verdict !== 'ALLOWED') throw forbidden(verdict)
}

const forbidden = (reason: string): Refusal => new Refusal('FORBIDDEN', { extensions: { reason } })

/** Role and organisation, as registers and partners name whoever acted. */
export const signature = ({ caller }: GovernanceContext): string => `${caller.role}, ${caller.organisation}`

/** The kind of record that the caller's organisation holds. */
export function ownAgency({ caller, contracts }: GovernanceContext): AgencyName {
  const agency = agencyHeldBy(contracts, caller.agencyType)
  if (!agency) throw forbidden('ORGANISATION_NOT_PERMITTED')
  return agency
}

/** Whose holds the caller may see, review and release: those of their own organisation, nobody else's of its type. */
export const ownHolder = (context: GovernanceContext): Holder => {
  const agency = ownAgency(context)
  const { organisation } = context.caller
  const own = holdersOfKind(context.registry, agency).filter((holder) => holder.organisation === organisation)
  return { agency, organisation, names: [agency, ...own.map(({ id }) => id)] }
}

/** Another organisation's hold is answered as unknown: to say that it exists would say that something is held. */
export function isOwnHold({ agency, organisation }: Holder, context: GovernanceContext): boolean {
  const own = ownHolder(context)
  return agency === own.agency && organisation === own.organisation
}

/** The record that was just written; what this request knew of the child is stale from here on. */
export function written<T>(context: GovernanceContext, childId: string, record: T | null): T {
  context.governance.forget(childId)
  return found(record)
}

export function found<T>(record: T | null): T {
  if (record === null) throw new Refusal('NOT_FOUND')
  return record
}

/** Those of the records whose child the caller's organisation works with; the children are looked up together. */
export async function ofOwnChildren<T extends { readonly childId: string }>(
  records: readonly T[],
  { governance }: GovernanceContext,
): Promise<readonly T[]> {
  const facts = await Promise.all(records.map(({ childId }) => governance.facts(childId)))
  return records.filter((_, index) => (facts[index]?.relationship ?? 'NONE') !== 'NONE')
}

export const mostListed = 200

export function upTo(first: number): number {
  if (first >= 1 && first <= mostListed) return first
  throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostListed}.` })
}
