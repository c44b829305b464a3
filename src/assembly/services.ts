import { randomUUID } from 'node:crypto'
import { type AgencyName, agencies } from '../agencies.ts'
import type { AuditLog } from '../audit/leaf.ts'
import type { Prover } from '../audit/prover.ts'
import type { Caller } from '../auth/caller.ts'
import type { SigningKey } from '../auth/signingKeys.ts'
import { type ClassifiedField, type GovernanceServices, openRegisters } from '../consent/services.ts'
import { subjectFileOf, wholeFile } from '../consent/subjectAccess.ts'
import { subjectGrants } from '../consent/subjectGrants.ts'
import type { OpenChild } from '../context.ts'
import { Refusal } from '../errors.ts'
import { leafOf } from '../leafOf.ts'
import type { Opener, Opening } from '../opening.ts'
import { type ChildPlan, planOfNeeds } from '../plan.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { listsOf } from '../sources/recordSet.ts'
import type { Stores } from '../store/stores.ts'
import { createTransferDesk, type TransferDesk } from '../transfer/desk.ts'
import { type Snapshot, snapshotAction } from '../transfer/receipt.ts'
import { transferNeeds } from '../transfer/sections/index.ts'
import type { Blueprint } from './blueprint.ts'

export interface ServiceSetting {
  readonly opening: Opening
  readonly stores: Stores
  readonly blueprint: Blueprint
}

/** Registers and explanations for one request. What is written takes effect on the facts of the same request too. */
export function governanceOf({
  opening,
  stores,
  blueprint,
  twoPersons,
}: ServiceSetting & { readonly twoPersons: boolean }): (caller: Caller, opener: Opener) => GovernanceServices {
  const registers = openRegisters(stores.gateway)
  const fields = classifiedFields(blueprint)
  const wholePlan = planOfNeeds(wholeFile(blueprint.model.layouts), blueprint.model)
  return (caller, opener) => ({
    ...registers,
    policy: opener.policy,
    twoPersons,
    grant: (facts, agency) => opener.grant(facts, agency),
    subjectFile: async (facts) => {
      const { organisation } = caller
      const child = opener.openGranted(facts, wholePlan, (asOf) =>
        subjectGrants({ facts, labelsOf: opening.labels, organisation, asOf }),
      )
      return subjectFileOf({
        layouts: blueprint.model.layouts,
        grants: child.grants,
        answers: await child.answers(),
      })
    },
    facts: (childId) => opener.facts(childId),
    forget: (childId) => opener.forget(childId),
    recordsBehindHolds: (childId, agency) => recordsBehindHolds(opener, blueprint, childId, agency),
    fieldOf: (coordinate) => fields.get(coordinate) ?? null,
  })
}

async function recordsBehindHolds(
  opener: Opener,
  { model }: Blueprint,
  childId: string,
  agency: AgencyName,
): Promise<ReadonlySet<string>> {
  const facts = await opener.facts(childId)
  if (!facts) return new Set()
  const everyList = Object.fromEntries([...model.layouts[agency].lists.keys()].map((list) => [list, []]))
  const plan = planOfNeeds({ [agency]: everyList }, model)
  const unheld = { ...facts, holds: facts.holds.filter(({ recordId }) => recordId === null) }
  const answer = (await opener.readForDecision(unheld, plan))[agency]
  const rows = answer.state === 'ANSWERED' ? Object.values(listsOf(answer.records)).flat() : []
  return new Set(rows.map(({ id }) => id.slice(agency.length + 1)))
}

