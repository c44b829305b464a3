import type { ChildFacts } from '../policy/facts.ts'
import type { CaseStatus } from './caseStatus.ts'

/**
 * The level of harm: social care's own formal steps, and below them what another agency said it knows, for as long as
 * that lasts. No agency's word makes reasonable cause; UNKNOWN, social care out of reach, is raised by it all the same.
 */
export const harmOf = (recorded: CaseStatus['harm'] | null, isSignalled: boolean): ChildFacts['harm'] => {
  if (recorded === 'REASONABLE_CAUSE' || recorded === 'CONCERN') return recorded
  if (isSignalled) return 'CONCERN'
  return recorded ?? 'UNKNOWN'
}
