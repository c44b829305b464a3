import type { DisclosureRequest } from '../disclosure/disclosureRequest.ts'
import type { RequestContext } from '../disclosure/requestContext.ts'
import { Refusal } from '../foundation/errors.ts'
import { mayAsk, type OversightQuestion } from '../policy/mayAskOversight.ts'
import type { Pack } from '../policy/pack.ts'
import type { Candidates } from './candidateChildren.ts'

/** What questions over many children need of a request. */
export type Asking = RequestContext &
  Pick<DisclosureRequest, 'evaluate' | 'readManyForNeeds'> & {
    readonly pack: Pack
    readonly candidates: Candidates
  }

/** Notes the question for the entry. @throws Refusal FORBIDDEN for who may not ask it, by the pack's row. */
export function demandQuestion({ note, caller, pack }: Asking, question: OversightQuestion): void {
  note(question)
  refuseUnless(mayAsk(pack, caller, question))
}

/**
 * One's own organisation, which is the usual one. @throws Refusal FORBIDDEN for another, whether there is such a one or
 * not.
 */
export function ownOrganisation({ caller }: Pick<Asking, 'caller'>, asked: string | null | undefined): string {
  refuseUnless((asked ?? caller.organisation) === caller.organisation ? 'ALLOWED' : 'ORGANISATION_NOT_PERMITTED')
  return caller.organisation
}

/** The caller's own authority. @throws Refusal FORBIDDEN for another, or for who works for none. */
export function ownAuthority({ caller }: Pick<Asking, 'caller'>, asked: string): string {
  refuseUnless(caller.la === asked ? 'ALLOWED' : 'NOT_RESPONSIBLE')
  return asked
}

/** @throws Refusal FORBIDDEN with the reason, unless the verdict is that it is allowed. */
export function refuseUnless(verdict: string): void {
  if (verdict !== 'ALLOWED') throw new Refusal('FORBIDDEN', { extensions: { reason: verdict } })
}

/** How many were asked for; 50 where nothing is said. @throws Refusal BAD_INPUT for more than are given, or none. */
export function pageOf(first: number | null | undefined, most: number): number {
  const count = first ?? 50
  if (count >= 1 && count <= most) return count
  throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${most}.` })
}
