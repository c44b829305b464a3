import type { Caller } from '../auth/caller.ts'
import type { Statement } from '../store/database.ts'
import { ukDay } from './day.ts'

/** Instants as ISO 8601 text whatever the session's time zone. */
export const isoText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const text = `
select child.child_id::text, child.area_la::text, child.born_on::text,
  (select json_agg(json_build_object('agency', link.agency, 'person', link.person_id) order by link.agency, link.person_id)::text
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
      and (hold.kind <> 'EMBARGO' or hold.until is null or hold.until > asked.now))
from (select value.organisation, value.la, value.now, value.today,
    exists (select from gateway.agreement where agreement.organisation = value.organisation
      and (agreement.from_on is null or agreement.from_on <= value.today)
      and (agreement.to_on is null or agreement.to_on >= value.today)) as agreement
  from (select $2::text as organisation, $3::text as la, $4::timestamptz as now, $5::date as today) as value) as asked,
  gateway.child
where child.child_id = any(array(select json_array_elements_text($1::json)))`

/** All that the gateway knows of these children for this caller. Always the same text, so that it is prepared once. */
export const factsStatement = (
  caller: Pick<Caller, 'organisation' | 'la'>,
  childIds: readonly string[],
  now: Date,
  today: Date,
): Statement => ({
  name: 'child_facts',
  text,
  values: [JSON.stringify(childIds), caller.organisation, caller.la, now.toISOString(), ukDay(today)],
})
