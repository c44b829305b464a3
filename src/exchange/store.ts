import { z } from 'zod'
import { isoText } from '../facts/factsStatement.ts'
import { labels } from '../policy/labels.ts'
import type { Database } from '../store/database.ts'
import { rowsIn } from '../store/transactionRows.ts'
import type { MessageEvent, MessageHeading, Recipient, StoredMessage } from './message.ts'
import { serviceNames } from './services.ts'

/** What is written beside a message or an event: that it comes once, and the audit entry that stands for it. */
export interface Written {
  readonly key: string | null
  readonly contentHash: string
  readonly auditId: string
}

export interface Asked {
  readonly mailboxes: readonly string[]
  readonly role: string
  /** Categories that this reader is told nothing of. */
  readonly hidden: readonly string[]
  readonly asOf: string
}

/** What of an inbox or outbox is wanted. */
export interface PageFilter {
  readonly box: 'IN' | 'OUT' | 'EITHER'
  readonly childId: string | null
  readonly kinds: readonly string[]
  readonly open: boolean | null
  readonly overdue: boolean | null
  /** Message after which the page begins. */
  readonly after: string | null
  readonly most: number
}

const fields = z.record(z.string(), z.json())
const author = { organisation: z.string(), role: z.string(), person: z.string() }
const storedEvent = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  recipient: z.number().nullable(),
  by: z.object(author),
  fields,
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
})
const storedRecipient = z.object({
  place: z.number(),
  mailbox: z.string().nullable(),
  party: z.string(),
  service: z.enum(serviceNames),
  role: z.string().nullable(),
  duty: z.enum(['ANSWER', 'INFORM']),
  addedAt: z.string(),
  dueAt: z.string().nullable(),
})
const storedHeading = z.object({
  id: z.string(),
  childId: z.string().nullable(),
  kind: z.string(),
  version: z.number(),
  from: z.object(author),
  fromMailbox: z.string(),
  procedures: z.string(),
  fields,
  labels: z.array(z.enum(labels)),
  sentAt: z.string(),
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  closedAt: z.string().nullable(),
})
const storedMessage = z.object({
  heading: storedHeading,
  recipients: z.array(storedRecipient),
  events: z.array(storedEvent),
})

/** One message with everything that became of it, as one value: a page is one statement, whatever stands on it. */
const whole = `json_build_object('heading', json_build_object(
    'id', message.id, 'childId', message.child_id, 'kind', message.kind, 'version', message.kind_version,
    'from', json_build_object('organisation', message.from_organisation, 'role', message.from_role, 'person', message.from_person),
    'fromMailbox', message.from_mailbox, 'procedures', message.procedures, 'fields', message.fields, 'labels', message.labels,
    'sentAt', ${isoText('message.sent_at')}, 'dueAt', ${isoText('message.first_due_at')},
    'dueRule', message.first_due_rule,
    'closedAt', ${isoText('message.closed_at')}),
  'recipients', (select coalesce(json_agg(json_build_object('place', place, 'mailbox', mailbox, 'party', party, 'service', service,
    'role', role, 'duty', duty, 'addedAt', ${isoText('added_at')}, 'dueAt', ${isoText('first_due_at')}) order by place), '[]'::json)
    from gateway.message_recipient where message_id = message.id),
  'events', (select coalesce(json_agg(json_build_object('id', id, 'at', ${isoText('at')}, 'kind', kind, 'recipient', recipient,
    'by', json_build_object('organisation', by_organisation, 'role', by_role, 'person', by_person), 'fields', fields,
    'dueAt', ${isoText('due_at')}, 'dueRule', due_rule) order by seq), '[]'::json)
    from gateway.message_event where message_id = message.id))::text`

const readMessage = (text: string | null | undefined): StoredMessage => storedMessage.parse(JSON.parse(text ?? ''))

/**
 * A statement that is put together: what is not asked for stands in no condition, so that the database plans for the
 * rest.
 */
class PageText {
  readonly values: unknown[] = []

  /** A value of a type, as a place in the statement. */
  place(value: unknown, type: string): string {
    this.values.push(value)
    return `$${this.values.length}::${type}`
  }
}

/** Whether an addressee's answer is owed, or late, for the row `each` of an addressee. */
const waits = (asOf: string) => `each.duty = 'ANSWER' and (each.answered_at is null or each.answered_at > ${asOf})`
const isLate = (asOf: string) => `${waits(asOf)} and coalesce(each.due_at, message.due_at) < ${asOf}`
const anyOf = (condition: string): string =>
  `exists (select from gateway.message_recipient each where each.message_id = message.id and ${condition})`

