import type { Knex } from 'knex'

/** What makes a token's single use and its revocation known to every gateway on one database. */
export const tokenTables: Knex.Migration = {
  async up(trx) {
    // Nothing here says who asked: the key is a digest.
    await trx.raw('create table gateway.token_replay (key text primary key, expires_at timestamptz not null)')
    await trx.raw('create index token_replay_expires_at on gateway.token_replay (expires_at)')
    await trx.raw(`create table gateway.denied_token (
      kind text not null, value text not null, issuer text, reason text not null,
      until timestamptz, at timestamptz not null default now())`)
    await trx.raw(`create unique index denied_token_once on gateway.denied_token (kind, value, coalesce(issuer, ''))`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.denied_token')
    await trx.raw('drop table gateway.token_replay')
  },
}
