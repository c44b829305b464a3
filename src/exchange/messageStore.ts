import type { Database } from '../store/database.ts'
import { rowsIn } from '../store/transactionRows.ts'
import { isNotBarred } from './barredReaders.ts'
import type { MessageEvent, MessageHeading, Recipient, StoredMessage } from './message.ts'
import { type Asked, type PageFilter, pageStatement, type Reader } from './pageStatement.ts'
import { readMessage, whole } from './storedMessage.ts'

/** What is written beside a message or an event: that it comes once, and the audit entry that stands for it. */
export interface Written {
  readonly key: string | null
  readonly contentHash: string
  readonly auditId: string
}

export type Rows = Database['rows']

const pageSize = 200

/** What the exchange keeps. Everything of a message that is read is read with one statement. */
export class MessageStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** A page, newest first; one more than asked says that there are more. */
  async page(asked: Asked, filter: PageFilter): Promise<readonly StoredMessage[]> {
    const rows = await this.#database.rows(pageStatement(asked, filter))
    return rows.map(([row]) => readMessage(row))
  }

  async byId(id: string): Promise<StoredMessage | null> {
    const text = `select ${whole} from gateway.message where message.id = $1::text`
    const [row] = await this.#database.rows({ name: 'message_by_id', text, values: [id] })
    return row ? readMessage(row[0]) : null
  }

  /** The same for one who wants to read it; null also where they are barred from its child. */
  async byIdFor({ issuer, subject }: Reader, id: string): Promise<StoredMessage | null> {
    const text = `select ${whole} from gateway.message where message.id = $1::text
      and ${isNotBarred('$2::text', '$3::text')}`
    const [row] = await this.#database.rows({ name: 'message_by_id_for', text, values: [id, subject, issuer] })
    return row ? readMessage(row[0]) : null
  }

  /**
   * What of one kind stands about a child, whoever is party to it, newest first: for a decision of the gateway's own,
   * which must not rest on a part of it.
   */
  async ofChild(childId: string, kind: string): Promise<readonly StoredMessage[]> {
    const text = `select ${whole}, message.seq::text from gateway.message where message.child_id = $2::text
      and message.kind = $3::text and message.seq > $1::bigint order by message.seq limit ${pageSize}`
    return (await this.#toTheEnd('messages_of_child', text, [childId, kind])).toReversed()
  }

  /** Open messages about a child that some addressee declined, oldest first. */
  declinedAbout(childId: string): Promise<readonly StoredMessage[]> {
    const text = `select ${whole}, message.seq::text from gateway.message
      where message.child_id = $2::text and message.closed_at is null and message.seq > $1::bigint
      and exists (select from gateway.message_event event
        where event.message_id = message.id and event.kind = 'DECLINED')
      order by message.seq limit ${pageSize}`
    return this.#toTheEnd('messages_declined', text, [childId])
  }

  /** Messages of these kinds about a child that one of these organisations sent, oldest first. */
  sentAbout(childId: string, by: readonly string[], kinds: readonly string[]): Promise<readonly StoredMessage[]> {
    const text = `select ${whole}, message.seq::text from unnest($4::text[]) wanted cross join lateral (
        select * from gateway.message one where one.child_id = $2::text and one.kind = wanted
        and one.from_organisation = any($3::text[]) and one.seq > $1::bigint order by one.seq limit ${pageSize}) message
      order by message.seq limit ${pageSize}`
    return this.#toTheEnd('messages_sent_about', text, [childId, by, kinds])
  }

  /** Messages of one kind about these children to which the reader is party, oldest first. */
  ofChildren(asked: Asked, childIds: readonly string[], kind: string): Promise<readonly StoredMessage[]> {
    const text = `select ${whole}, message.seq::text from gateway.message
      where message.child_id = any($3::text[]) and message.kind = $4::text and message.seq > $1::bigint
      and (message.from_mailbox = any($2::text[]) or exists (select from gateway.message_recipient each
        where each.message_id = message.id and each.mailbox = any($2::text[])))
      and ${isNotBarred('$5::text', '$6::text')} order by message.seq limit ${pageSize}`
    const { issuer, subject } = asked.reader
    return this.#toTheEnd('messages_of_children', text, [asked.mailboxes, childIds, kind, subject, issuer])
  }

  /** Reads behind $1 again and again, a page at a time: a part must not stand for the whole. */
  async #toTheEnd(name: string, text: string, values: readonly unknown[]): Promise<readonly StoredMessage[]> {
    const found: StoredMessage[] = []
    for (let behind = '0'; ; ) {
      const rows = await this.#database.rows({ name, text, values: [behind, ...values] })
      found.push(...rows.map(([row]) => readMessage(row)))
      const last = rows.at(-1)?.[1]
      if (rows.length < pageSize || !last) return found
      behind = last
    }
  }

  /** What this person sent before under this key: its message and the hash of what was sent. */
  async sentBefore(by: MessageHeading['from'], key: string): Promise<{ id: string; contentHash: string } | null> {
    const text = `select id::text, content_hash::text from gateway.message
        where from_organisation = $1::text and from_person = $2::text and idempotency_key = $3::text
      union all select message_id::text, content_hash::text from gateway.message_event
        where by_organisation = $1::text and by_person = $2::text and idempotency_key = $3::text`
    const [row] = await this.#database.rows({
      name: 'message_sent_before',
      text,
      values: [by.organisation, by.person, key],
    })
    return row ? { id: row[0] ?? '', contentHash: row[1] ?? '' } : null
  }

  /** How many of an organisation's messages about a child are open, up to a bound. */
  async openFrom(organisation: string, childId: string | null, most: number): Promise<number> {
    const text = `select count(*)::text from (select from gateway.message where child_id is not distinct from $2::text
      and from_organisation = $1::text and closed_at is null limit $3::int) standing`
    const values = [organisation, childId, most]
    const [row] = await this.#database.rows({ name: 'messages_open', text, values })
    return Number(row?.[0] ?? 0)
  }

  /** Adds a message with those whom it goes to, wholly or not at all. False when its key was used meanwhile. */
  async add(heading: MessageHeading, recipients: readonly Recipient[], written: Written): Promise<boolean> {
    return this.#database.knex.transaction(async (trx) => {
      const rows = rowsIn(trx)
      const added = await rows({ name: 'message_add', text: addText, values: headingValues(heading, written) })
      const seq = added[0]?.[0]
      if (seq === undefined || seq === null) return false
      for (const recipient of recipients) await addRecipient(rows, heading.id, seq, recipient)
      return true
    })
  }

  /**
   * Adds what became of a message: `decide` sees the message as it stands while nobody else can change it, so that of
   * two answers that race one finds the other's.
   */
  async change(
    id: string,
    decide: (message: StoredMessage) => readonly Change[] | Promise<readonly Change[]>,
  ): Promise<void> {
    await this.#database.knex.transaction(async (trx) => {
      const rows = rowsIn(trx)
      await rows({
        name: 'message_lock',
        text: 'select seq from gateway.message where id = $1::text for update',
        values: [id],
      })
      const [found] = await rows({
        name: 'message_locked',
        text: `select ${whole} as whole, message.seq::text as seq from gateway.message where message.id = $1::text`,
        values: [id],
      })
      if (!found) return
      const message = readMessage(found[0])
      for (const { event, written, recipients = [], settles } of await decide(message)) {
        await rows({ name: 'message_event', text: eventText, values: eventValues(id, event, written) })
        for (const recipient of recipients) await addRecipient(rows, id, found[1] ?? '', recipient)
        await settle(rows, id, event, settles)
      }
    })
  }
}

