import type { Caller } from '../policy/caller.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { wholeTable } from '../store/changeVersions.ts'
import type { Statement } from '../store/database.ts'
import { childKey } from '../store/registerChanges.ts'

/** Instants as ISO 8601 text whatever the session's time zone. */
export const isoText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * What a row of `factsStatement` tells, in its first column. The second names whose it is: a child, for an agreement an
 * organisation. What the others hold is said here.
 */
export const factRows = {
  /** Area, day of birth, agencies that recorded a place that must not be found, authorities as last known. */
  child: '0',
  /** Agency, person, when it ends, holder. */
  link: '1',
  /** Organisation, kind, first day, day on which it is over. */
  relationship: '2',
  /** Purposes as JSON, or nothing for all; nothing; first day, last day. */
  agreement: '3',
  /** Authorities from and to, kind, last day of the clock where the sending authority notified it. */
  transfer: '4',
  /**
   * Of a child's those that can speak on any day, as JSON: of two of one scope, giver and end, the later act is the one
   * that can.
   */
  consents: '5',
  /** All of a child's, as JSON. */
  holds: '6',
  /** Organisation, subject, issuer, when it ends. */
  breakGlass: '7',
  /** Of a key: its change version. */
  stamp: '8',
  /** Subject and issuer of whoever is barred from the child; every issuer where none is named. */
  bar: '9',
  /** Of the organisations that ask: order as JSON, recipient, nothing, the last day. */
  order: 'order',
  /** When it ends, and the organisation whose word it is: to that one it opens nothing. */
  signal: 'signal',
  /** Of an authority: what a supplier withholds from it in a transfer, as JSON. */
  withheldPart: 'withheld part',
  /** Who has parental responsibility: id, whether it is disputed, whether they are not to be asked. */
  responsibility: 'responsibility',
} as const

const linkEnd = (column: string): string => `coalesce(${column}, 'infinity'::timestamptz)`

/**
 * Each register is read once for all children, and not once for each of them; by an index of what is in force, so that
 * what is over costs nothing. `offset 0` keeps a planner from walking all that an organisation has with any child.
 */
