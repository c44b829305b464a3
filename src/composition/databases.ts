import { allowAgain, deny } from '../auth/denylist.ts'
import { type AgencyName, agencies, schemaName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import type { DatabaseStatus, Databases, Progress } from '../server/gatewayPort.ts'
import { unreadValues } from '../sources/bindings/files/imports.ts'
import { tablesOf } from '../sources/layout.ts'
import { checkAgency, migrateAgency } from '../store/agencyTables.ts'
import { migrateGateway, migrationStatus } from '../store/migrate.ts'
import { demandReachable, placeOfUrl } from '../store/reach.ts'
import { ensureReadRole, readRoleName } from '../store/readRole.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { badValuesOf } from './badValues.ts'
import type { Catalogue } from './catalogue.ts'
import { surveyFhirHolders } from './fhirHolders.ts'
import { recordReader } from './records.ts'
import { seedStores } from './seedStores.ts'
import { readTablesOf, watchAgency } from './watchChanges.ts'

/** Agencies whose tables this process reads itself: those that no subgraph serves. */
export const localAgencies = (config: Config): AgencyName[] =>
  agencies.filter((name) => config.agencies[name].subgraphUrl === null)

/**
 * @throws StartupError where the gateway's own database does not answer; one of an agency's own costs its part alone.
 */
export const openStoresOf = async (
  config: Config,
  names: readonly AgencyName[],
  readOnlyAgencies: boolean,
): Promise<Stores> => {
  const stores = await openStores({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl ?? undefined,
    agencyUrls: Object.fromEntries(
      names.flatMap((name) => (config.agencies[name].databaseUrl ? [[name, config.agencies[name].databaseUrl]] : [])),
    ),
    agencies: names,
    readOnlyAgencies,
    wire: recordReader.wire,
  })
  if (config.databaseUrl === null) return stores
  try {
    await demandReachable(stores.gateway, 'DATABASE_URL', config.databaseUrl)
    return stores
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** Makes what is missing; never drops. @returns a sentence for each thing done. */
export async function migrateStores(
  stores: Stores,
  names: readonly AgencyName[],
  catalogue: Catalogue,
  onProgress: Progress,
): Promise<string[]> {
  const done = [...(await migrateGateway(stores.gateway))]
  // Tables that are somebody else's are read and never made.
  const ours = names.filter((name) => catalogue.model.layouts[name].foreign === null)
  for (const [index, name] of ours.entries()) {
    onProgress(index + 1, ours.length, `tables of ${name}`)
    done.push(...(await migrateAgency(stores.owner(name), readTablesOf(name, catalogue))))
    done.push(...(await watchAgency(stores.owner(name), name, catalogue)))
  }
  return done
}

/** @returns a sentence for each agency that must be read with the connecting user's own rights. */
export async function ensureReadRoles(
  stores: Stores,
  names: readonly AgencyName[],
  catalogue: Catalogue,
): Promise<string[]> {
  const warnings: string[] = []
  for (const name of names) {
    const tables = readTablesOf(name, catalogue)
    const schema = tables[0]?.schema ?? schemaName(name)
    const warning = await ensureReadRole(stores.owner(name), schema, tables, readRoleName(schemaName(name)))
    if (warning) warnings.push(warning)
  }
  return warnings
}

/** The databases, for `wholeview db`. */
export async function openDatabases(config: Config, catalogue: Catalogue): Promise<Databases> {
  const names = localAgencies(config)
  const stores = await openStoresOf(config, names, false)
  return {
    migrate: async (onProgress) => {
      const done = await migrateStores(stores, names, catalogue, onProgress)
      // A gateway that runs meanwhile may read a new column as soon as it is there.
      await ensureReadRoles(stores, names, catalogue)
      return done
    },
    seed: async (children, onProgress) => {
      await migrateStores(stores, names, catalogue, onProgress)
      return seedStores(stores, names, catalogue, { storyCases: config.demonstration, children, onProgress })
    },
    status: async () => [
      await gatewayStatus(stores, config),
      ...(await Promise.all(names.map((name) => agencyStatus(stores, config, catalogue, name)))),
    ],
    badValues: async (name) => [
      ...(names.includes(name)
        ? await badValuesOf(stores.owner(name), catalogue.model.layouts[name], catalogue.mappings[name])
        : []),
      ...(await unreadInFiles(stores, catalogue, name)),
      ...(await surveyFhirHolders(name, config, catalogue)),
    ],
    deny: (denial) => deny(stores.gateway, denial, new Date()),
    allowAgain: (denied) => allowAgain(stores.gateway, denied),
    reset: async () => {
      for (const name of names.filter((each) => catalogue.model.layouts[each].foreign === null))
        await stores.owner(name).knex.raw(`drop schema if exists "${schemaName(name)}" cascade`)
      await stores.gateway.knex.raw('drop schema if exists gateway cascade')
    },
    close: () => stores.close(),
  }
}

/** Of those who hand in files: what of these could not be read. */
const unreadInFiles = async (stores: Stores, { registry }: Catalogue, name: AgencyName): Promise<string[]> => {
  const handingIn = holdersOfKind(registry, name).filter(({ binding }) => binding?.type === 'files')
  return (await Promise.all(handingIn.map(({ id }) => unreadValues(stores.gateway, id)))).flat()
}

async function gatewayStatus(stores: Stores, config: Config): Promise<DatabaseStatus> {
  const { waiting, unknown } = await migrationStatus(stores.gateway)
  const records =
    waiting.length > 0 ? null : await countOf(stores, 'select count(*)::text from gateway.child', 'status_children')
  return {
    name: 'gateway',
    place: placeOf(config, null),
    waiting,
    problems: unknown.map((name) => `${name} is of a newer version`),
    records,
  }
}

async function agencyStatus(
  stores: Stores,
  config: Config,
  catalogue: Catalogue,
  name: AgencyName,
): Promise<DatabaseStatus> {
  const problems = await checkAgency(stores.owner(name), tablesOf(catalogue.model.layouts[name]))
  return { name, place: placeOf(config, name), waiting: [], problems, records: null }
}

const countOf = async (stores: Stores, text: string, name: string): Promise<number> =>
  Number((await stores.gateway.rows({ name, text, values: [] }))[0]?.[0] ?? 0)

/** Where a database is, without user or password. */
function placeOf(config: Config, name: AgencyName | null): string {
  const url = (name && config.agencies[name].databaseUrl) ?? config.databaseUrl
  if (!url) return `embedded in ${config.dataDir}`
  return placeOfUrl(url)
}