/** Every labelled field of every agency, by coordinate. */
function classifiedFields({ model }: Blueprint): ReadonlyMap<string, ClassifiedField> {
  return new Map(
    agencies.flatMap((agency) => {
      const { home } = model.contracts[agency]
      return [...model.layouts[agency].lists.values()].flatMap(({ type }) =>
        [...type.fields].map(
          ([field, { label, level }]) => [`${type.name}.${field}`, { agency, home, label, level }] as const,
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

/** The desk of transfers for one request. What it compiles is what the receiving authority may have, whoever asks. */
export function transfersOf({
  opening,
  stores,
  blueprint,
  key,
  audit,
  prover,
}: TransferSetting): (caller: Caller, opener: Opener, requestId: string) => TransferDesk {
  const plan = planOfNeeds(transferNeeds(blueprint.model.contracts), blueprint.model)
  const proveSnapshot = async (
    opener: Opener,
    caller: Caller,
    requestId: string,
    snapshot: Snapshot,
  ): Promise<string> => {
    const id = randomUUID()
    const leaf = leafOf({
      ...{ id, requestId, caller, pack: { id: opener.policy.pack.id, hash: opener.policy.hash } },
      at: opening.clock.now(),
      operation: { name: null, text: '' },
      errors: [],
      disclosed: true,
      children: [],
      concerned: [snapshot.childId],
      actions: [snapshotAction(snapshot.fingerprint)],
      obligationsOf: opener.policy.obligationsOf,
    })
    await audit.append(leaf)
    const entry = await prover.byId(id)
    const receipt = entry && (await prover.receipt(entry))
    if (!receipt) throw new Refusal('AUDIT_UNAVAILABLE', { detail: 'The leaf of a snapshot is not in the log.' })
    return receipt
  }
  return (caller, opener, requestId) => {
    const desk = createTransferDesk({
      database: stores.gateway,
      key,
      registry: blueprint.registry,
      clock: opening.clock,
      contracts: blueprint.model.contracts,
      proveSnapshot: (snapshot) => proveSnapshot(opener, caller, requestId, snapshot),
      concern: (childId) => opener.concerned.add(childId),
      reaches: (childId) => opener.reaches(childId),
      openForRecipient: (childId, toLa) => openForRecipient(opener, childId, toLa, plan),
    })
    return narrowedDesk(opener, {
      ...desk,
      // Looked up first, so that a refusal stands in the child's log as well.
      request: async (caller, input) => {
        await opener.facts(input.childId)
        return desk.request(caller, input)
      },
    })
  }
}

/**
 * A desk for a token that is kept to less than its role. A record is one signed whole: a token for some categories opens
 * none, and a token for one transfer makes no other.
 */
function narrowedDesk(opener: Opener, desk: TransferDesk): TransferDesk {
  const { scope } = opener.caller
  if (!scope) return desk
  const demand = (reached: boolean) => {
    if (!reached)
      throw new Refusal('FORBIDDEN', { message: 'Your access token is kept to something else.', detail: 'TOKEN_SCOPE' })
  }
  const whole = (transferId: string) =>
    demand(scope.categories === null && (scope.transfer === null || scope.transfer === transferId))
  return {
    request: async (caller, input) => {
      demand(scope.categories === null && scope.transfer === null && (await opener.reaches(input.childId)))
      return desk.request(caller, input)
    },
    summary: async (caller, transferId) => {
      whole(transferId)
      return desk.summary(caller, transferId)
    },
    acknowledge: async (caller, transferId, version) => {
      whole(transferId)
      return desk.acknowledge(caller, transferId, version)
    },
    contribute: async (caller, transferId, state, reason) => {
      whole(transferId)
      return desk.contribute(caller, transferId, state, reason)
    },
  }
}

/**
 * Opens a child as the receiving officer of `toLa` would: the notification makes the authority a party, so the relationship
 * is stated here and not looked up. The grants are that officer's, so nothing goes into a record that they could not read.
 */
async function openForRecipient(
  opener: Opener,
  childId: string,
  toLa: string,
  plan: ChildPlan,
): Promise<OpenChild | null> {
  const facts = await opener.facts(childId)
  if (!facts) return null
  const party: ChildFacts = {
    ...facts,
    relationship: 'EPISODE',
    agreement: true,
    breakGlass: false,
    consents: facts.consents,
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
