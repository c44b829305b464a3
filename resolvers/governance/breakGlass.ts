import { recipientKey } from '../../src/facts/recipientKey.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import {
  type BreakGlassInput,
  type BreakGlassNotice,
  type BreakGlassSession,
  mayBreakGlass,
  newBreakGlass,
} from '../../src/registers/breakGlass.ts'
import { type Finding, mayReview, type Review } from '../../src/registers/breakGlassReviews.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { neededReason } from '../../src/registers/validateRegisterEntries.ts'
import {
  allowed,
  found,
  type GovernanceContext,
  ofOwnChildren,
  ownAgency,
  signature,
  written,
} from './governanceAccess.ts'
import { namedEach, type Unnamed } from './namedParties.ts'
import { type Paging, pageIn } from './registerPage.ts'

interface Closing {
  readonly id: string
  readonly finding: Finding
  readonly reason: string
}

/** Break-glass, who is notified of it, and its review. */
export const resolvers = {
  Query: {
    breakGlassNotices: async (_: unknown, page: Paging, context: GovernanceContext) => {
      const { governance, caller, note } = context
      note('breakGlassNotices')
      if (pathOfPurpose[caller.purpose] === 'CLOSED') allowed('PURPOSE_NOT_PERMITTED')
      const governs = caller.role === 'INFORMATION_GOVERNANCE_OFFICER'
      if (governs && caller.la === null) return []
      const recipient =
        governs && caller.la !== null ? recipientKey.governance(caller.la) : recipientKey.agency(ownAgency(context))
      const list = {
        read: (of: RegisterPage) => governance.breakGlass.noticesFor(recipient, of),
        byId: (id: string) => governance.breakGlass.noticeFor(recipient, id),
        told: async (sessions: readonly BreakGlassSession[]) =>
          // Why it was done may tell of other agencies' records, and by whom where the child is or what for.
          governs
            ? sessions
            : (await namedEach(context, await ofOwnChildren(sessions, context))).map((session) => ({
                ...session,
                reason: null,
              })),
      }
      return toldPage<BreakGlassSession, Omit<Unnamed<BreakGlassSession>, 'reason'>>(list, pageIn(page))
    },
    breakGlassReviews: async (
      _: unknown,
      { openOnly, ...page }: Paging & { readonly openOnly: boolean },
      context: GovernanceContext,
    ) => {
      const { governance, caller, note } = context
      note('breakGlassReviews')
      allowed(mayReview(caller, { la: caller.la, broke: nobody }))
      return governance.reviews.ofAuthority(caller.la ?? '', openOnly, pageIn(page))
    },
  },
  Mutation: {
    breakGlass: async (_: unknown, input: BreakGlassInput, context: GovernanceContext) => {
      const { governance, caller, clock, note } = context
      note('breakGlass')
      // Looked up first, so that a refusal stands in the child's log; reported last, so that no refusal says the child
      // is known.
      const facts = await governance.facts(input.childId)
      allowed(mayBreakGlass(caller))
      const session = newBreakGlass(input, caller, governance.twoPersons)
      if (!facts) throw new Refusal('NOT_FOUND')
      const notified = noticeOf(facts, caller.la)
      const id = await governance.breakGlass.open(session, caller, governance.twoPersons, notified, clock.now())
      return written(context, input.childId, await governance.breakGlass.byId(id))
    },
    confirmBreakGlass: async (_: unknown, { id }: { id: string }, context: GovernanceContext) => {
      const { governance, caller, clock, note } = context
      note('confirmBreakGlass')
      const session = found(await governance.breakGlass.byId(id))
      await governance.facts(session.childId)
      // Whoever is not the person named gets the answer that there is no such session.
      if (session.organisation !== caller.organisation || session.secondPerson !== caller.subject)
        throw new Refusal('NOT_FOUND')
      allowed(mayBreakGlass(caller))
      if (!(await governance.breakGlass.confirm(id, caller, clock.now()))) throw new Refusal('CONFLICT')
      return written(context, session.childId, await governance.breakGlass.byId(id))
    },
    closeReview: async (_: unknown, { id, finding, reason }: Closing, context: GovernanceContext) => {
      const { governance, caller, clock, note } = context
      note('closeReview')
      const stored = await governance.reviews.byId(id)
      await governance.facts(stored?.childId ?? '')
      // Before the id is looked at: whoever reviews nothing learns nothing of it.
      if (caller.role !== 'INFORMATION_GOVERNANCE_OFFICER') allowed('ROLE_NOT_PERMITTED')
      const review = found(stored)
      const verdict = mayReview(caller, review)
      if (verdict === 'NOT_RESPONSIBLE') throw new Refusal('NOT_FOUND')
      allowed(verdict)
      const closing = { finding, reason: neededReason(reason), by: signature(context) }
      if (!(await governance.reviews.close(review, closing, clock.now()))) throw new Refusal('CONFLICT')
      return found(await governance.reviews.byId(id))
    },
  },
  BreakGlassSession: {
    inForce: (session: BreakGlassSession, _: unknown, { clock }: GovernanceContext) =>
      Date.parse(session.expiresAt) > clock.now().getTime() && (session.confirmedAt !== null || !session.needsSecond),
  },
  BreakGlassReview: {
    session: (review: Review, _: unknown, { governance }: GovernanceContext) =>
      governance.breakGlass.byId(review.breakGlassId),
    overdue: (review: Review, _: unknown, { clock }: GovernanceContext) =>
      review.closedAt === null && review.dueOn < ukDay(clock.now()),
  },
}

const nobody = { issuer: '', subject: '' }

/**
 * Whoever is linked to the child is notified, and the authorities that answer for it; where none is known, the caller's
 * own.
 */
function noticeOf(facts: ChildFacts, la: string | null): BreakGlassNotice {
  const authorities = [...new Set([facts.responsibleLa, facts.areaLa])].filter((code) => code !== null)
  const notified = authorities.length > 0 ? authorities : la === null ? [] : [la]
  return {
    agencies: agencies.filter((agency) => (facts.persons[agency]?.length ?? 0) > 0),
    authorities: notified,
    reviewer: notified[0] ?? null,
  }
}
