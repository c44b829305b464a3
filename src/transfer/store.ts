import type { Knex } from 'knex'
import { z } from 'zod'
import { behindIn, type RegisterPage } from '../registers/registerPage.ts'
import type { Database } from '../store/database.ts'
import { pastVersion, type WholeVersion, wholeVersion } from './pastVersions.ts'
import {
  begun,
  ContributionRow,
  EventRow,
  type NewEvent,
  type StepsSummary,
  type StoredContribution,
  type StoredEvent,
  type StoredRequest,
  type StoredTransfer,
  type StoredVersion,
  TransferRow,
  VersionRow,
} from './storedTransfer.ts'

export type TransferKeyColumns = Pick<StoredRequest, 'child_id' | 'type' | 'from_la' | 'to_la' | 'kept_for'>

export interface NewVersion {
  readonly transfer: StoredTransfer
  readonly state: StoredTransfer['state']
  readonly version: StoredVersion
  readonly contribution: StoredContribution | null
  readonly event: NewEvent
}

/** So many steps behind one, or from the first. */
export interface StepsPage {
  readonly first: number
  readonly after: number
}

/** How many requests one organisation may have waiting, and since when they count. */
export interface PendingLimit {
  readonly most: number
  readonly since: string
}

/** Where transfers, their versions, events and contributions are kept. Versions are only ever added. */
export interface TransferStore {
  find(id: string): Promise<StoredRequest | null>
  /** The one that has not ended: of a child, kind and two authorities there is one at a time. */
  findByKey(key: TransferKeyColumns): Promise<StoredRequest | null>
  /**
   * Keeps a request that nothing bears out yet. False when the organisation has too many; forgets those that lapsed.
   */
  keep(request: StoredRequest, limit: PendingLimit): Promise<boolean>
  /** A page of the requests that wait and were made since then, from and to an authority, oldest first. */
  pending(la: string, since: string, page: RegisterPage): Promise<readonly StoredRequest[]>
  /** A page of the transfers that were begun and that nobody ended, from and to an authority, the next due first. */
  ofAuthority(la: string, page: RegisterPage): Promise<readonly StoredTransfer[]>
  /** Transfers of a child of which a record was compiled. */
  ofChild(childId: string): Promise<readonly StoredTransfer[]>
  /** Begins a transfer, also one that was waiting, which keeps its id. Null when another request began it first. */
  begin(transfer: StoredTransfer, events: readonly NewEvent[]): Promise<StoredTransfer | null>
  /** Notes that the sending authority notified a transfer that was begun without it. */
  notify(transfer: Pick<StoredTransfer, 'id' | 'child_id'>, event: NewEvent): Promise<void>
  latest(id: string): Promise<StoredVersion | null>
  /** The audit log's receipt for a version; null while there is none. */
  receipt(id: string, version: number): Promise<string | null>
  /** Keeps a receipt and returns the one that is kept: the first, when two requests made one each. */
  keepReceipt(id: string, version: number, receipt: string): Promise<string>
  /** A version as it was compiled, however many came after it; null where there is none. */
  version(id: string, version: number): Promise<WholeVersion | null>
  /** Steps in their order, after one of them. */
  events(id: string, page: StepsPage): Promise<readonly StoredEvent[]>
  summary(id: string): Promise<StepsSummary>
  contributions(id: string): Promise<readonly StoredContribution[]>
  /** False when the transfer has got another version meanwhile: nothing was written. */
  addVersion(added: NewVersion): Promise<boolean>
  /** Takes back what a supplier withholds of a transfer that is over. */
  takeBack(id: string, word: StoredContribution): Promise<void>
  /** False when the transfer has got another version meanwhile. */
  setState(transfer: StoredTransfer, state: StoredTransfer['state'], event: NewEvent): Promise<boolean>
}

/** Instants as text in one form, whatever the driver makes of a timestamp. */
const utc = (knex: Knex, column: string) =>
  knex.raw(`to_char(?? at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ??`, [column, column])

