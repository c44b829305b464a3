import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Database } from '../store/database.ts'
import { type Decision, standardPolicy } from './decideMatch.ts'
import { guardedLabels } from './guardedLabels.ts'
import { normalisedPerson, type Person } from './person.ts'
import type { Register } from './register.ts'
import { sameHolder } from './sameHolder.ts'
import type { SearchBatch } from './searchBatch.ts'

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
/** Looking for those who wait reads all who are known, so it is done seldom. */
const mostWaiting = 20_000
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
  for (let ids = await waiting(database); ids.length > 0; ids = await waiting(database))
    for (let start = 0; start < ids.length; start += batchSize) {
      const sought = await personsOf(database, ids.slice(start, start + batchSize))
      for (const { outcome, isAsked } of await resolveTogether(register, database, clock, sought)) {
        if (outcome !== null) found[outcome] += 1
        if (isAsked) found.asked += 1
      }
      done += sought.length
      onProgress(done)
    }
  return found
}

/**
 * The same of one record, once a person has said whose it is not: it is a child of its own from then on, or another
 * question waits.
 */
export async function resolveAgain(
  register: Register,
  database: Database,
  clock: Clock,
  record: string,
): Promise<void> {
  const ids = await waiting(database, record)
  if (ids.length > 0) await resolveTogether(register, database, clock, await personsOf(database, ids))
}

interface Outcome {
  readonly outcome: 'children' | 'linked' | null
  readonly isAsked: boolean
}

async function resolveTogether(
  register: Register,
  database: Database,
  clock: Clock,
  sought: readonly Waiting[],
): Promise<readonly Outcome[]> {
  const batch: Batch = { found: await register.searchBatch(sought), added: [] }
  const outcomes: Outcome[] = []
  for (const record of sought) outcomes.push(await resolveOne(register, database, clock, record, batch))
  await addChildren(register, database, clock, batch)
  return outcomes
}

/** Records that are resolved together, and those of them whose child is not written yet. */
interface Batch {
  readonly found: SearchBatch
  added: readonly NewChild[]
}

async function resolveOne(
  register: Register,
  database: Database,
  clock: Clock,
  { id, agency, person, isProtected }: Waiting,
  batch: Batch,
): Promise<Outcome> {
  const search = () => register.find(person, { record: id, mayKnowProtected: true, batch: batch.found })
  let { decision, childId } = await search()
  if (decision.outcome === 'SAME' && childId !== null && batch.added.length > 0) {
    // What is linked has to stand on a child that is written, and that no other replica made meanwhile.
    await addChildren(register, database, clock, batch)
    ;({ decision, childId } = await search())
  }
  const best = decision.outcome === 'SAME' ? decision.seen[0] : undefined
  if (decision.outcome === 'SAME' && best && childId !== null && !(await register.exposesRestricted(id, childId))) {
    await register.link(id, childId, best.weighed, decision.method)
    await addIdentifiers(database.knex, childId, person)
    batch.found.is(id, childId)
    return { outcome: 'linked', isAsked: false }
  }
  const isOpen =
    decision.outcome === 'ASK' ? decision.reason !== 'REFUTED_BEFORE' : decision.outcome === 'SAME' && childId !== null
  const isAsked = isOpen && (agency !== leadAgency || concernsChild(decision))
  if (isAsked) await register.questions.ask(person, id, by, isProtected ? guardedLabels : [])
  if (isOpen && agency !== leadAgency) return { outcome: null, isAsked }
  const own = randomUUID()
  batch.added = [...batch.added, { record: id, childId: own, person }]
  batch.found.is(id, own)
  return { outcome: 'children', isAsked }
}

