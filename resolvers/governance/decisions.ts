import {
  mayBar,
  mayConfirmOrders,
  mayReadOrders,
  mayRecordOrders,
  mayRecordResponsibility,
  maySignalHarm,
  mayUseConsents,
  wordOnOrder,
} from '../../src/facts/registerEntitlement.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import {
  type Bar,
  type CourtOrder,
  type NewBar,
  type NewCourtOrder,
  type NewResponsibility,
  type ParentalResponsibility,
  recorderOf,
} from '../../src/registers/legalRecords.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { newBar, newCourtOrder, newResponsibility, signalDays } from '../../src/registers/validateLegalRecords.ts'
import { neededReason } from '../../src/registers/validateRegisterEntries.ts'
import { entitled, entitledRecord, type GovernanceContext, written } from './governanceAccess.ts'
import { codeFor, entryFor, signedFor } from './namedParties.ts'
import { aboutChild, type ChildPaging, pageIn } from './registerPage.ts'

type OfChild = { readonly childId: string }
type Input<T> = { readonly input: T }
type Ending = { readonly id: string; readonly reason: string }
type Signalling = OfChild & { readonly basis: string; readonly days: number }

type Recorded = { readonly childId: string; readonly recordedBy: string; readonly confirmedBy?: string | null }

/**
 * Whoever may read one of these registers is told of each entry of it: who recorded and confirmed it, and what they
 * wrote, as far as this reader is told.
 */
async function told<Stored extends Recorded, Words extends keyof Stored>(
  context: GovernanceContext,
  entry: Stored,
  words: readonly Words[],
) {
  const facts = await context.governance.facts(entry.childId)
  const confirmedBy = signedFor(context, facts, entry.confirmedBy ?? null)
  return { ...entryFor(context, facts, entry, 'recordedBy', words), confirmedBy }
}

const toldOf = {
  order: async (context: GovernanceContext, entry: CourtOrder) => {
    const recipient = codeFor(context, await context.governance.facts(entry.childId), entry.recipient)
    return { ...(await told(context, entry, ['court', 'reference'])), recipient }
  },
  responsibility: (context: GovernanceContext, entry: ParentalResponsibility) =>
    told(context, entry, ['holder', 'limits', 'reason']),
  bar: (context: GovernanceContext, entry: Bar) => told(context, entry, ['reason']),
}

const each =
  <Stored, Told>(context: GovernanceContext, tell: (context: GovernanceContext, entry: Stored) => Promise<Told>) =>
  (entries: readonly Stored[]): Promise<readonly Told[]> =>
    Promise.all(entries.map((entry) => tell(context, entry)))

/** The order that somebody means to confirm: never one that names their organisation, or that they recorded. */
async function confirmable(context: GovernanceContext, act: string, id: string): Promise<CourtOrder> {
  const { governance, caller } = context
  const order = await entitledRecord(context, act, await governance.decisions.order(id), mayConfirmOrders)
  const word = wordOnOrder(caller, order, governance.placed)
  if (word !== 'ALLOWED') throw new Refusal('FORBIDDEN', { extensions: { reason: word } })
  return order
}

