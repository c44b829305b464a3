import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { OpenOptions } from '../server/gatewayTypes.ts'
import type { Log } from '../server/log.ts'
import { migrationStatus, refuseNewer } from '../store/migrate.ts'
import type { Stores } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'
import { ensureReadRoles, migrateStores, openStoresOf } from './databases.ts'
import { indexPeople } from './indexPeople.ts'
import { type Place, placesOf } from './kindTables.ts'
import { seedStores } from './seedStores.ts'

/**
 * How long an agency's own database may take to say that it is there, and how often one that did not is asked again.
 */
const probeMs = 3000
const againMs = 2000

export interface PreparedStores {
  readonly stores: Stores
  /** Stops waiting for the agencies whose database did not answer. */
  readonly stop: () => void
}

/**
 * Opens the stores and makes what is missing in them. An agency in a database of its own that cannot be reached costs
 * its own part alone, at start as later: the gateway starts without it, and prepares it when it comes back.
 */
export async function prepareStores(
  config: Config,
  catalogue: Catalogue,
  onProgress: NonNullable<OpenOptions['onProgress']>,
  log: Log,
): Promise<PreparedStores> {
  const places = placesOf(config, catalogue)
  const stores = await openStoresOf(config, places, true)
  try {
    const reached = await Promise.all(places.map((place) => answers(stores, place)))
    const waiting = places.filter((_, index) => !reached[index])
    for (const { id: agency } of waiting)
      log.warn('SOURCE_UNREACHABLE', { agency, reason: 'its database did not answer at the start' })
    const warnings = await prepare(
      stores,
      config,
      catalogue,
      places.filter((place) => !waiting.includes(place)),
      onProgress,
      log,
    )
    for (const sentence of warnings) log.warn('READ_ROLE_MISSING', { sentence })
    if (warnings.length > 0) await stores.close()
    const reopened = warnings.length > 0 ? await openStoresOf(config, places, false) : stores
    return { stores: reopened, stop: prepareLater(reopened, config, catalogue, waiting, log) }
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** @returns a sentence for each agency that must be read with the connecting user's own rights. */
async function prepare(
  stores: Stores,
  config: Config,
  catalogue: Catalogue,
  places: readonly Place[],
  onProgress: NonNullable<OpenOptions['onProgress']>,
  log: Log,
): Promise<string[]> {
  if (config.demonstration) {
    await migrateStores(stores, places, onProgress)
    await seedStores(stores, places, catalogue, { storyCases: true, children: 0, onProgress })
    await indexPeople(stores, places, config, log, catalogue.registry, onProgress)
  } else {
    const status = await migrationStatus(stores.gateway)
    refuseNewer(status)
    if (status.waiting.length > 0)
      throw new StartupError(['The database is not up to date. Run `wholeview db migrate` first.'])
  }
  return ensureReadRoles(stores, places)
}

/** Only an agency in a database of its own can be out of reach while the gateway's own store is there. */
async function answers(stores: Stores, { id, url }: Place): Promise<boolean> {
  if (url === null) return true
  try {
    await stores.owner(id).rows({ name: 'probe', text: 'select 1::text', values: [] }, AbortSignal.timeout(probeMs))
    return true
  } catch {
    return false
  }
}

function prepareLater(
  stores: Stores,
  config: Config,
  catalogue: Catalogue,
  places: readonly Place[],
  log: Log,
): () => void {
  let isStopped = false
  const timers = new Set<NodeJS.Timeout>()
  const tryLater = (place: Place): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      attempt(place).catch(() => !isStopped && tryLater(place))
    }, againMs)
    timer.unref()
    timers.add(timer)
  }
  const attempt = async (place: Place): Promise<void> => {
    if (!(await answers(stores, place))) throw new Error(`${place.id} is still out of reach`)
    if (isStopped) return
    const warnings = await prepare(stores, config, catalogue, [place], () => {}, log)
    for (const sentence of warnings) log.warn('READ_ROLE_MISSING', { sentence })
  }
  for (const place of places) tryLater(place)
  return () => {
    isStopped = true
    for (const timer of timers) clearTimeout(timer)
  }
}
