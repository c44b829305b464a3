import { randomUUID } from 'node:crypto'
import type { AgencyName } from '../agencies.ts'
import { Refusal } from '../errors.ts'
import { blockingKeys } from './blockingKeys.ts'
import { candidatesFor, oneEach } from './candidates.ts'
import { decide } from './decide.ts'
import { decidedBy } from './decidedBy.ts'
import { disclosuresBetween, type WrongDisclosure } from './disclosures.ts'
import { posteriors, scored, type Weighed } from './matchWeight.ts'
import { normalisedPerson, normalisedText, type Person } from './person.ts'
import type { By, Finding, FindOptions, LinkEvent, RegisterOptions } from './registerTypes.ts'
import { restate } from './restate.ts'

/** Records and the children they are of. Events are only added; what holds now follows from them. This file, and those beside it that it is made of, alone know SQL. */
export class Register {
  readonly #options: RegisterOptions

  constructor(options: RegisterOptions) {
    this.#options = options
  }

  /** Takes in what an agency holds of a person, or what it holds now. Answers the record's id. */
  async record(agency: AgencyName, localId: string, person: Person, isProtected = false): Promise<string> {
    const { database, clock, hash } = this.#options
    return database.knex.transaction(async (trx) => {
      const row = {
        agency,
        local_id: localId,
        folded: normalisedText(person),
        protected: isProtected,
        seen_at: clock.now(),
      }
      const kept = await trx('gateway.person_record')
        .insert(row)
        .onConflict(['agency', 'local_id'])
        .merge()
        .returning('id')
      const id = String(kept[0]?.id)
      await trx('gateway.person_key').where({ record: id }).delete()
      const keys = [...new Set(blockingKeys(person).map((key) => String(hash(key))))]
      if (keys.length > 0) await trx('gateway.person_key').insert(keys.map((key) => ({ key, record: id })))
      return id
    })
  }

  /**
   * Who this may be. Protected records are looked up and weighed like the others and then taken away, so that an asker who
   * may not know of them gets the answer of nobody on file, in the time of it too.
   */
  async find(query: Person, options: FindOptions = {}): Promise<Finding> {
    const { model, database, hash } = this.#options
    const all = scored(query, await candidatesFor(query, options.amongAdults ?? false, database, hash), model)
    const visible = all.filter(
      ({ candidate }) => (options.mayKnowProtected || !candidate.isProtected) && candidate.id !== options.record,
    )
    const refuted = options.record ? await this.#refutedChildren(options.record) : new Set<string>()
    const byRecord = new Map(visible.map(({ candidate }) => [candidate.id, candidate.childId]))
    const weighed = posteriors(oneEach(visible), model)
    const decision = decide(query, weighed)
    if (decision.kind !== 'SAME') return { decision, childId: null }
    const childId = byRecord.get(decision.match.candidate.id) ?? null
    if (childId === null || !refuted.has(childId)) return { decision, childId }
    return {
      decision: { kind: 'ASK', reason: 'REFUTED_BEFORE', candidates: [decision.match], questions: [] },
      childId: null,
    }
  }