/** A child who is known by one record alone. */
interface NewChild {
  readonly record: string
  readonly childId: string
  readonly person: Person
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
 * Children who are known by one record alone each, in one statement: a first import makes tens of thousands of them. A
 * record that became a child's meanwhile, by another replica, stays that child's.
 */
async function addChildren(register: Register, database: Database, clock: Clock, batch: Batch): Promise<void> {
  const { added } = batch
  if (added.length === 0) return
  batch.added = []
  const numbers = added.flatMap(({ record, person }) => identifiersOf(person).map((number) => ({ ...number, record })))
  const rows = await database.rows({
    name: 'identity-add-children',
    text: `with asked as (select * from jsonb_to_recordset($1::jsonb) as asked (record bigint, child text, born date)),
      own as (select person.id, person.agency, person.local_id, person.holder, asked.child, asked.born
        from gateway.person_record person join asked on asked.record = person.id
        where person.child_id is null for update of person),
      child as (insert into gateway.child (child_id, born_on) select child, born from own),
      event as (insert into gateway.link_event (record, child_id, verdict, method, decided_by, reason, at)
        select id, child, 'linked', 'evidence', 'gateway', $3::text, $4::timestamptz from own returning id, record),
      known as (update gateway.person_record person set child_id = own.child from own where person.id = own.id),
      linked as (insert into gateway.link (child_id, agency, person_id, holder, since, event)
        select own.child, own.agency, own.local_id, own.holder, $4::timestamptz, event.id
          from own join event on event.record = own.id
        on conflict (agency, person_id, child_id, holder) do nothing),
      numbered as (insert into gateway.identifier (scheme, value, verified, child_id)
        select number.scheme, number.value, number.verified, own.child from own
          join jsonb_to_recordset($2::jsonb) as number (record bigint, scheme text, value text, verified boolean)
            on number.record = own.id
        on conflict (scheme, value, child_id) do nothing)
      select id::text from own`,
    values: [
      JSON.stringify(added.map(({ record, childId, person }) => ({ record, child: childId, born: bornOn(person) }))),
      JSON.stringify(numbers),
      'Nobody who is known is surely this child.',
      clock.now().toISOString(),
    ],
  })
  const written = new Set(rows.map(([id]) => id))
  for (const { record } of added) if (!written.has(record)) batch.found.is(record, await register.childOf(record))
}

/** The day of birth, where all of it is known and it is one of the calendar. */
function bornOn({ birth, isExpected }: Person): string | null {
  const day = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`
  const at = Date.parse(day)
  return isExpected || birth.length !== 8 || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day
    ? null
    : day
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
async function waiting(database: Database, only: string | null = null): Promise<readonly string[]> {
  const rows = await database.rows({
    name: 'identity-waiting',
    text: `select person.id::text from gateway.person_record person
      where person.child_id is null and person.agency <> 'adultServices' and ($3::bigint is null or person.id = $3::bigint)
        and not exists (select 1 from gateway.link link
          where link.agency = person.agency and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null)
        and not exists (select 1 from gateway.link_event asked where asked.record = person.id and asked.verdict = 'asked'
          and not exists (select 1 from gateway.link_event answer where answer.undoes = asked.id))
        and not exists (select 1 from gateway.link_event answer where answer.record = person.id
          and answer.verdict = 'answered' and answer.reason like 'CANNOT_TELL:%' and answer.at >= person.seen_at)
      order by person.agency = $2::text desc, person.id limit $1::int`,
    values: [mostWaiting, leadAgency, only],
  })
  return rows.flatMap(([id]) => id ?? [])
}

/** The same with who each is of, in their order, as far as they are still nobody's. */
async function personsOf(database: Database, ids: readonly string[]): Promise<readonly Waiting[]> {
  const rows = await database.rows({
    name: 'identity-waiting-persons',
    text: `select person.id::text, person.agency, person.folded, person.protected::text
      from json_array_elements_text($1::json) with ordinality as asked (id, place)
      join gateway.person_record person on person.id = asked.id::bigint
      where person.child_id is null order by asked.place`,
    values: [JSON.stringify(ids)],
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
