import { z } from 'zod'
import type { Database } from '../../src/store/database.ts'
import { derive, seal, unseal } from './sealedIds.ts'
import type { Person } from './signedInPerson.ts'

/**
 * Text that was begun and not sent, kept so that a time-out loses nothing. Never in the browser; for its writer alone.
 */
export interface Drafts {
  /** Nothing typed is nothing kept. */
  keep(person: Person, form: string, typed: Readonly<Record<string, string>>): Promise<void>
  find(person: Person, form: string): Promise<Readonly<Record<string, string>> | null>
  drop(person: Person, form: string): Promise<void>
}

/** More than a form may hold is not kept. */
const longestDraft = 64 * 1024
const daysKept = 7

const begun = z.record(z.string(), z.string())

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
  const drop = async (person: Person, form: string): Promise<void> => {
    const { owner, form: name } = keysOf(person, form)
    await table().where({ owner, form: name }).delete()
  }
  return {
    keep: async (person, form, typed) => {
      const text = JSON.stringify(typed)
      if (Object.keys(typed).length === 0) return drop(person, form)
      if (text.length > longestDraft) return
      const { owner, form: name, key, place } = keysOf(person, form)
      await table().whereRaw('written_at < now() - make_interval(days => ?)', [daysKept]).delete()
      const sealed = seal(key, place, name, text)
      await table()
        .insert({ owner, form: name, sealed, written_at: knex.fn.now() })
        .onConflict(['owner', 'form'])
        .merge(['sealed', 'written_at'])
    },
    find: async (person, form) => {
      const { owner, form: name, key } = keysOf(person, form)
      const [found]: unknown[] = await table().select('sealed').where({ owner, form: name })
      const read = z.object({ sealed: z.string() }).safeParse(found)
      const text = read.success ? unseal(key, name, read.data.sealed) : null
      return text === null ? null : begun.parse(JSON.parse(text))
    },
    drop,
  }
}
