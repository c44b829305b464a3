import type { AuditEntry, EntryAgency, EntryChild } from '../audit/entry.ts'
import { entryFacts } from '../audit/entryFacts.ts'
import { operationTextHash } from '../audit/operationTextHash.ts'
import type { RecordIds } from '../audit/recordIdsDigest.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { ErrorCode } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { allWithheld, type Grant } from '../policy/grant.ts'
import { labelsIn } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { disclosedLabels } from './disclosedLabels.ts'
import type { ChildPlan } from './needsPlan.ts'

/** One child of a response, with what was asked of which agency. */
export interface DisclosedChild {
  readonly id: string
  readonly asOf: string
  readonly facts: ChildFacts
  readonly caller: Caller
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly asked: ReadonlyMap<AgencyName, SourceAnswer>
  readonly plan: ChildPlan
  /** Whose rules gave these grants; absent: the policy decided. */
  readonly door?: 'SUBJECT_ACCESS'
}

export interface Response {
  readonly id: string
  readonly at: Date
  readonly requestId: string
  readonly caller: Caller
  readonly pack: { readonly id: string; readonly hash: string }
  readonly operation: { readonly name: string | null; readonly text: string }
  readonly errors: readonly { readonly code: ErrorCode }[]
  readonly disclosed: boolean
  readonly children: readonly DisclosedChild[]
  /** Ids of children of whom anything was asked, those of `children` among them. */
  readonly childrenReferenced: Iterable<string>
  /** Those of them from whom the caller is barred, with the authority that is told. */
  readonly barred?: ReadonlyMap<string, string | null>
  readonly actions: readonly string[]
  readonly obligationsOf: (grant: Grant) => NonNullable<EntryAgency['obligations']>
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  /** As `Policy` has them. */
  readonly hiddenLabels: number
}

const failures = new Set<ErrorCode>([
  'INTERNAL',
  'AUDIT_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'REQUEST_STOPPED',
  'NOT_READY',
])

/**
 * The entry of a response: who, why, under which pack, and what left by label and digest. No content of a record is in
 * it.
 */
export function auditEntryFor(response: Response): AuditEntry {
  const { caller } = response
  const code = response.errors.find((error) => error.code !== 'SOURCE_UNAVAILABLE')?.code ?? null
  const at = response.at.toISOString()
  const decidedFor = decidedForOnce()
  return {
    version: 1,
    id: response.id,
    at,
    requestId: response.requestId,
    caller: {
      issuer: caller.issuer,
      subject: caller.subject,
      clientId: caller.clientId,
      tokenId: caller.tokenId,
      organisation: caller.organisation,
      role: caller.role,
      purpose: caller.purpose,
      ...(caller.actors ? { actors: caller.actors } : {}),
      ...(caller.proven ? { proven: caller.proven } : {}),
      ...(caller.scope ? { scope: caller.scope } : {}),
    },
    pack: response.pack,
    operation: {
      name: response.operation.name,
      hash: operationTextHash(response.operation.text),
    },
    outcome: response.disclosed || code === null ? 'DISCLOSED' : failures.has(code) ? 'FAILED' : 'REFUSED',
    code,
    children: [
      ...response.children.map((child) => entryChild(child, decidedFor(child), response)),
      ...merelyReferenced(response, at),
    ],
    actions: response.actions,
  }
}

/** Children of whom nothing was opened: a refusal, a register, a stored transfer. */
function merelyReferenced({ children, childrenReferenced, barred }: Response, at: string): EntryChild[] {
  const left = new Set(childrenReferenced)
  for (const { id } of children) left.delete(id)
  return left.size === 0 ? [] : [...left].map((id) => ({ id, asOf: at, facts: barredFacts(barred, id), agencies: {} }))
}

type Recording = Pick<Response, 'obligationsOf' | 'layouts' | 'hiddenLabels'>

/** A look of one who is barred, for governance alone: the caller was answered as about a child that nobody knows. */
const barredFacts = (barred: Response['barred'], id: string): EntryChild['facts'] =>
  barred?.has(id) ? { barred: true, responsibleLa: barred.get(id) ?? 'NONE' } : {}

const entryChild = (child: DisclosedChild, decidedFor: string, response: Recording): EntryChild => ({
  id: child.id,
  asOf: child.asOf,
  facts: entryFacts(child.facts, {
    agencyType: child.caller.agencyType,
    purpose: child.caller.purpose,
    text: decidedFor,
  }),
  agencies: entryAgencies(child, response),
})

function entryAgencies(
  child: DisclosedChild,
  { obligationsOf, layouts, hiddenLabels }: Recording,
): EntryChild['agencies'] {
  const agencies: Record<string, EntryAgency> = {}
  for (const [agency, answer] of child.asked) {
    const grant = child.grants[agency]
    const { selection: whole, paged } = child.plan[agency]
    const selection = paged?.together ?? whole
    const disclosed =
      answer.state === 'ANSWERED' ? disclosedLabels(layouts[agency], selection, grant, answer, hiddenLabels) : none
    agencies[agency] = entryAgency(grant, answer, disclosed, obligationsOf(grant))
  }
  return agencies
}

/** All children of a response were mostly decided for one caller. */
function decidedForOnce(): (child: DisclosedChild) => string {
  let last: DisclosedChild | undefined
  let text = ''
  return (child) => {
    if (last?.caller !== child.caller || last.door !== child.door) text = decidedForText(child)
    last = child
    return text
  }
}

const decidedForText = ({ caller: { agencyType, role, purpose, scope }, door }: DisclosedChild): string =>
  JSON.stringify({ agencyType, role, purpose, categories: scope?.categories ?? null, door })

const none: readonly string[] = Object.freeze([])

function entryAgency(
  grant: Grant,
  answer: SourceAnswer,
  disclosed: readonly string[],
  obligations: NonNullable<EntryAgency['obligations']>,
): EntryAgency {
  // Opened in any row: who holds which row, a digest of ids does not say.
  const { headline, content, redact } = grantOfSomeRow(grant)
  const { count, digest } = idsOf(answer)
  return {
    state: answer.state,
    headline: labelsIn(headline & ~content),
    content: labelsIn(content),
    redacted: labelsIn(redact),
    withheld: withheldIn(allWithheld(grant)),
    records: count,
    digest,
    disclosed,
    ...(obligations.length > 0 ? { obligations } : {}),
  }
}

const written = new WeakMap<Grant['withheld'], EntryAgency['withheld']>()

/** Grants of one kind share the list of what they withhold, which stands in the entry of every child. */
function withheldIn(withheld: Grant['withheld']): EntryAgency['withheld'] {
  const known = written.get(withheld)
  if (known) return known
  const made = Object.freeze(withheld.map(({ label, level, reason }) => Object.freeze({ label, level, reason })))
  written.set(withheld, made)
  return made
}

const noIds: RecordIds = { count: 0, digest: null }

const idsOf = (answer: SourceAnswer): RecordIds => (answer.state === 'ANSWERED' ? answer.records.ids() : noIds)
