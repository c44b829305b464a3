import { allowAgain, deny } from '../auth/denylist.ts'
import { schemaName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { DatabaseStatus, Databases, Progress } from '../server/gatewayTypes.ts'
import { unreadValues } from '../sources/bindings/files/imports.ts'
import { tablesOf } from '../sources/layoutTables.ts'
import { checkAgency, migrateAgency } from '../store/agencyTables.ts'
import { demandReachable, placeOfUrl } from '../store/connectionFault.ts'
import { migrateGateway, migrationStatus } from '../store/migrate.ts'
import { ensureReadRole, readRoleName } from '../store/readRole.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { badValuesOf } from './badValues.ts'
import { addressSetting, isOfKind } from './boundHolders.ts'
import type { Catalogue } from './catalogue.ts'
import { recordReader } from './chooseRecordReader.ts'
import { behindFhir } from './fhirFiles.ts'
import { surveyFhirHolder } from './fhirHolders.ts'
import { type Place, placesOf } from './kindTables.ts'
import { seedStores } from './seedStores.ts'
import { readTablesOf, watchAgency } from './watchChanges.ts'

/**
 * @throws StartupError where the gateway's own database does not answer; one of an agency's own costs its part alone.
 */
export const openStoresOf = async (
  config: Config,
  places: readonly Place[],
  readOnlyAgencies: boolean,
): Promise<Stores> => {
  const ofKinds = places.filter(isOfKind)
  const stores = await openStores({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl ?? undefined,
    agencyUrls: Object.fromEntries(ofKinds.flatMap(({ kind, url }) => (url === null ? [] : [[kind, url]]))),
    agencies: ofKinds.map(({ kind }) => kind),
    places: places
      .filter((place) => !isOfKind(place))
      .map(({ id, kind, url }) => ({ id, schema: schemaName(kind), url, folder: id.replaceAll(' ', '-') })),
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
export async function migrateStores(stores: Stores, places: readonly Place[], onProgress: Progress): Promise<string[]> {
  const done = [...(await migrateGateway(stores.gateway))]
  // Tables that are somebody else's are read and never made.
  const ours = places.filter(({ layout }) => layout.foreign === null)
  for (const [index, place] of ours.entries()) {
    onProgress(index + 1, ours.length, `tables of ${place.id}`)
    done.push(...(await migrateAgency(stores.owner(place.id), readTablesOf(place.layout))))
    done.push(...(await watchAgency(stores.owner(place.id), place.layout)))
  }
  return done
}

/** @returns a sentence for each agency that must be read with the connecting user's own rights. */
export async function ensureReadRoles(stores: Stores, places: readonly Place[]): Promise<string[]> {
  const warnings: string[] = []
  for (const { id, kind, layout } of places) {
    const tables = readTablesOf(layout)
    const schema = tables[0]?.schema ?? schemaName(kind)
    const warning = await ensureReadRole(stores.owner(id), schema, tables, readRoleName(schemaName(kind)))
    if (warning) warnings.push(warning)
  }
  return warnings
}

/**
 * Which places answer; of each other one a sentence that names its setting and who is read there. It costs its own part
 * and no other's.
 */
export async function reachedOf(
  stores: Stores,
  places: readonly Place[],
): Promise<{ readonly reached: readonly Place[]; readonly away: ReadonlyMap<string, string> }> {
  const away = new Map<string, string>()
  await Promise.all(
    places.map(async (place) => {
      if (place.url === null) return
      try {
        await demandReachable(stores.owner(place.id), addressSetting(place), place.url)
      } catch (error) {
        if (!(error instanceof StartupError)) throw error
        const who = isOfKind(place) ? place.kind : place.holders.map(({ id }) => id).join(', ')
        away.set(place.id, `${error.problems.join(' ')} Read there: ${who}.`)
      }
    }),
  )
  return { reached: places.filter(({ id }) => !away.has(id)), away }
}

/** The databases, for `wholeview db`. */
export async function openDatabases(config: Config, catalogue: Catalogue): Promise<Databases> {
  const places = placesOf(config, catalogue)
  const handingIn = [...catalogue.registry.holders.values()].filter(({ binding }) => binding?.type === 'files')
  const stores = await openStoresOf(config, places, false)
  return {
    migrate: async (onProgress) => {
      const { reached, away } = await reachedOf(stores, places)
      const done = await migrateStores(stores, reached, onProgress)
      // A gateway that runs meanwhile may read a new column as soon as it is there.
      await ensureReadRoles(stores, reached)
      return { done, away: [...away.values()] }
    },
    seed: async (children, onProgress) => {
      await migrateStores(stores, places, onProgress)
      return seedStores(stores, places, catalogue, { storyCases: config.demonstration, children, onProgress })
    },
    status: async () => {
      const { away } = await reachedOf(stores, places)
      const ofPlace = (place: Place) => agencyStatus(stores, config, place, away.get(place.id) ?? null)
      return [
        await gatewayStatus(stores, config),
        ...(await Promise.all(places.map(ofPlace))),
        ...handingIn.map(({ id }) => ({ name: id, place: 'files that it hands in', ...nothingWrong })),
        ...behindFhir(catalogue.registry).map(({ id }) => ({ name: id, place: 'its FHIR server', ...nothingWrong })),
      ]
    },
    badValues: async (id) => {
      const place = places.find((each) => each.id === id)
      if (place) return badValuesOf(stores.owner(place.id), place.layout, place.mapping)
      const surveyed = await surveyFhirHolder(id, config, catalogue)
      if (surveyed) return surveyed
      return handingIn.some((holder) => holder.id === id) ? unreadValues(stores.gateway, id) : []
    },
    deny: (denial) => deny(stores.gateway, denial, new Date()),
    allowAgain: (denied) => allowAgain(stores.gateway, denied),
    reset: async () => {
      for (const { id, kind } of places.filter(({ layout }) => layout.foreign === null))
        await stores.owner(id).knex.raw(`drop schema if exists "${schemaName(kind)}" cascade`)
      await stores.gateway.knex.raw('drop schema if exists gateway cascade')
    },
    close: () => stores.close(),
  }
}

const nothingWrong = { away: null, waiting: [], problems: [], records: null } as const

async function gatewayStatus(stores: Stores, config: Config): Promise<DatabaseStatus> {
  const { waiting, unknown } = await migrationStatus(stores.gateway)
  const records =
    waiting.length > 0 ? null : await countOf(stores, 'select count(*)::text from gateway.child', 'status_children')
  return {
    name: 'gateway',
    place: placeIn(config, null),
    away: null,
    waiting,
    problems: unknown.map((name) => `${name} is of a newer version`),
    records,
  }
}

async function agencyStatus(
  stores: Stores,
  config: Config,
  { id, layout, url }: Place,
  away: string | null,
): Promise<DatabaseStatus> {
  const problems = away === null ? await checkAgency(stores.owner(id), tablesOf(layout)) : []
  return { name: id, place: placeIn(config, url), away, waiting: [], problems, records: null }
}

const countOf = async (stores: Stores, text: string, name: string): Promise<number> =>
  Number((await stores.gateway.rows({ name, text, values: [] }))[0]?.[0] ?? 0)

/** Where a database is, without user or password. */
function placeIn(config: Config, own: string | null): string {
  const url = own ?? config.databaseUrl
  if (!url) return `embedded in ${config.dataDir}`
  return placeOfUrl(url)
}
