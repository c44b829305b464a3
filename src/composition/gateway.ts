import type { Config } from '../foundation/config.ts'
import type { Databases, OpenOptions, RunningSubgraph, SupergraphResult } from '../server/gatewayTypes.ts'
import { storeName } from '../server/portToGateway.ts'
import { openAudit } from './audit.ts'
import { loadCatalogue } from './catalogue.ts'
import { openDatabases as openDatabasesOf } from './databases.ts'
import { openDisclosure } from './disclosure.ts'
import { openTrust } from './issuersAndKeys.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { openPolicies } from './policies.ts'
import { startOf } from './startContext.ts'
import { openStores } from './stores.ts'
import { workbenchOf } from './workbench.ts'

/**
 * Opens stores, trust, policy, audit and disclosure, and refuses to start with every problem named and nothing left
 * open.
 */
export async function openGateway(config: Config, options: OpenOptions = {}): Promise<OpenedGateway> {
  const start = await startOf(config, options)
  const { catalogue, closing } = start
  try {
    const stores = await openStores(start)
    const trust = await openTrust(start, stores)
    const policies = openPolicies(start)
    const audit = await openAudit(start, stores, trust, policies)
    const disclosure = await openDisclosure(start, stores, trust, policies, audit)
    const readiness: OpenedGateway['readiness'] = async () => {
      const [store, isWritable, sources] = await Promise.all([
        stores.health(),
        audit.log.isWritable(),
        disclosure.readiness(),
      ])
      const unwritable = { ok: false, detail: 'the audit log cannot be written, so nothing is disclosed' }
      return [{ name: storeName, ...(store.ok && !isWritable ? unwritable : store) }, ...sources]
    }
    const { authenticate, challenge } = trust
    return {
      config,
      catalogue,
      contracts: catalogue.model.contracts,
      ...audit.commands,
      ...disclosure,
      issuer: trust.issuer,
      signer: trust.signer,
      organisationOf: trust.organisationOf,
      organisations: trust.organisations,
      authenticate,
      challenge,
      jwks: trust.jwks,
      readiness,
      workbench: await workbenchOf(start, stores, trust, { ...disclosure, authenticate, challenge, readiness }),
      reload: () => start.reloading.reload(),
      close: () => closing.close(),
    }
  } catch (error) {
    await closing.close()
    throw error
  }
}

export const openDatabases = async (config: Config): Promise<Databases> =>
  openDatabasesOf(config, await loadCatalogue(config))

/** A gateway does not load what composes and serves subgraphs: thirty megabytes. */
const subgraphs = () => import('./subgraphs.ts')

export const openSubgraph = async (config: Config, name: string, port: number): Promise<RunningSubgraph> =>
  (await subgraphs()).openSubgraphOf(config, name, port, await loadCatalogue(config), openGateway)

export const composeSupergraph = async (config?: Config): Promise<SupergraphResult> =>
  (await subgraphs()).supergraphOf(config)
