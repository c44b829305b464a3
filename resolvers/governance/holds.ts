import { mayUseHolds } from '../../src/facts/registerEntitlement.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { holdersOfKind, type Registry } from '../../src/foundation/registry.ts'
import { type Grant, toldAsWithheld } from '../../src/policy/grant.ts'
import type { Label } from '../../src/policy/labels.ts'
import { roles } from '../../src/policy/vocabulary.ts'
import { laterDay, ukDay } from '../../src/records/dayAndAge.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import { isOverdue } from '../../src/registers/holdEvents.ts'
import type { HoldRecord, NewHold } from '../../src/registers/holds.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { neededReason, newHold, ownRecordId, reviewDay } from '../../src/registers/validateRegisterEntries.ts'
import {
  entitled,
  entitledRecord,
  type GovernanceContext,
  isOwnHold,
  known,
  ofOwnChildren,
  ownAgency,
  ownHolder,
  signature,
  written,
} from './governanceAccess.ts'
import { codeFor, signedFor } from './namedParties.ts'
import { type Paging, pageIn } from './registerPage.ts'

interface Reviewing {
  readonly id: string
  readonly reviewOn: string
  readonly reason: string
}

interface Escalating {
  readonly childId: string
  readonly agency: string
  readonly label: Label
  readonly toRole: string
  readonly reason: string
}

interface Judging {
  readonly childId: string
  readonly recordId: string
  readonly relevance: 'RELEVANT' | 'NOT_RELEVANT'
  readonly reviewOn: string
  readonly reason: string
}

/** As the schema names agency and record. */
export const shownHold = (record: HoldRecord, { contracts, registry }: GovernanceContext) => ({
  ...record,
  agency: contracts[record.agency].agency,
  recordId: record.recordId === null ? null : `${nameOf(record, registry)}:${record.recordId}`,
})

/**
 * The same as this reader is told it: why, and for whom, in the words of its holder, as far as these may be read. Also
 * of one's own organisation: who works there may be kept from the place that a reason names.
 */
export async function holdTold(context: GovernanceContext, record: HoldRecord) {
  const { caller, governance } = context
  const facts = await governance.facts(record.childId)
  const { recipientOrganisation } = record
  const holder = { organisation: caller.organisation, role: '' }
  return {
    ...shownHold(record, context),
    reason: facts && governance.mayReadWords(facts, holder) ? record.reason : null,
    recipientOrganisation: codeFor(context, facts, recipientOrganisation),
  }
}

/** Several, in their order. */
export const holdsTold = (context: GovernanceContext, records: readonly HoldRecord[]) =>
  Promise.all(records.map((record) => holdTold(context, record)))

const nameOf = ({ agency, organisation }: HoldRecord, registry: Registry): string =>
  holdersOfKind(registry, agency).find((holder) => holder.organisation === organisation)?.id ?? agency

/**
 * A hold is only ever recorded about something that is held, so one about what is hidden from the reader is left out:
 * by its label, or, on a single record, by whether the reader could read that record if it were not held.
 */
export async function holdsDisclosedTo(
  context: GovernanceContext,
  childId: string,
  holds: readonly HoldRecord[],
): Promise<readonly HoldRecord[]> {
  const { governance, caller } = context
  const disclosed = holds.filter(({ label }) => label === null || !governance.policy.hides(caller, label))
  const readable = await governance.recordsBehindHolds(childId, ownAgency(context))
  return disclosed.filter(
    ({ recordId, owner }) => recordId === null || owner === signature(context) || readable.has(recordId),
  )
}

/**
 * A hold on one record is for whoever holds it and could read it: one on another organisation's would keep that from
 * everybody else. A record that is hidden, another's, and none at all are refused alike.
 */
export async function mustHold(
  context: GovernanceContext,
  { childId, recordId }: Pick<NewHold, 'childId' | 'recordId'>,
) {
  if (recordId === null) return
  const held = await context.governance.recordsBehindHolds(childId, ownAgency(context))
  if (!held.has(recordId)) throw new Refusal('FORBIDDEN', { extensions: { reason: 'NOT_THE_HOLDER' } })
}

/**
 * The hold with the kind of record that it is about, by which others may be told that one is held back. A record that
 * bears more than its list's label, or that its holder marked, has none: nobody is told of it.
 */
export async function withLabelOfRecord(context: GovernanceContext, hold: NewHold): Promise<NewHold> {
  const { childId, recordId } = hold
  if (recordId === null) return hold
  return { ...hold, label: await context.governance.plainLabelOf(childId, ownAgency(context), recordId) }
}

/** Those of the overdue that the caller is told of. */
async function toReview(holds: readonly HoldRecord[], context: GovernanceContext) {
  const { caller, clock, governance } = context
  // By its label first: what is hidden must not cost a look at the child.
  const named = holds.filter(({ label }) => label === null || !governance.policy.hides(caller, label))
  const own = await ofOwnChildren(named, context)
  const disclosed = await Promise.all(own.map((hold) => holdsDisclosedTo(context, hold.childId, [hold])))
  return holdsTold(
    context,
    disclosed.flat().filter((hold) => isOverdue(hold, clock.now())),
  )
}

