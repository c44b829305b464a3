import type { Caller } from '../policy/caller.ts'
import { mayRead } from './authorise.ts'
import { findFor, isOpen } from './openTransfer.ts'
import { badInput } from './refusals.ts'
import type { StepsPage } from './store.ts'
import { begun } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import { mostSteps, type StepView, stepView } from './transferView.ts'

/**
 * A page of what happened to a transfer, decided anew: it is asked for beside a summary, and stands on no word of it.
 */
export const history = async (
  parts: TransferParts,
  caller: Caller,
  transferId: string,
  page: StepsPage,
): Promise<readonly StepView[]> => {
  const asked = await findFor(parts, caller, transferId)
  if (asked === null || mayRead(caller, { fromLa: asked.from_la, toLa: asked.to_la }) !== 'ALLOWED') return []
  const transfer = begun(asked)
  if (transfer === null || !(await isOpen(parts, asked))) return []
  return (await parts.store.events(transfer.id, page)).map(stepView)
}

/** @throws Refusal for what is no page of steps. */
export function stepsPage(first: number, after: string | null | undefined): StepsPage {
  if (first < 1 || first > mostSteps) throw badInput(`The argument first is a whole number from 1 to ${mostSteps}.`)
  if (after != null && !/^[0-9]{1,9}$/.test(after)) throw badInput('The cursor is not one that this gateway gave.')
  return { first, after: Number(after ?? 0) }
}
