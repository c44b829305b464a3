import type { Knex } from 'knex'
import { z } from 'zod'
import type { Database } from '../store/database.ts'
import { type Contribution, supportedTypes, type TransferContent, transferStates } from './types.ts'

const TransferRow = z.object({
  id: z.string(),
  child_id: z.string(),
  type: z.enum(supportedTypes),
  from_la: z.string(),
  to_la: z.string(),
  state: z.enum(transferStates),
  version: z.coerce.number(),
  notified_at: z.string(),
  clock_start: z.string(),
  clock_rule: z.string(),
  working_days: z.coerce.number(),
  due_on: z.string(),
  created_at: z.string(),
  created_by: z.string(),
})
/** A transfer as the gateway keeps it. `version` 0: nothing has been compiled yet. */
export type StoredTransfer = z.infer<typeof TransferRow>

const VersionRow = z.object({
  version: z.coerce.number(),
  content: z.string(),
  jws: z.string(),
  fingerprint: z.string(),
})
export type StoredVersion = z.infer<typeof VersionRow>

const EventRow = z.object({
  at: z.string(),
  state: z.enum(transferStates),
  by: z.string(),
  note: z.string().nullable(),
})
export type StoredEvent = z.infer<typeof EventRow>

const ContributionRow = z.object({
  agency: z.string(),
  la: z.string().nullable(),
  force: z.string().nullable(),
  state: z.enum(['CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD']),
  reason: z.string().nullable(),
  at: z.string(),
  by: z.string(),
})
/** A contribution with the actor who gave it. */
export type StoredContribution = Contribution & { readonly by: string }

export type TransferKeyColumns = Pick<StoredTransfer, 'child_id' | 'type' | 'from_la' | 'to_la'>

export interface NewVersion {
  readonly transfer: StoredTransfer
  readonly state: StoredTransfer['state']
  readonly version: StoredVersion
  readonly contribution: StoredContribution | null
  readonly event: StoredEvent
}

/** Where transfers, their versions, events and contributions are kept. Versions are only ever added. */
export interface TransferStore {
  find(id: string): Promise<StoredTransfer | null>
  findByKey(key: TransferKeyColumns): Promise<StoredTransfer | null>
  /** False when another request made the same transfer first. */
  create(transfer: StoredTransfer, events: readonly StoredEvent[]): Promise<boolean>
  latest(id: string): Promise<StoredVersion | null>
  /** The audit log's receipt for a version; null while there is none. */
  receipt(id: string, version: number): Promise<string | null>
  /** Keeps a receipt and returns the one that is kept: the first, when two requests made one each. */
  keepReceipt(id: string, version: number, receipt: string): Promise<string>
  events(id: string): Promise<readonly StoredEvent[]>
  contributions(id: string): Promise<readonly StoredContribution[]>
  /** False when the transfer has got another version meanwhile: nothing was written. */
  addVersion(added: NewVersion): Promise<boolean>
  /** False when the transfer has got another version meanwhile. */
  setState(transfer: StoredTransfer, state: StoredTransfer['state'], event: StoredEvent): Promise<boolean>
}

/** Instants as text in one form, whatever the driver makes of a timestamp. */
const utc = (knex: Knex, column: string) =>
  knex.raw(`to_char(?? at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ??`, [column, column])

export const transferStore = ({ knex }: Database): TransferStore => {
  const transfers = () =>
    knex('gateway.transfer').select([
      ...['id', 'child_id', 'type', 'from_la', 'to_la', 'state', 'version', 'clock_rule', 'working_days', 'created_by'],
      ...['notified_at', 'clock_start', 'created_at'].map((column) => utc(knex, column)),
      knex.raw('due_on::text as due_on'),
    ])
  const one = (rows: unknown[]): StoredTransfer | null => (rows.length === 0 ? null : TransferRow.parse(rows[0]))
  const receipt = async (transfer_id: string, version: number): Promise<string | null> => {
    const rows: unknown[] = await knex('gateway.transfer_receipt').select('receipt').where({ transfer_id, version })
    return rows.length === 0 ? null : z.object({ receipt: z.string() }).parse(rows[0]).receipt
  }
  return {
    receipt,
    keepReceipt: async (transfer_id, version, made) => {
      await knex('gateway.transfer_receipt').insert({ transfer_id, version, receipt: made }).onConflict().ignore()
      return (await receipt(transfer_id, version)) ?? made
    },
    find: async (id) => one(await transfers().where({ id })),
    findByKey: async ({ child_id, from_la, to_la, type }) =>
      one(await transfers().where({ child_id, type, from_la, to_la }).orderBy('created_at', 'desc').limit(1)),
    create: (transfer, events) =>
      knex.transaction(async (trx) => {
        const made: unknown[] = await trx('gateway.transfer').insert(transfer).onConflict().ignore().returning('id')
        if (made.length === 0) return false
        for (const event of events) await trx('gateway.transfer_event').insert({ transfer_id: transfer.id, ...event })
        return true
      }),
    latest: async (id) => {
      const rows: unknown[] = await knex('gateway.transfer_version')
        .select(['version', 'content', 'jws', 'fingerprint'])
        .where({ transfer_id: id })
        .orderBy('version', 'desc')
        .limit(1)
      return rows.length === 0 ? null : VersionRow.parse(rows[0])
    },
    events: async (id) =>
      z.array(EventRow).parse(
        await knex('gateway.transfer_event')
          .select(['state', 'by', 'note', utc(knex, 'at')])
          .where({ transfer_id: id })
          .orderBy('id'),
      ),
    contributions: async (id) =>
      z.array(ContributionRow).parse(
        await knex('gateway.transfer_contribution')
          .select(['agency', 'la', 'force', 'state', 'reason', 'by', utc(knex, 'at')])
          .where({ transfer_id: id })
          .orderBy(['agency', 'la', 'force']),
      ),
    addVersion: ({ transfer, state, version, contribution, event }) =>
      knex.transaction(async (trx) => {
        if (!(await move(trx, transfer, { state, version: version.version }))) return false
        await trx('gateway.transfer_version').insert({ transfer_id: transfer.id, ...version, at: event.at })
        await trx('gateway.transfer_event').insert({ transfer_id: transfer.id, ...event })
        if (contribution) {
          const { agency, force, la } = contribution
          await trx('gateway.transfer_contribution').where({ transfer_id: transfer.id, agency, la, force }).delete()
          await trx('gateway.transfer_contribution').insert({ transfer_id: transfer.id, ...contribution })
        }
        return true
      }),
    setState: (transfer, state, event) =>
      knex.transaction(async (trx) => {
        if (!(await move(trx, transfer, { state }))) return false
        await trx('gateway.transfer_event').insert({ transfer_id: transfer.id, ...event })
        return true
      }),
  }
}

/** The version read is the version changed, or nothing is: two contributions at once cannot lose one another. */
const move = async (
  trx: Knex.Transaction,
  { id, version }: StoredTransfer,
  change: { state: StoredTransfer['state']; version?: number },
): Promise<boolean> => {
  const moved: unknown[] = await trx('gateway.transfer').where({ id, version }).update(change).returning('id')
  return moved.length === 1
}

const Content = z.custom<TransferContent>(
  (value) =>
    typeof value === 'object' && value !== null && 'format' in value && value.format === 'wholeview-transfer/1',
)

/** Content of a version that this gateway compiled, signed and stored itself. */
export const contentOf = (version: StoredVersion): TransferContent => Content.parse(JSON.parse(version.content))
