import { lackOf } from '../disclosure/expectedHolders.ts'
import { systemClock } from '../foundation/clock.ts'
import { type Holder, isWholeKind } from '../foundation/holder.ts'
import type { HolderStates } from '../registers/holderStates.ts'
import type { HolderStanding } from '../server/gatewayTypes.ts'

/** How a holder stands and what an operator does about it, by whether what it is read from answers. */
export function standingOf(
  holder: Holder,
  health: { readonly ok: boolean; readonly detail: string } | null,
  states: HolderStates,
): Pick<HolderStanding, 'state' | 'detail' | 'step'> {
  const { id } = holder
  if (!health)
    return {
      state: 'NOT_CONNECTED',
      detail: 'nothing connects it',
      step: isWholeKind(holder)
        ? 'Name in the registry who holds such records. Until then nothing is known of any of them.'
        : 'Give it a binding in the registry. Until then callers are told whom to ring.',
    }
  if (!health.ok)
    return {
      state: 'UNAVAILABLE',
      detail: health.detail,
      step: 'Look whether it runs, and whether address and rights are right: `wholeview doctor` says what fails.',
    }
  const lack = isWholeKind(holder) ? null : lackOf(holder, states, systemClock().now())
  if (lack === 'STALE') return { state: lack, detail: `its last file is older than ${hours(holder)}`, step: handIn(id) }
  if (lack === 'NOT_LOOKED_FOR') {
    const isNever = !states.indexed.has(id)
    const detail = isNever
      ? 'its people were never taken in'
      : `its people were taken in more than ${hours(holder)} ago`
    return { state: lack, detail, step: takeIn(holder) }
  }
  return { state: 'ASKED', detail: health.detail, step: null }
}

/** How its people come into the register. */
const takeIn = ({ id, binding }: Holder): string =>
  binding?.type === 'files' ? handIn(id) : 'Run `wholeview identity resolve`.'

const hours = ({ freshnessHours }: Holder): string => `${freshnessHours} ${freshnessHours === 1 ? 'hour' : 'hours'}`

const handIn = (id: string): string => `Hand in its file: \`wholeview import ${id} <file…>\`.`
