import { roleAndOrganisation } from './actor.ts'
import { responsibility } from './responsibility.ts'
import type { StepsPage } from './store.ts'
import {
  contentOf,
  type StepsSummary,
  type StoredEvent,
  type StoredRequest,
  type StoredTransfer,
  type StoredVersion,
} from './storedTransfer.ts'
import {
  type CompletenessContent,
  type FinalState,
  isFinal,
  type SupplierContent,
  type SupportedType,
  type TransferState,
  type TransferType,
} from './transferTypes.ts'

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
  readonly historyCount: 0
}

/** `TransferSummary` of a transfer that is over: who ended it and why, and of the record nothing. */
export interface EndedView {
  readonly id: string
  readonly type: TransferType
  readonly state: FinalState
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly notifiedAt: string | null
  readonly history: readonly StepView[]
  readonly historyCount: number
}

/** `TransferSummary` as it stands to whoever reads it. */
export type AnyTransferView = PendingView | EndedView | TransferView | SupplierReceipt | SupplierEnded

/** Whether a view shows the record. */
export const showsRecord = <View extends AnyTransferView>(
  view: View,
): view is Extract<View, TransferView | SupplierReceipt> => 'version' in view

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
  /** The first of them; the rest is read page by page. */
  readonly history: readonly StepView[]
  readonly historyCount: number
  readonly signature: string
  readonly fingerprint: string
  /** Proof that the audit log records this version; null where no version is shown. */
  readonly receipt: string | null
}

/** `TransferEvent` of the schema. */
export interface StepView {
  readonly cursor: string
  readonly at: string
  readonly state: TransferState
  readonly by: string
  readonly note: string | null
}

/** What happened to a transfer: the first page of it, and how much there is. */
export interface Steps extends StepsSummary {
  readonly events: readonly StoredEvent[]
}

export const mostSteps = 200
export const firstSteps: StepsPage = { first: mostSteps, after: 0 }

export const stepView = ({ step, at, by, note, state }: StoredEvent): StepView => ({
  ...{ cursor: String(step), at, state, by: roleAndOrganisation(by), note },
})

export const versionText = (version: number): string => `${version}.0`

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
  historyCount: 0,
})

/** Of one that nobody ended no step says so: what it stood on is over, which may yet be corrected. */
export const endedView = (request: StoredRequest, last: StoredEvent | null): EndedView => ({
  id: request.id,
  type: request.type,
  state: isFinal(request.state) ? request.state : 'CLOSED',
  childId: request.child_id,
  fromLa: request.from_la,
  toLa: request.to_la,
  notifiedAt: request.notified_at,
  history: last === null ? [] : [stepView(last)],
  historyCount: last === null ? 0 : 1,
})

/** What a party reads: the latest signed version, and state and responsibility as they are now. */
export const partyView = (
  transfer: StoredTransfer,
  version: StoredVersion,
  { events, hasPassed, steps }: Steps,
  receipt: string,
): TransferView => {
  const { la, rule } = responsibility(transfer.type, transfer.from_la, transfer.to_la, hasPassed)
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
    history: events.map(stepView),
    historyCount: steps,
    signature: version.jws,
    fingerprint: version.fingerprint,
    receipt,
  }
}

/** What a party reads, without where the child goes, and what tells that or when they went. */
export type SupplierReceipt = Omit<TransferView, keyof typeof keptBack> & typeof keptBack
export type SupplierEnded = Omit<EndedView, keyof typeof keptBackOfEnded> & typeof keptBackOfEnded

const keptBackOfEnded = { type: null, fromLa: null, toLa: null, notifiedAt: null } as const

/** The kind and its days say so too: of a child placed out, that they live elsewhere, and since when. */
const keptBack = {
  ...keptBackOfEnded,
  ...{ responsibleLa: null, responsibleRule: null },
  ...{ clockStart: null, clockRule: null, dueAt: null, workingDays: null },
} as const

/** What a supplier who is no party learns of a transfer that is over: that it is, and neither how nor where. */
export const supplierEnded = (view: EndedView): SupplierEnded => ({
  ...view,
  ...keptBackOfEnded,
  ...{ state: 'CLOSED', history: [], historyCount: 0 },
})

/**
 * What a supplier who is no party reads back: its own line and a signed receipt. The record is for the two authorities;
 * a school that confirms its part does not thereby read what the police gave, nor a father's probation worker where the
 * child was placed.
 */
export const supplierView = (
  view: TransferView,
  supplier: SupplierContent,
  receipt: { readonly jws: string; readonly fingerprint: string },
): SupplierReceipt => ({
  ...view,
  ...keptBack,
  completeness: { ready: view.completeness.ready, reasons: [], sections: [], suppliers: [supplier] },
  history: [],
  historyCount: 0,
  signature: receipt.jws,
  fingerprint: receipt.fingerprint,
  receipt: null,
})