/** The rows that a page is taken from, newest first: ids with their places. */
function rowsOfPage(text: PageText, asked: Asked, filter: PageFilter): string {
  const boxes = text.place(asked.mailboxes, 'text[]')
  const asOf = text.place(asked.asOf, 'timestamptz')
  const most = text.place(filter.most, 'int')
  // After a message of the reader's own. That of others is no place, like one that there is not.
  const last = filter.after === null ? '' : text.place(filter.after, 'text')
  const before = (seq: string) =>
    last === ''
      ? ''
      : ` and ${seq} < (select last.seq from gateway.message last where last.id = ${last} and (last.from_mailbox = any(${boxes})
        or exists (select from gateway.message_recipient own where own.message_id = last.id and own.mailbox = any(${boxes}))))`
  const childIs = filter.childId === null ? '' : ` and message.child_id = ${text.place(filter.childId, 'text')}`
  const kindIs = filter.kinds.length === 0 ? '' : ` and message.kind = any(${text.place(filter.kinds, 'text[]')})`
  const told = `${childIs}${kindIs} and message.sent_at <= ${asOf}`
  const is = (wanted: boolean | null, condition: string) =>
    wanted === null
      ? ''
      : ` and ${wanted ? '' : 'not '}coalesce((message.closed_at is null or message.closed_at > ${asOf}) and ${condition}, false)`
  const standing = (put: (condition: string) => string) =>
    `${is(filter.open, put(`(${waits(asOf)})`))}${is(filter.overdue, put(`(${isLate(asOf)})`))}`
  const mayRead = () =>
    `(each.role is null or each.role = ${text.place(asked.role, 'text')}) and each.added_at <= ${asOf}
      and not (message.labels && ${text.place(asked.hidden, 'text[]')})`
  if (filter.box === 'OUT')
    return `select message.id, message.seq from unnest(${boxes}) box cross join lateral (
      select message.id, message.seq from gateway.message where message.from_mailbox = box${told}${before('message.seq')}
        ${standing(anyOf)} order by message.seq desc limit ${most}) message`
  if (filter.box === 'EITHER')
    return `select message.id, message.seq from gateway.message where true${told}${before('message.seq')}
      and (message.from_mailbox = any(${boxes}) or ${anyOf(`each.mailbox = any(${boxes}) and ${mayRead()}`)})
      ${standing(anyOf)} order by message.seq desc limit ${most}`
  // Each mailbox is walked by its own index, newest first, and only as far as the page goes.
  return `select message.id, message.seq from unnest(${boxes}) box cross join lateral (
    select message.id, message.seq from gateway.message_recipient each join gateway.message on message.id = each.message_id
    where each.mailbox = box and ${mayRead()}${told}${before('each.seq')} ${standing((own) => own)}
    order by each.seq desc limit ${most}) message`
}

/** What is asked for, as the name under which a statement is prepared: the same name is always the same text. */
const nameOf = ({ after, box, childId, kinds, open, overdue }: PageFilter): string =>
  ['messages', box, after !== null, childId !== null, kinds.length > 0, open, overdue].join('_').toLowerCase()

export type Rows = Database['rows']

/** What the exchange keeps. Everything of a message that is read is read with one statement. */
export class MessageStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** A page, newest first; one more than asked says that there are more. */
  async page(asked: Asked, filter: PageFilter): Promise<readonly StoredMessage[]> {
    const text = new PageText()
    const most = text.place(filter.most, 'int')
    const found = rowsOfPage(text, asked, filter)
    const rows = await this.#database.rows({
      name: nameOf(filter),
      text: `with page as (select distinct id, seq from (${found}) found order by seq desc limit ${most})
        select ${whole} from page join gateway.message on message.id = page.id order by page.seq desc`,
      values: text.values,
    })
    return rows.map(([row]) => readMessage(row))
  }

  async byId(id: string): Promise<StoredMessage | null> {
    const text = `select ${whole} from gateway.message where message.id = $1::text`
    const [row] = await this.#database.rows({ name: 'message_by_id', text, values: [id] })
    return row ? readMessage(row[0]) : null
  }

  /** What stands about a child, whoever is party to it: for a decision of the gateway's own. */
  async ofChild(childId: string): Promise<readonly StoredMessage[]> {
    const text = `select ${whole} from gateway.message where message.child_id = $1::text order by message.seq desc limit 500`
    const rows = await this.#database.rows({ name: 'messages_of_child', text, values: [childId] })
    return rows.map(([row]) => readMessage(row))
  }

  /** Messages of one kind about these children to which the reader is party, oldest first. */
  async ofChildren(asked: Asked, childIds: readonly string[], kind: string): Promise<readonly StoredMessage[]> {
    const text = `select ${whole} from gateway.message where message.child_id = any($2::text[]) and message.kind = $3::text
      and (message.from_mailbox = any($1::text[]) or exists (select from gateway.message_recipient each
        where each.message_id = message.id and each.mailbox = any($1::text[])))
      order by message.seq limit 500`
    const values = [asked.mailboxes, childIds, kind]
    const rows = await this.#database.rows({ name: 'messages_of_children', text, values })
    return rows.map(([row]) => readMessage(row))
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
        first_due_at, due_at)
      values ($1::text, $2::int, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::text, $9::timestamptz,
        $10::timestamptz, $10::timestamptz)`,
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
