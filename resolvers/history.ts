import { keepsCase } from '../src/childView/authoritiesAsDisclosed.ts'
import { bothMayRead } from '../src/childView/bothMayRead.ts'
import { levelNow } from '../src/childView/currentPlanLevel.ts'
import { history, historyNeeds, historyText } from '../src/childView/narrativeHistory.ts'
import { readableCaseStatusNeeds } from '../src/childView/readableCaseStatus.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { type AuthorisedChild, joined } from '../src/disclosure/requestContext.ts'
import type { PlanLevel } from '../src/facts/caseStatus.ts'
import { mayUseConsents } from '../src/facts/registerEntitlement.ts'
import { agencies } from '../src/foundation/agencies.ts'
import { Refusal } from '../src/foundation/errors.ts'
import type { Caller } from '../src/policy/caller.ts'
import type { ChildFacts } from '../src/policy/facts.ts'
import { allWithheld } from '../src/policy/grant.ts'
import { bitOf } from '../src/policy/labels.ts'
import { purposeIn } from '../src/policy/pack.ts'
import { typeOfRole, usualPurpose } from '../src/policy/usualSituation.ts'
import { type Purpose, type Role, roles } from '../src/policy/vocabulary.ts'
import { unavailableOf } from '../src/records/agencyAnswers.ts'
import { mergeNeeds } from '../src/records/mergeNeeds.ts'
import type { GovernanceContext } from './governance/governanceAccess.ts'

interface Asked {
  readonly audience: string
  readonly purpose?: Purpose | null
}

type HistoryContext = DisclosureRequest & GovernanceContext

/** What is told, and the level by which a purpose is chosen where none is asked for. */
const callerNeeds = mergeNeeds(historyNeeds, readableCaseStatusNeeds)

/** Field of `Child` in `schema/history.graphql`. */
export const resolvers = {
  Child: {
    historySummary: joined(callerNeeds, async (child, answers, asked: Asked, context: HistoryContext) => {
      const role = roles.find((each) => each === asked.audience)
      if (!role) throw new Refusal('BAD_INPUT', { message: 'There is no such role.' })
      const { contracts, caller, registry } = context
      const isKeeper = keepsCase(child.facts, caller, registry)
      const { level } = levelNow(answers, { grants: child.grants, contracts }, child.asOf, isKeeper)
      const reader = readerOf(role, asked.purpose ?? null, level, context)
      // Whoever has just begun: their organisation works with the child, and holds nothing of its own yet.
      const facts: ChildFacts = {
        ...child.facts,
        ...{ relationship: 'EPISODE', agreement: true, breakGlass: false, orders: [] },
        // What a consent opens to others tells of it: it is heeded where the caller may know of it.
        consents: mayUseConsents(context.caller, child.facts) === 'ALLOWED' ? child.facts.consents : [],
      }
      const theirs = await context.readAs(reader, facts, historyNeeds, child.asOf)
      const both = bothMayRead(answers, theirs.answers, historyNeeds)
      const topics = history(both)
      const unavailable = unavailableOf(answers, context.contracts)
      return {
        audience: role,
        purpose: reader.purpose,
        asOf: child.asOf,
        topics,
        text: historyText(topics),
        leftOut: leftOut(child.grants, theirs.grants),
        unavailable,
        nothing: topics.length > 0 ? null : whyNothing(child.grants, theirs.grants, unavailable),
      }
    }),
  },
}

type Grants = AuthorisedChild['grants']

/** Labels that are kept from the audience and may be named to it: of those alone of which the caller knows. */
const leftOut = (mine: Grants, theirs: Grants): readonly string[] => {
  const labels = agencies.flatMap((name) => {
    const known = mine[name].withheld.map(({ label }) => label)
    return allWithheld(theirs[name]).flatMap(({ label, reason }) =>
      // That a holder keeps something back from others is for it to tell.
      !reason.startsWith('W_HOLDER') && ((mine[name].headline & bitOf(label)) !== 0 || known.includes(label))
        ? [label]
        : [],
    )
  })
  return [...new Set(labels)].sort()
}

const opens = (grants: Grants): boolean =>
  agencies.some((name) => name in historyNeeds && (grants[name].headline | grants[name].content) !== 0)

/** Why there is no sentence: from grants and states alone, so that what is hidden is as what is not held. */
function whyNothing(mine: Grants, theirs: Grants, unavailable: readonly string[]): string {
  if (!opens(theirs)) return 'NOT_FOR_AUDIENCE'
  if (!opens(mine)) return 'NOT_FOR_CALLER'
  return unavailable.length > 0 ? 'UNAVAILABLE' : 'NOTHING_FOUND'
}

/** What whoever begins to work with a child at this level comes for: its plan, and what led to it. */
const purposesAt = (level: PlanLevel | null): readonly Purpose[] => {
  if (level === 'LOOKED_AFTER') return ['CLA_REVIEW']
  return level === 'CHILD_PROTECTION' ? ['CP_CONFERENCE'] : []
}

/**
 * Somebody of a role, of no organisation that holds records: what is their own opens nothing.
 *
 * @throws Refusal BAD_INPUT for a purpose that nobody of that role can have.
 */
function readerOf(
  role: Role,
  asked: Purpose | null,
  level: PlanLevel | null,
  { caller, governance }: HistoryContext,
): Caller {
  const agencyType = typeOfRole[role]
  const isOpen = (purpose: Purpose): boolean => purposeIn(governance.policy.pack, purpose).openTo.includes(agencyType)
  if (asked !== null && !isOpen(asked))
    throw new Refusal('BAD_INPUT', { message: 'That role has nothing to do with that purpose.' })
  const [purpose = usualPurpose[role]] = asked ? [asked] : [caller.purpose, ...purposesAt(level)].filter(isOpen)
  return { ...caller, role, purpose, agencyType, organisation: '', la: null, force: null }
}
