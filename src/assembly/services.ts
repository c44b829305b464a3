import type { Caller } from '../auth/caller.ts'
import type { SigningKey } from '../auth/signingKeys.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { OpenChild } from '../context.ts'
import { Opener, type Opening } from '../opening.ts'
import { type ChildPlan, planOfNeeds } from '../plan.ts'
import { createTransferDesk, type TransferDesk } from '../transfer/desk.ts'
import { transferNeeds } from '../transfer/sections/index.ts'
import type { Stores } from '../store/stores.ts'
import type { Blueprint } from './blueprint.ts'

export interface TransferSetting {
  readonly opening: Opening
  readonly stores: Stores
  readonly blueprint: Blueprint
  readonly key: SigningKey
}

/** The desk of transfers for one request. What it compiles is what the receiving authority may have, whoever asks. */
export function transfersOf({ opening, stores, blueprint, key }: TransferSetting): (caller: Caller, opener: Opener) => TransferDesk {
  const plan = planOfNeeds(transferNeeds(blueprint.model.contracts), blueprint.model)
  return (_caller, opener) =>
    createTransferDesk({
      database: stores.gateway,
      key,
      registry: blueprint.registry,
      clock: opening.clock,
      contracts: blueprint.model.contracts,
      openForRecipient: (childId, toLa) => openForRecipient(opener, childId, toLa, plan),
    })
}

/**
 * Opens a child as the receiving officer of `toLa` would: the notification makes the authority a party, so the relationship
 * is stated here and not looked up. The grants are that officer's, so nothing goes into a record that they could not read.
 */
async function openForRecipient(opener: Opener, childId: string, toLa: string, plan: ChildPlan): Promise<OpenChild | null> {
  const facts = await opener.facts(childId)
  if (!facts) return null
  const party: ChildFacts = { ...facts, relationship: 'EPISODE', agreement: true, breakGlass: false, consents: facts.consents }
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
