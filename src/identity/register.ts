import type { AgencyName } from '../foundation/agencies.ts'
import { Refusal } from '../foundation/errors.ts'
import { Knowledge } from './countedKnowledge.ts'
import { decidedBy } from './decidedBy.ts'
import type { Weighed } from './matchWeight.ts'
import type { Person } from './person.ts'
import { restate } from './refreshLinks.ts'
import { isRefuted, refutedChildren } from './refutedChildren.ts'
import type { By, Finding, FindOptions, LinkEvent, PersonEntry, RegisterOptions } from './registerTypes.ts'
import { Questions } from './reviewQuestions.ts'
import { sameHolder } from './sameHolder.ts'
import { SearchBatch, type Sought } from './searchBatch.ts'
import { searchRecords } from './searchRecords.ts'
import { takeInPeople } from './takeInPeople.ts'
import { disclosuresBetween, type WrongDisclosure } from './wrongDisclosures.ts'

/**
 * Records and the children they are of. Events are only added; what holds now follows from them. This file, and those
 * beside it that it is made of, alone know SQL.
 */
export class Register {
  readonly knowledge: Knowledge
  /** What only a person can answer. */
  readonly questions: Questions
  readonly #options: RegisterOptions

  constructor(options: RegisterOptions) {
    this.#options = options
    this.questions = new Questions(options)
    this.knowledge = new Knowledge(options.database, options.model, options.testNumbersCount ?? true)
  }

  /** Takes in what an agency holds of a person, or what it holds now. Answers the record's id. */
  async record(agency: AgencyName, localId: string, person: Person, isProtected = false): Promise<string> {
    const { ids } = await takeInPeople([{ agency, localId, person, isProtected }], this.#options)
    return [...ids.values()][0] ?? ''
  }

  /** Takes in what agencies hold of people now. Answers how many are new or changed. */
  async takeIn(entries: readonly PersonEntry[]): Promise<number> {
    const { changed } = await takeInPeople(entries, this.#options)
    if (changed > 0) this.knowledge.forget()
    return changed
  }

  /** Who this may be. What a person has refuted of the record that is searched for is not found again. */
  async find(query: Person, options: FindOptions = {}): Promise<Finding> {
    const model = await this.knowledge.model()
    const { record, batch } = options
    const { database } = this.#options
    const refuted = record ? (batch?.refuted(record) ?? (await refutedChildren(database, [record])).get(record)) : []
    const all = new Set([
      ...[...(options.refuted ?? []), ...(refuted ?? [])].map((child) => `child ${child}`),
      ...[...(options.refutedRecords ?? [])].map((record) => `record ${record}`),
    ])
    return searchRecords(query, { ...options, refuted: all }, this.#options, model)
  }

  /** Whom many records may be of: `find` in this batch asks the store no more for each of them. */
  searchBatch(sought: readonly Sought[]): Promise<SearchBatch> {
    return SearchBatch.of(sought, this.#options)
  }

  /**
   * Links a record to a child because of what was weighed; answers the event by which it stands. What a person
   * refuted stays apart, and a record that is another child's stays that child's, until a person decides otherwise.
   */
  async link(record: string, childId: string, match: Weighed, method: 'IDENTIFIER' | 'EVIDENCE'): Promise<string> {
    const { event, others, isRefuted } = await this.#caseStatus(record, childId)
    if (event !== null) return event
    if (isRefuted)
      throw new Refusal('CONFLICT', { message: 'A person has said that this record is not of this child.' })
    if (others.length > 0) throw new Refusal('CONFLICT', { message: 'This record is of another child already.' })
    return this.#append(record, {
      child_id: childId,
      verdict: 'linked',
      method: method.toLowerCase(),
      ...evidenceOf(match),
      belief_version: this.#options.model.version,
      decided_by: 'gateway',
      reason: method === 'IDENTIFIER' ? 'The verified number and the date of birth agree.' : 'The evidence is sure.',
    })
  }

  /**
   * A person says that the record is of the child. One that was linked to another is undone first: no link moves by
   * itself.
   */
  async confirm(record: string, childId: string, by: By): Promise<string> {
    const { event, movesFrom, isRefuted } = await this.#caseStatus(record, childId)
    if (movesFrom)
      throw new Refusal('CONFLICT', { message: 'This record is linked to another child. Undo that link first.' })
    if (event !== null) return event
    if (isRefuted) mustBeTwo(by, 'This link was refuted before: a second person must agree to make it again.')
    await this.#mustBeSeconded(record, childId, by)
    return this.#append(record, { child_id: childId, verdict: 'linked', method: 'person', ...decidedBy(by) })
  }

  /**
   * A person says that records which stood under one child are of another, who gets a new id. Answers the events, to
   * be undone one by one.
   */
  async split(records: readonly string[], newChildId: string, by: By): Promise<readonly string[]> {
    const events: string[] = []
    await this.addChildren([newChildId])
    for (const record of records) {
      await this.#mustBeSeconded(record, newChildId, by)
      events.push(
        await this.#append(record, { child_id: newChildId, verdict: 'split', method: 'person', ...decidedBy(by) }),
      )
    }
    return events
  }

  /**
   * Undoes a link, wholly: afterwards everything stands as though it had never been made, but for what is remembered,
   * that these two are not one. Answers whom to notify: everyone to whom the record was disclosed as the child's in
   * between.
   */
  async refute(event: string, by: By): Promise<readonly WrongDisclosure[]> {
    const { database, clock, disclosures } = this.#options
    const at = clock.now()
    const link = await database.knex.transaction(async (trx) => {
      const found = await trx('gateway.link_event as event')
        .join('gateway.person_record as person', 'person.id', 'event.record')
        .where('event.id', event)
        .whereIn('event.verdict', ['linked', 'split'])
        .select('event.record', 'event.child_id', 'event.at', 'person.agency')
        .forUpdate('person')
        .first()
      if (!found) throw new Refusal('NOT_FOUND', { message: 'There is no such link.' })
      const isUndone = await trx('gateway.link_event').where({ undoes: event }).first('id')
      if (isUndone) throw new Refusal('CONFLICT', { message: 'This link has been undone already.' })
      await trx('gateway.link_event').insert({
        record: found.record,
        child_id: found.child_id,
        verdict: 'refuted',
        undoes: event,
        ...decidedBy(by),
        at,
      })
      await restate(trx, String(found.record))
      return found
    })
    return disclosuresBetween(disclosures, link.child_id, link.agency, new Date(link.at), at)
  }

  /** Records of which a person said that they are not of this child. */
  async refutedRecords(childId: string): Promise<readonly string[]> {
    const rows = await this.#options.database.rows({
      name: 'identity-refuted-records',
      text: `select distinct record::text from gateway.link_event where child_id = $1::text and verdict = 'refuted'`,
      values: [childId],
    })
    return rows.flatMap(([record]) => record ?? [])
  }

