import { openRegisters } from '../../resolvers/governance/services.ts'
import { ClearanceRegister } from '../alerts/clearances.ts'
import { entriesWithin } from '../audit/entriesWithin.ts'
import { entryById } from '../audit/log.ts'
import type { Disclosure } from '../disclosure/answer.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import { attendedNeeds } from '../disclosure/expectedHolders.ts'
import { planOfNeeds, planOfWhole } from '../disclosure/needsPlan.ts'
import { replayEntry } from '../disclosure/replayDecision.ts'
import type { AlertNotice } from '../exchange/notifyOfAlert.ts'
import { FactsCache } from '../facts/factsCache.ts'
import { followedNeeds } from '../facts/followedRelationships.ts'
import { caseStatusReads } from '../facts/protectedPlace.ts'
import { factsFrom } from '../facts/readGatewayFacts.ts'
import { missingResponseNeeds } from '../facts/respondingToMissingChild.ts'
import { evidenceNeeds } from '../facts/transferBorneOut.ts'
import { type AgencyName, agencies, eachAgency, leadAgency } from '../foundation/agencies.ts'
import { isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { registryFrom } from '../foundation/registryFile.ts'
import { Candidates } from '../oversight/candidateChildren.ts'
import { ToldProfiles } from '../oversight/toldProfiles.ts'
import { type Label, labels } from '../policy/labels.ts'
import { followHolderStates } from '../registers/holderStates.ts'
import type { Gateway, HolderStanding } from '../server/gatewayTypes.ts'
import type { Readiness } from '../server/portToGateway.ts'
import type { KindSource } from '../sources/kindSource.ts'
import { transferStore } from '../transfer/store.ts'
import type { OpenedAudit } from './audit.ts'
import { bindingFilesChanged } from './bindingFiles.ts'
import type { Catalogue } from './catalogue.ts'
import { declinesOf, exchangeOf, messagesForSubjectOf, notifierOf } from './exchange.ts'
import { carriedIn } from './fieldsCarriedByHolder.ts'
import { GatewayRequest, type GatewaySetting } from './gatewayRequest.ts'
import { governanceOf } from './governanceServices.ts'
import { standingOf } from './holderStanding.ts'
import { openIdentity } from './indexPeople.ts'
import type { OpenedTrust } from './issuersAndKeys.ts'
import { addendaTeller } from './notifyLateRecords.ts'
import { carriedBy, keepWatching, openAlertWatcher } from './openAlertWatcher.ts'
import { openAnswering } from './openAnswering.ts'
import type { OpenedGateway } from './openedGateway.ts'
import type { OpenedPolicies } from './policies.ts'
import { reconsiderer } from './reconsiderDeclined.ts'
import { openSources } from './sources.ts'
import type { Start } from './startContext.ts'
import type { OpenedStores } from './stores.ts'
import { transfersOf } from './transferServices.ts'

/** How often obligations and notices are followed out of the log when nobody asks for them. */
const followEveryMs = 5000

export interface OpenedDisclosure extends Disclosure {
  readonly setting: GatewaySetting
  readonly open: OpenedGateway['open']
  /** Tells an audience what a rule found. */
  readonly notify: (notice: AlertNotice) => Promise<string>
  readonly followUp: (childId: string) => Promise<void>
  readonly readiness: () => Promise<readonly Readiness[]>
  readonly auditReplay: Gateway['auditReplay']
  readonly holders: Gateway['holders']
}

/** What opens children and answers: the sources, what every request shares, and the one pipeline around it. */
export async function openDisclosure(
  start: Start,
  opened: OpenedStores,
  trust: OpenedTrust,
  policies: OpenedPolicies,
  audit: OpenedAudit,
): Promise<OpenedDisclosure> {
  const { config, catalogue, clock, log, closing } = start
  const { stores } = opened
  const sources = openSources(start, stores, trust.signer)
  closing.add(() => Promise.all(agencies.map((name) => sources[name].close())))
  const { registryFile } = config
  if (registryFile !== null) start.reloading.add(() => catalogue.registry.next(registryFrom(registryFile)))
  start.reloading.add(bindingFilesChanged(catalogue.registry, config))
  const states = await followHolderStates(stores.gateway)
  closing.add(states.stop)
  const opening = openingOf(start, opened, policies, sources, states.now)
  const registers = openRegisters(stores.gateway)
  const exchange = {
    ...{ opening, stores, catalogue, audit: audit.log, relationships: registers.relationships },
    ...{ organisationOf: trust.organisationOf, localProcedures: config.localProcedures },
  }
  const holderStandings = async () => {
    const parts = agencies.flatMap((name) => sources[name].parts)
    const health = new Map(
      (await Promise.all(agencies.map((name) => sources[name].health()))).flat().map((each) => [each.id, each]),
    )
    return [...catalogue.registry.holders.values()].map((holder): HolderStanding => {
      const { id, name } = holder
      const part = parts.find((each) => each.holders.some((one) => one.id === id))
      const found = part && health.get(part.id)
      return { id, name, ...standingOf(holder, found ?? null, states.now()) }
    })
  }
  const setting: GatewaySetting = {
    opening,
    audit: audit.log,
    contracts: catalogue.model.contracts,
    wholePlan: planOfWhole(catalogue.model),
    auditTrail: audit.trail,
    governance: governanceOf({
      ...{ opening, catalogue, registers, twoPersons: config.breakGlassTwoPersons },
      organisationOf: trust.organisationOf,
      messagesForSubject: messagesForSubjectOf(exchange),
    }),
    transfers: transfersOf({
      ...{ opening, stores, catalogue, key: trust.transferKey },
      ...{ audit: audit.log, prover: audit.prover },
    }),
    clearances: new ClearanceRegister(stores.gateway),
    holderStandings,
    assurance: {
      packs: policies.packs,
      within: (span) => entriesWithin(stores.gateway, span),
      entry: (id) => entryById(stores.gateway, id),
      replay: (entry) =>
        replayEntry(entry, policies.ofHash(entry.pack.hash), (agency) => ({
          agency,
          home: catalogue.model.contracts[agency].home,
          alsoHeldBy: catalogue.model.contracts[agency].alsoHeldBy,
          labels: opening.labels[agency],
          isByHolder: holdersOfKind(catalogue.registry, agency).every((holder) => !isWholeKind(holder)),
        })),
    },
    toldProfiles: new ToldProfiles(stores.gateway),
    candidates: new Candidates(
      stores.gateway,
      // A force's too, though it works with nobody by a record: it may ask about whom its records know.
      (organisation) =>
        [...catalogue.registry.holders.values()]
          .filter((holder) => holder.organisation === organisation && holder.binding !== null)
          .map(({ id }) => id),
      (la) =>
        holdersOfKind(catalogue.registry, leadAgency)
          .filter(({ service, organisation }) => organisation === null || service === 'CHILDRENS_SOCIAL_CARE')
          .filter((holder) => la === null || holder.la === la || isWholeKind(holder))
          .map(({ id }) => id),
    ),
    refusedValues: start.refusedValues,
    exchange: exchangeOf(exchange),
    identity: openIdentity(config, opening.store, clock, log, catalogue.registry),
  }
  let asked = 0
  const open: OpenedGateway['open'] = (caller, request, callerCleared) => {
    asked += 1
    return new GatewayRequest(setting, caller, request, callerCleared)
  }
  const answering = await openAnswering({
    ...{ schema: catalogue.model.schema, open, config, log, reloading: start.reloading },
    ownOperations: config.workbench ? [...(await import('../../web/operations.ts')).operations.values()] : [],
  })
  closing.add(() => answering.stop())
  closing.add(
    registers.log.follower.start(followEveryMs, () =>
      log.warn('DUTIES_BEHIND', { reason: 'the log was not followed' }),
    ),
  )
  const reconsider = reconsiderer({
    ...{ opening, catalogue, organisationOf: trust.organisationOf, declines: declinesOf(exchange) },
  })
  const tellAddenda = addendaTeller({
    ...{ opening, organisations: trust.organisations, transfers: setting.transfers, notify: notifierOf(exchange) },
    store: transferStore(stores.gateway),
  })
  const followUp = async (childId: string): Promise<void> => {
    await reconsider(childId)
    await tellAddenda(childId)
  }
  if (start.options.watchesAlerts) {
    const watching = keepWatching(
      openAlertWatcher({
        ...{ opening, database: stores.gateway, catalogue, log },
        ...{ audit: audit.log, organisationOf: trust.organisationOf, organisations: trust.organisations },
        notify: carriedBy(trust.organisationOf, notifierOf(exchange)),
        ...{ followUp, asked: () => asked },
      }),
      log,
    )
    closing.add(() => watching.stop())
  }
  return {
    ...answering,
    setting,
    notify: notifierOf(exchange),
    followUp,
    open,
    readiness: async () => {
      const checks = await Promise.all(agencies.map((name) => sources[name].health()))
      return checks.flat().map(({ id, ...check }) => ({ name: id, ...check }))
    },
    holders: holderStandings,
    auditReplay: async (leafId) => {
      const entry = await entryById(stores.gateway, leafId)
      if (!entry) return null
      return setting.assurance.replay(entry)
    },
  }
}

function openingOf(
  { config, options, catalogue, clock }: Start,
  { stores, registerVersions, isWatching }: OpenedStores,
  policies: OpenedPolicies,
  sources: Readonly<Record<AgencyName, KindSource>>,
  holderStates: AccessSetting['holderStates'],
): AccessSetting {
  const mayCache = isWatching && sources[leadAgency].mayTellChanges && config.factsCached > 0
  const cache = mayCache ? new FactsCache(config.factsCached, options.random) : null
  const caseStatus = planOfNeeds(caseStatusReads, catalogue.model)[leadAgency]
  return {
    store: stores.gateway,
    factsOf: factsFrom(stores.gateway),
    cache,
    registerVersions,
    get policy() {
      return policies.now()
    },
    planning: catalogue.model,
    registry: catalogue.registry,
    clock,
    sources,
    holderStates,
    carriedBy: carriedIn(catalogue, holderStates),
    labels: labelsOfAgencies(catalogue),
    evidencePlan: planOfNeeds(evidenceNeeds, catalogue.model),
    missingPlan: planOfNeeds(missingResponseNeeds, catalogue.model),
    followedPlan: planOfNeeds(followedNeeds(catalogue.model.contracts), catalogue.model),
    contracts: catalogue.model.contracts,
    attendedPlan: planOfNeeds(attendedNeeds, catalogue.model),
    caseStatusPlan: { ...caseStatus, selection: { ...caseStatus.selection, withVersions: cache !== null } },
  }
}

/** Labels that each agency's types use: what may be said to be withheld by it, whatever it holds. */
function labelsOfAgencies({ model }: Catalogue): Record<AgencyName, readonly Label[]> {
  return eachAgency((name) => {
    const lists = [...model.layouts[name].lists.values()]
    const used = new Set(
      lists.flatMap(({ type, contract }) => [
        type.label,
        ...[...type.fields.values()].map(({ label }) => label),
        // Of other kinds of binding the types name all that their rows bear.
        ...(contract.unclassified ? (contract.rowLabels ?? []) : []),
      ]),
    )
    return labels.filter((label) => used.has(label))
  })
}
