import type { Knex } from 'knex'

/** Indexes by name, each with the table of the gateway's store and the columns that it is on. */
export type NamedIndexes = Readonly<Record<string, string>>

export const createIndexes = async (trx: Knex, indexes: NamedIndexes): Promise<void> => {
  for (const [name, on] of Object.entries(indexes)) await trx.raw(`create index ${name} on ${on}`)
}

export const dropIndexes = async (trx: Knex, indexes: NamedIndexes): Promise<void> => {
  for (const name of Object.keys(indexes)) await trx.raw(`drop index gateway.${name}`)
}
