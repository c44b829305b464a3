import type { AgencyName } from '../agencies.ts'
import { leavesOfChild } from '../audit/log.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { StartupError } from '../errors.ts'
import { IdentityDesk, type PersonEntry } from '../identity/desk.ts'
import { keyHasher } from '../identity/keys.ts'
import { areBornTogether } from '../identity/match.ts'
import { personOf } from '../identity/person.ts'
import { defaultBelief } from '../identity/readBelief.ts'
import { Register } from '../identity/register.ts'
import { indexSecret } from '../identity/secret.ts'
import type { Log } from '../server/log.ts'
import type { SourceLayout } from '../sources/layout.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import type { Blueprint } from './blueprint.ts'

/** Beyond this many the start would take too long: `wholeview identity index` takes them in. */
const mostAtStart = 5000

/** The desk over the gateway's own store; null, with a warning, where production was given no secret for it. */
export function openIdentity(config: Config, database: Database, clock: Clock, log: Log): IdentityDesk | null {
  const secret = secretOf(config)
  if (secret === null) {
    log.warn('IDENTITY_SECRET_MISSING', { sentence: 'Children cannot be found by name: keys have no identity.secret.' })
    return null
  }
  const options = {
    database,
    belief: defaultBelief(),
    hash: keyHasher(secret),
    clock,
    disclosures: { ofChild: (childId: string, first: number) => leavesOfChild(database, childId, first) },
  }
  return new IdentityDesk(new Register(options), options)
}

function secretOf(config: Config): Uint8Array | null {
  try {
    return indexSecret(config.keysDir, { mayCreate: !config.production })
  } catch (error) {
    if (error instanceof StartupError) return null
    throw error
  }
}

/** Takes the demonstration's children into an empty register, so that they can be found by name. */
export async function indexPeople(
  stores: Stores,
  names: readonly AgencyName[],
  { model }: Blueprint,
  config: Config,
  log: Log,
): Promise<void> {
  const desk = openIdentity(config, stores.gateway, systemClock(), log)
  if (!desk || !(await desk.isEmpty())) return
  const known = await stores.gateway.knex('gateway.child').count({ children: '*' }).first()
  if (Number(known?.['children'] ?? 0) > mostAtStart) return
  const entries: PersonEntry[] = []
  for (const name of names)
    if (name !== 'adultServices') entries.push(...(await peopleOf(name, stores.owner(name), model.layouts[name])))
  const ids = await desk.takeIn(entries)
  await askAboutTwins(desk, entries, ids, await childOfPerson(stores.gateway))
}

/** One question for each child who was born with another under one name: a person says that they are two. */
async function askAboutTwins(
  desk: IdentityDesk,
  entries: readonly PersonEntry[],
  ids: readonly string[],
  childOf: ReadonlyMap<string, string>,
): Promise<void> {
  const asked = new Set<string>()
  const child = ({ agency, localId }: PersonEntry) => childOf.get(`${agency} ${localId}`)
  for (const [at, entry] of entries.entries()) {
    const own = child(entry)
    if (own === undefined || asked.has(own)) continue
    const isDoubled = entries.some((other) => {
      const theirs = child(other)
      return theirs !== undefined && theirs !== own && areBornTogether(entry.person, other.person)
    })
    if (!isDoubled) continue
    asked.add(own)
    const reason = 'POSSIBLE_DUPLICATE: born on one day under one name.'
    await desk.register.ask(entry.person, ids[at] ?? null, { person: 'gateway', reason })
  }
}

async function childOfPerson(gateway: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await gateway.rows({
    name: 'index-links',
    text: 'select agency, person_id, min(child_id) from gateway.link where ended_at is null group by agency, person_id',
    values: [],
  })
  return new Map(rows.map(([agency, person, child]) => [`${agency} ${person}`, child ?? '']))
}

const personFields = ['family', 'given', 'dateOfBirth', 'sex', 'nhsNumber', 'nhsNumberVerified', 'upn', 'isAlias']

/** An agency's persons, one for each id: the name that is no alias, with the others beside it. */
async function peopleOf(agency: AgencyName, database: Database, layout: SourceLayout): Promise<readonly PersonEntry[]> {
  const postcodes = await postcodesOf(database, layout)
  const byId = new Map<string, Stored[]>()
  for (const row of await rowsOf(database, layout, 'person', personFields))
    byId.set(row.person, [...(byId.get(row.person) ?? []), row])
  return [...byId].map(([localId, rows]) => {
    const main = rows.find(({ fields }) => fields['isAlias'] !== 'true') ?? rows[0]
    const fields = main?.fields ?? {}
    const [postcode, ...previousPostcodes] = postcodes.get(localId) ?? []
    const described = {
      given: fields['given'] ?? null,
      family: fields['family'] ?? null,
      otherFamily: rows.flatMap((row) => (row === main ? [] : (row.fields['family'] ?? []))),
      birth: fields['dateOfBirth'] ?? null,
      sex: fields['sex'] ?? null,
      nhsNumber: fields['nhsNumber'] ?? null,
      nhsVerified: fields['nhsNumberVerified'] === 'true',
      upn: fields['upn'] ?? null,
      postcode: postcode ?? null,
      previousPostcodes,
    }
    const isProtected = rows.some((row) => isHidden(row)) || hidesAddress(postcodes, localId)
    return { agency, localId, person: personOf(described), isProtected }
  })
}

interface Stored {
  readonly person: string
  readonly labels: string
  readonly fields: Readonly<Record<string, string | null>>
}

const isHidden = ({ labels, fields }: Stored): boolean =>
  /ADOPTION|ADDRESS_PROTECTED/.test(labels) || fields['protected'] === 'true'

const hidden = 'HIDDEN'
const hidesAddress = (postcodes: ReadonlyMap<string, readonly string[]>, id: string): boolean =>
  postcodes.has(`${hidden} ${id}`)

/** Postcodes by person. One that must not be found makes no key: else a search that guessed it would find somebody. */
async function postcodesOf(database: Database, layout: SourceLayout): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  if (!layout.lists.has('addresses')) return found
  const rows = await rowsOf(database, layout, 'addresses', ['postcode', 'protected', 'from'])
  for (const row of [...rows].sort((a, b) => (b.fields['from'] ?? '').localeCompare(a.fields['from'] ?? ''))) {
    const { person, fields } = row
    if (isHidden(row)) found.set(`${hidden} ${person}`, [])
    else if (fields['postcode']) found.set(person, [...(found.get(person) ?? []), fields['postcode']])
  }
  return found
}

/** Rows of one list as text. Names of tables and columns are the layout's, never a caller's. */
async function rowsOf(
  database: Database,
  layout: SourceLayout,
  name: string,
  fields: readonly string[],
): Promise<readonly Stored[]> {
  const list = layout.lists.get(name)
  if (!list) return []
  const held = fields.flatMap((field) => list.columns.get(field) ?? [])
  const columns = [list.common.person, list.common.labels, ...held.map(({ column }) => column)]
  const rows = await database.rows({
    name: `index_${layout.schema}_${list.table}`,
    text: `select ${columns.map((column) => `"${column}"::text`).join(', ')} from "${layout.schema}"."${list.table}"
      order by "${list.common.recordedAt}", "${list.common.id}"`,
    values: [],
  })
  return rows.map(([person, labels, ...values]) => ({
    person: person ?? '',
    labels: labels ?? '',
    fields: Object.fromEntries(held.map(({ field }, at) => [field, values[at] ?? null])),
  }))
}
