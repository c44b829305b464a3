import { joined } from '../../src/disclosure/requestContext.ts'
import { recipientKey } from '../../src/facts/recipientKey.ts'
import { agencyHeldBy, mayReadAccessLog } from '../../src/facts/registerEntitlement.ts'
import { agencies, eachAgency } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import {
  type AccessNotice,
  cursorOfNotice,
  mayReadNotices,
  partsOfCursor,
} from '../../src/obligations/accessNotices.ts'
import type { ObligationRecord } from '../../src/obligations/logReader.ts'
import { obligationsOfView } from '../../src/obligations/obligationsOfView.ts'
import { sharingDuties, sharingNeeds } from '../../src/obligations/sharingDuties.ts'
import { pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { neededReason } from '../../src/registers/validateRegisterEntries.ts'
import { mayPrepareSubjectAccess, subjectText } from '../../src/subjectAccess/subjectAccess.ts'
import { allowed, found, type GovernanceContext, known, ofOwnChildren, signature } from './governanceAccess.ts'
import { codeFor, entryFor, withoutSensitive } from './namedParties.ts'
import { aboutChild, type Paging, pageIn } from './registerPage.ts'

type Noticing = Paging & {
  readonly la: string
  readonly childId?: string | null
}

/** Duties, notices of access, and a child's file for the one it is about. */
export const resolvers = {
  Query: {
    obligations: async (
      _: unknown,
      { childId, ...page }: Paging & { childId?: string | null },
      context: GovernanceContext,
    ) => {
      const { governance, caller } = context
      if (pathOfPurpose[caller.purpose] === 'CLOSED') allowed('PURPOSE_NOT_PERMITTED')
      if (childId) {
        const facts = await known(context, 'obligations', childId)
        await governance.log.catchUp()
        const governs =
          caller.role === 'INFORMATION_GOVERNANCE_OFFICER' && mayReadAccessLog(caller, facts) === 'ALLOWED'
        const own = ownersOf(context)
        const list = {
          read: (of: RegisterPage) => governance.log.ofChild(childId, of),
          byId: aboutChild(childId, (id) => governance.log.byId(id)),
          told: (duties: readonly ObligationRecord[]) => {
            const readable = duties.filter(({ owner }) => governs || own.includes(owner))
            const told = tellable(facts.relationship === 'NONE' ? readable.filter(notOfAgency) : readable, context)
            return told.map((duty) => entryFor(context, facts, duty, 'dischargedBy', ['dischargeReason']))
          },
        }
        return toldPage<ObligationRecord, Duty>(list, pageIn(page))
      }
      context.note('obligations')
      await governance.log.catchUp()
      const owners = ownersOf(context)
      const list = {
        read: (of: RegisterPage) => governance.log.ofOwners(owners, of),
        byId: async (id: string) => {
          const duty = await governance.log.byId(id)
          return duty && owners.includes(duty.owner) && duty.dischargedAt === null ? duty : null
        },
        told: async (duties: readonly ObligationRecord[]) => {
          const open = await withoutBarred(duties, context)
          const ofAgency = await ofOwnChildren(
            open.filter((duty) => !notOfAgency(duty)),
            context,
          )
          return tellable(
            open.filter((duty) => notOfAgency(duty) || ofAgency.includes(duty)),
            context,
          )
        },
      }
      return toldPage<ObligationRecord, Duty>(list, pageIn(page))
    },
    accessNotices: async (_: unknown, { la, childId, ...page }: Noticing, context: GovernanceContext) => {
      const { governance, caller, note } = context
      note('accessNotices')
      allowed(mayReadNotices(caller, la))
      const asked = pageIn(page)
      if (asked.after !== null && partsOfCursor(asked.after) === null)
        throw new Refusal('BAD_INPUT', { message: 'The cursor is not one that this gateway gave.' })
      await governance.log.catchUp()
      // As many as were asked for, whatever is left out between them.
      const told: AccessNotice[] = []
      for (let { after } = asked; ; ) {
        const notices = await governance.log.notices(la, childId ?? null, { first: asked.first, after })
        told.push(...withoutSensitive(context, await withoutBarred(notices, context)))
        const last = notices.at(-1)
        if (told.length >= asked.first || notices.length < asked.first || !last) return told.slice(0, asked.first)
        after = cursorOfNotice(last)
      }
    },
    subjectAccess: async (_: unknown, { childId }: { childId: string }, context: GovernanceContext) => {
      const { governance, caller, clock, note } = context
      note('subjectAccess')
      const facts = await governance.facts(childId)
      const verdict = mayPrepareSubjectAccess(caller, facts)
      // A child of another authority is answered as unknown.
      if (verdict === 'NOT_RESPONSIBLE') throw new Refusal('NOT_FOUND')
      allowed(verdict)
      const file = await governance.subjectFile(found(facts))
      const head = { childId, preparedAt: clock.now().toISOString() }
      return { ...file, ...head, preparedBy: signature(context), text: subjectText(file, head) }
    },
  },
  Mutation: {
    dischargeObligation: async (
      _: unknown,
      { id, reason }: { id: string; reason: string },
      context: GovernanceContext,
    ) => {
      const { governance, caller, clock, note } = context
      note('dischargeObligation')
      if (pathOfPurpose[caller.purpose] === 'CLOSED') allowed('PURPOSE_NOT_PERMITTED')
      await governance.log.catchUp()
      const duty = found(await governance.log.byId(id))
      const facts = await governance.facts(duty.childId)
      // Another's duty is answered as unknown, and so is one about what is hidden from this role.
      if (!ownersOf(context).includes(duty.owner) || tellable([duty], context).length === 0)
        throw new Refusal('NOT_FOUND')
      if ((await withoutBarred([duty], context)).length === 0) throw new Refusal('NOT_FOUND')
      if (!notOfAgency(duty) && (facts?.relationship ?? 'NONE') === 'NONE') throw new Refusal('NOT_FOUND')
      // That of broken glass has a review of its own; that of a declared emergency is done by saying so.
      if (duty.kind === 'ALERT_PRIVACY_OFFICER' && duty.id.endsWith(':alert'))
        throw new Refusal('CONFLICT', { message: 'This duty ends when the review is closed.' })
      if (!(await governance.log.discharge(id, signature(context), neededReason(reason), clock.now())))
        throw new Refusal('CONFLICT')
      const [done] = tellable([found(await governance.log.byId(id))], context)
      return found(done ?? null)
    },
  },
  Obligation: {
    openedFor: async ({ childId, openedFor = null }: Duty, _: unknown, context: GovernanceContext) =>
      openedFor === null ? null : codeFor(context, await context.governance.facts(childId), openedFor),
  },
  AccessNotice: { cursor: (notice: AccessNotice) => cursorOfNotice(notice) },
  Child: {
    obligations: joined(sharingNeeds, (child, answers, _args, context) => {
      // The request is the one that opened the child, so it carries the services of governance.
      const { governance, caller, contracts } = context as GovernanceContext
      return obligationsOfView({
        facts: child.facts,
        grants: child.grants,
        obligationsOf: governance.policy.obligationsOf,
        sharing: sharingDuties(answers, child.grants),
        states: eachAgency((agency) => answers[agency].state),
        ownAgency: agencyHeldBy(contracts, caller.agencyType),
        organisation: caller.organisation,
      }).map((duty) => ({ ...duty, agency: duty.agency === null ? null : contracts[duty.agency].agency }))
    }),
  },
}

type Duty = ReturnType<typeof tellable>[number]

/**
 * A duty or a notice is the organisation's; of a child from whom they are barred none of its people is told of it.
 */
async function withoutBarred<Told extends { readonly childId: string }>(
  all: readonly Told[],
  { caller, governance }: GovernanceContext,
): Promise<readonly Told[]> {
  const barred = await governance.decisions.barredFrom(
    all.map(({ childId }) => childId),
    caller,
  )
  return barred.size === 0 ? all : all.filter(({ childId }) => !barred.has(childId))
}

const notOfAgency = ({ owner }: ObligationRecord): boolean =>
  !agencies.some((agency) => owner === recipientKey.agency(agency))

/** On whose behalf the caller acts. */
function ownersOf({ caller, contracts }: GovernanceContext): readonly string[] {
  const agency = agencyHeldBy(contracts, caller.agencyType)
  return [
    recipientKey.organisation(caller.organisation),
    ...(agency ? [recipientKey.agency(agency)] : []),
    ...(caller.role === 'INFORMATION_GOVERNANCE_OFFICER' && caller.la !== null
      ? [recipientKey.governance(caller.la)]
      : []),
  ]
}

/**
 * Without duties about a label whose existence is hidden from the reader's role, and with the agency as the schema
 * names it.
 */
const tellable = (duties: readonly ObligationRecord[], { governance, caller, contracts }: GovernanceContext) =>
  duties
    .filter(({ label }) => label === null || !governance.policy.hides(caller, label))
    .map((duty) => ({ ...duty, agency: duty.agency === null ? null : contracts[duty.agency].agency }))
