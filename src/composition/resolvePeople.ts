import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { type Household, linkHouseholds } from '../identity/linkHouseholds.ts'
import { type Resolved, resolveRecords } from '../identity/resolveRecords.ts'
import type { Progress } from '../server/gatewayTypes.ts'
import { createLog } from '../server/log.ts'
import { migrateGateway } from '../store/migrate.ts'
import type { Stores } from '../store/stores.ts'
import { type Catalogue, loadCatalogue } from './catalogue.ts'
import { openStoresOf, reachedOf } from './databases.ts'
import { peopleBehindFhir } from './fhirPeople.ts'
import { openIdentity } from './indexPeople.ts'
import { type Place, placesOf } from './kindTables.ts'
import { householdsIn, type PeopleOfHolders, peopleInFiles, peopleInTables, takeIn } from './registerHolderPeople.ts'
import { peopleBehindSubgraphs } from './subgraphPeople.ts'

export interface TakenIn extends Resolved {
  /** People in the register of all who are read here. */
  readonly people: number
  /** A sentence for each place whose people could not be read: theirs are as they were. */
  readonly away: readonly string[]
}

/** Takes the people of every holder that is read here into the register, and makes children and links of them. */
export async function resolvePeople(config: Config, onProgress: Progress): Promise<TakenIn> {
  const catalogue = await loadCatalogue(config)
  const places = placesOf(config, catalogue)
  const stores = await openStoresOf(config, places, false)
  try {
    await migrateGateway(stores.gateway)
    const service = openIdentity(config, stores.gateway, systemClock(), createLog('silent'), catalogue.registry)
    if (!service) throw new StartupError(['The keys have no identity.secret. Run: wholeview keys create.'])
    const { reached, away: unreached } = await reachedOf(stores, places)
    const away = [...unreached.values()]
    let people = 0
    const households: Household[] = []
    for (const each of everybody(config, catalogue, stores, reached))
      try {
        people += await takeIn(service, stores.gateway, each, {
          clock: systemClock(),
          onPage: (page, records) => households.push(...householdsIn(page, records)),
          onProgress: (done, all) => onProgress(done, all, `people of ${each.id}`),
        })
      } catch (error) {
        // One holder's server costs its own people.
        away.push(`People of ${each.id} could not be read: ${error instanceof Error ? error.message : 'unknown'}.`)
      }
    const resolved = await resolveRecords(service.register, stores.gateway, systemClock(), (done) =>
      onProgress(done, 0, 'records resolved'),
    )
    const linked = await linkHouseholds(service.register, households)
    return { people, away, ...resolved, linked: resolved.linked + linked }
  } finally {
    await stores.close()
  }
}

const everybody = (
  config: Config,
  { registry, model }: Catalogue,
  stores: Stores,
  places: readonly Place[],
): readonly PeopleOfHolders[] => [
  ...places.map((place) => peopleInTables(place, stores)),
  ...[...registry.holders.values()]
    .filter(({ binding }) => binding?.type === 'files')
    .map((holder) => peopleInFiles(holder, stores.gateway, model.layouts[holder.kind])),
  ...peopleBehindFhir(registry, config),
  ...peopleBehindSubgraphs(registry, config),
]
