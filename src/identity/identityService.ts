import type { AgencyName } from '../foundation/agencies.ts'
import type { Database } from '../store/database.ts'
import { blockingKeys, searchKeys } from './blockingKeys.ts'
import { candidatesFor } from './candidates.ts'
import { type Known, standardPolicy } from './decideMatch.ts'
import type { LinkageModel } from './linkageModel.ts'
import { type Proposal, proposalOf, proposed, type Signed } from './linkProposals.ts'
import { scored } from './matchWeight.ts'
import { normalisedPerson, normalisedText, type Person } from './person.ts'
import type { Register } from './register.ts'
import type { By, PersonEntry, RegisterOptions } from './registerTypes.ts'
import { resolveAgain } from './resolveRecords.ts'
import { sameHolder } from './sameHolder.ts'
import { takeInPeople } from './takeInPeople.ts'

/** Which of the questions that wait are meant; all, when nothing is said. */
export interface QuestionFilter {
  readonly reference?: string | null
  /** What their reason begins with. */
  readonly ofKind?: string | null | undefined
}

/** A question that waits for a person. */
export interface OpenQuestion {
  /** Where it stands in the queue: what comes after it was asked later. */
  readonly place: string
  readonly reference: string
  readonly sent: Person
  readonly at: Date
  readonly reason: string
  /** Labels that whoever asked could read of those in question, and others may not. */
  readonly askerReads: readonly string[]
  /** Whose record it is about. */
  readonly agency: string | null
  /** Which holder's, and as the holder names it. */
  readonly holder: string | null
  readonly localId: string | null
  /** The record in question and its child, when the question is about one that is on file. */
  readonly record: string | null
  readonly childId: string | null
}

/** A reviewer's answer to a question, as it is given to whoever asked. */
export interface Answered {
  readonly reference: string
  readonly verdict: 'SAME' | 'DIFFERENT' | 'CANNOT_TELL'
  readonly childId: string | null
  /** Those who were in question. */
  readonly considered: readonly string[]
}

/** How many children are read for one search, under the asker's grants: reading is what a search costs. */
const mostCandidates = 24

/** Children whom a search may concern, and whether as many again could have been meant as were chosen. */
export interface Likely {
  readonly ids: readonly string[]
  readonly isCut: boolean
}

/**
 * Those of whom what the asker may read leads to them by what was sent: stored keys lead to more than an asker may
 * read.
 */
export function foundAgain(query: Person, known: readonly Known[]): readonly Known[] {
  const sought = new Set(searchKeys(query))
  return known.filter(({ persons }) => persons.some((person) => blockingKeys(person).some((key) => sought.has(key))))
}

/** What endpoints need of the register beyond its decisions: whom a search may concern, and what waits for a person. */
export class IdentityService {
  readonly register: Register
  readonly #database: Database
  readonly #options: RegisterOptions

  constructor(register: Register, options: RegisterOptions) {
    this.register = register
    this.#database = options.database
    this.#options = options
  }

  /** The linkage model, with what the register shows of those on file. */
  model(): Promise<LinkageModel> {
    return this.register.knowledge.model()
  }

  /**
   * Children whom a search may concern, by the gateway's links: who bears a number that was sent, then those whom the
   * register's own records make likeliest. Whether the asker may know of them is decided elsewhere.
   */
  async likely(query: Person): Promise<Likely> {
    const { database, hash } = this.#options
    const [model, { records, isCut }] = await Promise.all([this.model(), candidatesFor(query, false, database, hash)])
    const best = new Map<string, number>()
    for (const { candidate, same } of scored(query, records, model)) {
      const isNumbered = candidate.person.nhs !== '' && candidate.person.nhs === query.nhs
      const rank = isNumbered ? Number.POSITIVE_INFINITY : same
      if (candidate.childId !== null) best.set(candidate.childId, Math.max(rank, best.get(candidate.childId) ?? rank))
    }
    const ranked = [...best].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    const nobody = Math.log2((1 - model.onFile) * model.people)
    const isLikely = (rank: number) => rank - nobody >= standardPolicy.clericalReviewAt
    return {
      ids: ranked.slice(0, mostCandidates).map(([id]) => id),
      isCut: isCut || ranked.slice(mostCandidates).some(([, rank]) => isLikely(rank)),
    }
  }

