import { type AgencyName, agencies, eachAgency, leadAgency } from './agencies.ts'
import { type Blueprint, drawBlueprint } from './assembly/blueprint.ts'
import { openDatabases as openDatabasesOf } from './assembly/databases.ts'
import { openIdentity } from './assembly/indexing.ts'
import { addressesOf, identityOf, openIssuers } from './assembly/issuers.ts'
import type { OpenedGateway } from './assembly/openedGateway.ts'
import { prepareStores } from './assembly/preparing.ts'
import { governanceOf, transfersOf } from './assembly/services.ts'
import { openSources } from './assembly/sources.ts'
import { erasePersons, latestErasure } from './audit/erase.ts'
import { readKeyHistory, ringFrom } from './audit/keyHistory.ts'
import { leafById, openAuditLog } from './audit/log.ts'
import { openProver } from './audit/prover.ts'
import { verifyLog } from './audit/verify.ts'
import { readWitnesses } from './audit/witnessFile.ts'
import { challengeHeaders } from './auth/challenge.ts'
import { databaseDenylist } from './auth/denylist.ts'
import { proofNonces } from './auth/dpopNonce.ts'
import { sharedReplayStore } from './auth/replay.ts'
import { signingKey } from './auth/signingKeys.ts'
import { createVerifier } from './auth/verify.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { ukDay } from './consent/day.ts'
import { factsFrom } from './consent/facts.ts'
import { KeptFacts } from './consent/keptFacts.ts'
import { standingNeeds } from './consent/standing.ts'
import type { GrantSigner } from './federation/grantToken.ts'
import type { Opening } from './opening.ts'
import { planOfNeeds, planOfWhole } from './plan.ts'
import { compilePolicy } from './policy/compile.ts'
import { type Label, labels } from './policy/labels.ts'
import { narrowedPolicy } from './policy/narrow.ts'
import { hashOfPack } from './policy/pack.ts'
import { packsOf } from './policy/packInForce.ts'
import { policyOfDay } from './policy/policyOfDay.ts'
import { replayLeaf } from './replay.ts'
import { Request, type RequestSetting } from './request.ts'
import { storeName } from './server/door.ts'
import type { Databases, OpenOptions, RunningSubgraph, SupergraphResult } from './server/gatewayDoor.ts'
import { createLog } from './server/log.ts'
import { createMetrics } from './server/metrics.ts'
import { isWatched } from './store/changes.ts'
import { registerChanges, registerStampsFrom, watchedRegisters } from './store/registerChanges.ts'
import type { Stores } from './store/stores.ts'