/** Orders of courts, parental responsibility, bars by conflict of interest, and an agency's word of harm. */
export const resolvers = {
  Query: {
    courtOrders: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      await entitled(context, 'courtOrders', childId, mayReadOrders)
      const { decisions } = context.governance
      const register = {
        read: (of: RegisterPage) => decisions.ordersOf(childId, of),
        byId: aboutChild(childId, (id) => decisions.order(id)),
        told: each(context, toldOf.order),
      }
      return toldPage(register, pageIn(page))
    },
    courtOrder: async (_: unknown, { id }: { readonly id: string }, context: GovernanceContext) =>
      toldOf.order(context, await confirmable(context, 'courtOrder', id)),
    parentalResponsibilities: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      await entitled(context, 'parentalResponsibilities', childId, mayUseConsents)
      const { decisions } = context.governance
      const register = {
        read: (of: RegisterPage) => decisions.responsibilitiesOf(childId, of),
        byId: aboutChild(childId, (id) => decisions.responsibility(id)),
        told: each(context, toldOf.responsibility),
      }
      return toldPage(register, pageIn(page))
    },
    bars: async (_: unknown, { childId, ...page }: ChildPaging, context: GovernanceContext) => {
      await entitled(context, 'bars', childId, mayBar)
      const { decisions } = context.governance
      const register = {
        read: (of: RegisterPage) => decisions.barsOf(childId, of),
        byId: aboutChild(childId, (id) => decisions.bar(id)),
        told: each(context, toldOf.bar),
      }
      return toldPage(register, pageIn(page))
    },
  },
  Mutation: {
    recordCourtOrder: async (_: unknown, { input }: Input<NewCourtOrder>, context: GovernanceContext) => {
      await entitled(context, 'recordCourtOrder', input.childId, mayRecordOrders)
      const { governance, caller, clock } = context
      const order = newCourtOrder(input, ukDay(clock.now()))
      const id = await governance.decisions.recordOrder(order, recorderOf(caller), clock.now())
      return written(context, input.childId, await governance.decisions.order(id))
    },
    confirmCourtOrder: async (_: unknown, { id }: { id: string }, context: GovernanceContext) => {
      const { governance, caller, clock } = context
      const order = await confirmable(context, 'confirmCourtOrder', id)
      if (!(await governance.decisions.confirmOrder(id, recorderOf(caller), clock.now()))) throw new Refusal('CONFLICT')
      return toldOf.order(context, written(context, order.childId, await governance.decisions.order(id)))
    },
    endCourtOrder: async (_: unknown, { id, reason }: Ending, context: GovernanceContext) => {
      const { governance, caller, clock } = context
      const kept = await governance.decisions.order(id)
      const order = await entitledRecord(context, 'endCourtOrder', kept, mayRecordOrders)
      if (!(await governance.decisions.end('order', id, neededReason(reason), recorderOf(caller), clock.now())))
        throw new Refusal('CONFLICT')
      return toldOf.order(context, written(context, order.childId, await governance.decisions.order(id)))
    },
    recordParentalResponsibility: async (
      _: unknown,
      { input }: Input<NewResponsibility>,
      context: GovernanceContext,
    ) => {
      await entitled(context, 'recordParentalResponsibility', input.childId, mayRecordResponsibility)
      const { governance, caller, clock } = context
      const entry = newResponsibility(input, ukDay(clock.now()))
      const id = await governance.decisions.recordResponsibility(entry, recorderOf(caller), clock.now())
      return written(context, input.childId, await governance.decisions.responsibility(id))
    },
    endParentalResponsibility: async (_: unknown, { id, reason }: Ending, context: GovernanceContext) => {
      const { governance, caller, clock } = context
      const kept = await governance.decisions.responsibility(id)
      const entry = await entitledRecord(context, 'endParentalResponsibility', kept, mayRecordResponsibility)
      const ended = await governance.decisions.end(
        'responsibility',
        id,
        neededReason(reason),
        recorderOf(caller),
        clock.now(),
      )
      if (!ended) throw new Refusal('CONFLICT')
      const now = written(context, entry.childId, await governance.decisions.responsibility(id))
      return toldOf.responsibility(context, now)
    },
    recordBar: async (_: unknown, { input }: Input<NewBar>, context: GovernanceContext) => {
      await entitled(context, 'recordBar', input.childId, mayBar)
      const { governance, caller, clock } = context
      const bar = newBar(input, caller.subject)
      const id = await governance.decisions.recordBar(bar, recorderOf(caller), clock.now())
      return written(context, input.childId, await governance.decisions.bar(id))
    },
    endBar: async (_: unknown, { id, reason }: Ending, context: GovernanceContext) => {
      const { governance, caller, clock } = context
      const bar = await entitledRecord(context, 'endBar', await governance.decisions.bar(id), mayBar)
      if (!(await governance.decisions.end('bar', id, neededReason(reason), recorderOf(caller), clock.now())))
        throw new Refusal('CONFLICT')
      return toldOf.bar(context, written(context, bar.childId, await governance.decisions.bar(id)))
    },
    signalHarm: async (_: unknown, { childId, basis, days }: Signalling, context: GovernanceContext) => {
      await entitled(context, 'signalHarm', childId, maySignalHarm)
      const { governance, caller, clock } = context
      const now = clock.now()
      const signal = {
        childId,
        organisation: caller.organisation,
        basis: neededReason(basis),
        endsAt: new Date(now.getTime() + signalDays(days) * 86_400_000),
      }
      const id = await governance.decisions.signalHarm(signal, recorderOf(caller), now)
      const { organisation, endsAt } = signal
      return written(context, childId, { id, childId, organisation, endsAt: endsAt.toISOString() })
    },
  },
  DisclosureOrder: {
    inForce: (order: CourtOrder, _: unknown, { clock }: GovernanceContext) =>
      order.confirmedAt !== null && order.endedAt === null && order.expiresOn >= ukDay(clock.now()),
  },
}