/** One event, and what it does to the columns that filters read. */
export interface Change {
  readonly event: MessageEvent
  readonly written: Written
  readonly recipients?: readonly Recipient[]
  readonly settles: 'OWN' | 'ALL' | 'REOPENS' | null
}

const addText = `insert into gateway.message (id, child_id, kind, kind_version, from_organisation, from_role, from_person,
    from_mailbox, procedures, fields, labels, sent_at, first_due_at, due_at, first_due_rule, due_rule,
    closed_at, idempotency_key, content_hash, audit_id)
  values ($1::text, $2::text, $3::text, $4::int, $5::text, $6::text, $7::text, $8::text, $9::text, $10::json,
    array(select json_array_elements_text($11::json)), $12::timestamptz, $13::timestamptz, $13::timestamptz,
    $14::text, $14::text, $15::timestamptz, $16::text, $17::text, $18::text)
  on conflict (from_organisation, from_person, idempotency_key) do nothing returning seq::text as seq`

const headingValues = (heading: MessageHeading, { key, contentHash, auditId }: Written): readonly unknown[] => [
  ...[heading.id, heading.childId, heading.kind, heading.version],
  ...[heading.from.organisation, heading.from.role, heading.from.person, heading.fromMailbox, heading.procedures],
  ...[JSON.stringify(heading.fields), JSON.stringify(heading.labels), heading.sentAt, heading.dueAt, heading.dueRule],
  ...[heading.closedAt, key, contentHash, auditId],
]

