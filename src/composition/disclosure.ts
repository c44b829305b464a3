import { type AgencyName, agencies, eachAgency, leadAgency } from '../agencies.ts'
import { leafById } from '../audit/log.ts'
import { evidenceNeeds } from '../consent/borneOut.ts'
import { factsFrom } from '../consent/facts.ts'
import { KeptFacts } from '../consent/keptFacts.ts'
import { standingNeeds } from '../consent/standing.ts'
import type { Disclosure } from '../disclosure/answer.ts'
import type { Opening } from '../disclosure/childAccess.ts'
import { Request, type RequestSetting } from '../disclosure/disclosureRequest.ts'
import { planOfNeeds, planOfWhole } from '../disclosure/needsPlan.ts'
import { replayLeaf } from '../disclosure/replay.ts'
import { type Label, labels } from '../policy/labels.ts'
import type { Readiness } from '../server/door.ts'
import type { Gateway } from '../server/gatewayDoor.ts'
import type { GuardedSource } from '../sources/guard.ts'
import { openAnswering } from './answering.ts'
import type { OpenedAudit } from './audit.ts'
import type { Blueprint } from './blueprint.ts'
import { openIdentity } from './indexing.ts'
import type { OpenedGateway } from './openedGateway.ts'
import type { OpenedPolicies } from './policies.ts'
import { governanceOf, transfersOf } from './services.ts'
import { openSources } from './sources.ts'
import type { Start } from './start.ts'
import type { OpenedStores } from './stores.ts'
import type { OpenedTrust } from './trust.ts'

export interface OpenedDisclosure extends Disclosure {
  readonly setting: RequestSetting
  readonly open: OpenedGateway['open']
  readonly readiness: () => Promise<readonly Readiness[]>
  readonly auditReplay: Gateway['auditReplay']
}

/** What opens children and answers: the sources, what every request shares, and the one pipeline around it. */
export async function openDisclosure(
  start: Start,
  opened: OpenedStores,
  trust: OpenedTrust,
  policies: OpenedPolicies,
  audit: OpenedAudit,
): Promise<OpenedDisclosure> {
  const { config, blueprint, clock, log, closing } = start
  const { stores } = opened
  const sources = openSources(start, stores, trust.signer)
  closing.add(() => Promise.all(agencies.map((name) => sources[name].close().catch(() => undefined))))
  const opening = openingOf(start, opened, policies, sources)
  const setting: RequestSetting = {
    opening,
    audit: audit.log,
    contracts: blueprint.model.contracts,
    wholePlan: planOfWhole(blueprint.model),
    auditTrail: audit.trail,
    governance: governanceOf({ opening, stores, blueprint, twoPersons: config.breakGlassTwoPersons }),
    transfers: transfersOf({
      ...{ opening, stores, blueprint, key: trust.transferKey },
      ...{ audit: audit.log, prover: audit.prover },
    }),
    identity: openIdentity(config, opening.store, clock, log),
  }
  const open: OpenedGateway['open'] = (caller, request, allowed) => new Request(setting, caller, request, allowed)
  const answering = await openAnswering({ schema: blueprint.model.schema, open, config, log })
  closing.add(() => answering.stop())
  return {
    ...answering,
    setting,
    open,
    readiness: () => Promise.all(agencies.map(async (name) => ({ name, ...(await sources[name].health()) }))),
    auditReplay: async (leafId) => {
      const leaf = await leafById(stores.gateway, leafId)
      if (!leaf) return null
      return replayLeaf(leaf, policies.ofHash(leaf.pack.hash), (agency) => ({
        agency,
        home: blueprint.model.contracts[agency].home,
        alsoHeldBy: blueprint.model.contracts[agency].alsoHeldBy,
        labels: opening.labels[agency],
      }))
    },
  }
}

function openingOf(
  { config, options, blueprint, clock }: Start,
  { store, registerStamps, isWatching }: OpenedStores,
  policies: OpenedPolicies,
  sources: Readonly<Record<AgencyName, GuardedSource>>,
): Opening {
  const mayKeep = isWatching && sources[leadAgency].mayTellChanges && config.factsKept > 0
  const kept = mayKeep ? new KeptFacts(config.factsKept, options.random) : null
  const standing = planOfNeeds({ [leadAgency]: standingNeeds }, blueprint.model)[leadAgency]
  return {
    store,
    factsOf: factsFrom(store),
    kept,
    registerStamps,
    get policy() {
      return policies.now()
    },
    planning: blueprint.model,
    registry: blueprint.registry,
    clock,
    sources,
    labels: labelsOfAgencies(blueprint),
    evidencePlan: planOfNeeds(evidenceNeeds, blueprint.model),
    standingPlan: { ...standing, want: { ...standing.want, isNoted: kept !== null } },
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
