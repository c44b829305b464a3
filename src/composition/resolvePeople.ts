import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { type Resolved, resolveRecords } from '../identity/resolve.ts'
import { noteIndexed } from '../registers/holderIndex.ts'
import type { Progress } from '../server/gatewayPort.ts'
import { createLog } from '../server/log.ts'
import { serving } from '../sources/served.ts'
import { migrateGateway } from '../store/migrate.ts'
import { agencyPeople, countPeople } from './agencyPeople.ts'
import { loadCatalogue } from './catalogue.ts'
import { openStoresOf } from './databases.ts'
import { openIdentity } from './indexPeople.ts'
import { placesOf } from './places.ts'

export interface TakenIn extends Resolved {
  /** People of agencies' own tables who were not in the register before. */
  readonly people: number
}

/** Takes the people of every agency that is read here into the register, and makes children and links of them. */
export async function resolvePeople(config: Config, onProgress: Progress): Promise<TakenIn> {
  const catalogue = await loadCatalogue(config)
  const places = placesOf(config, catalogue)
  const stores = await openStoresOf(config, places, false)
  try {
    await migrateGateway(stores.gateway)
    const service = openIdentity(config, stores.gateway, systemClock(), createLog('silent'))
    if (!service) throw new StartupError(['The keys have no identity.secret. Run: wholeview keys create.'])
    let people = 0
    for (const { id, kind, layout, holders } of places) {
      const all = await countPeople(stores.owner(id), layout)
      let done = 0
      for await (const entries of agencyPeople(kind, stores.owner(id), layout, serving(kind, holders))) {
        people += (await service.takeIn(entries)).size
        done += entries.length
        onProgress(done, all, `people of ${id}`)
      }
      await noteIndexed(
        stores.gateway,
        holders.map((holder) => holder.id),
        systemClock().now(),
      )
    }
    const resolved = await resolveRecords(service.register, stores.gateway, systemClock(), (done) =>
      onProgress(done, 0, 'records resolved'),
    )
    return { people, ...resolved }
  } finally {
    await stores.close()
  }
}