  /** A name for a child in one question, which tells nothing of them and leads nowhere else. */
  candidateName(reference: string, childId: string): string {
    return BigInt.asUintN(64, this.#options.hash(`candidate ${reference} ${childId}`)).toString(36)
  }

  /** Puts a question, or answers the reference under which the same asker's same question waits already. */
  async ask(query: Person, by: By, askerReads: readonly string[] = []): Promise<string> {
    const rows = await this.#database.rows({
      name: 'identity-asked',
      text: `select asked.reference from gateway.link_event asked
        where asked.verdict = 'asked' and asked.record is null and md5(asked.sent) = md5($1::text) and asked.sent = $1::text
          and asked.decided_by = $2::text
          and not exists (select 1 from gateway.link_event answer where answer.undoes = asked.id)
        order by asked.id limit 1`,
      values: [normalisedText(query), by.person],
    })
    return rows[0]?.[0] ?? this.register.questions.ask(query, null, by, askerReads)
  }

  /** What a reviewer last answered to the same question of the same asker, or null. */
  async answered(query: Person, asker: string): Promise<Answered | null> {
    const rows = await this.#database.rows({
      name: 'identity-answered',
      text: `select asked.reference, split_part(answer.reason, ':', 1), answer.child_id, array_to_string(answer.considered, ',')
        from gateway.link_event asked join gateway.link_event answer on answer.undoes = asked.id
        where asked.verdict = 'asked' and asked.record is null and md5(asked.sent) = md5($1::text) and asked.sent = $1::text
          and asked.decided_by = $2::text
        order by asked.id desc limit 1`,
      values: [normalisedText(query), asker],
    })
    const [row] = rows
    if (!row) return null
    const [reference, verdict, childId, considered] = row
    return {
      reference: reference ?? '',
      verdict: verdict === 'SAME' || verdict === 'DIFFERENT' ? verdict : 'CANNOT_TELL',
      childId: childId ?? null,
      considered: considered ? considered.split(',') : [],
    }
  }

  /** Where a question stands among all that were asked, answered or not; null where none has this reference. */
  async placeOf(reference: string): Promise<string | null> {
    const text = `select id::text from gateway.link_event where verdict = 'asked' and reference = $1::text order by id limit 1`
    const [row] = await this.#database.rows({ name: 'identity-question-place', text, values: [reference] })
    return row?.[0] ?? null
  }

  /**
   * Questions that nobody has answered and that come after another, oldest first; one of them when a reference is
   * given.
   */
  async questions(
    first: number,
    after = '0',
    { reference = null, ofKind = null }: QuestionFilter = {},
  ): Promise<readonly OpenQuestion[]> {
    const rows = await this.#database.rows({
      name: 'identity-questions',
      text: `select asked.reference, asked.sent, asked.at::text, asked.reason, asked.record::text, asked.id::text,
          array_to_string(asked.asker_reads, ','), (select person.agency from gateway.person_record person where person.id = asked.record),
          (select min(link.child_id) from gateway.person_record person join gateway.link link
            on link.agency = person.agency and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null
            where person.id = asked.record),
          (select person.holder from gateway.person_record person where person.id = asked.record),
          (select person.local_id from gateway.person_record person where person.id = asked.record)
        from gateway.waiting_question waiting join gateway.link_event asked on asked.id = waiting.event
        where waiting.event > $3::bigint and ($2::text is null or asked.reference = $2::text)
          and ($4::text is null or asked.reason like $4::text || '%')
        order by waiting.event limit $1::int`,
      values: [first, reference, after, ofKind],
    })
    return rows.map(([name, sent, at, reason, record, place, reads, agency, childId, holder, localId]) => ({
      place: place ?? '0',
      reference: name ?? '',
      sent: normalisedPerson(sent ?? ''),
      at: new Date(at ?? 0),
      reason: reason ?? '',
      askerReads: reads ? reads.split(',') : [],
      agency: agency ?? null,
      holder: holder ?? null,
      localId: localId ?? null,
      record: record ?? null,
      childId: childId ?? null,
    }))
  }

  /** Proposes an answer that a second reviewer must confirm, or answers what was proposed before. */
  propose(
    reference: string,
    childId: string,
    by: By,
    signed: Signed & { readonly agencyType: string },
  ): ReturnType<typeof proposed> {
    return proposed(this.#database, reference, childId, by, signed, this.#options.clock.now())
  }

  /** What was proposed for a question, or null. */
  proposalOf(reference: string): Promise<Proposal | null> {
    return proposalOf(this.#database, reference)
  }

  /** Looks for the child of a record that a person has said is none of those in question. */
  async resolveAgain(record: string): Promise<void> {
    await resolveAgain(this.register, this.#database, this.#options.clock, record)
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

  /** Takes in what agencies hold of people now. Answers the ids of their records, by agency and local id. */
  async takeIn(entries: readonly PersonEntry[]): Promise<ReadonlyMap<string, string>> {
    const { ids, changed } = await takeInPeople(entries, this.#options)
    if (changed > 0) this.register.knowledge.forget()
    return ids
  }
}