const addRecipient = (rows: Rows, id: string, seq: string, recipient: Recipient) =>
  rows({
    name: 'message_recipient',
    text: `insert into gateway.message_recipient (message_id, place, seq, mailbox, party, service, role, duty, added_at,
        first_due_at, due_at, kind)
      select id, $2::int, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::text, $9::timestamptz,
        $10::timestamptz, $10::timestamptz, kind from gateway.message where id = $1::text`,
    values: [
      ...[id, recipient.place, seq, recipient.mailbox, recipient.party, recipient.service, recipient.role],
      ...[recipient.duty, recipient.addedAt, recipient.dueAt],
    ],
  })

const eventText = `insert into gateway.message_event (id, message_id, at, kind, recipient, by_organisation, by_role, by_person,
    fields, due_at, due_rule, idempotency_key, content_hash, audit_id)
  values ($1::text, $2::text, $3::timestamptz, $4::text, $5::int, $6::text, $7::text, $8::text, $9::json, $10::timestamptz,
    $11::text, $12::text, $13::text, $14::text)`

const eventValues = (id: string, event: MessageEvent, { key, contentHash, auditId }: Written): readonly unknown[] => [
  ...[event.id, id, event.at, event.kind, event.recipient, event.by.organisation, event.by.role, event.by.person],
  ...[JSON.stringify(event.fields), event.dueAt, event.dueRule, key, contentHash, auditId],
]

async function settle(rows: Rows, id: string, event: MessageEvent, settles: Change['settles']): Promise<void> {
  if (event.recipient === null && (event.dueAt !== null || event.dueRule !== null)) {
    await rows({
      name: 'message_due',
      text: 'update gateway.message set due_at = $2::timestamptz, due_rule = $3::text where id = $1::text',
      values: [id, event.dueAt, event.dueRule],
    })
  }
  if (settles === 'ALL') {
    await rows({
      name: 'message_closed',
      text: 'update gateway.message set closed_at = $2::timestamptz where id = $1::text',
      values: [id, event.at],
    })
  }
  if ((settles === 'OWN' || settles === 'ALL' || settles === 'REOPENS') && event.recipient !== null) {
    await rows({
      name: 'message_settled',
      text: `update gateway.message_recipient set answered_at = $3::timestamptz, due_at = coalesce($4::timestamptz, due_at)
        where message_id = $1::text and place = $2::int`,
      values: [
        ...[id, event.recipient, settles === 'REOPENS' ? null : event.at],
        settles === 'REOPENS' ? event.dueAt : null,
      ],
    })
  }
}
