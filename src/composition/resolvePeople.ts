import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { type Resolved, resolveRecords } from '../identity/resolve.ts'
import type { Progress } from '../server/gatewayPort.ts'
import { createLog } from '../server/log.ts'
import { migrateGateway } from '../store/migrate.ts'
import { agencyPeople, countPeople } from './agencyPeople.ts'
import { loadCatalogue } from './catalogue.ts'
import { localAgencies, openStoresOf } from './databases.ts'
import { openIdentity } from './indexPeople.ts'

export interface TakenIn extends Resolved {
  /** People of agencies' own tables who were not in the register before. */
  readonly people: number
}

/** Takes the people of every agency that is read here into the register, and makes children and links of them. */
export async function resolvePeople(config: Config, onProgress: Progress): Promise<TakenIn> {
  const catalogue = await loadCatalogue(config)
  const names = localAgencies(config)
  const stores = await openStoresOf(config, names, false)
  try {
    await migrateGateway(stores.gateway)
    const service = openIdentity(config, stores.gateway, systemClock(), createLog('silent'))
    if (!service) throw new StartupError(['The keys have no identity.secret. Run: wholeview keys create.'])
    let people = 0
    for (const name of names) {
      const layout = catalogue.model.layouts[name]
      const all = await countPeople(stores.owner(name), layout)
      let done = 0
      for await (const entries of agencyPeople(name, stores.owner(name), layout)) {
        people += (await service.takeIn(entries)).size
        done += entries.length
        onProgress(done, all, `people of ${name}`)
      }
    }
    const resolved = await resolveRecords(service.register, stores.gateway, systemClock(), (done) =>
      onProgress(done, 0, 'records resolved'),
    )
    return { people, ...resolved }
  } finally {
    await stores.close()
  }
}
