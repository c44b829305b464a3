import type { GraphQLResolveInfo } from 'graphql'
import type { RequestContext } from '../src/disclosure/requestContext.ts'
import type { Ending } from '../src/transfer/endTransfer.ts'
import { stepsPage } from '../src/transfer/history.ts'
import type { RequestInput } from '../src/transfer/requestInput.ts'
import type { TransferService } from '../src/transfer/service.ts'
import type { SupplierState } from '../src/transfer/transferTypes.ts'
import { type AnyTransferView, showsRecord } from '../src/transfer/transferView.ts'
import { type Paging, pageIn } from './governance/registerPage.ts'

/** What the resolvers of transfers need of a request. */
export type TransferContext = RequestContext & {
  readonly transfers: TransferService
  /**
   * Opens a child for the caller with the caller's own grants, or gives null; the record itself is not widened by it.
   */
  readonly openChild?: (id: string, asOf: string | null, info: GraphQLResolveInfo) => Promise<unknown>
}

/** Instants come as `Date` or as text, as the scalar parses them. */
type RequestArguments = Omit<RequestInput, 'notifiedAt'> & { readonly notifiedAt?: Date | string | null }

const isoText = (instant: Date | string | null | undefined): string | null =>
  instant instanceof Date ? instant.toISOString() : (instant ?? null)

/** `transferSummary` and the mutations around it: authorised and carried out by the transfer service. */
export const resolvers = {
  Query: {
    transferSummary: (
      _: unknown,
      { transferId }: { transferId: string },
      { caller, note, transfers }: TransferContext,
    ) => {
      note('transferSummary')
      return transfers.summary(caller, transferId)
    },
    transfers: (_: unknown, page: Paging, { caller, note, transfers }: TransferContext) => {
      note('transfers')
      return transfers.list(caller, pageIn(page))
    },
    pendingTransfers: (_: unknown, page: Paging, { caller, note, transfers }: TransferContext) => {
      note('pendingTransfers')
      return transfers.pending(caller, pageIn(page))
    },
  },
  Mutation: {
    requestTransfer: (
      _: unknown,
      { notifiedAt, ...rest }: RequestArguments,
      { caller, note, transfers }: TransferContext,
    ) => {
      note('requestTransfer')
      return transfers.request(caller, { ...rest, notifiedAt: isoText(notifiedAt) })
    },
    acknowledgeTransfer: (
      _: unknown,
      { transferId, version }: { transferId: string; version: string },
      { caller, note, transfers }: TransferContext,
    ) => {
      note('acknowledgeTransfer')
      return transfers.acknowledge(caller, transferId, version)
    },
    contributeToTransfer: (
      _: unknown,
      { reason, state, transferId }: { transferId: string; state: SupplierState; reason?: string | null },
      { caller, note, transfers }: TransferContext,
    ) => {
      note('contributeToTransfer')
      return transfers.contribute(caller, transferId, state, reason ?? null)
    },
    endTransfer: (
      _: unknown,
      { transferId, ...ending }: { transferId: string } & Ending,
      { caller, note, transfers }: TransferContext,
    ) => {
      note('endTransfer')
      return transfers.end(caller, transferId, ending)
    },
  },
  TransferSummary: {
    child: (view: AnyTransferView, _: unknown, { openChild }: TransferContext, info: GraphQLResolveInfo) =>
      (showsRecord(view) ? openChild?.(view.childId, null, info) : null) ?? null,
    history: (
      view: AnyTransferView,
      { after, first }: { first: number; after?: string | null },
      { caller, transfers }: TransferContext,
    ) => {
      const page = stepsPage(first, after)
      // What a view gives none of, it gives no page of; and what stands in it need not be read again.
      if (view.historyCount === 0) return []
      return page.after === 0 ? view.history.slice(0, page.first) : transfers.history(caller, view.id, page)
    },
    addenda: (view: AnyTransferView, page: Paging, { caller, transfers }: TransferContext) =>
      showsRecord(view) ? transfers.addenda(caller, view, pageIn(page)) : null,
    auditId: (_: AnyTransferView, __: unknown, { auditId }: TransferContext) => auditId,
  },
}
