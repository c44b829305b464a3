import type { Knex } from 'knex'

/**
 * Records that holders without a database of their own hand in as files. A record keeps its id, and has a row for each
 * time that it was said anew: a row is read from `recorded_at` on, until `replaced_at`. `stated_at` is when it was
 * said, by which an older file that comes later is told from a newer one. `fields` are typed as the schema has them; of
 * `unread` what was said could not be read. Of a file only its digest is kept.
 */
export const importedRecords: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.import (
      id bigint generated always as identity primary key,
      holder text collate "C" not null,
      digest text not null,
      format text not null,
      imported_at timestamptz not null,
      records integer not null,
      refused integer not null,
      unique (holder, digest)
    )`)
    await trx.raw(`create table gateway.imported_record (
      holder text collate "C" not null,
      list text collate "C" not null,
      record_id text collate "C" not null,
      version integer not null,
      person_id text collate "C" not null,
      parent_id text collate "C",
      event_at timestamptz,
      recorded_at timestamptz not null,
      replaced_at timestamptz,
      stated_at timestamptz not null,
      recorded_by text,
      held_by_service text collate "C" not null,
      held_by_la text collate "C",
      held_by_force text collate "C",
      held_by_organisation text collate "C",
      evidence_type text collate "C" not null,
      supersedes text collate "C",
      row_labels text[] not null,
      row_handling text collate "C" not null,
      row_relevance text collate "C" not null,
      fields jsonb not null,
      unread text[] not null,
      content text not null,
      primary key (holder, list, record_id, version)
    )`)
    await trx.raw('create index imported_record_person on gateway.imported_record (holder, list, person_id)')
  },
  async down(trx) {
    await trx.raw('drop table gateway.imported_record')
    await trx.raw('drop table gateway.import')
  },
}