const text = `
select '${factRows.child}'::text, child_id, area_la, born_on::text,
    (select string_agg(distinct place.agency, ' ' order by place.agency) from gateway.link link
      join gateway.protected_place place on place.agency = link.agency and place.person_id = link.person_id
        and (place.holder = '' or link.holder in ('', place.holder))
      where link.child_id = child.child_id and ${linkEnd('link.ended_at')} > $2::timestamptz),
    (select json_build_array(known.responsible_la, known.area_la, known.area_force, known.is_looked_after,
        known.is_known, known.has_reasonable_cause)::text
      from gateway.last_known known where known.child_id = child.child_id)
  from gateway.child child where child_id = any($1::text[])
union all
select '${factRows.link}', child_id, agency, person_id, extract(epoch from ended_at)::text, holder
  from gateway.link where child_id = any($1::text[]) and ${linkEnd('ended_at')} > $2::timestamptz
union all
select '${factRows.relationship}', child_id, organisation, kind, from_on::text, to_on::text
  from (select * from gateway.relationship where child_id = any($1::text[])
      and coalesce(to_on, 'infinity'::date) > $5::date offset 0) as relationship
  where organisation = any($3::text[])
union all
select '${factRows.agreement}', organisation, array_to_json(purposes)::text, null, from_on::text, to_on::text
  from gateway.agreement where organisation = any($3::text[]) and confirmed_at is not null
union all
select '${factRows.transfer}', child_id, from_la, to_la, type, case when notified_by is not null then due_on::text end
  from gateway.transfer where child_id = any($1::text[]) and state not in ('REJECTED', 'WITHDRAWN', 'CLOSED')
    and kept_for is null
union all
select '${factRows.consents}', child_id, json_agg(json_build_object('id', id, 'state', state, 'labels', labels,
    'recipient', recipient, 'purpose', purpose, 'giver', giver, 'givenBy', given_by, 'competence', competence,
    'recordedAt', ${isoText('recorded_at')}, 'withdrawnAt', ${isoText('withdrawn_at')},
    'expiresOn', expires_on::text) order by recorded_at, id)::text, null, null, null
  from (select distinct on (child_id, labels, recipient, purpose, giver, given_by, competence, state = 'NOT_SOUGHT',
      case when withdrawn_at is null then expires_on end) *
    from gateway.consent where child_id = any($1::text[]) and not superseded
    order by child_id, labels, recipient, purpose, giver, given_by, competence, state = 'NOT_SOUGHT',
      case when withdrawn_at is null then expires_on end, coalesce(withdrawn_at, recorded_at) desc,
      state = 'GIVEN' and withdrawn_at is null, recorded_at, id) consent group by child_id
union all
select '${factRows.holds}', child_id, json_agg(json_build_object('id', id, 'agency', agency, 'organisation', organisation, 'kind', kind,
    'recordId', record_id, 'label', label, 'reviewOn', review_on::text, 'recipient', recipient,
    'recipientOrganisation', recipient_organisation, 'recordedAt', ${isoText('recorded_at')},
    'endsAt', case when kind = 'EMBARGO' then extract(epoch from until) end) order by recorded_at, id)::text, null, null, null
  from gateway.hold where child_id = any($1::text[]) and released_at is null
    and (kind <> 'EMBARGO' or until is null or until > $2::timestamptz) group by child_id
union all
select '${factRows.breakGlass}', child_id, organisation, subject, issuer, extract(epoch from expires_at)::text
  from gateway.break_glass where child_id = any($1::text[]) and expires_at > $2::timestamptz
    and organisation = any($3::text[]) and (confirmed_at is not null or not needs_second)
union all
select '${factRows.bar}', child_id, subject, issuer, null, null
  from gateway.bar where child_id = any($1::text[]) and ended_at is null
union all
select '${factRows.order}', child_id, json_build_object('id', id, 'labels', labels, 'madeOn', made_on::text)::text, recipient,
    null, expires_on::text
  from gateway.court_order where child_id = any($1::text[]) and recipient = any($3::text[])
    and confirmed_at is not null and ended_at is null and effect = 'DISCLOSES'
union all
select '${factRows.signal}', child_id, extract(epoch from ends_at)::text, organisation, null, null
  from gateway.harm_signal where child_id = any($1::text[]) and ended_at is null and ends_at > $2::timestamptz
union all
select '${factRows.responsibility}', child_id, id, disputed::text, not_to_be_asked::text, null
  from gateway.parental_responsibility where child_id = any($1::text[]) and ended_at is null
union all
select '${factRows.withheldPart}', transfer.child_id, transfer.to_la, json_build_object('transfer', transfer.id,
    'service', part.agency, 'by', part.by, 'recordedAt', ${isoText('part.at')})::text, null, null
  from gateway.transfer join gateway.transfer_contribution part on part.transfer_id = transfer.id
  where transfer.child_id = any($1::text[]) and part.state = 'WITHHELD'
union all
select '${factRows.stamp}', whose, stamp::text, null, null, null from gateway.change where whose = any($4::text[])`

/** Of which children one caller asks, and when: consents and holds are judged at `now`, the rest on the day `today`. */
export interface FactsQuestion {
  readonly caller: Pick<Caller, 'organisation' | 'agencyType' | 'la' | 'subject' | 'issuer' | 'purpose'>
  readonly childIds: readonly string[]
  readonly now: Date
  readonly today: Date
}

/**
 * What the registers hold of these children for these callers' organisations; which of it concerns which caller, and on
 * which day, is the reader's to tell. Always the same text, so that it is prepared once. Judged at the latest `now`
 * and the first day: what has ended by then is in force for nobody who asked in the same turn.
 */
export function factsStatement(questions: readonly FactsQuestion[]): Statement {
  const ids = [...new Set(questions.flatMap(({ childIds }) => childIds))]
  return {
    name: 'child_facts',
    text,
    values: [
      ids,
      new Date(Math.max(...questions.map(({ now }) => now.getTime()))).toISOString(),
      [...new Set(questions.map(({ caller }) => caller.organisation))],
      [wholeTable, ...ids.map(childKey)],
      questions.map(({ today }) => ukDay(today)).sort()[0],
    ],
  }
}
