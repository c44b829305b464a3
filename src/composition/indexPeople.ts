import { entriesOfChild } from '../audit/log.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { type Clock, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { entryName, IdentityDesk, type PersonEntry } from '../identity/desk.ts'
import { keyHasher } from '../identity/keys.ts'
import { beliefOf } from '../identity/readBelief.ts'
import { Register } from '../identity/register.ts'
import { indexSecret } from '../identity/secret.ts'
import type { Progress } from '../server/gatewayPort.ts'
import type { Log } from '../server/log.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import { agencyPeople, countPeople } from './agencyPeople.ts'
import type { Catalogue } from './catalogue.ts'
import { bornWithAnother } from './twins.ts'

/** The desk over the gateway's own store; null, with a warning, where production was given no secret for it. */
export function openIdentity(config: Config, database: Database, clock: Clock, log: Log): IdentityDesk | null {
  const secret = secretOf(config)
  if (secret === null) {
    log.warn('IDENTITY_SECRET_MISSING', { sentence: 'Children cannot be found by name: keys have no identity.secret.' })
    return null
  }
  const options = {
    database,
    belief: beliefOf(config.identityBelief),
    hash: keyHasher(secret),
    clock,
    disclosures: { ofChild: (childId: string, first: number) => entriesOfChild(database, childId, first) },
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

/**
 * Takes the demonstration's people into the register, so that they can be found by name: children, and the adults whom adult
 * services know. Agency by agency and some at a time, and on from where a start was broken off.
 */
export async function indexPeople(
  stores: Stores,
  names: readonly AgencyName[],
  { model }: Catalogue,
  config: Config,
  log: Log,
  onProgress: Progress,
): Promise<void> {
  const desk = openIdentity(config, stores.gateway, systemClock(), log)
  if (!desk) return
  const taken: PersonEntry[] = []
  const ids = new Map<string, string>()
  for (const name of names) {
    const known = await countPeople(stores.owner(name), model.layouts[name])
    const before = await desk.count(name)
    if (before >= known) continue
    let done = 0
    for await (const people of agencyPeople(name, stores.owner(name), model.layouts[name])) {
      for (const [entry, id] of await desk.takeIn(people)) ids.set(entry, id)
      done += people.length
      onProgress(done, known, `people of ${name} taken in`)
      if (name !== 'adultServices') taken.push(...people)
    }
  }
  if (taken.length > 0) await askAboutTwins(desk, taken, ids, await childOfPerson(stores.gateway))
}

/** One question for each child who was born with another under one name: a person says that they are two. */
async function askAboutTwins(
  desk: IdentityDesk,
  entries: readonly PersonEntry[],
  ids: ReadonlyMap<string, string>,
  childOf: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { agency, localId, person } of bornWithAnother(entries, childOf)) {
    const record = ids.get(entryName(agency, localId))
    const reason = 'POSSIBLE_DUPLICATE: born on one day under one name.'
    if (record !== undefined) await desk.register.ask(person, record, { person: 'gateway', reason })
  }
}

async function childOfPerson(gateway: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await gateway.rows({
    name: 'index-links',
    text: 'select agency, person_id, min(child_id) from gateway.link where ended_at is null group by agency, person_id',
    values: [],
  })
  return new Map(rows.map(([agency, person, child]) => [entryName(agency ?? '', person ?? ''), child ?? '']))
}
