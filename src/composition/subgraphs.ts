import { join } from 'node:path'
import type { GatewayKeys } from '../federation/gatewayKeys.ts'
import { routerOf } from '../federation/routerSignature.ts'
import { readSubgraphSdls } from '../federation/subgraphFiles.ts'
import { startAgencySubgraph } from '../federation/subgraphServer.ts'
import { composeSupergraph } from '../federation/supergraph.ts'
import { type AgencyName, agencies, subgraphPort } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { schemaFolder } from '../graphql/model.ts'
import type { RunningSubgraph, SupergraphResult } from '../server/gatewayPort.ts'
import { readOperation } from '../server/limits.ts'
import { createLog } from '../server/log.ts'
import { SqlSource } from '../sources/bindings/sql/source.ts'
import { tablesOf } from '../sources/layout.ts'
import { migrateAgency } from '../store/agencyTables.ts'
import type { Catalogue } from './catalogue.ts'
import { startCoreSubgraph } from './coreSubgraph.ts'
import { ensureReadRoles, openStoresOf } from './databases.ts'
import { identityOf } from './issuers.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { recordReader } from './records.ts'
import { seedAgency } from './seedStores.ts'
import { subgraphLog } from './subgraphLog.ts'

/**
 * Serves one agency, or the core, alone. An agency's embedded store is a folder of its own: no other process has it
 * open.
 */
export async function openSubgraphOf(
  config: Config,
  name: AgencyName | 'core',
  port: number,
  catalogue: Catalogue,
  openGateway: (config: Config) => Promise<OpenedGateway>,
): Promise<RunningSubgraph> {
  if (name === 'core') return openCore(await openGateway(besideGateway(config)), port)
  const stores = await openStoresOf({ ...config, dataDir: join(config.dataDir, name) }, [name], true)
  const layout = catalogue.model.layouts[name]
  if (config.demonstration) {
    if (!layout.foreign) await migrateAgency(stores.owner(name), tablesOf(layout))
    await seedAgency(stores, name, catalogue, () => {})
  }
  const log = createLog(config.logLevel)
  for (const sentence of await ensureReadRoles(stores, [name], catalogue)) log.warn('READ_ROLE_MISSING', { sentence })
  const { classification, computed } = catalogue.model
  const sdls = await readSubgraphSdls(schemaFolder)
  const server = await startAgencySubgraph({
    agency: name,
    source: new SqlSource(layout, stores.agency(name), null, recordReader),
    sdl: sdls[name],
    model: { layout, classification, computed: computed[name], scalars: catalogue.scalars },
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