export const transferStore = ({ knex }: Database): TransferStore => {
  const transfers = () =>
    knex('gateway.transfer').select([
      ...['id', 'child_id', 'type', 'from_la', 'to_la', 'state', 'version', 'clock_rule', 'working_days', 'created_by'],
      ...['notified_by', 'asked_by', 'kept_for'],
      ...['notified_at', 'clock_start', 'created_at'].map((column) => utc(knex, column)),
      knex.raw('due_on::text as due_on'),
    ])
  /** Each side in the order of its own index, so that a page costs what it holds. */
  const pageOf = (
    la: string,
    column: 'created_at' | 'due_on',
    { after, first }: RegisterPage,
    is: string,
    values: readonly string[] = [],
  ) => {
    const behind = after === null ? '' : behindIn(`${column}, id`, 'gateway.transfer where id = ?')
    const side = (name: string) =>
      `(select id from gateway.transfer where ${name} = ? and ${is} ${behind} order by ${column}, id limit ${first})`
    const bound = [la, ...values, ...(after === null ? [] : [after])]
    return transfers()
      .whereRaw(`id in (${side('from_la')} union ${side('to_la')})`, [...bound, ...bound])
      .orderBy([{ column: `transfer.${column}` }, { column: 'id' }])
      .limit(first)
  }
  const one = (rows: unknown[]): StoredRequest | null => (rows.length === 0 ? null : TransferRow.parse(rows[0]))
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
    findByKey: async ({ child_id, from_la, kept_for, to_la, type }) =>
      one(await transfers().where({ child_id, type, from_la, to_la, kept_for }).whereRaw(notEnded).limit(1)),
    keep: (request, { most, since }) =>
      knex.transaction(async (trx) => {
        const waiting = () => trx('gateway.transfer').where({ state: 'PENDING', asked_by: request.asked_by })
        // One at a time for an organisation, so that the limit holds however many ask at once.
        await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`transfer ${request.asked_by}`])
        await trx('gateway.transfer').where({ state: 'PENDING' }).where('created_at', '<', since).delete()
        const counted: unknown = await waiting().count({ count: '*' }).first()
        if (z.object({ count: z.coerce.number() }).parse(counted).count >= most) return false
        await trx('gateway.transfer').insert(request).onConflict().ignore()
        return true
      }),
    pending: async (la, since, page) =>
      z
        .array(TransferRow)
        .parse(await pageOf(la, 'created_at', page, `state = 'PENDING' and created_at >= ?`, [since])),
    ofAuthority: async (la, page) =>
      z
        .array(TransferRow)
        .parse(await pageOf(la, 'due_on', page, open))
        .flatMap((request) => begun(request) ?? []),
    ofChild: async (child_id) =>
      z
        .array(TransferRow)
        .parse(await transfers().where({ child_id }).where('version', '>', 0).orderBy('created_at'))
        .flatMap((request) => begun(request) ?? []),
    begin: (transfer, events) =>
      knex.transaction(async (trx) => {
        const { id, ...rest } = transfer
        const made: unknown[] = await trx('gateway.transfer')
          .insert(transfer)
          .onConflict(trx.raw(`(child_id, type, from_la, to_la, coalesce(kept_for, '')) where ${notEnded}`))
          .merge(rest)
          .where('transfer.state', 'PENDING')
          .returning('id')
        if (made.length === 0) return null
        const inserted = { ...transfer, id: z.object({ id: z.string() }).parse(made[0]).id }
        for (const event of events) await addEvent(trx, inserted.id, event)
        return inserted
      }),
    notify: ({ id }, event) =>
      knex.transaction(async (trx) => {
        const noted: unknown[] = await trx('gateway.transfer')
          .where({ id, notified_by: null })
          .update({ notified_by: event.by })
          .returning('id')
        if (noted.length > 0) await addEvent(trx, id, event)
      }),
    latest: async (id) => {
      const rows: unknown[] = await knex('gateway.transfer_version')
        .select(['version', 'content', 'jws', 'fingerprint', 'opened'])
        .where({ transfer_id: id })
        .orderBy('version', 'desc')
        .limit(1)
      return rows.length === 0 ? null : VersionRow.parse(rows[0])
    },
    version: async (id, version) => {
      const rows = z
        .array(PastRow)
        .parse(
          await knex('gateway.transfer_version')
            .select(['version', 'content', 'jws', 'fingerprint', 'difference'])
            .where({ transfer_id: id })
            .where('version', '>=', version)
            .orderBy('version', 'desc'),
        )
      return rows.at(-1)?.version === version ? (rows.reduce<WholeVersion | null>(behind, null) ?? null) : null
    },
    events: async (id, { first, after }) =>
      z.array(EventRow).parse(
        await knex('gateway.transfer_event')
          .select(['step', 'state', 'by', 'note', utc(knex, 'at')])
          .where({ transfer_id: id })
          .where('step', '>', after)
          .orderBy('step')
          .limit(first),
      ),
    summary: async (id) => {
      const ofTransfer = () => knex('gateway.transfer_event').where({ transfer_id: id })
      const [last, passed]: unknown[] = await Promise.all([
        ofTransfer().max({ steps: 'step' }).first(),
        ofTransfer().where({ state: 'RESPONSIBILITY_PASSED' }).select('step').first(),
      ])
      const { steps } = z.object({ steps: z.coerce.number() }).parse(last)
      return { steps, hasPassed: passed !== undefined }
    },
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
        await keepDifference(trx, transfer, version)
        await addEvent(trx, transfer.id, event)
        if (contribution) await keepWord(trx, transfer.id, contribution)
        return true
      }),
    takeBack: (id, word) =>
      knex.transaction(async (trx) => {
        await keepWord(trx, id, word)
        // Facts are derived again: the word is no row of the transfer itself.
        await trx('gateway.transfer').where({ id }).update({ id })
      }),
    setState: (transfer, state, event) =>
      knex.transaction(async (trx) => {
        if (!(await move(trx, transfer, { state }))) return false
        await addEvent(trx, transfer.id, event)
        return true
      }),
  }
}