  /**
   * The record of an agency's person, or null. Where two holders gave the id, it is named `<holder>:<id>`.
   *
   * @throws Refusal CONFLICT where it is not said whose it is.
   */
  async recordId(agency: AgencyName, localId: string): Promise<string | null> {
    const colon = localId.indexOf(':')
    const rows: readonly { readonly id: unknown; readonly holder: string }[] = await this.#options.database
      .knex('gateway.person_record')
      .where({ agency, local_id: localId })
      .orWhere({ agency, holder: localId.slice(0, Math.max(colon, 0)) || null, local_id: localId.slice(colon + 1) })
      .limit(2)
      .select('id', 'holder')
    const [row, other] = rows
    if (row && other)
      throw new Refusal('CONFLICT', {
        message: `Two holders gave this id, ${row.holder} and ${other.holder}: put the holder in front, with a colon.`,
      })
    return row ? String(row.id) : null
  }

  /** A record as its agency names it. */
  async nameOf(record: string): Promise<string> {
    const row = await this.#options.database
      .knex('gateway.person_record')
      .where({ id: record })
      .first('agency', 'local_id', 'holder')
    return row ? `${row.agency} ${row.holder === '' ? '' : `${row.holder}:`}${row.local_id}` : ''
  }

  /** All that was ever decided about a record, oldest first. */
  async history(record: string): Promise<readonly LinkEvent[]> {
    const rows = await this.#options.database.knex('gateway.link_event').where({ record }).orderBy('id')
    return rows.map((row) => ({
      id: String(row.id),
      record: row.record === null ? null : String(row.record),
      childId: row.child_id,
      verdict: row.verdict,
      undoes: row.undoes === null ? null : String(row.undoes),
      method: row.method,
      decidedBy: row.decided_by,
      reason: row.reason,
      at: new Date(row.at),
    }))
  }

