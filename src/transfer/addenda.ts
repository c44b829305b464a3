import { agencies } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import type { RegisterPage } from '../registers/registerPage.ts'
import { mayRead } from './authorise.ts'
import { type CarriedInput, carriedRowsOf } from './carriedRows.ts'
import { findFor, isOpen } from './openTransfer.ts'
import { begun, contentOf } from './storedTransfer.ts'
import { listsTakenFrom } from './transferableLists.ts'
import type { TransferParts } from './transferParts.ts'

/** `TransferAddendum` of the schema: a record that its holder knew only after the latest version was compiled. */
export interface Addendum {
  readonly recordId: string
  /** Value of the `Agency` enum. */
  readonly agency: string
  readonly eventAt: string | null
  readonly recordedAt: string
}

/**
 * What came after the record that was sent, of all that goes into one, under the receiving authority's grants: old
 * events become known late, and nobody who has read the record would look for them. Decided anew, as its history is.
 */
export const addenda = async (
  parts: TransferParts,
  caller: Caller,
  transferId: string,
  { after, first }: RegisterPage,
): Promise<readonly Addendum[]> => {
  const asked = await findFor(parts, caller, transferId)
  if (asked === null || mayRead(caller, { fromLa: asked.from_la, toLa: asked.to_la }) !== 'ALLOWED') return []
  const transfer = begun(asked)
  if (transfer === null || !(await isOpen(parts, asked))) return []
  const [version, child, contributions] = await Promise.all([
    parts.store.latest(transferId),
    parts.openForRecipient(transfer.child_id, transfer.to_la),
    parts.store.contributions(transferId),
  ])
  if (version === null || child === null) return []
  const input = { answers: await child.answers(), contracts: parts.contracts, contributions }
  const all = recordedAfter(input, contentOf(version).compiledAt)
  if (after === null) return all.slice(0, first)
  const place = all.findIndex(({ recordId }) => recordId === after)
  return place < 0 ? [] : all.slice(place + 1, place + 1 + first)
}

/** Records that may be carried and came on record after an instant, the first of them first. */
export function recordedAfter(input: CarriedInput, when: string): readonly Addendum[] {
  const since = Date.parse(when)
  return agencies
    .flatMap((agency) =>
      Object.keys(listsTakenFrom(input.contracts[agency])).flatMap((list) =>
        carriedRowsOf(input, agency, list).flatMap((row): readonly Addendum[] => {
          const recordedAt = textOf(row, 'provenance.recordedAt')
          if (recordedAt === null || !((millisecondsOf(recordedAt) ?? 0) > since)) return []
          const of = textOf(row, 'provenance.agency') ?? input.contracts[agency].agency
          return [{ recordId: row.id, agency: of, eventAt: textOf(row, 'eventAt'), recordedAt }]
        }),
      ),
    )
    .sort(
      (one, other) =>
        Date.parse(one.recordedAt) - Date.parse(other.recordedAt) || (one.recordId < other.recordId ? -1 : 1),
    )
}
