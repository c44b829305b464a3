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
import { type Holder, wholeKind } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { schemaFolder } from '../graphql/model.ts'
import type { RunningSubgraph, SupergraphResult } from '../server/gatewayPort.ts'
import { readOperation } from '../server/limits.ts'
import { createLog } from '../server/log.ts'
import { SqlSource } from '../sources/bindings/sql/source.ts'
import { tablesOf } from '../sources/layout.ts'
import { serving } from '../sources/served.ts'
import { migrateAgency } from '../store/agencyTables.ts'
import type { Catalogue } from './catalogue.ts'
import { startCoreSubgraph } from './coreSubgraph.ts'
import { ensureReadRoles, openStoresOf } from './databases.ts'
import { identityOf } from './issuers.ts'
import type { OpenedGateway } from './openedGateway.ts'
import type { Place } from './places.ts'
import { recordReader } from './records.ts'
import { seedAgency } from './seedStores.ts'
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
  const { place, holder } = served(name, config, catalogue)
  const { layout, kind } = place
  const stores = await openStoresOf({ ...config, dataDir: join(config.dataDir, name) }, [place], true)
  if (config.demonstration) {
    if (!layout.foreign) await migrateAgency(stores.owner(place.id), tablesOf(layout))
    await seedAgency(stores, place, [place], () => {}, holder === null)
  }
  const log = createLog(config.logLevel)
  for (const sentence of await ensureReadRoles(stores, [place])) log.warn('READ_ROLE_MISSING', { sentence })
  const { classification, computed } = catalogue.model
  const sdls = await readSubgraphSdls(schemaFolder)
  const server = await startAgencySubgraph({
    agency: kind,
    holder: holder?.id,
    source: new SqlSource(layout, stores.agency(place.id), null, recordReader, serving(kind, place.holders)),
    sdl: sdls[kind],
    model: { layout, classification, computed: computed[kind], scalars: catalogue.scalars },
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

/**
 * What one process serves: a kind, or one holder of it, who reads where its own settings say.
 *
 * @throws StartupError where there is none of that name.
 */
function served(name: string, config: Config, catalogue: Catalogue): { place: Place; holder: Holder | null } {
  const kind = agencies.find((each) => each === name)
  if (kind) return { place: placeOfKind(kind, config, catalogue), holder: null }
  const holder = catalogue.registry.holders.get(name)
  if (!holder) {
    const known = [...catalogue.registry.holders.keys()].join(', ')
    throw new StartupError([
      `There is no agency or holder "${name}". There are: ${agencies.join(', ')}, core; ${known}.`,
    ])
  }
  const { model, mappings, holderMappings } = catalogue
  const mapping = holderMappings.get(name) ?? mappings[holder.kind]
  const layout = mapping ? model.layoutWith(holder.kind, mapping) : model.layouts[holder.kind]
  const url = config.agencies[holder.kind].databaseUrl
  return { place: { id: holder.kind, kind: holder.kind, holders: [holder], layout, mapping, url }, holder }
}

/** Every holder of the kind that names no place of its own: the process at `POLICE_SUBGRAPH_URL` reads them all. */
function placeOfKind(kind: AgencyName, config: Config, { registry, model, mappings }: Catalogue): Place {
  const named = holdersOfKind(registry, kind).filter(({ binding }) => binding?.type === 'sql' && !binding.database)
  const [first = wholeKind(kind), ...others] = named
  const url = config.agencies[kind].databaseUrl
  return { id: kind, kind, holders: [first, ...others], layout: model.layouts[kind], mapping: mappings[kind], url }
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
