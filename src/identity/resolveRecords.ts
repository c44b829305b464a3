import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Database } from '../store/database.ts'
import { type Decision, standardPolicy } from './decide.ts'
import { guardedLabels } from './guardedLabels.ts'
import { normalisedPerson, type Person } from './person.ts'
import type { Register } from './register.ts'
import { sameHolder } from './sameHolder.ts'

/** What came of the records that were of nobody yet. */
export interface Resolved {
  /** Children that are known from now on. */
  readonly children: number
  /** Records that were found to be of a child that was known. */
  readonly linked: number
  /** Questions that were put to a person: about a record that may be of a child who is known already. */
  readonly asked: number
}

interface Waiting {
  readonly id: string
  readonly agency: AgencyName
  readonly person: Person
  readonly isProtected: boolean
}

const batchSize = 500
const by = { person: 'gateway', reason: 'RESOLVE: it is not sure enough to link it.' }

/**
 * Makes children of the records that nobody is known by, and links those that are surely of one who is. Where it is not
 * sure, a person is asked; a record of the lead agency has its child all the same, since a child who is known twice is
 * found and one who is known to nobody is not. Adults are nobody's child. What would show a restricted record is never
 * linked here.
 */
export async function resolveRecords(
  register: Register,
  database: Database,
  clock: Clock,
  onProgress: (done: number) => void,
): Promise<Resolved> {
  const found = { children: 0, linked: 0, asked: 0 }
  let done = 0
  // Whatever comes of a record, it waits no more.
  for (let batch = await waiting(database); batch.length > 0; batch = await waiting(database)) {
    for (const record of batch) {
      const { outcome, isAsked } = await resolveOne(register, database, clock, record)
      if (outcome !== null) found[outcome] += 1
      if (isAsked) found.asked += 1
      done += 1
    }
    onProgress(done)
  }
  return found
}

async function resolveOne(
  register: Register,
  database: Database,
  clock: Clock,
  { id, agency, person, isProtected }: Waiting,
): Promise<{ readonly outcome: 'children' | 'linked' | null; readonly isAsked: boolean }> {
  const { decision, childId } = await register.find(person, { record: id, mayKnowProtected: true })
  const best = decision.outcome === 'SAME' ? decision.seen[0] : undefined
  if (decision.outcome === 'SAME' && best && childId !== null && !(await register.exposesRestricted(id, childId))) {
    await register.link(id, childId, best.weighed, decision.method)
    await addIdentifiers(database.knex, childId, person)
    return { outcome: 'linked', isAsked: false }
  }
  const isOpen =
    decision.outcome === 'ASK' ? decision.reason !== 'REFUTED_BEFORE' : decision.outcome === 'SAME' && childId !== null
  const isAsked = isOpen && (agency !== leadAgency || concernsChild(decision))
  if (isAsked) await register.questions.ask(person, id, by, isProtected ? guardedLabels : [])
  if (isOpen && agency !== leadAgency) return { outcome: null, isAsked }
  await addChild(database, clock, id, person)
  return { outcome: 'children', isAsked }
}

/**
 * Whether a child who is known is among those in question, or may be beyond those that are named. Records of nobody
 * yet are asked about when their own turn comes, after the lead agency's.
 */
const concernsChild = (decision: Decision): boolean =>
  decision.outcome === 'SAME' ||
  decision.seen.length === 0 ||
  decision.seen.length >= standardPolicy.shown ||
  decision.seen.some(({ id }) => id.startsWith('child '))

/**
 * A child who is known by this record alone, in one statement: a first import makes tens of thousands of them. A record
 * that became a child's meanwhile, by another replica, stays that child's.
 */
async function addChild(database: Database, clock: Clock, record: string, person: Person): Promise<void> {
  const numbers = identifiersOf(person)
  await database.rows({
    name: 'identity-add-child',
    text: `with own as (select id, agency, local_id, holder from gateway.person_record
        where id = $1::bigint and child_id is null for update),
      child as (insert into gateway.child (child_id, born_on) select $2::text, $3::date from own),
      event as (insert into gateway.link_event (record, child_id, verdict, method, decided_by, reason, at)
        select id, $2::text, 'linked', 'evidence', 'gateway', $4::text, $5::timestamptz from own returning id),
      known as (update gateway.person_record set child_id = $2::text where id = (select id from own)),
      linked as (insert into gateway.link (child_id, agency, person_id, holder, since, event)
        select $2::text, agency, local_id, holder, $5::timestamptz, (select id from event) from own
        on conflict (agency, person_id, child_id, holder) do nothing),
      numbered as (insert into gateway.identifier (scheme, value, verified, child_id)
        select scheme, value, verified, $2::text from own, unnest($6::text[], $7::text[], $8::boolean[])
          as number (scheme, value, verified) on conflict (scheme, value, child_id) do nothing)
      select id::text from own`,
    values: [
      ...[record, randomUUID(), /^\d{4}-\d{2}-\d{2}$/.test(person.birth) ? person.birth : null],
      ...['Nobody who is known is surely this child.', clock.now().toISOString()],
      ...[numbers.map(({ scheme }) => scheme), numbers.map(({ value }) => value)],
      numbers.map(({ verified }) => verified),
    ],
  })
}

/** Numbers by which the child is looked for. Whether the caller may find them so is asked of the records themselves. */
async function addIdentifiers(knex: Knex, childId: string, person: Person): Promise<void> {
  const rows = identifiersOf(person)
  if (rows.length === 0) return
  await knex('gateway.identifier')
    .insert(rows.map((row) => ({ ...row, child_id: childId })))
    .onConflict(['scheme', 'value', 'child_id'])
    .ignore()
}

const identifiersOf = ({ nhs, nhsVerified, upn }: Person) =>
  [
    { scheme: 'NHS_NUMBER', value: nhs, verified: nhsVerified },
    { scheme: 'UPN', value: upn, verified: false },
  ].filter(({ value }) => value !== '')

/**
 * Records of nobody about which nobody is asked yet, and of which nobody has answered since they last changed that it
 * cannot be told: the lead agency's first, since the others are mostly of its children.
 */
async function waiting(database: Database): Promise<readonly Waiting[]> {
  const rows = await database.rows({
    name: 'identity-waiting',
    text: `select person.id::text, person.agency, person.folded, person.protected::text from gateway.person_record person
      where person.child_id is null and person.agency <> 'adultServices'
        and not exists (select 1 from gateway.link link
          where link.agency = person.agency and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null)
        and not exists (select 1 from gateway.link_event asked where asked.record = person.id and asked.verdict = 'asked'
          and not exists (select 1 from gateway.link_event answer where answer.undoes = asked.id))
        and not exists (select 1 from gateway.link_event answer where answer.record = person.id
          and answer.verdict = 'answered' and answer.reason like 'CANNOT_TELL:%' and answer.at >= person.seen_at)
      order by person.agency = $2::text desc, person.id limit $1::int`,
    values: [batchSize, leadAgency],
  })
  return rows.flatMap(([id, agency, folded, isProtected]) =>
    id && agency
      ? [
          {
            ...{ id, agency: agency as AgencyName, person: normalisedPerson(folded ?? '') },
            isProtected: isProtected === 'true',
          },
        ]
      : [],
  )
}
