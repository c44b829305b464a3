import type { Knex } from 'knex'
import { z } from 'zod'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Database } from '../../src/store/database.ts'
import { type Person, personShape, purposeShape } from './signedInPerson.ts'

/** A session ends by itself after so long without a page, and at the latest so long after sign-in. */
export const sessionLimits = { idleMinutes: 30, warnMinutes: 5, wholeHours: 10 } as const

export interface Session {
  readonly digest: string
  readonly person: Person
  /** The purpose last chosen; a page about a child carries its own. */
  readonly purpose: Purpose
  readonly endsAt: Date
}

/** Sessions, in the gateway's own store: every replica knows them, and a restart signs nobody out. */
export interface Sessions {
  begin(digest: string, person: Person, purpose: Purpose): Promise<void>
  /** Null when there is none, or its time is over. */
  find(digest: string): Promise<Session | null>
  /**
   * Whose session it was, where its time is over and a day is not yet: what was sent with it is kept for them, and
   * opens nothing.
   */
  whoseWas(digest: string): Promise<Person | null>
  choose(digest: string, purpose: Purpose): Promise<void>
  end(digest: string): Promise<void>
  /** Ends every session of a person, on every machine. */
  endAll(person: Pick<Person, 'provider' | 'subject'>): Promise<number>
}

const row = z.object({ digest: z.string(), person: personShape, purpose: purposeShape, ends_at: z.coerce.date() })

export const sessionsIn = ({ knex }: Database): Sessions => {
  const table = (): Knex.QueryBuilder => knex('gateway.workbench_session')
  const idle = knex.raw('now() - make_interval(mins => ?)', [sessionLimits.idleMinutes])
  const dayAgo = knex.raw("now() - interval '1 day'")
  const living = () => table().where('seen_at', '>', idle).where('ends_at', '>', knex.fn.now())
  return {
    begin: async (digest, person, purpose) => {
      await table().where('ends_at', '<', dayAgo).orWhere('seen_at', '<', dayAgo).delete()
      await table().insert({
        ...{ digest, purpose, provider: person.provider, subject: person.subject },
        ...{ person: JSON.stringify(person), began_at: knex.fn.now(), seen_at: knex.fn.now() },
        ends_at: knex.raw('now() + make_interval(hours => ?)', [sessionLimits.wholeHours]),
      })
    },
    find: async (digest) => {
      const found: unknown[] = await living()
        .where({ digest })
        .update({ seen_at: knex.fn.now() }, ['digest', 'person', 'purpose', 'ends_at'])
      if (found.length === 0) return null
      const { ends_at: endsAt, ...session } = row.parse(found[0])
      return { ...session, endsAt }
    },
    whoseWas: async (digest) => {
      const found: unknown[] = await table().select('person').where({ digest })
      const read = z.object({ person: personShape }).safeParse(found[0])
      return read.success ? read.data.person : null
    },
    choose: async (digest, purpose) => {
      await table().where({ digest }).update({ purpose })
    },
    end: async (digest) => {
      await table().where({ digest }).delete()
    },
    endAll: ({ provider, subject }) => table().where({ provider, subject }).delete(),
  }
}
