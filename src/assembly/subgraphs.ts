import { join } from 'node:path'
import { type AgencyName, agencies, subgraphPort } from '../agencies.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { startCoreSubgraph } from '../federation/coreSubgraph.ts'
import type { GatewayKeys } from '../federation/gatewayKeys.ts'
import { readSubgraphSdls } from '../federation/subgraphFiles.ts'
import { startAgencySubgraph } from '../federation/subgraphServer.ts'
import { composeSupergraph } from '../federation/supergraph.ts'
import { schemaFolder } from '../graphql/model.ts'
import type { RunningSubgraph, SupergraphResult } from '../server/gatewayDoor.ts'
import { readOperation } from '../server/limits.ts'
import { createLog } from '../server/log.ts'
import { tablesOf } from '../sources/layout.ts'
import { SqlSource } from '../sources/sqlSource.ts'
import { migrateAgency } from '../store/agency-tables.ts'
import type { Blueprint } from './blueprint.ts'
import { coreSubgraphParts } from './coreSubgraph.ts'
import { ensureReadRoles, openStoresOf } from './databases.ts'
import { identityOf } from './issuers.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { recordReader } from './records.ts'
import { seedAgency } from './seeding.ts'
import { subgraphLog } from './subgraphLog.ts'

/** Serves one agency, or the core, alone. An agency's embedded store is a folder of its own: no other process has it open. */
export async function openSubgraphOf(
  config: Config,
  name: AgencyName | 'core',
  port: number,
  blueprint: Blueprint,
  openGateway: (config: Config) => Promise<OpenedGateway>,
): Promise<RunningSubgraph> {
  if (name === 'core') return openCore(await openGateway(besideGateway(config)), port)
  const stores = await openStoresOf({ ...config, dataDir: join(config.dataDir, name) }, [name], true)
  const layout = blueprint.model.layouts[name]
  if (config.demonstration) {
    await migrateAgency(stores.owner(name), tablesOf(layout))
    await seedAgency(stores, name, blueprint, () => {})
  }
  const log = createLog(config.logLevel)
  for (const sentence of await ensureReadRoles(stores, [name], blueprint)) log.warn('READ_ROLE_MISSING', { sentence })
  const { classification, computed } = blueprint.model
  const sdls = await readSubgraphSdls(schemaFolder)
  const server = await startAgencySubgraph({
    agency: name,
    source: new SqlSource(layout, stores.agency(name), null, recordReader),
    sdl: sdls[name],
    model: { layout, classification, computed: computed[name], scalars: blueprint.scalars },
    readOperation,
    introspection: config.introspection,
    issuer: identityOf(config),
    keys: keysOf(config),
    clock: systemClock(config.demonstrationAsOf ?? undefined),
    host: config.host,
    port,
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
 * The core serves no tokens of its own: in the demonstration it trusts the issuer of the gateway beside it, which it finds
 * where `GATEWAY_JWKS` says.
 */
const besideGateway = (config: Config): Config => {
  if (!config.demonstration || !URL.canParse(config.gatewayJwks)) return config
  const { port } = new URL(config.gatewayJwks)
  return port === '' ? config : { ...config, port: Number(port) }
}

async function openCore(gateway: OpenedGateway, port: number): Promise<RunningSubgraph> {
  const sdls = await readSubgraphSdls(schemaFolder)
  const { schema, http } = coreSubgraphParts(gateway, sdls.core, createLog(gateway.config.logLevel))
  const server = await startCoreSubgraph(schema, { ...http, host: gateway.config.host, port })
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
