import { entriesOfChild } from '../audit/log.ts'
import { leadAgency } from '../foundation/agencies.ts'
import { type Clock, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { Holder } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import { keyHasher } from '../identity/blockingKeys.ts'
import { IdentityService } from '../identity/identityService.ts'
import { indexSecret } from '../identity/indexSecret.ts'
import { linkageModelFrom } from '../identity/readLinkageModel.ts'
import { Register } from '../identity/register.ts'
import type { PersonEntry } from '../identity/registerTypes.ts'
import { entryName } from '../identity/takeInPeople.ts'
import type { DisclosureLog } from '../identity/wrongDisclosures.ts'
import { revealsByBeing } from '../policy/revealingServices.ts'
import { noteIndexed } from '../registers/holderStates.ts'
import type { Progress } from '../server/gatewayTypes.ts'
import type { Log } from '../server/log.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import type { Place } from './kindTables.ts'
import { peopleInTables, takeIn } from './registerHolderPeople.ts'
import { bornWithAnother } from './sameBirthAndName.ts'

/**
 * An agency with more people is read again at a start only when it has more than the register: reading all would hold
 * the start up.
 */
const mostFollowed = 20_000

/** The service over the gateway's own store; null, with a warning, where production was given no secret for it. */
export function openIdentity(
  config: Config,
  database: Database,
  clock: Clock,
  log: Log,
  registry: Pick<Registry, 'holders'>,
): IdentityService | null {
  const secret = secretOf(config)
  if (secret === null) {
    log.warn('IDENTITY_SECRET_MISSING', { sentence: 'Children cannot be found by name: keys have no identity.secret.' })
    return null
  }
  const options = {
    database,
    model: linkageModelFrom(config.identityModel),
    hash: keyHasher(secret),
    clock,
    disclosures: {
      ofChild: (childId, first, behind) => entriesOfChild(database, childId, first, behind),
    } satisfies DisclosureLog,
    // Invented people bear numbers that are never issued; anywhere else such a number is a test that was left in.
    testNumbersCount: !config.production,
    revealsByBeing: (id: string) => {
      const holder = registry.holders.get(id)
      return holder !== undefined && revealsByBeing(holder)
    },
  }
  return new IdentityService(new Register(options), options)
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
 * Takes the demonstration's people into the register, so that they can be found by name: children, and the adults
 * whom adult services know. Agency by agency and some at a time, and on from where a start was broken off.
 */
export async function indexPeople(
  stores: Stores,
  places: readonly Place[],
  config: Config,
  log: Log,
  registry: Pick<Registry, 'holders'>,
  onProgress: Progress,
): Promise<void> {
  const service = openIdentity(config, stores.gateway, systemClock(), log, registry)
  if (!service) return
  const taken: PersonEntry[] = []
  const ids = new Map<string, string>()
  for (const place of places) {
    const { kind: name, holders } = place
    const people = peopleInTables(place, stores)
    const known = await people.count()
    const before = await service.count(name)
    if (before >= known && known > mostFollowed) {
      await noteIndexed(stores.gateway, idsOf(holders), systemClock().now())
      continue
    }
    await takeIn(
      service,
      stores.gateway,
      { ...people, count: () => Promise.resolve(known) },
      {
        clock: systemClock(),
        onProgress: (done) => onProgress(done, known, `people of ${name} taken in`),
        onPage: (page, records) => {
          for (const [entry, id] of records) ids.set(entry, id)
          if (before < known && name !== 'adultServices') taken.push(...page)
        },
      },
    )
  }
  if (taken.length > 0) await askAboutTwins(service, taken, ids, await childOfPerson(stores.gateway))
}

const idsOf = (holders: readonly Holder[]): readonly string[] => holders.map(({ id }) => id)

/** One question for each child who was born with another under one name: a person says that they are two. */
async function askAboutTwins(
  service: IdentityService,
  entries: readonly PersonEntry[],
  ids: ReadonlyMap<string, string>,
  childOf: ReadonlyMap<string, string>,
): Promise<void> {
  // About the lead agency's record where there is one: its own reviewers can answer without waiting for another
  // holder's.
  const ordered = [...entries].sort(
    (one, other) => Number(other.agency === leadAgency) - Number(one.agency === leadAgency),
  )
  for (const { agency, localId, person, holder } of bornWithAnother(ordered, childOf)) {
    const record = ids.get(entryName(agency, localId, holder))
    const reason = 'POSSIBLE_DUPLICATE: born on one day under one name.'
    if (record !== undefined) await service.register.questions.ask(person, record, { person: 'gateway', reason })
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
