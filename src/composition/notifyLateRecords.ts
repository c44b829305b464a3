import { createHash } from 'node:crypto'
import type { RegisteredOrganisation } from '../auth/issuers.ts'
import { releaseChild } from '../disclosure/auditedChild.ts'
import { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import type { AlertNotice } from '../exchange/notifyOfAlert.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { firstEntries } from '../registers/registerPage.ts'
import type { Addendum } from '../transfer/addenda.ts'
import type { TransferService } from '../transfer/service.ts'
import type { TransferStore } from '../transfer/store.ts'
import { watchingCaller } from './openAlertWatcher.ts'

export interface AddendaSetting {
  readonly opening: AccessSetting
  readonly store: Pick<TransferStore, 'ofChild'>
  readonly organisations: () => readonly RegisteredOrganisation[]
  readonly transfers: (caller: Caller, access: ChildAccess, requestId: string) => TransferService
  readonly notify: (notice: AlertNotice) => Promise<unknown>
}

const code = 'LATE_RECORD_AFTER_TRANSFER'

/**
 * Tells the authority that received a transfer that something came on record after it: once for what came, and no word
 * of what. The summary lists it under that authority's own grant.
 */
export const addendaTeller =
  (setting: AddendaSetting) =>
  async (childId: string): Promise<void> => {
    for (const { id, to_la: la } of await setting.store.ofChild(childId)) {
      const organisation = setting
        .organisations()
        .find((each) => each.la === la && each.roles.some(({ role }) => role === 'RECEIVING_OFFICER'))
      const last = organisation && (await addendaOf(setting, organisation, { id, childId })).at(-1)
      if (!last) continue
      await setting.notify({
        ...{ childId, code, rule: `${code}/1` },
        explanation: 'Something came on record after the record of a transfer was compiled: the transfer lists it.',
        to: { party: la, service: 'CASE_TEAM', role: 'RECEIVING_OFFICER', duty: 'INFORM' },
        key: createHash('sha256')
          .update(JSON.stringify([code, id, last.recordId]))
          .digest('hex'),
      })
    }
  }

/** As the receiving officer reads it; nothing where they would be refused the record itself. */
async function addendaOf(
  { opening, transfers }: AddendaSetting,
  organisation: RegisteredOrganisation,
  transfer: { readonly id: string; readonly childId: string },
): Promise<readonly Addendum[]> {
  const caller = watchingCaller({ organisation, role: 'RECEIVING_OFFICER', purpose: 'TRANSFER_RECEIVE' })
  const access = new ChildAccess(opening, caller)
  try {
    return await transfers(caller, access, caller.tokenId).addenda(caller, transfer, firstEntries)
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  } finally {
    for (const opened of access.opened) releaseChild(opened)
  }
}
