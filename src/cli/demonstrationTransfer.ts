import { z } from 'zod'
import { askAs } from './gatewayClient.ts'

/** Sam is placed in Southmere by Eastvale. Their authority's social worker sends the record, as they always may. */
const sender = { persona: 'social-worker', purpose: 'TRANSFER_SEND' } as const
const moved = { childId: 'C04', fromLa: 'LA2', toLa: 'LA5', type: 'CLA_PLACED_OUT' }

const listed = z.object({
  transfers: z.array(z.object({ id: z.string() })),
  child: z.object({ asOf: z.string() }),
})
const sent = z.object({ requestTransfer: z.object({ id: z.string(), state: z.string() }) })

/**
 * A demonstration in which no record was ever sent has nothing to acknowledge. Where none is open, one is sent over
 * HTTP, and waits for the receiving officer.
 *
 * @returns whether one was sent.
 */
export const firstTransfer = async (url: string): Promise<boolean> => {
  const asker = { url, ...sender }
  const { data } = await askAs(
    asker,
    'query ($childId: ID!) { transfers(first: 1) { id } child(id: $childId) { asOf } }',
    { childId: moved.childId },
    listed,
  )
  if (data.transfers.length > 0) return false
  await askAs(
    asker,
    `mutation ($childId: ID!, $fromLa: LaCode!, $toLa: LaCode!, $type: TransferType!, $at: DateTime!) {
      requestTransfer(childId: $childId, fromLa: $fromLa, toLa: $toLa, type: $type, notifiedAt: $at) { id state }
    }`,
    // Notified today by the gateway's clock, which is not the machine's: the receiving officer has time to read it.
    { ...moved, at: data.child.asOf },
    sent,
  )
  return true
}
