import type { AuditLog } from '../audit/entry.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import type { Answers, AnswersTo, Contracts } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import type { TimePage } from '../sources/timePage.ts'

export type { Answers } from '../records/agencyAnswers.ts'
export type { RequiredFields } from '../records/requiredFields.ts'

/** One child, opened for one caller in one request. The parent object of `Child`. */
export interface AuthorisedChild {
  readonly id: string
  /** ISO 8601. */
  readonly asOf: string
  readonly facts: ChildFacts
  readonly grants: Readonly<Record<AgencyName, Grant>>
  /** Every agency's answer; each was asked once, for all that the operation selects. */
  readonly answers: () => Promise<Answers>
  /** The same once all have answered, so that nothing waits for what is there. */
  readonly answered: () => Answers | undefined
}

/** Reads what agencies say of a child: at once where they have said it. */
export const whenAnswered = <Result>(
  child: AuthorisedChild,
  read: (answers: Answers) => Result,
): Result | Promise<Awaited<Result>> => {
  const answers = child.answered()
  // What `read` gives late, the promise gives late too.
  return answers ? read(answers) : (child.answers().then(read) as Promise<Awaited<Result>>)
}

/** What one request has. Nothing of it outlives the request. */
export interface RequestContext {
  readonly requestId: string
  /** Id of the audit entry of this response. */
  readonly auditId: string
  readonly caller: Caller
  readonly clock: Clock
  readonly registry: Registry
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  readonly audit: AuditLog
  /** Notes an act for the entry, for example a mutation's name. Never its values. */
  readonly note: (action: string) => void
}

/** Whether an operation selects a field below a joined one, by its path: `events.provenance`. */
export type Selects = (path: string) => boolean

/** A field of `Child` that joins agencies: it declares what it needs, so that the planner asks each agency once. */
export const joined = <
  const Required extends RequiredFields,
  Args,
  Result,
  Context extends RequestContext = RequestContext,
>(
  needs: Required | ((contracts: Contracts, selects: Selects) => Required),
  resolve: (child: AuthorisedChild, answers: AnswersTo<Required>, args: Args, context: Context) => Result,
  /** Where the field is about a stretch of time: which, so that no more is read than is told. */
  pages?: { readonly of: (args: Args) => TimePage; readonly counted: readonly string[] },
) => ({
  extensions: { needs, ...(pages ? { pages } : {}) },
  resolve: (child: AuthorisedChild, args: Args, context: Context) =>
    whenAnswered(child, (answers) => resolve(child, answers, args, context)),
})
