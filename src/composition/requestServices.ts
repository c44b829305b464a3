import { randomUUID } from 'node:crypto'
import type { ClassifiedField, GovernanceServices, Registers } from '../../resolvers/governance/services.ts'
import type { AuditLog } from '../audit/entry.ts'
import type { Prover } from '../audit/prover.ts'
import type { SigningKey } from '../auth/signingKeys.ts'
import { personNeeds, personsOf } from '../childView/matchedPersons.ts'
import type { AccessSetting } from '../disclosure/accessSetting.ts'
import { auditEntryFor } from '../disclosure/auditEntry.ts'
import type { ChildAccess } from '../disclosure/childAccess.ts'
import { type ChildPlan, planOfNeeds } from '../disclosure/needsPlan.ts'
import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import { withoutWithheldParts } from '../facts/withheldPart.ts'
import { type AgencyName, agencies, eachAgency, leadAgency } from '../foundation/agencies.ts'
import { clockOfRecords } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import {
  governs,
  mayReadWords,
  maySign,
  type PartyReader,
  type PlacedOrganisation,
  partyReading,
} from '../policy/namedParty.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import { elsewhereOf } from '../policy/whatWouldOpen.ts'
import { listsOf } from '../sources/recordSet.ts'
import type { Stores } from '../store/stores.ts'
import { elsewhere, joinedFile, organisationsOf } from '../subjectAccess/controller.ts'
import { subjectFileOf, wholeFile } from '../subjectAccess/subjectAccess.ts'
import { subjectGrants } from '../subjectAccess/subjectGrants.ts'
import { type Snapshot, snapshotAction } from '../transfer/receipt.ts'
import { demand } from '../transfer/refuse.ts'
import { transferNeeds } from '../transfer/sections/index.ts'
import { createTransferService, type TransferService } from '../transfer/service.ts'
import type { Catalogue } from './catalogue.ts'

export interface ServiceSetting {
  readonly opening: AccessSetting
  readonly stores: Stores
  readonly catalogue: Catalogue
}

/** Registers and explanations for one request. What is written takes effect on the facts of the same request too. */
export function governanceOf({
  opening,
  catalogue,
  registers,
  twoPersons,
  organisationOf,
}: Omit<ServiceSetting, 'stores'> & {
  readonly registers: Registers
  readonly organisationOf: (code: string) => PlacedOrganisation | null
  readonly twoPersons: boolean
}): (caller: Caller, opener: ChildAccess) => GovernanceServices {
  const fields = classifiedFields(catalogue)
  const wholePlan = planOfNeeds(wholeFile(catalogue.model.layouts), catalogue.model)
  const personPlan = planOfNeeds(personNeeds, catalogue.model)
  const homes = eachAgency((agency) => catalogue.model.contracts[agency].home)
  const fileGrants =
    ({ pseudonymKey }: ChildAccess, facts: ChildFacts, organisation: string) =>
    (asOf: string) =>
      subjectGrants({ facts, labelsOf: opening.labels, organisation, homes, pseudonymKey, asOf })
  return (caller, opener) => ({
    ...registers,
    policy: opener.policy,
    twoPersons,
    grant: (facts, agency) => opener.grant(facts, agency),
    maySign: (facts, party) =>
      governs(caller) || maySign(party, organisationOf(party.organisation), readerOf(opener, facts)),
    mayReadWords: (facts, party) =>
      governs(caller) || mayReadWords(party, party && organisationOf(party.organisation), readerOf(opener, facts)),
    partyReading: (facts, party) =>
      governs(caller) ? 'NAMED' : partyReading(party, organisationOf(party.organisation), readerOf(opener, facts)),
    elsewhere: (facts, agency) => elsewhereOf(opener.policy, caller, (other) => opener.grantAs(other, facts, agency)),
    subjectFile: async (facts) => {
      const { contracts, layouts } = catalogue.model
      const parts = organisationsOf(caller, catalogue.registry).map(async (organisation) => {
        const child = opener.openGranted(facts, wholePlan, fileGrants(opener, facts, organisation))
        const file = subjectFileOf({ layouts, grants: child.grants, answers: await child.answers() })
        return { ...file, elsewhere: elsewhere(agencies, contracts, catalogue.registry) }
      })
      return joinedFile(await Promise.all(parts))
    },
    personsInFile: async (facts) => {
      const parts = organisationsOf(caller, catalogue.registry).map(async (organisation) =>
        personsOf(await opener.readGranted(facts, personPlan, fileGrants(opener, facts, organisation))),
      )
      return (await Promise.all(parts)).flatMap(({ persons }) => persons)
    },
    facts: (childId) => opener.facts(childId),
    forget: (childId) => opener.forget(childId),
    recordsBehindHolds: (childId, agency) => recordsBehindHolds(opener, catalogue, caller, childId, agency),
    fieldOf: (coordinate) => fields.get(coordinate) ?? null,
  })
}

