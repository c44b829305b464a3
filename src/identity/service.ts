import type { AgencyName } from '../agencies.ts'
import type { Database } from '../store/database.ts'
import { blockingKeys, searchKeys } from './blockingKeys.ts'
import type { LinkageModel } from './linkageModel.ts'
import { normalisedPerson, normalisedText, type Person } from './person.ts'
import { proposed, type Signed } from './proposals.ts'
import type { Register } from './register.ts'
import type { By, RegisterOptions } from './registerTypes.ts'

/** What an agency holds of one person, to be taken into the register. */
export interface PersonEntry {
  readonly agency: AgencyName
  readonly localId: string
  readonly person: Person
  readonly isProtected: boolean
}

/** A question that waits for a person. */
export interface OpenQuestion {
  /** Where it stands in the queue: what comes after it was asked later. */
  readonly place: string
  readonly reference: string
  readonly sent: Person
  readonly at: Date
  readonly reason: string
  /** The record in question and its child, when the question is about one that is on file. */
  readonly record: string | null
  readonly childId: string | null
}

/** How many children may come into question for one search: no key is shared by more than a few dozen. */
const mostCandidates = 24

/** What the doors need of the register beyond its decisions: whom a search may concern, and what waits for a person. */
export class IdentityService {
  readonly register: Register
  readonly model: LinkageModel
  readonly #database: Database
  readonly #options: RegisterOptions

  constructor(register: Register, options: RegisterOptions) {
    this.register = register
    this.model = options.model
    this.#database = options.database
    this.#options = options
  }

  /** Children whom a search may concern, by the gateway's links. Whether the asker may know of them is decided elsewhere. */
  async likely(query: Person): Promise<readonly string[]> {
    const keys = searchKeys(query).map((key) => String(this.#options.hash(key)))
    const rows = await this.#database.rows({
      name: 'identity-likely',
      text: `select link.child_id from gateway.person_key key
        join gateway.person_record person on person.id = key.record
        join gateway.link link on link.agency = person.agency and link.person_id = person.local_id and link.ended_at is null
        where key.key = any($1::bigint[]) and person.agency <> 'adultServices' group by link.child_id order by count(*) desc, link.child_id
        limit ${mostCandidates}`,
      values: [keys],
    })
    return rows.flatMap(([id]) => (id ? [id] : []))
  }

  /** A name for a child in one question, which tells nothing of them and leads nowhere else. */
  candidateName(reference: string, childId: string): string {
    return BigInt.asUintN(64, this.#options.hash(`candidate ${reference} ${childId}`)).toString(36)
  }

  /** Puts a question, or answers the reference under which the same asker's same question waits already. */
  async ask(query: Person, by: By): Promise<string> {
    const rows = await this.#database.rows({
      name: 'identity-asked',
      text: `select asked.reference from gateway.link_event asked
        where asked.verdict = 'asked' and asked.record is null and asked.sent = $1::text and asked.decided_by = $2::text
          and not exists (select 1 from gateway.link_event answer where answer.undoes = asked.id)
        order by asked.id limit 1`,
      values: [normalisedText(query), by.person],
    })
    return rows[0]?.[0] ?? this.register.ask(query, null, by)
  }

  /** Questions that nobody has answered and that come after another, oldest first; one of them when a reference is given. */
  async questions(first: number, after = '0', reference: string | null = null): Promise<readonly OpenQuestion[]> {
    const rows = await this.#database.rows({
      name: 'identity-questions',
      text: `select asked.reference, asked.sent, asked.at::text, asked.reason, asked.record::text, asked.id::text,
          (select min(link.child_id) from gateway.person_record person join gateway.link link
            on link.agency = person.agency and link.person_id = person.local_id and link.ended_at is null
            where person.id = asked.record)
        from gateway.link_event asked
        where asked.verdict = 'asked' and asked.id > $3::bigint and ($2::text is null or asked.reference = $2::text)
          and not exists (select 1 from gateway.link_event answer where answer.undoes = asked.id)
        order by asked.id limit $1::int`,
      values: [first, reference, after],
    })
    return rows.map(([name, sent, at, reason, record, place, childId]) => ({
      place: place ?? '0',
      reference: name ?? '',
      sent: normalisedPerson(sent ?? ''),
      at: new Date(at ?? 0),
      reason: reason ?? '',
      record: record ?? null,
      childId: childId ?? null,
    }))
  }

  /** Proposes an answer that a second reviewer must confirm, or answers what was proposed before. */
  propose(reference: string, childId: string, by: By, signed: Signed): ReturnType<typeof proposed> {
    return proposed(this.#database, reference, childId, by, signed, this.#options.clock.now())
  }

  /** The child to whom an event linked a record, or null. */
  async childOfLink(event: string): Promise<string | null> {
    if (!/^\d{1,18}$/.test(event)) return null
    const rows = await this.#database.rows({
      name: 'identity-link',
      text: `select child_id from gateway.link_event where id = $1::bigint and verdict in ('linked', 'split')`,
      values: [event],
    })
    return rows[0]?.[0] ?? null
  }

  /** How many of an agency's people are in the register. */
  async count(agency: AgencyName): Promise<number> {
    const rows = await this.#database.rows({
      name: 'identity-count',
      text: 'select count(*)::text from gateway.person_record where agency = $1::text',
      values: [agency],
    })
    return Number(rows[0]?.[0] ?? 0)
  }

  /** Takes in those of the people who are not in the register yet. Answers their records' ids, by agency and local id. */
  async takeIn(entries: readonly PersonEntry[]): Promise<ReadonlyMap<string, string>> {
    const { hash, clock } = this.#options
    const rows = entries.map(({ agency, localId, person, isProtected }) => ({
      agency,
      local_id: localId,
      folded: normalisedText(person),
      protected: isProtected,
      seen_at: clock.now(),
    }))
    return this.#database.knex.transaction(async (trx) => {
      const kept = await trx('gateway.person_record')
        .insert(rows)
        .onConflict(['agency', 'local_id'])
        .ignore()
        .returning(['id', 'agency', 'local_id'])
      const ids = new Map(kept.map((row) => [entryName(row.agency, row.local_id), String(row.id)]))
      const keys: string[] = []
      const records: string[] = []
      for (const { agency, localId, person } of entries) {
        const id = ids.get(entryName(agency, localId))
        if (id === undefined) continue
        for (const key of new Set(blockingKeys(person).map((text) => String(hash(text))))) {
          keys.push(key)
          records.push(id)
        }
      }
      await trx.raw('insert into gateway.person_key (key, record) select * from unnest(?::bigint[], ?::bigint[])', [
        keys,
        records,
      ])
      return ids
    })
  }
}

/** An agency's person, as one text. */
export const entryName = (agency: string, localId: string): string => `${agency} ${localId}`
