import type { Clock } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import { toldPage } from '../registers/disclosedPage.ts'
import { firstEntries, type RegisterPage } from '../registers/registerPage.ts'
import { mayRead } from './authorise.ts'
import { demand } from './refusals.ts'
import { isOf, type StoredRequest } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import { type PendingView, pendingView } from './transferView.ts'

const daysKept = 30
const dayInMilliseconds = 86_400_000

/** A request that nobody has borne out since then has lapsed. */
export const waitsSince = (clock: Clock): string =>
  new Date(clock.now().getTime() - daysKept * dayInMilliseconds).toISOString()

/**
 * Requests that wait: those that the caller's authority has made, and those made to it about children for whom it is
 * responsible. It confirms one by requesting the same transfer itself.
 */
export const pending = async (
  parts: TransferParts,
  caller: Caller,
  page: RegisterPage = firstEntries,
): Promise<readonly PendingView[]> => {
  const { la } = caller
  demand(mayRead(caller, la === null ? null : { fromLa: la, toLa: la }))
  const since = waitsSince(parts.clock)
  return toldPage(
    {
      read: (of) => parts.store.pending(la ?? '', since, of),
      byId: async (id) => {
        const found = await parts.store.find(id)
        return found && isOf(found, la) && found.state === 'PENDING' && found.created_at >= since ? found : null
      },
      told: async (requests) => {
        const shown = await Promise.all(requests.map((request) => isShown(parts, la, request)))
        return requests.filter((_, place) => shown[place]).map(pendingView)
      },
    },
    page,
  )
}

const isShown = async (parts: TransferParts, la: string | null, request: StoredRequest): Promise<boolean> =>
  (await parts.isThere(request)) && (request.to_la === la || (await parts.responsibleLa(request.child_id)) === la)
