import type { Knex } from 'knex'

/** Two consents of one scope, giver and end: of these the later act is the one that can still speak. */
const scope = `child_id, labels, recipient, purpose, giver, given_by, competence, state = 'NOT_SOUGHT',
  case when withdrawn_at is null then expires_on end`
const latestFirst = `coalesce(withdrawn_at, recorded_at) desc, state = 'GIVEN' and withdrawn_at is null, recorded_at, id`

/**
 * Marks again, among the consents of some children, those in whose place a later one speaks. A mark only spares a
 * reader: one that is missing changes nothing, so whoever is at a row just now is not waited for and marks it next.
 */
const mark = (children: string, among: string): string => `
  with ranked as (
    select id, row_number() over (partition by ${scope} order by ${latestFirst}) > 1 as is_past from gateway.consent
    where child_id in (${children}) ${among}),
  changed as (
    select consent.id, ranked.is_past from gateway.consent join ranked using (id)
    where consent.superseded <> ranked.is_past for update of consent skip locked)
  update gateway.consent set superseded = changed.is_past from changed where consent.id = changed.id`

/**
 * What has been added is held against what speaks until then. Whoever was in another's place and is changed may give it
 * back: then every consent of the child is looked at. One at a time for a child, each after what the one before it
 * wrote: else a consent that is withdrawn now could be marked by what was true before.
 */
const whenConsentsChange = `create function gateway.consents_changed() returns trigger language plpgsql as $changed$
  begin
    -- What is marked here is itself a change.
    if pg_trigger_depth() > 1 then return null; end if;
    perform pg_advisory_xact_lock(hashtextextended('consents ' || child_id, 0))
      from (select distinct child_id from touched order by child_id) child;
    if tg_op = 'INSERT' then ${mark('select child_id from touched', 'and not superseded')};
    else ${mark('select child_id from touched', '')};
    end if;
    return null;
  end $changed$`

/** Events are only ever added, so what waits stands beside them. */
const whenAsked = `create function gateway.question_asked() returns trigger language plpgsql as $asked$
  begin
    if new.verdict = 'asked' then insert into gateway.waiting_question (event) values (new.id);
    else delete from gateway.waiting_question where event = new.undoes;
    end if;
    return null;
  end $asked$`

const inForce = {
  consent_speaks: 'gateway.consent (child_id) where not superseded',
  link_in_force: `gateway.link (child_id, coalesce(ended_at, 'infinity'::timestamptz))`,
  relationship_in_force: `gateway.relationship (child_id, organisation, coalesce(to_on, 'infinity'::date))`,
  hold_in_force: 'gateway.hold (child_id) where released_at is null',
  bar_in_force: 'gateway.bar (child_id) where ended_at is null',
  court_order_in_force: 'gateway.court_order (child_id) where ended_at is null',
  harm_signal_in_force: 'gateway.harm_signal (child_id) where ended_at is null',
  parental_responsibility_in_force: 'gateway.parental_responsibility (child_id) where ended_at is null',
} as const

/**
 * What a decision stands on is found without what is over: the entries in force of each register, the consents that can
 * still speak, the questions of identity that wait.
 */
export const standingEntries: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.consent add column superseded boolean not null default false')
    await trx.raw(mark('select child_id from gateway.child union select child_id from gateway.consent', ''))
    await trx.raw(whenConsentsChange)
    for (const [name, tables] of [
      ['insert', 'new table as touched'],
      ['update', 'old table as touched'],
      ['delete', 'old table as touched'],
    ] as const)
      await trx.raw(`create trigger consents_${name} after ${name} on gateway.consent referencing ${tables}
        for each statement execute function gateway.consents_changed()`)
    await trx.raw('create table gateway.waiting_question (event bigint primary key references gateway.link_event)')
    await trx.raw(`insert into gateway.waiting_question select id from gateway.link_event asked
      where verdict = 'asked' and not exists (select from gateway.link_event answer where answer.undoes = asked.id)`)
    await trx.raw(whenAsked)
    await trx.raw(`create trigger question_asked after insert on gateway.link_event for each row
      when (new.verdict = 'asked' or new.undoes is not null) execute function gateway.question_asked()`)
    for (const [name, on] of Object.entries(inForce)) await trx.raw(`create index ${name} on ${on}`)
  },
  async down(trx) {
    await trx.raw('drop trigger question_asked on gateway.link_event')
    await trx.raw('drop function gateway.question_asked()')
    await trx.raw('drop table gateway.waiting_question')
    for (const name of ['insert', 'update', 'delete']) await trx.raw(`drop trigger consents_${name} on gateway.consent`)
    await trx.raw('drop function gateway.consents_changed()')
    for (const name of Object.keys(inForce)) await trx.raw(`drop index gateway.${name}`)
    await trx.raw('alter table gateway.consent drop column superseded')
  },
}
