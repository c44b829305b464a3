import { randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import type { Caller } from '../policy/caller.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import type { Database } from '../store/database.ts'
import { oneOf } from './oneOf.ts'
import { firstEntries, mostEntries, type RegisterPage, standingBehind } from './registerPage.ts'

/** Who recorded something: how others are told, and the person, who is compared and never shown. */
export interface Recorder {
  /** Role and organisation. */
  readonly by: string
  readonly subject: string
  readonly issuer: string
}

export const recorderOf = ({ role, organisation, subject, issuer }: Caller): Recorder => ({
  by: `${role}, ${organisation}`,
  subject,
  issuer,
})

/** What an order does to records: `OrderEffect` of `schema/decisions.graphql`. */
export const orderEffects = ['DISCLOSES', 'FORBIDS', 'LIFTS'] as const

interface Entry {
  readonly id: string
  readonly childId: string
  readonly recordedBy: string
  readonly recordedAt: string
  readonly endedAt: string | null
}

/** `DisclosureOrder` of `schema/decisions.graphql`. */
export interface CourtOrder extends Entry {
  readonly court: string
  readonly reference: string
  readonly madeOn: string
  readonly labels: readonly Label[]
  /** The organisation that it names: who may have records, or which holder must not, or may again, disclose its own. */
  readonly recipient: string
  readonly effect: (typeof orderEffects)[number]
  readonly expiresOn: string
  readonly confirmedBy: string | null
  readonly confirmedAt: string | null
  /** Who recorded it; never shown, only compared. */
  readonly recorder: Pick<Recorder, 'subject' | 'issuer'>
}

/** `ParentalResponsibility` of `schema/decisions.graphql`. */
export interface ParentalResponsibility extends Entry {
  readonly holder: string
  readonly source: string
  readonly limits: string | null
  readonly from: string
  readonly disputed: boolean
  readonly notToBeAsked: boolean
  readonly reason: string | null
}

/** `Bar` of `schema/decisions.graphql`. */
export interface Bar extends Entry {
  readonly subject: string
  readonly issuer: string | null
  readonly kind: string
  readonly reason: string
}

export type NewCourtOrder = Omit<CourtOrder, keyof Entry | 'confirmedBy' | 'confirmedAt' | 'recorder'> &
  Pick<Entry, 'childId'>
export type NewResponsibility = Omit<ParentalResponsibility, keyof Entry> & Pick<Entry, 'childId'>
export type NewBar = Omit<Bar, keyof Entry> & Pick<Entry, 'childId'>

const tables = {
  order: 'gateway.court_order',
  responsibility: 'gateway.parental_responsibility',
  bar: 'gateway.bar',
  signal: 'gateway.harm_signal',
} as const

const always = `id::text, child_id::text, recorded_by::text, ${isoText('recorded_at')}, ${isoText('ended_at')}`
const columns = {
  order: `${always}, court::text, reference::text, made_on::text, array_to_json(labels)::text, recipient::text,
    expires_on::text, confirmed_by::text, ${isoText('confirmed_at')}, recorded_subject::text, recorded_issuer::text,
    effect::text`,
  responsibility: `${always}, holder::text, source::text, limits::text, from_on::text, disputed::text,
    not_to_be_asked::text, reason::text`,
  bar: `${always}, subject::text, issuer::text, kind::text, reason::text`,
} as const
type Kept = keyof typeof columns

type Row = readonly (string | null)[]

/**
 * The registers of what decides besides consents and holds. Nothing is changed or removed: an entry ends, with a
 * reason.
 */
export class DecisionRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async recordOrder(order: NewCourtOrder, by: Recorder, at: Date): Promise<string> {
    const { court, reference, madeOn, labels, recipient, effect, expiresOn } = order
    const { knex } = this.#database
    return this.#insert('order', order.childId, by, at, {
      ...{ court, reference, made_on: madeOn, recipient, effect, expires_on: expiresOn },
      labels: knex.raw('array(select json_array_elements_text(?::json))', [JSON.stringify(labels)]),
    })
  }

  /** Whether this call confirmed it: by another person than recorded it, once, before it ended. */
  async confirmOrder(id: string, { by, subject, issuer }: Recorder, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex(tables.order)
      .where({ id })
      .whereNull('confirmed_at')
      .whereNull('ended_at')
      .whereNot((same) => same.where({ recorded_subject: subject, recorded_issuer: issuer }))
      .update({ confirmed_by: by, confirmed_at: at.toISOString() })
    return changed === 1
  }

  async recordResponsibility(entry: NewResponsibility, by: Recorder, at: Date): Promise<string> {
    const { holder, source, limits, from, disputed, notToBeAsked, reason } = entry
    return this.#insert('responsibility', entry.childId, by, at, {
      ...{ holder, source, limits, from_on: from, disputed, not_to_be_asked: notToBeAsked, reason },
    })
  }

  async recordBar({ childId, subject, issuer, kind, reason }: NewBar, by: Recorder, at: Date): Promise<string> {
    return this.#insert('bar', childId, by, at, { subject, issuer, kind, reason })
  }

  async signalHarm(
    { childId, organisation, basis, endsAt }: { childId: string; organisation: string; basis: string; endsAt: Date },
    by: Recorder,
    at: Date,
  ): Promise<string> {
    return this.#insert('signal', childId, by, at, { organisation, basis, ends_at: endsAt.toISOString() })
  }

  /** Whether this call ended it. */
  async end(kept: Kept, id: string, reason: string, { by }: Recorder, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex(tables[kept])
      .where({ id })
      .whereNull('ended_at')
      .update({ ended_by: by, ended_at: at.toISOString(), end_reason: reason })
    return changed === 1
  }

  /** From which of these children a person is barred now: to them each of these is a child whom nobody knows. */
  async barredFrom(
    childIds: readonly string[],
    { subject, issuer }: Pick<Recorder, 'subject' | 'issuer'>,
  ): Promise<ReadonlySet<string>> {
    if (childIds.length === 0) return new Set()
    const rows = await this.#database.rows({
      name: 'bars_of_person',
      text: `select distinct child_id from gateway.bar where ended_at is null and subject = $2::text
        and (issuer is null or issuer = $3::text)
        and child_id = any(array(select json_array_elements_text($1::json)))`,
      values: [JSON.stringify([...new Set(childIds)]), subject, issuer],
    })
    return new Set(rows.flatMap(([child]) => child ?? []))
  }

  async order(id: string): Promise<CourtOrder | null> {
    return orderIn((await this.#byId('order', id)) ?? null)
  }
  async responsibility(id: string): Promise<ParentalResponsibility | null> {
    return responsibilityIn((await this.#byId('responsibility', id)) ?? null)
  }
  async bar(id: string): Promise<Bar | null> {
    return barIn((await this.#byId('bar', id)) ?? null)
  }

  /** Latest first, like the others. */
  async ordersOf(childId: string, page?: RegisterPage): Promise<readonly CourtOrder[]> {
    return (await this.#ofChild('order', childId, page)).flatMap((row) => orderIn(row) ?? [])
  }
  /** Confirmed orders that forbid one holder a disclosure, or lift that; also those that ended since. */
  async prohibitionsOf(childId: string, holder: string): Promise<readonly CourtOrder[]> {
    const text = `select ${columns.order} from ${tables.order} where child_id = $1::text and recipient = $2::text
      and effect <> 'DISCLOSES' and confirmed_at is not null order by made_on desc, id limit $3::int`
    const rows = await this.#database.rows({ name: 'prohibitions', text, values: [childId, holder, mostEntries] })
    return rows.flatMap((row) => orderIn(row) ?? [])
  }
  async responsibilitiesOf(childId: string, page?: RegisterPage): Promise<readonly ParentalResponsibility[]> {
    return (await this.#ofChild('responsibility', childId, page)).flatMap((row) => responsibilityIn(row) ?? [])
  }
  async barsOf(childId: string, page?: RegisterPage): Promise<readonly Bar[]> {
    return (await this.#ofChild('bar', childId, page)).flatMap((row) => barIn(row) ?? [])
  }

  async #insert(
    kept: keyof typeof tables,
    childId: string,
    { by, subject, issuer }: Recorder,
    at: Date,
    values: object,
  ): Promise<string> {
    const id = randomUUID()
    await this.#database.knex(tables[kept]).insert({
      ...{ id, child_id: childId, ...values },
      ...{ recorded_by: by, recorded_subject: subject, recorded_issuer: issuer, recorded_at: at.toISOString() },
    })
    return id
  }

  async #byId(kept: Kept, id: string): Promise<Row | undefined> {
    const text = `select ${columns[kept]} from ${tables[kept]} where id = $1::text`
    const [row] = await this.#database.rows({ name: `${kept}_by_id`, text, values: [id] })
    return row
  }

  async #ofChild(kept: Kept, childId: string, { first, after }: RegisterPage = firstEntries): Promise<readonly Row[]> {
    const behind = after === null ? 'and $2::text is null' : standingBehind(tables[kept], 'recorded_at')
    const text = `select ${columns[kept]} from ${tables[kept]} where child_id = $1::text ${behind}
      order by recorded_at desc, id limit $3::int`
    const name = after === null ? `${kept}_of_child` : `${kept}_behind`
    return this.#database.rows({ name, text, values: [childId, after, first] })
  }
}

const entryIn = ([id, childId, recordedBy, recordedAt, endedAt]: Row): Entry => ({
  id: id ?? '',
  childId: childId ?? '',
  recordedBy: recordedBy ?? '',
  recordedAt: recordedAt ?? '',
  endedAt: endedAt ?? null,
})

function orderIn(row: Row | null): CourtOrder | null {
  if (row === null) return null
  const [court, reference, madeOn, labels, recipient, expiresOn, confirmedBy, confirmedAt, subject, issuer, effect] =
    row.slice(5)
  const listed: unknown = JSON.parse(labels ?? '[]')
  return {
    ...entryIn(row),
    court: court ?? '',
    reference: reference ?? '',
    madeOn: madeOn ?? '',
    labels: Array.isArray(listed) ? listed.filter(isLabel) : [],
    recipient: recipient ?? '',
    effect: oneOf(orderEffects, effect),
    expiresOn: expiresOn ?? '',
    confirmedBy: confirmedBy ?? null,
    confirmedAt: confirmedAt ?? null,
    recorder: { subject: subject ?? '', issuer: issuer ?? '' },
  }
}

function responsibilityIn(row: Row | null): ParentalResponsibility | null {
  if (row === null) return null
  const [holder, source, limits, from, disputed, notToBeAsked, reason] = row.slice(5)
  return {
    ...entryIn(row),
    holder: holder ?? '',
    source: source ?? '',
    limits: limits ?? null,
    from: from ?? '',
    disputed: disputed === 'true',
    notToBeAsked: notToBeAsked === 'true',
    reason: reason ?? null,
  }
}

function barIn(row: Row | null): Bar | null {
  if (row === null) return null
  const [subject, issuer, kind, reason] = row.slice(5)
  return {
    ...entryIn(row),
    subject: subject ?? '',
    issuer: issuer ?? null,
    kind: kind ?? '',
    reason: reason ?? '',
  }
}
