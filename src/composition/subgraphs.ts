import { join } from 'node:path'
import type { GatewayKeys } from '../federation/gatewayKeys.ts'
import { routerOf } from '../federation/routerSignature.ts'
import { readSubgraphSdls } from '../federation/subgraphFiles.ts'
import { startAgencySubgraph } from '../federation/subgraphServer.ts'
import { composeSupergraph } from '../federation/supergraph.ts'
import { type AgencyName, agencies, subgraphPort } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { type Holder, isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { schemaFolder } from '../graphql/schemaModel.ts'
import type { RunningSubgraph, SupergraphResult } from '../server/gatewayTypes.ts'
import { createLog, type Log } from '../server/log.ts'
import { readOperation } from '../server/operationLimits.ts'
import { SqlSource } from '../sources/bindings/sql/source.ts'
import { tablesOf } from '../sources/layoutTables.ts'
import { serving } from '../sources/servedHolders.ts'
import type { AgencySource } from '../sources/source.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { migrateAgency } from '../store/agencyTables.ts'
import type { Stores } from '../store/stores.ts'
import { isOfKind } from './boundHolders.ts'
import type { Catalogue } from './catalogue.ts'
import { recordReader } from './chooseRecordReader.ts'
import { ensureReadRoles, openStoresOf } from './databases.ts'
import { identityOf } from './issuers.ts'
import { bindingsOfKind, readingItself, sourceOfKind } from './kindProcess.ts'
import { type Place, placeOf } from './kindTables.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { peopleOfPlaces } from './peopleOfPlaces.ts'
import { seedAgency } from './seedStores.ts'
import { startCoreSubgraph } from './startCoreSubgraph.ts'
import { subgraphLog } from './subgraphLog.ts'

/**
 * Serves one agency, or the core, alone. An agency's embedded store is a folder of its own: no other process has it
 * open.
 */
export async function openSubgraphOf(
  config: Config,
  name: string,
  port: number,
  catalogue: Catalogue,
  openGateway: (config: Config) => Promise<OpenedGateway>,
): Promise<RunningSubgraph> {
  if (name === 'core') return openCore(await openGateway(besideGateway(config)), port)
  const kind = agencies.find((each) => each === name)
  const log = createLog(config.logLevel)
  const opened = kind ? await openKind(kind, config, catalogue, log) : await openHolder(name, config, catalogue, log)
  const { agency, layout, source, stores } = opened
  const { classification, computed } = catalogue.model
  const sdls = await readSubgraphSdls(schemaFolder)
  const server = await startAgencySubgraph({
    agency,
    ...('holder' in opened ? { holder: opened.holder } : { holders: opened.holders }),
    source,
    // Of a kind that is in part read elsewhere, those of the rest would be missed.
    ...(opened.places === null ? {} : { people: peopleOfPlaces(opened.places, stores) }),
    sdl: sdls[agency],
    model: { layout, classification, computed: computed[agency], scalars: catalogue.scalars },
    readOperation,
    introspection: config.introspection,
    issuer: identityOf(config),
    keys: keysOf(config),
    router: config.routerSecret === null ? null : routerOf(config.routerSecret),
    address: config.subgraphAddress === null ? null : new URL(config.subgraphAddress),
    clock: systemClock(config.demonstrationAsOf ?? undefined),
    host: config.host,
    port,
    tls: config.tls,
    log: subgraphLog(log),
  })
  return {
    url: server.url,
    close: async () => {
      await server.close()
      await stores.close()
    },
  }
}

/**
 * The core serves no tokens of its own: in the demonstration it trusts the issuer of the gateway beside it, which it
 * finds where `GATEWAY_JWKS` says.
 */
const besideGateway = (config: Config): Config => {
  if (!config.demonstration || !URL.canParse(config.gatewayJwks)) return config
  const { port } = new URL(config.gatewayJwks)
  return port === '' ? config : { ...config, port: Number(port) }
}

interface Opened {
  readonly agency: AgencyName
  readonly layout: SourceLayout
  readonly source: AgencySource
  readonly stores: Stores
  /** The tables of everybody who is served; null where some are read by other means. */
  readonly places: readonly Place[] | null
}

/** A kind: every holder of it, each where the registry says. */
async function openKind(
  agency: AgencyName,
  config: Config,
  catalogue: Catalogue,
  log: Log,
): Promise<Opened & { readonly holders: readonly Holder[] }> {
  const bindings = bindingsOfKind(agency, config, catalogue)
  const places = bindings.flatMap((bound) => placeOf(bound, readingItself(agency, config), catalogue) ?? [])
  const stores = await openPlaces(places, agency, config, log, true)
  const source = await sourceOfKind(agency, bindings, { config, catalogue, stores, log })
  const isAll = places.length === bindings.length
  const named = holdersOfKind(catalogue.registry, agency).filter((holder) => !isWholeKind(holder))
  return {
    agency,
    layout: catalogue.model.layouts[agency],
    source,
    stores,
    places: isAll ? places : null,
    holders: named,
  }
}

/**
 * One holder, who reads where its own settings say.
 *
 * @throws StartupError where there is none of that name.
 */
async function openHolder(
  name: string,
  config: Config,
  catalogue: Catalogue,
  log: Log,
): Promise<Opened & { readonly holder: string }> {
  const { registry, model, mappings, holderMappings } = catalogue
  const holder = registry.holders.get(name)
  if (!holder) {
    const known = [...registry.holders.keys()].join(', ')
    throw new StartupError([
      `There is no agency or holder "${name}". There are: ${agencies.join(', ')}, core; ${known}.`,
    ])
  }
  const { kind } = holder
  const mapping = holderMappings.get(name) ?? mappings[kind]
  const layout = mapping ? model.layoutWith(kind, mapping) : model.layouts[kind]
  const url = config.agencies[kind].databaseUrl
  const place: Place = { id: kind, kind, holders: [holder], layout, mapping, url }
  const stores = await openPlaces([place], name, config, log, false)
  const source = new SqlSource(layout, stores.agency(place.id), null, recordReader, serving(kind, place.holders))
  return { agency: kind, layout, source, stores, places: [place], holder: name }
}

/** The databases that a process reads itself. In the demonstration they are made, and have what these holders hold. */
async function openPlaces(
  places: readonly Place[],
  name: string,
  config: Config,
  log: Log,
  isForAllOthers: boolean,
): Promise<Stores> {
  const stores = await openStoresOf({ ...config, dataDir: join(config.dataDir, name) }, places, true)
  if (config.demonstration)
    for (const place of places) {
      if (!place.layout.foreign) await migrateAgency(stores.owner(place.id), tablesOf(place.layout))
      await seedAgency(stores, place, places, () => {}, isForAllOthers && isOfKind(place))
    }
  for (const sentence of await ensureReadRoles(stores, places)) log.warn('READ_ROLE_MISSING', { sentence })
  return stores
}

async function openCore(gateway: OpenedGateway, port: number): Promise<RunningSubgraph> {
  const sdls = await readSubgraphSdls(schemaFolder)
  const server = await startCoreSubgraph(gateway, sdls.core, port, createLog(gateway.config.logLevel))
  return {
    url: server.url,
    close: async () => {
      await server.close()
      await gateway.close()
    },
  }
}

/** Where an agency finds its gateway's public keys: a file it was handed, or the gateway's own address. */
const keysOf = ({ gatewayJwks }: Config): GatewayKeys =>
  /^https?:/u.test(gatewayJwks) ? { url: new URL(gatewayJwks) } : { file: gatewayJwks }

/** The supergraph that any federation router runs. */
export async function supergraphOf(config?: Config): Promise<SupergraphResult> {
  const sdls = await readSubgraphSdls(schemaFolder)
  const urls = Object.fromEntries(
    (['core', ...agencies] as const).map((name) => [
      name,
      (name !== 'core' && config?.agencies[name].subgraphUrl) || `http://127.0.0.1:${subgraphPort(name)}/graphql`,
    ]),
  )
  const composed = composeSupergraph(sdls, urls)
  return 'problems' in composed ? composed : { sdl: composed.supergraphSdl }
}
