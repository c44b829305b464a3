import { z } from 'zod'
import type { Database } from '../../src/store/database.ts'
import type { Person } from './person.ts'
import { derive, seal, unseal } from './secrets.ts'

/**
 * Text that was begun and not sent, kept so that a time-out loses nothing. Never in the browser; for its writer alone.
 */
export interface Drafts {
  keep(person: Person, form: string, text: string): Promise<void>
  find(person: Person, form: string): Promise<string | null>
  drop(person: Person, form: string): Promise<void>
}

const longestDraft = 20_000
const daysKept = 7

/** @param secret of the gateway: the store alone gives neither the text nor whose it is. */
export const draftsIn = ({ knex }: Database, secret: string): Drafts => {
  const table = () => knex('gateway.workbench_draft')
  const keysOf = ({ provider, subject }: Person, form: string) => {
    const whose = `${provider}\0${subject}`
    return {
      owner: derive(secret, `draft owner ${whose}`).toString('base64url'),
      form: derive(secret, `draft form ${whose} ${form}`).toString('base64url'),
      key: derive(secret, `draft key ${whose}`),
      place: derive(secret, `draft place ${whose}`),
    }
  }
  return {
    keep: async (person, form, text) => {
      const { owner, form: name, key, place } = keysOf(person, form)
      await table().whereRaw('written_at < now() - make_interval(days => ?)', [daysKept]).delete()
      const sealed = seal(key, place, name, text.slice(0, longestDraft))
      await table()
        .insert({ owner, form: name, sealed, written_at: knex.fn.now() })
        .onConflict(['owner', 'form'])
        .merge(['sealed', 'written_at'])
    },
    find: async (person, form) => {
      const { owner, form: name, key } = keysOf(person, form)
      const [found]: unknown[] = await table().select('sealed').where({ owner, form: name })
      const read = z.object({ sealed: z.string() }).safeParse(found)
      return read.success ? unseal(key, name, read.data.sealed) : null
    },
    drop: async (person, form) => {
      const { owner, form: name } = keysOf(person, form)
      await table().where({ owner, form: name }).delete()
    },
  }
}
