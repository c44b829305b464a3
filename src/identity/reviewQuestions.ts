import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import { decidedBy } from './decidedBy.ts'
import { normalisedPerson, normalisedText, type Person } from './person.ts'
import type { By, RegisterOptions } from './registerTypes.ts'

/** A question that waits for a reviewer. */
export interface OpenQuestion {
  readonly reference: string
  readonly sent: Person
  readonly at: Date
  /** Why it could not be answered without a person. */
  readonly reason: string
  /** Labels under which what was sent may be known to some and not to others. */
  readonly guarded: readonly string[]
  readonly record: string | null
}

/** Questions that only a person can answer: whether two descriptions are of one child. */
export class Questions {
  readonly #options: RegisterOptions

  constructor(options: RegisterOptions) {
    this.#options = options
  }

  /** Puts a question that only a person can answer into the queue. Answers its reference, which tells nothing. */
  async ask(query: Person, record: string | null, by: By, askerReads: readonly string[] = []): Promise<string> {
    const reference = randomUUID()
    await this.#options.database.knex('gateway.link_event').insert({
      record,
      verdict: 'asked',
      reference,
      sent: normalisedText(query),
      asker_reads: [...askerReads],
      ...decidedBy(by),
      at: this.#options.clock.now(),
    })
    return reference
  }

  /** The same, once: a question that waits, or that a reviewer answered, is not put again by whoever asked it. */
  async askOnce(query: Person, by: By): Promise<string> {
    const rows = await this.#options.database.rows({
      name: 'identity-asked-once',
      text: `select reference from gateway.link_event where verdict = 'asked' and record is null and md5(sent) = md5($1::text)
        and sent = $1::text and decided_by = $2::text order by id desc limit 1`,
      values: [normalisedText(query), by.person],
    })
    return rows[0]?.[0] ?? this.ask(query, null, by)
  }

  /**
   * Questions that nobody has answered, oldest first. A person who linked the record meanwhile has answered, as long as
   * that link stands.
   */
  async queue(first = 50): Promise<readonly OpenQuestion[]> {
    const rows = await this.#options.database
      .knex('gateway.link_event as event')
      .where('event.verdict', 'asked')
      .whereNotExists((inner) => inner.from('gateway.link_event as answer').whereRaw('answer.undoes = event.id'))
      .whereNotExists((inner) =>
        inner
          .from('gateway.link_event as link')
          .whereRaw("link.record = event.record and link.id > event.id and link.verdict = 'linked'")
          .where('link.method', 'person')
          .whereNotExists((later) => later.from('gateway.link_event as undone').whereRaw('undone.undoes = link.id')),
      )
      .orderBy('event.id')
      .limit(first)
      .select('event.reference', 'event.sent', 'event.at', 'event.record', 'event.reason', 'event.asker_reads')
    return rows.map(({ reference, sent, at, record, reason, asker_reads }) => ({
      reference,
      sent: normalisedPerson(sent),
      at: new Date(at),
      reason: reason ?? '',
      guarded: asker_reads ?? [],
      record: record === null ? null : String(record),
    }))
  }

  /** Closes a question with a reviewer's answer, once. */
  async answer(
    reference: string,
    verdict: 'SAME' | 'DIFFERENT' | 'CANNOT_TELL',
    by: By,
    about: { readonly childId?: string | null; readonly considered?: readonly string[] } = {},
  ): Promise<void> {
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
        child_id: about.childId ?? null,
        considered: [...(about.considered ?? [])],
        at: clock.now(),
      })
    })
  }
}
