import { Refusal } from '../../src/foundation/errors.ts'
import { pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { type GovernanceContext, signature } from './governanceAccess.ts'

/** The authority whose governance asks. @throws Refusal to everybody else. */
export function governing({ caller, note }: GovernanceContext, act: string): string {
  note(act)
  const { role, la, purpose } = caller
  if (role !== 'INFORMATION_GOVERNANCE_OFFICER' || la === null)
    throw new Refusal('FORBIDDEN', { extensions: { reason: 'ROLE_NOT_PERMITTED' } })
  if (pathOfPurpose[purpose] === 'CLOSED')
    throw new Refusal('FORBIDDEN', { extensions: { reason: 'PURPOSE_NOT_PERMITTED' } })
  return la
}

const between = ': '

/**
 * One person of an organisation, as a register of two hands keeps them. Others are told role and organisation alone: a
 * subject is known to its own governance.
 */
export const person = (context: GovernanceContext): string => `${signature(context)}${between}${context.caller.subject}`

/** A person of a register as governance is told of them; an operator goes by the name they gave. */
export const shownPerson = (kept: string | null): string | null => kept?.split(between)[0] ?? null

/** Whether a person works for the caller's own organisation. */
export const isColleague = (kept: string, context: GovernanceContext): boolean =>
  kept.startsWith(`${signature(context)}${between}`)
