import type { AgencyName } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import { releaseMemos } from '../sources/memoOnAnswer.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ChildPlan } from './needsPlan.ts'
import type { AuthorisedChild } from './requestContext.ts'

/** A child opened in this request, with what was asked of each agency, for the audit entry. */
export interface AuditedChild extends AuthorisedChild {
  /** For whom it was decided: the caller, or the recipient of a record that is compiled for them. */
  readonly caller: Caller
  readonly asked: Map<AgencyName, SourceAnswer>
  /** What was selected of each agency. */
  readonly plan: ChildPlan
  /** Whose rules gave these grants; absent: the policy decided. */
  readonly door?: 'SUBJECT_ACCESS'
}

/** The last that is asked of a child: its records are not kept while anything else is waited for. */
export function releaseChild(child: AuditedChild): void {
  const answers = child.answered()
  releaseMemos(answers)
  for (const answer of [...child.asked.values(), ...Object.values(answers ?? {})])
    for (const each of [answer, answer.paged]) if (each?.state === 'ANSWERED') each.records.release()
}
