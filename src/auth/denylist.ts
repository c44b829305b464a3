import { LRUCache } from 'lru-cache'
import { batchPerTick } from '../store/batchPerTick.ts'
import { changeVersionOf } from '../store/changeVersions.ts'
import type { Database } from '../store/database.ts'
import { Deadline } from '../store/deadline.ts'
import { denials, type RegisterVersions } from '../store/registerChanges.ts'

export const deniedKinds = ['TOKEN', 'SUBJECT', 'CLIENT'] as const
export type DeniedKind = (typeof deniedKinds)[number]

/** Who and what a token names, so that any of it may be denied. */
export interface DenialQuestion {
  readonly issuer: string
  readonly tokenId: string
  /** The practitioner and everyone who acts for them. */
  readonly subjects: readonly string[]
  /** The system, and every system that acts. */
  readonly clients: readonly string[]
  readonly now: Date
}

/** Whether anything that a token names is denied. When it cannot be known, it rejects, and the token is refused. */
export type Denylist = (question: DenialQuestion) => Promise<boolean>

/** So many were found not to be denied at most. */
const mostCleared = 10_000

/**
 * Asked on every request, so that a denial holds from the next one on, in every gateway of the database. Who was not
 * denied is not denied while the list stays as it is, since time only ends denials; whether it does is asked of the
 * database on every request.
 *
 * @param changeVersionOf null: the list is looked through every time.
 */
export function databaseDenylist(database: Database, stampsOf: RegisterVersions | null): Denylist {
  const ask = askFrom(database)
  if (!stampsOf) return ask
  const cleared = new LRUCache<string, string>({ max: mostCleared })
  return async (question) => {
    const { issuer, tokenId, subjects, clients } = question
    // Read before the list is: what is put on it in between shows the next time.
    const stamp = changeVersionOf(await stampsOf([denials]), denials)
    const place = JSON.stringify([issuer, tokenId, subjects, clients])
    if (cleared.get(place) === stamp) return false
    const isDenied = await ask(question)
    if (isDenied) return true
    cleared.set(place, stamp)
    return false
  }
}

const askFrom = (database: Database): Denylist =>
  batchPerTick(async (questions: readonly DenialQuestion[]) => {
    const deadline = new Deadline(longestAskMilliseconds)
    try {
      const values = [JSON.stringify(questions.map((question, place) => ({ place, ...question })))]
      const rows = await database.rows({ name: 'denied_token_find', text: findText, values }, deadline)
      const denied = new Set(rows.map(([place]) => Number(place)))
      return questions.map((_, place) => denied.has(place))
    } finally {
      deadline.end()
    }
  })

/** A store that hangs is one that cannot be asked. */
const longestAskMilliseconds = 5000

const findText = `select place::text
  from json_to_recordset($1::json) as asked
    (place integer, "tokenId" text, subjects json, clients json, issuer text, now timestamptz)
  where exists (select from gateway.denied_token as denied
    where ((kind = 'TOKEN' and value = asked."tokenId")
        or (kind = 'SUBJECT' and value in (select json_array_elements_text(asked.subjects)))
        or (kind = 'CLIENT' and value in (select json_array_elements_text(asked.clients))))
      and (denied.issuer is null or denied.issuer = asked.issuer)
      and (until is null or until > asked.now))`

/** One line of the list. */
export interface Denial {
  readonly kind: DeniedKind
  readonly value: string
  /** Null: whatever issuer names it. */
  readonly issuer: string | null
  readonly reason: string
  /** ISO 8601; null: until it is taken off the list. */
  readonly until: string | null
}

/** Puts a token, practitioner or system on the list. Denying again replaces reason and end. */
export const deny = async (database: Database, denial: Denial, at: Date): Promise<void> => {
  const { kind, value, issuer, reason, until } = denial
  const values = [kind, value, issuer, reason, until, at.toISOString()]
  await database.rows({ name: 'denied_token_add', text: addText, values })
}

const addText = `insert into gateway.denied_token (kind, value, issuer, reason, until, at)
  values ($1::text, $2::text, $3::text, $4::text, $5::timestamptz, $6::timestamptz)
  on conflict (kind, value, coalesce(issuer, '')) do update
    set reason = excluded.reason, until = excluded.until, at = excluded.at`

/** Takes it off the list; tells whether it stood there. */
export const allowAgain = async (
  database: Database,
  { kind, value, issuer }: Pick<Denial, 'kind' | 'value' | 'issuer'>,
): Promise<boolean> => {
  const values = [kind, value, issuer]
  return (await database.rows({ name: 'denied_token_remove', text: removeText, values })).length > 0
}

const removeText = `delete from gateway.denied_token
  where kind = $1::text and value = $2::text and issuer is not distinct from $3::text returning kind`