  /** Links a record to a child because of what was weighed. */
  async link(record: string, childId: string, match: Weighed, method: 'IDENTIFIER' | 'EVIDENCE'): Promise<string> {
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

  /** A person says that the record is of the child. */
  async confirm(record: string, childId: string, by: By): Promise<string> {
    await this.#mustBeSeconded(record, childId, by)
    return this.#append(record, { child_id: childId, verdict: 'linked', method: 'person', ...decidedBy(by) })
  }

  /** A person says that records which stood under one child are of another, who gets a new id. Answers the events, to be undone one by one. */
  async split(records: readonly string[], newChildId: string, by: By): Promise<readonly string[]> {
    const events: string[] = []
    for (const record of records) {
      await this.#mustBeSeconded(record, newChildId, by)
      events.push(
        await this.#append(record, { child_id: newChildId, verdict: 'split', method: 'person', ...decidedBy(by) }),
      )
    }
    return events
  }

  /**
   * Undoes a link, wholly: afterwards everything stands as though it had never been made, but for what is remembered, that
   * these two are not one. Answers whom to notify: everyone who was told of the record as the child's in between.
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

  /** Puts a question that only a person can answer into the queue. Answers its reference, which tells nothing. */
  async ask(query: Person, record: string | null, by: By): Promise<string> {
    const reference = randomUUID()
    await this.#options.database.knex('gateway.link_event').insert({
      record,
      verdict: 'asked',
      reference,
      sent: normalisedText(query),
      ...decidedBy(by),
      at: this.#options.clock.now(),
    })
    return reference
  }

  /** Questions that nobody has answered, oldest first. */
  async queue(first = 50): Promise<readonly { reference: string; sent: Person; at: Date; record: string | null }[]> {
    const rows = await this.#options.database
      .knex('gateway.link_event as event')
      .where('event.verdict', 'asked')
      .whereNotExists((inner) => inner.from('gateway.link_event as answer').whereRaw('answer.undoes = event.id'))
      .orderBy('event.id')
      .limit(first)
      .select('event.reference', 'event.sent', 'event.at', 'event.record')
    return rows.map(({ reference, sent, at, record }) => ({
      reference,
      sent: normalisedPerson(sent),
      at: new Date(at),
      record: record === null ? null : String(record),
    }))
  }

  /** Closes a question with a reviewer's answer, once. */
  async answer(reference: string, verdict: 'SAME' | 'DIFFERENT' | 'CANNOT_TELL', by: By): Promise<void> {
    const { database, clock } = this.#options
    await database.knex.transaction(async (trx) => {
      const asked = await trx('gateway.link_event')
        .where({ reference, verdict: 'asked' })
        .forUpdate()
        .first('id', 'record')
      if (!asked) throw new Refusal('NOT_FOUND', { message: 'There is no such question.' })
      if (await trx('gateway.link_event').where({ undoes: asked.id }).first('id')) {
        throw new Refusal('CONFLICT', { message: 'This question has been answered already.' })
      }
      const { reason, ...decided } = decidedBy(by)
      await trx('gateway.link_event').insert({
        record: asked.record,
        verdict: 'answered',
        undoes: asked.id,
        ...decided,
        reason: `${verdict}: ${reason}`,
        at: clock.now(),
      })
    })
  }

  /** The record of an agency's person, or null. */
  async recordId(agency: AgencyName, localId: string): Promise<string | null> {
    const row = await this.#options.database
      .knex('gateway.person_record')
      .where({ agency, local_id: localId })
      .first('id')
    return row ? String(row.id) : null
  }

  /** A record as its agency names it. */
  async nameOf(record: string): Promise<string> {
    const row = await this.#options.database
      .knex('gateway.person_record')
      .where({ id: record })
      .first('agency', 'local_id')
    return row ? `${row.agency} ${row.local_id}` : ''
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
      const kept = await trx('gateway.link_event')
        .insert({ record, ...event, at: this.#options.clock.now() })
        .returning('id')
      await restate(trx, record)
      return String(kept[0]?.id)
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

  /** Refuses one person alone where a restricted record would be newly exposed. */
  async #mustBeSeconded(record: string, childId: string, by: By): Promise<void> {
    if (!(await this.exposesRestricted(record, childId))) return
    if (by.second === undefined || by.second === by.person) {
      throw new Refusal('FORBIDDEN', {
        message: 'This link would expose a restricted record: a second person must agree.',
      })
    }
  }

  async #refutedChildren(record: string): Promise<ReadonlySet<string>> {
    const rows = await this.#options.database
      .knex('gateway.link_event')
      .where({ record, verdict: 'refuted' })
      .select('child_id')
    return new Set(rows.map(({ child_id }) => String(child_id)))
  }
}

const evidenceOf = ({ weight, posterior, levels, rivals }: Weighed) => ({
  weight,
  posterior,
  levels: [...levels],
  rivals: JSON.stringify(rivals),
})