/** As the indexes of those say it. */
const notEnded = `state not in ('CLOSED', 'REJECTED', 'WITHDRAWN')`
const open = `state not in ('PENDING', 'CLOSED', 'REJECTED', 'WITHDRAWN')`

/** The row of the transfer is locked by then: no two steps of one have the same number. */
const addEvent = async (trx: Knex.Transaction, transfer_id: string, event: NewEvent): Promise<void> => {
  const last = 'select coalesce(max(step), 0) + 1 from gateway.transfer_event where transfer_id = ?'
  await trx('gateway.transfer_event').insert({ transfer_id, ...event, step: trx.raw(`(${last})`, [transfer_id]) })
}

const keepWord = async (trx: Knex.Transaction, transfer_id: string, word: StoredContribution): Promise<void> => {
  const { agency, force, la } = word
  await trx('gateway.transfer_contribution').where({ transfer_id, agency, la, force }).delete()
  await trx('gateway.transfer_contribution').insert({ transfer_id, ...word })
}

const PastRow = z.object({
  version: z.coerce.number(),
  content: z.string().nullable(),
  jws: z.string(),
  fingerprint: z.string(),
  difference: z.string().nullable(),
})

/** A version of the one behind it; whole where it stands so. */
const behind = (next: WholeVersion | null, row: z.infer<typeof PastRow>): WholeVersion | null => {
  const { content, difference, fingerprint, jws } = row
  if (content !== null) return { content, fingerprint, jws }
  return next && difference !== null ? wholeVersion({ difference, fingerprint, jws }, next) : null
}

/** Of the version before this one, what it says otherwise is kept, and no longer all that it says. */
const keepDifference = async (
  trx: Knex.Transaction,
  { id, version: before }: StoredTransfer,
  next: StoredVersion,
): Promise<void> => {
  const key = { transfer_id: id, version: before }
  const rows = z
    .array(PastRow)
    .parse(
      await trx('gateway.transfer_version').select('version', 'content', 'jws', 'fingerprint', 'difference').where(key),
    )
  const [{ content, fingerprint, jws } = { content: null, fingerprint: '', jws: '' }] = rows
  const past = content === null ? null : pastVersion({ content, fingerprint, jws }, next)
  if (past)
    await trx('gateway.transfer_version')
      .where(key)
      .update({ ...past, content: null })
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
