import type { Database } from '../../src/store/database.ts'

/** Children whose history grows. The stories about them stay what they are: everything that is added is over. */
const children = ['C04', 'C05']

const toAll = `cross join (values ('governance:LA2'), ('organisation:LA2-CSC'), ('agency:socialCare')) whom (recipient)`

/**
 * What years of use leave behind, as statements about the entries from $1 to $2: registers that are over, transfers
 * that ended, messages that were answered, duties that were done.
 */
const added: readonly (string | readonly [text: string, join: string])[] = [
  `insert into gateway.consent (id, child_id, state, giver, competence, recorded_at, recorded_by, withdrawn_at)
    select 'grown-' || n, child, 'GIVEN', 'CHILD', 'COMPETENT', past, 'SOCIAL_WORKER, LA2-CSC', past`,
  `insert into gateway.hold (id, child_id, kind, agency, organisation, label, reason, owner, review_on, recorded_at, released_at)
    select 'grown-' || n, child, 'DETRIMENT', 'socialCare', 'LA2-CSC', 'SOCIAL_CARE', 'x', 'SOCIAL_WORKER, LA2-CSC', past::date,
      past, past`,
  `insert into gateway.relationship (id, child_id, organisation, kind, from_on, to_on, recorded_by)
    select 'grown-' || n, child, 'LA2-CSC', 'EPISODE', past::date - 1, past::date, 'SOCIAL_WORKER, LA2-CSC'`,
  `insert into gateway.court_order (id, child_id, court, reference, made_on, labels, recipient, expires_on, recorded_by,
      recorded_subject, recorded_issuer, recorded_at, ended_at)
    select 'grown-' || n, child, 'x', 'x', past::date, '{}', 'LA2-CSC', past::date, 'x', 'x', 'x', past, past`,
  `insert into gateway.parental_responsibility (id, child_id, holder, source, from_on, disputed, not_to_be_asked, recorded_by,
      recorded_subject, recorded_issuer, recorded_at, ended_at)
    select 'grown-' || n, child, 'x', 'MOTHER', past::date, false, false, 'x', 'x', 'x', past, past`,
  `insert into gateway.bar (id, child_id, subject, kind, reason, recorded_by, recorded_subject, recorded_issuer, recorded_at,
      ended_at)
    select 'grown-' || n, child, 'nobody', 'CONFLICT', 'x', 'x', 'x', 'x', past, past`,
  `insert into gateway.harm_signal (id, child_id, organisation, basis, ends_at, recorded_by, recorded_subject, recorded_issuer,
      recorded_at, ended_at)
    select 'grown-' || n, child, 'LA2-CSC', 'x', past, 'x', 'x', 'x', past, past`,
  `insert into gateway.agreement (id, organisation, title, document, from_on, to_on, parties, entered_by, entered_at,
      confirmed_by, confirmed_at)
    select 'grown-' || n, 'OTHER-' || n % 97, 'x', 'x', past::date - 1, past::date, array['OTHER'], 'x', past, 'x', past`,
  `insert into gateway.transfer (id, child_id, type, from_la, to_la, state, version, notified_at, clock_start, clock_rule,
      working_days, due_on, created_at, created_by, notified_by)
    select 'grown-' || n, 'gone-' || n, 'CLA_PLACED_OUT', 'LA2', 'LA5', 'CLOSED', 1, past, past, 'x', 15,
      past::date, past, 'x', 'x'`,
  `insert into gateway.break_glass (id, child_id, issuer, subject, organisation, role, purpose, reason, needs_second, opened_at,
      expires_at)
    select 'grown-' || n, child, 'x', 'x', 'LA3-CSC', 'SOCIAL_WORKER', 'EMERGENCY', 'x', false, past, past`,
  [
    `insert into gateway.break_glass_notice (id, break_glass_id, child_id, recipient, at)
    select 'grown-' || n || recipient, 'grown-' || n, child, recipient, past`,
    toAll,
  ],
  `insert into gateway.review (id, break_glass_id, child_id, la, opened_at, due_on, closed_at)
    select 'grown-' || n, 'grown-' || n, child, 'LA2', past, past::date, past`,
  [
    `insert into gateway.obligation (id, child_id, kind, owner, arisen_at, due_on, discharged_at)
    select 'grown-' || n || recipient, child, 'NOTIFY_RESPONSIBLE_LA', recipient, past, past::date, past`,
    toAll,
  ],
  `insert into gateway.access_notice (leaf_id, child_id, la, at, organisation, role, purpose, break_glass)
    select 'grown-' || n, child, 'LA2', past, 'LA3-CSC', 'SOCIAL_WORKER', 'AUDIT', false`,
  `insert into gateway.alert_clearance (child_id, code, version, anchor, reason, role, organisation, cleared_by, cleared_at)
    select child, 'PLAN_DRIFT', 1, 'grown-' || n, 'ACTED', 'SOCIAL_WORKER', 'LA2-CSC', 'x', past`,
  `insert into gateway.message (id, child_id, kind, kind_version, from_organisation, from_role, from_person, from_mailbox,
      procedures, fields, sent_at, closed_at, content_hash, audit_id)
    select 'grown-' || n, child, 'ALERT_NOTICE', 1, '900002', 'x', 'x', '900002/SAFEGUARDING_LEAD', 'england', '{}', past, past, 'x',
      'x'`,
  [
    `insert into gateway.message_recipient (message_id, place, seq, mailbox, party, service, duty, added_at,
      answered_at, kind)
    select message.id, 0, seq, 'LA2/CASE_TEAM', 'LA2', 'CASE_TEAM', 'ANSWER', past, past, message.kind`,
    `join gateway.message on message.id = 'grown-' || n`,
  ],
  `insert into gateway.link_event (record, verdict, reference, sent, decided_by, reason, at)
    select null, 'asked', 'grown-' || n, '{}', 'x', 'x', past`,
  [
    `insert into gateway.link_event (verdict, undoes, decided_by, reason, at) select 'answered', asked.id, 'x', 'x', past`,
    `join gateway.link_event asked on asked.reference = 'grown-' || n`,
  ],
  `insert into gateway.link (child_id, agency, person_id, since, ended_at)
    select child, 'health', 'grown-' || n, past, past`,
  `insert into gateway.token_replay (key, expires_at) select 'grown-' || n, past`,
  `insert into gateway.hold_event (id, hold_id, kind, at, by, reason)
    select 'grown-' || n, 'grown-1', 'REVIEWED', past, 'x', 'x'`,
  `insert into gateway.transfer_event (transfer_id, step, at, state, by)
    select 'grown-1', n, past, 'SENT', 'x'`,
]

/** Adds the entries from one number to another to everything that has a history. */
export async function growHistory(database: Database, from: number, to: number): Promise<void> {
  for (const each of added) {
    const [text, join] = typeof each === 'string' ? [each, ''] : each
    await database.knex.raw(
      `${text} from generate_series(${from}, ${to}) n
        cross join lateral (select (array['${children.join("','")}'])[1 + n % ${children.length}] as child,
          timestamptz '2026-01-01' - n * interval '1 minute' as past) about ${join}`,
    )
  }
  // As the store's own upkeep does after a while: what was marked as over leaves the indexes.
  await database.knex.raw('vacuum analyze')
}
