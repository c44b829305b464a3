import type { AgencyName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { OpenOptions } from '../server/gatewayPort.ts'
import type { Log } from '../server/log.ts'
import { migrationStatus, refuseNewer } from '../store/migrate.ts'
import type { Stores } from '../store/stores.ts'
import type { Catalogue } from './catalogue.ts'
import { ensureReadRoles, localAgencies, migrateStores, openStoresOf } from './databases.ts'
import { indexPeople } from './indexPeople.ts'
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
  const names = localAgencies(config)
  const stores = await openStoresOf(config, names, true)
  try {
    const reached = await Promise.all(names.map((name) => answers(stores, config, name)))
    const waiting = names.filter((_, index) => !reached[index])
    for (const agency of waiting)
      log.warn('SOURCE_UNREACHABLE', { agency, reason: 'its database did not answer at the start' })
    const warnings = await prepare(
      stores,
      config,
      catalogue,
      names.filter((name) => !waiting.includes(name)),
      onProgress,
      log,
    )
    for (const sentence of warnings) log.warn('READ_ROLE_MISSING', { sentence })
    if (warnings.length > 0) await stores.close()
    const reopened = warnings.length > 0 ? await openStoresOf(config, names, false) : stores
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
  names: readonly AgencyName[],
  onProgress: NonNullable<OpenOptions['onProgress']>,
  log: Log,
): Promise<string[]> {
  if (config.demonstration) {
    await migrateStores(stores, names, catalogue, onProgress)
    await seedStores(stores, names, catalogue, { storyCases: true, children: 0, onProgress })
    await indexPeople(stores, names, catalogue, config, log, onProgress)
  } else {
    const status = await migrationStatus(stores.gateway)
    refuseNewer(status)
    if (status.waiting.length > 0)
      throw new StartupError(['The database is not up to date. Run `wholeview db migrate` first.'])
  }
  return ensureReadRoles(stores, names, catalogue)
}

/** Only an agency in a database of its own can be out of reach while the gateway's own store is there. */
async function answers(stores: Stores, config: Config, name: AgencyName): Promise<boolean> {
  if (config.agencies[name].databaseUrl === null) return true
  try {
    await stores.owner(name).rows({ name: 'probe', text: 'select 1::text', values: [] }, AbortSignal.timeout(probeMs))
    return true
  } catch {
    return false
  }
}

function prepareLater(
  stores: Stores,
  config: Config,
  catalogue: Catalogue,
  names: readonly AgencyName[],
  log: Log,
): () => void {
  let isStopped = false
  const timers = new Set<NodeJS.Timeout>()
  const tryLater = (name: AgencyName): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      attempt(name).catch(() => !isStopped && tryLater(name))
    }, againMs)
    timer.unref()
    timers.add(timer)
  }
  const attempt = async (name: AgencyName): Promise<void> => {
    if (!(await answers(stores, config, name))) throw new Error(`${name} is still out of reach`)
    if (isStopped) return
    const warnings = await prepare(stores, config, catalogue, [name], () => {}, log)
    for (const sentence of warnings) log.warn('READ_ROLE_MISSING', { sentence })
  }
  for (const name of names) tryLater(name)
  return () => {
    isStopped = true
    for (const timer of timers) clearTimeout(timer)
  }
}