/** Places stand in the lead agency's grant; whom an adult's service is for, in the one that may say so. */
function readerOf(opener: ChildAccess, facts: ChildFacts): PartyReader {
  const { keeper, places } = opener.grant(facts, leadAgency)
  const headline = agencies.reduce((labels, agency) => labels | opener.grant(facts, agency).headline, 0)
  return { organisation: opener.caller.organisation, headline, places, keeper }
}

async function recordsBehindHolds(
  opener: ChildAccess,
  { model }: Catalogue,
  { organisation }: Caller,
  childId: string,
  agency: AgencyName,
): Promise<ReadonlySet<string>> {
  const facts = await opener.facts(childId)
  if (!facts) return new Set()
  const everyList = Object.fromEntries([...model.layouts[agency].lists.keys()].map((list) => [list, [holderField]]))
  const plan = planOfNeeds({ [agency]: everyList }, model)
  const unheld = { ...facts, holds: facts.holds.filter(({ recordId }) => recordId === null) }
  const answer = (await opener.readForDecision(unheld, plan))[agency]
  const rows = answer.state === 'ANSWERED' ? Object.values(listsOf(answer.records)).flat() : []
  const own = rows.filter((row) => row[holderField] === organisation)
  return new Set(own.map(({ id }) => id.slice(id.indexOf(':') + 1)))
}

/** Every labelled field of every agency, by coordinate. */
function classifiedFields({ model }: Catalogue): ReadonlyMap<string, ClassifiedField> {
  return new Map(
    agencies.flatMap((agency) => {
      const { home } = model.contracts[agency]
      return [...model.layouts[agency].lists.values()].flatMap(({ type }) =>
        [...type.fields].map(
          ([field, { label, level, person }]) =>
            [`${type.name}.${field}`, { agency, home, label, level, person }] as const,
        ),
      )
    }),
  )
}

export interface TransferSetting extends ServiceSetting {
  readonly key: SigningKey
  readonly audit: AuditLog
  readonly prover: Prover
}

/** The transfer service for one request. What it compiles is what the receiving authority may have, whoever asks. */
export function transfersOf({
  opening,
  stores,
  catalogue,
  key,
  audit,
  prover,
}: TransferSetting): (caller: Caller, opener: ChildAccess, requestId: string) => TransferService {
  const plan = planOfNeeds(transferNeeds(catalogue.model.contracts), catalogue.model)
  const proveSnapshot = async (
    opener: ChildAccess,
    caller: Caller,
    requestId: string,
    snapshot: Snapshot,
  ): Promise<string> => {
    const id = randomUUID()
    const entry = auditEntryFor({
      ...{ id, requestId, caller, pack: { id: opener.policy.pack.id, hash: opener.policy.hash } },
      at: opening.clock.now(),
      operation: { name: null, text: '' },
      errors: [],
      disclosed: true,
      children: [],
      childrenReferenced: [snapshot.childId],
      actions: [snapshotAction(snapshot.fingerprint)],
      layouts: catalogue.model.layouts,
      hiddenLabels: opener.policy.hiddenLabels,
      obligationsOf: opener.policy.obligationsOf,
    })
    await audit.append(entry)
    const stored = await prover.byId(id)
    const receipt = stored && (await prover.receipt(stored))
    if (!receipt) throw new Refusal('AUDIT_UNAVAILABLE', { detail: 'The entry of a snapshot is not in the log.' })
    return receipt
  }
  const clock = clockOfRecords(opening.clock)
  return (caller, opener, requestId) => {
    const service = createTransferService({
      database: stores.gateway,
      key,
      registry: catalogue.registry,
      clock,
      contracts: catalogue.model.contracts,
      proveSnapshot: (snapshot) => proveSnapshot(opener, caller, requestId, snapshot),
      evidence: (childId) => opener.evidence(childId),
      responsibleLa: async (childId) => (await opener.facts(childId))?.responsibleLa ?? null,
      concern: (childId) => opener.childrenReferenced.add(childId),
      tokenCovers: (childId) => opener.tokenCovers(childId),
      openForRecipient: (childId, toLa) => openForRecipient(opener, childId, toLa, plan),
    })
    return narrowedService(opener, {
      ...service,
      // Looked up first, so that a refusal stands in the child's log as well.
      request: async (caller, input) => {
        await opener.facts(input.childId)
        return tellable(opener, await service.request(caller, input))
      },
      summary: async (caller, transferId) => tellable(opener, await service.summary(caller, transferId)),
      acknowledge: async (caller, transferId, version) =>
        tellable(opener, await service.acknowledge(caller, transferId, version)),
    })
  }
}

