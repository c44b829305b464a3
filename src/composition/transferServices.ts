import { randomUUID } from 'node:crypto'
import DataLoader from 'dataloader'
import type { AuditLog } from '../audit/entry.ts'
import type { Prover } from '../audit/logProofs.ts'
import type { SigningKey } from '../auth/signingKeys.ts'
import { auditEntryFor } from '../disclosure/auditEntry.ts'
import type { ChildAccess } from '../disclosure/childAccess.ts'
import { type ChildPlan, planOfNeeds } from '../disclosure/needsPlan.ts'
import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import { keptToElse } from '../facts/tokenScope.ts'
import { withoutWithheldParts } from '../facts/withheldFromTransfer.ts'
import { leadAgency } from '../foundation/agencies.ts'
import { clockOfRecords } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { DecisionRegister } from '../registers/legalRecords.ts'
import { demand } from '../transfer/refusals.ts'
import { transferNeeds } from '../transfer/sections/index.ts'
import { createTransferService, type TransferService } from '../transfer/service.ts'
import { type Snapshot, snapshotAction } from '../transfer/snapshotReceipt.ts'

import type { ServiceSetting } from './governanceServices.ts'

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
  const bars = new DecisionRegister(stores.gateway)
  return (caller, opener, requestId) => {
    const keptFor = barredPerson(bars, caller)
    const service = createTransferService({
      database: stores.gateway,
      key,
      registry: catalogue.registry,
      clock,
      contracts: catalogue.model.contracts,
      proveSnapshot: (snapshot) => proveSnapshot(opener, caller, requestId, snapshot),
      evidence: (childId) => opener.evidence(childId),
      responsibleLa: async (childId) => (await opener.facts(childId))?.responsibleLa ?? null,
      concern: async (childId) => {
        opener.childrenReferenced.add(childId)
        // Governance is told who asked, the caller nothing.
        if (await keptFor(childId)) await opener.facts(childId)
      },
      keptFor,
      demandPlaces: async (childId) => demandPlaces(opener, childId),
      forget: (childId) => opener.forget(childId),
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
      addenda: async (caller, transfer, page) => {
        await tellable(opener, { ...transfer, version: '' })
        return service.addenda(caller, transfer, page)
      },
      acknowledge: async (caller, transferId, version) =>
        tellable(opener, await service.acknowledge(caller, transferId, version)),
      contribute: async (caller, transferId, state, reason) => {
        const view = await service.contribute(caller, transferId, state, reason)
        // A party gets the record; of a supplier's own receipt nothing has to be kept back.
        return view.toLa === null ? view : tellable(opener, view)
      },
    })
  }
}

/**
 * A record says where the child lives, learns and is treated. Of a child with a protected place it is not for a role
 * that may read none of that, though that role reads those of other children.
 */
async function tellable<View extends { readonly childId: string }>(opener: ChildAccess, view: View): Promise<View> {
  if ('version' in view) await demandPlaces(opener, view.childId)
  return view
}

async function demandPlaces(opener: ChildAccess, childId: string): Promise<void> {
  const facts = await opener.facts(childId)
  if (facts && opener.grant(facts, leadAgency).places === 'NONE') demand('ROLE_NOT_PERMITTED')
}

/** Who a caller is, where they are barred from a child: asked of all the children of a list at once. */
function barredPerson(bars: DecisionRegister, caller: Caller): (childId: string) => Promise<string | null> {
  const person = JSON.stringify([caller.issuer, caller.subject])
  const loader = new DataLoader<string, boolean>(async (childIds) => {
    const barred = await bars.barredFrom(childIds, caller)
    return childIds.map((childId) => barred.has(childId))
  })
  return async (childId) => ((await loader.load(childId)) ? person : null)
}

/**
 * The service for a token that is confined to less than its role. A record is one signed whole: a token for some
 * categories opens none, and a token for one transfer makes no other.
 */
function narrowedService(opener: ChildAccess, service: TransferService): TransferService {
  const { scope } = opener.caller
  if (!scope) return service
  const demand = (reached: boolean) => {
    if (!reached) throw keptToElse()
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
    addenda: async (caller, transfer, page) => {
      whole(transfer.id)
      return service.addenda(caller, transfer, page)
    },
    acknowledge: async (caller, transferId, version) => {
      whole(transferId)
      return service.acknowledge(caller, transferId, version)
    },
    contribute: async (caller, transferId, state, reason) => {
      whole(transferId)
      return service.contribute(caller, transferId, state, reason)
    },
    end: async (caller, transferId, ending) => {
      whole(transferId)
      return service.end(caller, transferId, ending)
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
