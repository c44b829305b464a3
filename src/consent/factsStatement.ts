import type { Caller } from '../auth/caller.ts'
import type { Statement } from '../store/database.ts'
import { ukDay } from './day.ts'

/** Instants as ISO 8601 text whatever the session's time zone. */
export const isoText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const text = `
select asked.place::text, child.child_id::text, child.area_la::text, child.born_on::text,
  (select json_agg(link.agency || ' ' || link.person_id)::text
    from gateway.link where link.child_id = child.child_id and (link.ended_at is null or link.ended_at > asked.now)),
  (select relationship.kind::text from gateway.relationship
    where relationship.child_id = child.child_id and relationship.organisation = asked.organisation
      and (relationship.from_on is null or relationship.from_on <= asked.today)
      and (relationship.to_on is null or relationship.to_on > asked.today)
    order by array_position(array['ALLOCATED', 'EPISODE', 'ON_ROLL'], relationship.kind) limit 1),
  asked.agreement::text,
  (select exists (select from gateway.transfer
    where transfer.child_id = child.child_id and asked.la in (transfer.from_la, transfer.to_la)
      and transfer.state not in ('REJECTED', 'WITHDRAWN', 'CLOSED')))::text,
  (select json_agg(json_build_object('id', consent.id, 'state', consent.state, 'labels', consent.labels,
      'recipient', consent.recipient, 'purpose', consent.purpose, 'giver', consent.giver, 'competence', consent.competence,
      'recordedAt', ${isoText('consent.recorded_at')}, 'withdrawnAt', ${isoText('consent.withdrawn_at')},
      'expiresOn', consent.expires_on::text) order by consent.recorded_at, consent.id)::text
    from gateway.consent where consent.child_id = child.child_id),
  (select json_agg(json_build_object('id', hold.id, 'agency', hold.agency, 'kind', hold.kind, 'recordId', hold.record_id,
      'label', hold.label, 'reviewOn', hold.review_on::text) order by hold.recorded_at, hold.id)::text
    from gateway.hold where hold.child_id = child.child_id and hold.released_at is null
      and (hold.kind <> 'EMBARGO' or hold.until is null or hold.until > asked.now)),
  (select exists (select from gateway.break_glass session
    where session.child_id = child.child_id and session.expires_at > asked.now
      and session.organisation = asked.organisation and session.subject = asked.subject and session.issuer = asked.issuer
      and (session.confirmed_at is not null or not session.needs_second)))::text
from (select value.*,
    exists (select from gateway.agreement where agreement.organisation = value.organisation
      and (agreement.from_on is null or agreement.from_on <= value.today)
      and (agreement.to_on is null or agreement.to_on >= value.today)) as agreement
  from json_to_recordset($1::json) as value
    (place integer, organisation text, la text, now timestamptz, today date, subject text, issuer text, children json)) as asked
  cross join lateral json_array_elements_text(asked.children) as wanted (id)
  cross join lateral (select * from gateway.child where child_id = wanted.id limit 1) as child`

/** Of which children one caller asks, and when: consents and holds are judged at `now`, the rest on the day `today`. */
export interface FactsQuestion {
  readonly caller: Pick<Caller, 'organisation' | 'la' | 'subject' | 'issuer'>
  readonly childIds: readonly string[]
  readonly now: Date
  readonly today: Date
}

/**
 * All that the gateway knows of these children for these callers; the first column is the place of the question. Always the
 * same text, so that it is prepared once.
 */
export const factsStatement = (questions: readonly FactsQuestion[]): Statement => ({
  name: 'child_facts',
  text,
  values: [
    JSON.stringify(
      questions.map(({ caller, childIds, now, today }, place) => ({
        place,
        organisation: caller.organisation,
        la: caller.la,
        now,
        today: ukDay(today),
        subject: caller.subject,
        issuer: caller.issuer,
        children: childIds,
      })),
    ),
  ],
})
