import type { Statement } from '../store/database.ts'
import { isNotBarred } from './barredReaders.ts'
import { whole } from './storedMessage.ts'

/** One person: a mailbox is read by many, and one of them may be barred from a child. */
export interface Reader {
  readonly subject: string
  readonly issuer: string
}

/** Who reads, and as of when. */
export interface Asked {
  readonly mailboxes: readonly string[]
  readonly role: string
  readonly reader: Reader
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
  const kinds = filter.kinds.length === 0 ? '' : text.place(filter.kinds, 'text[]')
  const told = `${childIs} and message.sent_at <= ${asOf} and ${isNotBarred(
    text.place(asked.reader.subject, 'text'),
    text.place(asked.reader.issuer, 'text'),
  )}`
  const is = (wanted: boolean | null, condition: string) =>
    wanted === null
      ? ''
      : ` and ${wanted ? '' : 'not '}coalesce((message.closed_at is null or message.closed_at > ${asOf}) and ${condition}, false)`
  const standing = (put: (condition: string) => string) =>
    `${is(filter.open, put(`(${waits(asOf)})`))}${is(filter.overdue, put(`(${isLate(asOf)})`))}`
  const mayRead = () =>
    `(each.role is null or each.role = ${text.place(asked.role, 'text')}) and each.added_at <= ${asOf}
      and not (message.labels && ${text.place(asked.hidden, 'text[]')})`
  // A box is walked newest first, and of a kind by an index of its own: what is rare is not looked for among the rest.
  const boxOf = (condition: (box: string, kind: (column: string) => string) => string) =>
    kinds === ''
      ? `select message.id, message.seq from unnest(${boxes}) box
          cross join lateral (${condition('box', () => '')}) message`
      : `select message.id, message.seq from unnest(${boxes}) box cross join unnest(${kinds}) wanted
          cross join lateral (${condition('box', (column) => ` and ${column} = wanted`)}) message`
  const sent = () =>
    boxOf(
      (box, kindIs) => `select message.id, message.seq from gateway.message
        where message.from_mailbox = ${box}${kindIs('message.kind')}${told}${before('message.seq')}
        ${standing(anyOf)} order by message.seq desc limit ${most}`,
    )
  const received = (put: (condition: string) => string) =>
    boxOf(
      (box, kindIs) => `select message.id, message.seq
        from gateway.message_recipient each join gateway.message on message.id = each.message_id
        where each.mailbox = ${box}${kindIs('each.kind')} and ${mayRead()}${told}${before('each.seq')}
        ${standing(put)} order by each.seq desc limit ${most}`,
    )
  if (filter.box === 'OUT') return sent()
  if (filter.box === 'IN') return received((own) => own)
  if (filter.childId === null) return `${sent()} union all ${received(anyOf)}`
  const ofChild = (kindIs: string) => `select message.id, message.seq from gateway.message
    where true${told}${kindIs}${before('message.seq')}
      and (message.from_mailbox = any(${boxes}) or ${anyOf(`each.mailbox = any(${boxes}) and ${mayRead()}`)})
    ${standing(anyOf)} order by message.seq desc limit ${most}`
  return kinds === ''
    ? ofChild('')
    : `select message.id, message.seq from unnest(${kinds}) wanted
        cross join lateral (${ofChild(' and message.kind = wanted')}) message`
}

/** The statement of one page; one more row than is shown says that there are more. */
export function pageStatement(asked: Asked, filter: PageFilter): Statement {
  const text = new PageText()
  const most = text.place(filter.most, 'int')
  const found = rowsOfPage(text, asked, filter)
  return {
    name: nameOf(filter),
    text: `with page as (select distinct id, seq from (${found}) found order by seq desc limit ${most})
        select ${whole} from page join gateway.message on message.id = page.id order by page.seq desc`,
    values: text.values,
  }
}

/** What is asked for, as the name under which a statement is prepared: the same name is always the same text. */
const nameOf = ({ after, box, childId, kinds, open, overdue }: PageFilter): string =>
  ['messages', box, after !== null, childId !== null, kinds.length > 0, open, overdue].join('_').toLowerCase()
