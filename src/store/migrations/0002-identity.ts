import type { Knex } from 'knex'

/** What tells records of one child from records of another. Keys are keyed hashes; events are only ever added. */
export const identityTables: Knex.Migration = {
  async up(trx) {
    for (const statement of statements) await trx.raw(statement)
  },
  async down() {
    throw new Error('This migration is not undone: drop the database instead.')
  },
}

const statements = [
  // `folded` is the person as compared, not as written: the source keeps the record. `child_id` follows from the
  // events.
  `create table gateway.person_record (
    id bigint generated always as identity primary key, agency text not null, local_id text not null,
    folded text not null, protected boolean not null default false, child_id text, seen_at timestamptz not null,
    unique (agency, local_id))`,
  `create table gateway.person_key (key bigint not null, record bigint not null,
    primary key (key, record))`,
  `create index person_key_record on gateway.person_key (record)`,
  `create table gateway.link_event (
    id bigint generated always as identity primary key,
    record bigint references gateway.person_record (id), child_id text,
    verdict text not null check (verdict in ('linked', 'split', 'refuted', 'asked', 'answered')),
    undoes bigint unique references gateway.link_event (id),
    reference text, weight double precision, posterior double precision, levels smallint[], rivals jsonb, sent text,
    method text check (method in ('identifier', 'evidence', 'person')),
    belief_version text, decided_by text not null, seconded_by text, reason text not null, at timestamptz not null,
    check ((verdict in ('linked', 'split')) = (record is not null and child_id is not null and undoes is null and method is not null)),
    check (verdict <> 'refuted' or undoes is not null),
    check (verdict <> 'answered' or undoes is not null),
    check (verdict <> 'asked' or (reference is not null and sent is not null)))`,
  `create index link_event_record on gateway.link_event (record, id desc) where verdict in ('linked', 'split')`,
  `create index link_event_child on gateway.link_event (child_id)`,
  `create unique index link_event_reference on gateway.link_event (reference) where verdict = 'asked'`,
  `create view gateway.link_view as
    select distinct on (event.record) event.record, event.child_id, event.id as event, event.at
    from gateway.link_event event
    where event.verdict in ('linked', 'split')
      and not exists (select 1 from gateway.link_event undoing where undoing.undoes = event.id)
    order by event.record, event.id desc`,
  // Which of the gateway's links follow from an event; those without one were given with the data.
  `alter table gateway.link add column event bigint`,
  `create function gateway.refuse_change() returns trigger language plpgsql as $refuse$
    begin raise exception 'Events of identity are only ever added.'; end $refuse$`,
  `create trigger link_event_stays before update or delete on gateway.link_event
    for each row execute function gateway.refuse_change()`,
]
