import { type AgencyName, agencies } from '../agencies.ts'
import type { Caller } from '../auth/caller.ts'
import type { SigningKey } from '../auth/signingKeys.ts'
import { type ClassifiedField, type GovernanceServices, openRegisters } from '../consent/services.ts'
import type { OpenChild } from '../context.ts'
import { Refusal } from '../errors.ts'
import type { Opener, Opening } from '../opening.ts'
import { type ChildPlan, planOfNeeds } from '../plan.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Stores } from '../store/stores.ts'
import { createTransferDesk, type TransferDesk } from '../transfer/desk.ts'
import { transferNeeds } from '../transfer/sections/index.ts'
import type { Blueprint } from './blueprint.ts'

export interface ServiceSetting {
  readonly opening: Opening
  readonly stores: Stores
  readonly blueprint: Blueprint
}

/** Registers and explanations for one request. What is written takes effect on the facts of the same request too. */
export function governanceOf({
  stores,
  blueprint,
}: ServiceSetting): (caller: Caller, opener: Opener) => GovernanceServices {
  const registers = openRegisters(stores.gateway)
  const fields = classifiedFields(blueprint)
  return (_caller, opener) => ({
    ...registers,
    policy: opener.policy,
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
  const answer = (await opener.openAs(opener.caller, unheld, plan).answers())[agency]
  const rows = answer.state === 'ANSWERED' ? Object.values(answer.lists).flat() : []
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
}

/** The desk of transfers for one request. What it compiles is what the receiving authority may have, whoever asks. */
export function transfersOf({
  opening,
  stores,
  blueprint,
  key,
}: TransferSetting): (caller: Caller, opener: Opener) => TransferDesk {
  const plan = planOfNeeds(transferNeeds(blueprint.model.contracts), blueprint.model)
  return (_caller, opener) => {
    const desk = createTransferDesk({
      database: stores.gateway,
      key,
      registry: blueprint.registry,
      clock: opening.clock,
      contracts: blueprint.model.contracts,
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