/**
 * A record says where the child lives, learns and is treated. Of a child with a protected place it is not for a role
 * that may read none of that, though that role reads those of other children.
 */
async function tellable<View extends { readonly childId: string; readonly state: string }>(
  opener: ChildAccess,
  view: View,
): Promise<View> {
  if (view.state === 'PENDING') return view
  const facts = await opener.facts(view.childId)
  if (facts && opener.grant(facts, leadAgency).places === 'NONE') demand('ROLE_NOT_PERMITTED')
  return view
}

/**
 * The service for a token that is confined to less than its role. A record is one signed whole: a token for some
 * categories opens none, and a token for one transfer makes no other.
 */
function narrowedService(opener: ChildAccess, service: TransferService): TransferService {
  const { scope } = opener.caller
  if (!scope) return service
  const demand = (reached: boolean) => {
    if (!reached)
      throw new Refusal('FORBIDDEN', { message: 'Your access token is kept to something else.', detail: 'TOKEN_SCOPE' })
  }
  const whole = (transferId: string) =>
    demand(scope.categories === null && (scope.transfer === null || scope.transfer === transferId))
  return {
    request: async (caller, input) => {
      demand(scope.categories === null && scope.transfer === null && (await opener.tokenCovers(input.childId)))
      return service.request(caller, input)
    },
    pending: async (caller, page) => {
      demand(scope.categories === null && scope.transfer === null)
      return service.pending(caller, page)
    },
    list: async (caller, page) => {
      demand(scope.categories === null && scope.transfer === null)
      return service.list(caller, page)
    },
    summary: async (caller, transferId) => {
      whole(transferId)
      return service.summary(caller, transferId)
    },
    history: async (caller, transferId, page) => {
      whole(transferId)
      return service.history(caller, transferId, page)
    },
    acknowledge: async (caller, transferId, version) => {
      whole(transferId)
      return service.acknowledge(caller, transferId, version)
    },
    contribute: async (caller, transferId, state, reason) => {
      whole(transferId)
      return service.contribute(caller, transferId, state, reason)
    },
  }
}

/**
 * Opens a child as the receiving officer of `toLa` would. Called only for a transfer that is notified or borne out,
 * which makes the authority a party: so the relationship is stated here and not looked up. The grants are that
 * officer's, so nothing goes into a record that they could not read.
 */
async function openForRecipient(
  opener: ChildAccess,
  childId: string,
  toLa: string,
  plan: ChildPlan,
): Promise<AuthorisedChild | null> {
  const facts = await opener.facts(childId)
  if (!facts) return null
  const party: ChildFacts = {
    ...facts,
    relationship: 'EPISODE',
    agreement: true,
    breakGlass: false,
    consents: facts.consents,
    holds: withoutWithheldParts(facts.holds),
  }
  return opener.openAs(recipient(toLa, opener.caller), party, plan)
}

const recipient = (toLa: string, asking: Caller): Caller => ({
  ...asking,
  organisation: `${toLa}-CSC`,
  agencyType: 'SOCIAL_CARE',
  la: toLa,
  force: null,
  role: 'RECEIVING_OFFICER',
  purpose: 'TRANSFER_RECEIVE',
})
