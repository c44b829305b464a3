import { roleAndOrganisation } from './actor.ts'
import { responsibility } from './responsibility.ts'
import { contentOf, type StoredEvent, type StoredRequest, type StoredTransfer, type StoredVersion } from './store.ts'
import type { CompletenessContent, SupplierContent, SupportedType, TransferState, TransferType } from './types.ts'

/** `TransferSummary` of a request that nothing bears out yet: what was sent, and nothing else. */
export interface PendingView {
  readonly id: string
  readonly type: TransferType
  readonly state: 'PENDING'
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly notifiedAt: string | null
  readonly history: readonly []
}

/** `TransferSummary` of the schema, but for what belongs to the request. */
export interface TransferView {
  readonly id: string
  readonly type: SupportedType
  readonly state: Exclude<TransferState, 'PENDING'>
  readonly version: string
  readonly notifiedAt: string
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly responsibleLa: string
  readonly responsibleRule: string
  readonly clockStart: string
  readonly clockRule: string
  readonly dueAt: string
  readonly workingDays: number
  readonly completeness: CompletenessContent
  readonly history: readonly {
    readonly at: string
    readonly state: TransferState
    readonly by: string
    readonly note: string | null
  }[]
  readonly signature: string
  readonly fingerprint: string
  /** Proof that the audit log records this version; null where no version is shown. */
  readonly receipt: string | null
}

export const versionText = (version: number): string => `${version}.0`

export const hasPassed = (events: readonly StoredEvent[]): boolean =>
  events.some(({ state }) => state === 'RESPONSIBILITY_PASSED')

/**
 * The same for every child, and for none. A transfer that was begun without being borne out had its clock set from
 * records.
 */
export const pendingView = (request: StoredRequest): PendingView => ({
  id: request.id,
  type: request.type,
  state: 'PENDING',
  childId: request.child_id,
  fromLa: request.from_la,
  toLa: request.to_la,
  notifiedAt: request.state === 'PENDING' ? request.notified_at : null,
  history: [],
})

/** What a party reads: the latest signed version, and state and responsibility as they are now. */
export const partyView = (
  transfer: StoredTransfer,
  version: StoredVersion,
  events: readonly StoredEvent[],
  receipt: string,
): TransferView => {
  const { la, rule } = responsibility(transfer.type, transfer.from_la, transfer.to_la, hasPassed(events))
  return {
    id: transfer.id,
    type: transfer.type,
    // `begun` gave it: it waits no longer.
    state: transfer.state === 'PENDING' ? 'REQUESTED' : transfer.state,
    notifiedAt: transfer.notified_at,
    version: versionText(version.version),
    childId: transfer.child_id,
    fromLa: transfer.from_la,
    toLa: transfer.to_la,
    responsibleLa: la,
    responsibleRule: rule,
    clockStart: transfer.clock_start,
    clockRule: transfer.clock_rule,
    dueAt: transfer.due_on,
    workingDays: transfer.working_days,
    completeness: contentOf(version).completeness,
    history: events.map(({ at, by, note, state }) => ({ at, state, by: roleAndOrganisation(by), note })),
    signature: version.jws,
    fingerprint: version.fingerprint,
    receipt,
  }
}

/**
 * What a supplier who is no party reads back: its own line and a signed receipt. The record is for the two authorities;
 * a school that confirms its part does not thereby read what the police gave.
 */
export const supplierView = (
  view: TransferView,
  supplier: SupplierContent,
  receipt: { readonly jws: string; readonly fingerprint: string },
): TransferView => ({
  ...view,
  completeness: { ready: view.completeness.ready, reasons: [], sections: [], suppliers: [supplier] },
  history: [],
  signature: receipt.jws,
  fingerprint: receipt.fingerprint,
  receipt: null,
})
