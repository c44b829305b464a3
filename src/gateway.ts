import type { AgencyName } from './agencies.ts'
import { openAudit } from './composition/audit.ts'
import { drawBlueprint } from './composition/blueprint.ts'
import { openDatabases as openDatabasesOf } from './composition/databases.ts'
import { openDisclosure } from './composition/disclosure.ts'
import type { OpenedGateway } from './composition/openedGateway.ts'
import { openPolicies } from './composition/policies.ts'
import { startOf } from './composition/start.ts'
import { openStores } from './composition/stores.ts'
import { openTrust } from './composition/trust.ts'
import type { Config } from './config.ts'
import { storeName } from './server/door.ts'
import type { Databases, OpenOptions, RunningSubgraph, SupergraphResult } from './server/gatewayDoor.ts'

/** Opens stores, trust, policy, audit and disclosure, and refuses to start with every problem named and nothing left open. */
export async function openGateway(config: Config, options: OpenOptions = {}): Promise<OpenedGateway> {
  const start = await startOf(config, options)
  const { blueprint, closing } = start
  try {
    const stores = await openStores(start)
    const trust = await openTrust(start, stores)
    const policies = openPolicies(start)
    const audit = await openAudit(start, stores, trust, policies)
    const disclosure = await openDisclosure(start, stores, trust, policies, audit)
    return {
      config,
      blueprint,
      contracts: blueprint.model.contracts,
      ...audit.kept,
      ...disclosure,
      issuer: trust.issuer,
      signer: trust.signer,
      authenticate: trust.authenticate,
      challenge: trust.challenge,
      jwks: trust.jwks,
      readiness: async () => [{ name: storeName, ...(await stores.health()) }, ...(await disclosure.readiness())],
      close: () => closing.close(),
    }
  } catch (error) {
    await closing.close()
    throw error
  }
}

export const openDatabases = async (config: Config): Promise<Databases> =>
  openDatabasesOf(config, await drawBlueprint(config))

/** A gateway does not load what composes and serves subgraphs: thirty megabytes. */
const subgraphs = () => import('./composition/subgraphs.ts')

export const openSubgraph = async (config: Config, name: AgencyName | 'core', port: number): Promise<RunningSubgraph> =>
  (await subgraphs()).openSubgraphOf(config, name, port, await drawBlueprint(config), openGateway)

export const composeSupergraph = async (config?: Config): Promise<SupergraphResult> =>
  (await subgraphs()).supergraphOf(config)
