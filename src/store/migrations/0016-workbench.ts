import type { Knex } from 'knex'

/**
 * Who is signed in to the workbench. The cookie's secret is not here, only its digest: whoever reads the table can
 * neither become anyone nor read the addresses of pages. A draft is unsaved text of one person, encrypted, and theirs
 * alone.
 */
export const workbenchTables: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.workbench_session (
      digest text primary key, provider text not null, subject text not null, person jsonb not null,
      purpose text not null, began_at timestamptz not null, seen_at timestamptz not null, ends_at timestamptz not null)`)
    await trx.raw('create index workbench_session_person on gateway.workbench_session (provider, subject)')
    await trx.raw(`create table gateway.workbench_draft (
      owner text not null, form text not null, sealed text not null, written_at timestamptz not null,
      primary key (owner, form))`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.workbench_draft')
    await trx.raw('drop table gateway.workbench_session')
  },
}
