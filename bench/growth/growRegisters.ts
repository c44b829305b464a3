import type pg from 'pg'

/** Entries of each register that are over, for one time. */
const each = 20

/**
 * Adds to what these children's history is the times from one number to another: each event of the police once more,
 * and so many entries of registers, messages, transfers and duties that are over.
 */
export async function grow(
  client: pg.Client,
  children: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const registers = [children, (from - 1) * each + 1, to * each]
  const persons = `select person_id from gateway.link where agency = 'police' and child_id = any($1::text[])`
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = 'police.police_event'::regclass and attnum > 0 and not attisdropped and attname <> 'record_id' order by attnum`,
  )
  const columns = rows.map(({ name }) => name).join(', ')
  const shifted = columns
    .split(', ')
    .map((name) => (name === 'event_at' ? `event_at - n * interval '7 hours'` : name))
    .join(', ')
  await client.query(
    `insert into police.police_event (record_id, ${columns}) select record_id || '~' || n, ${shifted}
     from police.police_event, generate_series($2::int, $3::int) n
     where record_id not like '%~%' and person_id in (${persons})`,
    [children, from, to],
  )
  await client.query(
    `insert into gateway.consent (id, child_id, state, giver, competence, recorded_at, recorded_by, withdrawn_at)
     select 'grown ' || child || ' ' || n, child, 'GIVEN', 'CHILD', 'COMPETENT', now() - n * interval '1 day',
       'SOCIAL_WORKER, LA2-CSC', now() from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.relationship (id, child_id, organisation, kind, from_on, to_on, recorded_by)
     select 'grown ' || child || ' ' || n, child, 'LA2-CSC', 'EPISODE', current_date - n, current_date - n + 1,
       'SOCIAL_WORKER, LA2-CSC' from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.hold (id, child_id, kind, agency, organisation, label, reason, owner, review_on, recorded_at, released_at)
     select 'grown ' || child || ' ' || n, child, 'DETRIMENT', 'socialCare', 'LA2-CSC', 'SOCIAL_CARE', 'x',
       'SOCIAL_WORKER, LA2-CSC', current_date, now() - n * interval '1 day', now()
     from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.message (id, child_id, kind, kind_version, from_organisation, from_role, from_person, from_mailbox,
       procedures, fields, sent_at, closed_at, content_hash, audit_id)
     select 'grown ' || child || ' ' || n, child, 'ALERT_NOTICE', 1, 'LA5-CSC', 'x', 'x', 'LA5/CASE_TEAM', 'england', '{}',
       now() - n * interval '1 day', now(), 'x', 'x' from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.message_recipient (message_id, place, seq, mailbox, party, service, duty, added_at, answered_at, kind)
     select id, 0, seq, 'LA2/CASE_TEAM', 'LA2', 'CASE_TEAM', 'ANSWER', sent_at, sent_at, kind
     from gateway.message where id like 'grown %' on conflict do nothing`,
  )
  await client.query(
    `insert into gateway.transfer (id, child_id, type, from_la, to_la, state, version, notified_at, clock_start, clock_rule,
       working_days, due_on, created_at, created_by, notified_by)
     select 'grown ' || child || ' ' || n, child || ' ' || n, 'CLA_PLACED_OUT', 'LA2', 'LA5', 'CLOSED', 1, now(), now(), 'x', 15,
       current_date - n, now(), 'x', 'x' from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.obligation (id, child_id, kind, owner, arisen_at, due_on, discharged_at)
     select 'grown ' || child || ' ' || n, child, 'NOTIFY_RESPONSIBLE_LA', 'organisation:LA2-CSC', now(), current_date, now()
     from unnest($1::text[]) child, generate_series($2::int, $3::int) n`,
    registers,
  )
  await client.query(
    `insert into gateway.link_event (verdict, reference, sent, decided_by, reason, at)
    select 'asked', 'grown ' || n, '{}', 'x', 'x', now() from generate_series($1::int, $2::int) n`,
    registers.slice(1),
  )
  await client.query(`insert into gateway.link_event (verdict, undoes, decided_by, reason, at)
    select 'answered', id, 'x', 'x', now() from gateway.link_event where reference like 'grown %' on conflict do nothing`)
  await client.query('vacuum analyze')
}