/** Opens stores, sources, keys and policy, and refuses to start with every problem named. */
export async function openGateway(config: Config, options: OpenOptions = {}): Promise<OpenedGateway> {
  const { log = createLog(config.logLevel), metrics = createMetrics(), onProgress = () => {} } = options
  const clock = systemClock(config.demonstrationAsOf ?? undefined)
  const blueprint = await drawBlueprint(config)
  const { stores, stop } = await prepareStores(config, blueprint, onProgress, log)
  const mayCreate = !config.production
  const [grantKey, transferKey, auditKey] = await Promise.all([
    signingKey(config.keysDir, 'grant', { mayCreate }),
    signingKey(config.keysDir, 'transfer', { mayCreate }),
    signingKey(config.keysDir, 'audit', { mayCreate }),
  ])
  const identity = identityOf(config)
  const signer: GrantSigner = { issuer: identity, kid: grantKey.kid, key: grantKey.privateKey, clock }
  const sources = openSources({
    config,
    stores,
    blueprint,
    signer,
    clock,
    log,
    metrics,
    records: options.records,
    wrapSource: options.wrapSource,
    wrapDatabase: options.wrapDatabase,
  })
  const policyNow = policyOfDay(packsOf(config), config, () => ukDay(clock.today()))
  const audit = await openAuditLog({ database: stores.gateway, key: auditKey, origin: identity, clock })
  const ring = ringFrom(await readKeyHistory(config.keysDir), auditKey.publicJwk)
  const witnesses = config.auditWitnessesFile === null ? null : await readWitnesses(config.auditWitnessesFile)
  const prover = openProver(stores.gateway, ring, witnesses)
  const packNow = () => {
    const { pack, hash } = policyNow()
    return { id: pack.id, hash }
  }
  const store = options.wrapDatabase?.('gateway', stores.gateway) ?? stores.gateway
  const registerStamps = registerStampsFrom(store)
  const isWatching = await isWatched(stores.gateway, registerChanges, watchedRegisters)
  const issuers = await openIssuers(config)
  const nonces = config.dpopNonceSecret === null ? null : proofNonces(config.dpopNonceSecret)
  const verify = createVerifier({
    registry: issuers.registry,
    audience: config.audience,
    clock,
    addresses: addressesOf(config),
    denylist: databaseDenylist(stores.gateway, isWatching ? registerStamps : null),
    replay: sharedReplayStore(stores.gateway),
    ...(nonces ? { nonces } : {}),
  })
  const mayKeep = isWatching && sources[leadAgency].mayTellChanges && config.factsKept > 0
  const kept = mayKeep ? new KeptFacts(config.factsKept, options.random) : null
  const standing = planOfNeeds({ [leadAgency]: standingNeeds }, blueprint.model)[leadAgency]
  const opening: Opening = {
    store,
    factsOf: factsFrom(store),
    kept,
    registerStamps,
    get policy() {
      return policyNow()
    },
    planning: blueprint.model,
    registry: blueprint.registry,
    clock,
    sources,
    labels: labelsOfAgencies(blueprint),
    standingPlan: { ...standing, want: { ...standing.want, isNoted: kept !== null } },
  }
  const setting: RequestSetting = {
    opening,
    audit,
    contracts: blueprint.model.contracts,
    wholePlan: planOfWhole(blueprint.model),
    auditTrail: {
      prover,
      latestErasure: () => latestErasure(stores.gateway),
      erased: async () => {
        const erasure = await latestErasure(stores.gateway)
        const leaf = erasure && (await leafById(stores.gateway, erasure.leafId))
        return erasure && leaf ? { before: erasure.before, leaf } : null
      },
    },
    governance: governanceOf({ opening, stores, blueprint, twoPersons: config.breakGlassTwoPersons }),
    transfers: transfersOf({ opening, stores, blueprint, key: transferKey, audit, prover }),
    identity: openIdentity(config, opening.store, clock, log),
  }
  return {
    config,
    setting,
    blueprint,
    signer,
    schema: blueprint.model.schema,
    contracts: blueprint.model.contracts,
    issuer: issuers.issuer,
    authenticate: verify,
    challenge: () => challengeHeaders(nonces, clock.now()),
    open: (caller, request, allowed) => new Request(setting, caller, request, allowed),
    record: (context, outcome) => requestOf(context).record(outcome),
    readiness: async () => [
      { name: storeName, ...(await storeHealth(stores)) },
      ...(await Promise.all(agencies.map(async (name) => ({ name, ...(await sources[name].health()) })))),
    ],
    jwks: () => ({ keys: [grantKey, transferKey, auditKey].map((key) => key.publicJwk) }),
    audit: { prover, keys: () => ring },
    auditVerify: async (progress, anchors = []) => {
      const { size, problems, erased, witnessed } = await verifyLog(stores.gateway, ring, {
        onProgress: (done, total) => progress(done, total, 'leaves'),
        anchors,
        ...(witnesses ? { witnesses } : {}),
      })
      return { leaves: size, erased, witnessed, problems }
    },
    auditErase: (before, caller) =>
      erasePersons({ database: stores.gateway, log: audit, clock, before, by: { caller, pack: packNow() } }),
    auditReplay: async (leafId) => {
      const leaf = await leafById(stores.gateway, leafId)
      if (!leaf) return null
      const pack = packsOf(config).find((each) => hashOfPack(each) === leaf.pack.hash)
      return replayLeaf(leaf, pack ? narrowedPolicy(compilePolicy(pack)) : null, (agency) => ({
        agency,
        home: blueprint.model.contracts[agency].home,
        labels: opening.labels[agency],
      }))
    },
    close: async () => {
      stop()
      await audit.close()
      await Promise.all(agencies.map((name) => sources[name].close().catch(() => undefined)))
      await stores.close()
    },
  }
}

/** Contexts are made by `open` alone. */
function requestOf(context: unknown): Request {
  if (context instanceof Request) return context
  throw new TypeError('A response can be recorded only for a request that this gateway opened.')
}

async function storeHealth(stores: Stores): Promise<{ ok: boolean; detail: string }> {
  try {
    await stores.gateway.rows({ name: 'health', text: 'select 1::text', values: [] }, AbortSignal.timeout(2000))
    return { ok: true, detail: 'answers' }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Labels that each agency's types use: what may be said to be withheld by it, whatever it holds. */
function labelsOfAgencies({ model }: Blueprint): Record<AgencyName, readonly Label[]> {
  return eachAgency((name) => {
    const lists = [...model.layouts[name].lists.values()]
    const used = new Set(
      lists.flatMap(({ type }) => [type.label, ...[...type.fields.values()].map(({ label }) => label)]),
    )
    return labels.filter((label) => used.has(label))
  })
}

export const openDatabases = async (config: Config): Promise<Databases> =>
  openDatabasesOf(config, await drawBlueprint(config))

/** A gateway does not load what composes and serves subgraphs: thirty megabytes. */
const subgraphs = () => import('./assembly/subgraphs.ts')

export const openSubgraph = async (config: Config, name: AgencyName | 'core', port: number): Promise<RunningSubgraph> =>
  (await subgraphs()).openSubgraphOf(config, name, port, await drawBlueprint(config), openGateway)

export const composeSupergraph = async (config?: Config): Promise<SupergraphResult> =>
  (await subgraphs()).supergraphOf(config)