/** What becomes of holds: review, escalation, and judgements of relevance. */
export const resolvers = {
  Query: {
    holdsToReview: async (_: unknown, page: Paging, context: GovernanceContext) => {
      context.note('holds')
      const { clock, governance } = context
      const [holder, now] = [ownHolder(context), clock.now()]
      const list = {
        read: (of: RegisterPage) => governance.holds.overdue(holder, ukDay(now), of),
        byId: async (id: string) => {
          const hold = await governance.holds.byId(id)
          return hold && isOwnHold(hold, context) && isOverdue(hold, now) ? hold : null
        },
        told: (holds: readonly HoldRecord[]) => toReview(holds, context),
      }
      return toldPage(list, pageIn(page))
    },
  },
  Mutation: {
    reviewHold: async (_: unknown, { id, reviewOn, reason }: Reviewing, context: GovernanceContext) => {
      const { governance, clock } = context
      const stored = await governance.holds.byId(id)
      const record = await entitledRecord(context, 'reviewHold', stored, mayUseHolds(context.contracts))
      // Another organisation's hold, and one about what is hidden from this role, are answered as unknown.
      if (!isOwnHold(record, context) || (await holdsDisclosedTo(context, record.childId, [record])).length === 0)
        throw new Refusal('NOT_FOUND')
      const now = clock.now()
      const day = reviewDay(reviewOn, ukDay(now))
      const why = neededReason(reason)
      // One that was recorded before kinds were noted gets its own by its next review.
      const { label } = await withLabelOfRecord(context, record)
      if (!(await governance.holdEvents.review({ id, reviewOn: day, label, reason: why, by: signature(context) }, now)))
        throw new Refusal('CONFLICT')
      governance.forget(record.childId)
      return holdTold(context, written(context, record.childId, await governance.holds.byId(id)))
    },
    escalateHold: async (_: unknown, input: Escalating, context: GovernanceContext) => {
      const { governance, clock, contracts, caller } = context
      const { childId, label } = input
      const facts = await known(context, 'escalateHold', childId)
      const toRole = roles.find((role) => role === input.toRole)
      if (!toRole) throw new Refusal('BAD_INPUT', { message: `Name a role: ${roles.join(', ')}.` })
      const reason = neededReason(input.reason)
      const agency = agencies.find((name) => contracts[name].agency === input.agency)
      // Only what this caller was told that a holder decided against: any other answer would tell where holds are.
      const disclosed = agency && isToldOfHold(governance.grant(facts, agency), label, context)
      if (!agency || !disclosed) throw new Refusal('NOT_FOUND')
      const at = clock.now()
      await governance.log.catchUp()
      const by = signature(context)
      const { organisation } = caller
      await governance.holdEvents.escalate({ childId, agency, label, toRole, reason, by, organisation }, at)
      return { childId, agency: input.agency, label, toRole, at: at.toISOString(), decideBy: laterDay(ukDay(at), 1) }
    },
    decideRelevance: async (_: unknown, input: Judging, context: GovernanceContext) => {
      const { childId, recordId, relevance, reviewOn } = input
      await entitled(context, 'decideRelevance', childId, mayUseHolds(context.contracts))
      const { governance, clock } = context
      const [holder, now] = [ownHolder(context), clock.now()]
      const reason = neededReason(input.reason)
      if (relevance === 'RELEVANT') {
        // A judgement on a record that is hidden from this caller is answered as none, and stands.
        const own = ownRecordId(recordId, holder.names ?? [holder.agency])
        const stored = await governance.holds.onRecord(childId, holder, own, 'NOT_RELEVANT')
        const disclosed = await holdsDisclosedTo(context, childId, stored)
        if (disclosed.length === 0) throw new Refusal('CONFLICT')
        const lifted = await governance.holds.decideRelevant(childId, holder, own, reason, now)
        if (!lifted) throw new Refusal('CONFLICT')
      } else {
        const hold = { childId, kind: 'NOT_RELEVANT', recordId, reason, reviewOn } as const
        const judged = newHold(hold, holder, signature(context), now, ukDay(now))
        await mustHold(context, judged)
        await governance.holds.record(await withLabelOfRecord(context, judged), now)
      }
      governance.forget(childId)
      return { childId, recordId, relevance, at: now.toISOString(), by: signature(context) }
    },
  },
  Hold: {
    overdue: (hold: HoldRecord, _: unknown, { clock }: GovernanceContext) => isOverdue(hold, clock.now()),
    // Others escalate, in their own words.
    events: async (hold: HoldRecord, _: unknown, context: GovernanceContext) => {
      const { governance, caller } = context
      const { organisation } = caller
      const own = { organisation, role: '' }
      const facts = await governance.facts(hold.childId)
      const events = await governance.holdEvents.ofHolds([hold.id])
      return events.map((event) => ({
        ...event,
        by: signedFor(context, facts, event.by),
        reason:
          facts && governance.mayReadWords(facts, event.by.endsWith(`, ${organisation}`) ? own : null)
            ? event.reason
            : null,
      }))
    },
  },
}

/**
 * Whether this caller was told of a decision against a label: what it keeps back is named as withheld, and what passed
 * it brings the duty to go back to the holder.
 */
const isToldOfHold = (grant: Grant, label: Label, { governance }: GovernanceContext): boolean =>
  toldAsWithheld(grant).some((item) => item.label === label && item.reason === 'W_HOLDER_DETRIMENT') ||
  governance.policy.obligationsOf(grant).some((duty) => duty.label === label && duty.kind === 'ESCALATE_TO_HOLDER')