  /** Which child each record is of now; records of nobody are left out. */
  async links(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#options.database.knex('gateway.link_view').select('record', 'child_id')
    return new Map(rows.map(({ record, child_id }) => [String(record), String(child_id)]))
  }

  async #append(record: string, event: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#options.database.knex.transaction(async (trx) => {
      const exists = await trx('gateway.person_record').where({ id: record }).forUpdate().first('id')
      if (!exists) throw new Refusal('NOT_FOUND', { message: 'There is no such record.' })
      const inserted = await trx('gateway.link_event')
        .insert({ record, ...event, at: this.#options.clock.now() })
        .returning('id')
      await restate(trx, record)
      return String(inserted[0]?.id)
    })
  }

  /** Whether a link would newly expose a restricted record: the record itself, or one of the child's. */
  async exposesRestricted(record: string, childId: string): Promise<boolean> {
    const row = await this.#options.database
      .knex('gateway.person_record')
      .where({ protected: true })
      .where((either) => either.where({ id: record }).orWhere({ child_id: childId }))
      .first('id')
    return row !== undefined
  }

  /** The child whom a record is of by what was decided; null where it is nobody's yet. */
  async childOf(record: string): Promise<string | null> {
    const row = await this.#options.database.knex('gateway.person_record').where({ id: record }).first('child_id')
    return row?.child_id ?? null
  }

  /** Refuses one person alone where a restricted record would be newly exposed. */
  async #mustBeSeconded(record: string, childId: string, by: By): Promise<void> {
    if (!(await this.exposesRestricted(record, childId))) return
    mustBeTwo(by, 'This link would expose a restricted record: a second person must agree.')
  }

  /**
   * How a record stands to a child, and to others. A child whom the gateway does not know is refused: a link to
   * nobody opens nothing.
   */
  async #caseStatus(record: string, childId: string) {
    const rows = await this.#options.database.rows({
      name: 'identity-caseStatus',
      text: `select (select count(*) from gateway.child where child_id = $2::text)::text,
        (select event::text from gateway.link_view where record = $1::bigint and child_id = $2::text),
        (select count(*) from gateway.link_view where record = $1::bigint and child_id <> $2::text)::text,
        (select string_agg(link.child_id, ',') from gateway.person_record person join gateway.link link
          on link.agency = person.agency and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null
          where person.id = $1::bigint and link.child_id <> $2::text),
        (${isRefuted('$1::bigint', '$2::text')})::text`,
      values: [record, childId],
    })
    const [children, event, moved, others, refuted] = rows[0] ?? []
    if (children !== '1') throw new Refusal('NOT_FOUND', { message: 'There is no such child.' })
    return {
      event: event ?? null,
      movesFrom: moved !== '0',
      others: others ? others.split(',') : [],
      isRefuted: refuted === 'true',
    }
  }

  /** Makes ids of children to whom records can be linked; those that are there stay. */
  async addChildren(ids: readonly string[]): Promise<void> {
    await this.#options.database.knex.raw(
      'insert into gateway.child (child_id) select unnest(?::text[]) on conflict do nothing',
      [[...ids]],
    )
  }

  /** Those of these children whom the gateway does not know. */
  async unknownChildren(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#options.database.rows({
      name: 'identity-unknown-children',
      text: `select id from json_array_elements_text($1::json) as asked (id)
        where not exists (select 1 from gateway.child where child_id = id)`,
      values: [JSON.stringify(ids)],
    })
    return rows.flatMap(([id]) => id ?? [])
  }
}

/** Refuses what one person alone decided. */
function mustBeTwo({ person, second }: By, message: string): void {
  if (second === undefined || second === person) throw new Refusal('FORBIDDEN', { message })
}

const evidenceOf = ({ weight, posterior, levels, rivals }: Weighed) => ({
  weight,
  posterior,
  levels: [...levels],
  rivals: JSON.stringify(rivals),
})
