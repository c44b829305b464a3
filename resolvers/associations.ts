import {
  type Associated,
  type Associations,
  associationNeeds,
  associations,
  associationsPart,
  clearMarks,
} from '../src/childView/associations.ts'
import { coMissing, coMissingNeeds, type OtherMissing } from '../src/childView/coMissing.ts'
import type { ListPart } from '../src/childView/listFilter.ts'
import { readsContent } from '../src/childView/mayReadContent.ts'
import { missingPattern } from '../src/childView/missingEpisodes.ts'
import type { ChildAnswers } from '../src/disclosure/childAccess.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { type AuthorisedChild, joined, type RequestContext } from '../src/disclosure/requestContext.ts'
import { Refusal } from '../src/foundation/errors.ts'
import { type Candidates, pagesOf } from '../src/oversight/candidateChildren.ts'
import type { Answers, AnswersTo } from '../src/records/agencyAnswers.ts'
import { dayOf } from '../src/records/currentRows.ts'

/** What looking at other children needs of a request; a subgraph of the core has no registers to look in. */
type Looking = RequestContext &
  Pick<DisclosureRequest, 'factsOf' | 'readRelated' | 'evaluate'> & { readonly candidates?: Candidates }

interface Asked {
  readonly with?: readonly string[] | null
  readonly known?: boolean | null
}

interface MoreKnown {
  /** Whether more of them were found than have a place beside the child. */
  readonly moreKnown: boolean
}

/** Other children whose records are laid beside a child's in one answer. */
const mostOthers = 20

/** Fields of `Child` in `schema/associations.graphql`: what records of several holders and children have in common. */
export const resolvers = {
  Child: {
    associations: joined(
      associationNeeds,
      async (child, answers: Answers, asked: Asked, context: Looking): Promise<Associations & MoreKnown> => {
        const own = associatedOf({ child, answers }, context)
        const marks = asked.known ? clearMarks(own, lookingKey) : new Set<string>()
        const { ids, moreKnown } = await besides(child, asked, context, associationNeeds, (other) =>
          [...clearMarks(associatedOf(other, context), lookingKey)].some((mark) => marks.has(mark)),
        )
        const others = await opened(child, ids, context, associationNeeds)
        return { ...associations([own, ...others.map((other) => associatedOf(other, context))]), moreKnown }
      },
    ),
    coMissing: joined(
      coMissingNeeds,
      async (child, answers: AnswersTo<typeof coMissingNeeds>, asked: Asked & ListPart, context: Looking) => {
        const own = missingOf({ child, answers }, context)
        const isWith = (other: OtherMissing) =>
          (coMissing(own, [other], { grants: child.grants, contracts: context.contracts }, {}).episodes ?? []).some(
            ({ children }) => children.length > 0,
          )
        const { ids, moreKnown } = await besides(child, asked, context, coMissingNeeds, (other) =>
          isWith(missingOf(other, context)),
        )
        const others = (await opened(child, ids, context, coMissingNeeds)).map((other) => missingOf(other, context))
        return { ...coMissing(own, others, { grants: child.grants, contracts: context.contracts }, asked), moreKnown }
      },
    ),
  },
  Associations: {
    associations: (found: Associations, part: ListPart & { readonly shared?: boolean | null }) =>
      associationsPart(found, part),
  },
}

/** Values in clear are compared with each other alone, within one request: nothing made with it leaves. */
const lookingKey = 'in clear'

const associatedOf = ({ child, answers }: ChildAnswers, { contracts }: Looking): Associated => ({
  childId: child.id,
  ground: { answers, grants: child.grants, contracts },
})

const missingOf = ({ child, answers }: ChildAnswers, { contracts }: Looking): OtherMissing => ({
  childId: child.id,
  answers,
  missing: missingPattern(
    answers,
    { grants: child.grants, contracts },
    child.asOf,
    readsContent(child.grants.socialCare, 'SOCIAL_CARE'),
  ),
})

/** Children whom the caller may know of by themselves; one whom they may not is as one who does not exist. */
async function opened(
  child: AuthorisedChild,
  ids: readonly string[],
  { factsOf, readRelated }: Looking,
  needs: Parameters<Looking['readRelated']>[1],
): Promise<readonly ChildAnswers[]> {
  const others = [...new Set(ids)].filter((id) => id !== child.id)
  if (others.length === 0) return []
  if (others.length > mostOthers)
    throw new Refusal('OPERATION_TOO_LARGE', { message: `Ask for ${mostOthers} other children at most.` })
  // Whoever is named stands in the entry, found or not.
  await Promise.all(others.map((id) => factsOf(id)))
  return readRelated(others, needs, child.asOf, () => true)
}

/**
 * The children who were named and, where it was asked, those with whom the caller's organisation works and of whom
 * something is so: the first by id, as many as there is place for.
 */
async function besides(
  child: AuthorisedChild,
  { with: named, known: isKnownAsked }: Asked,
  context: Looking,
  needs: Parameters<Looking['readRelated']>[1],
  is: (other: ChildAnswers) => boolean,
): Promise<MoreKnown & { readonly ids: readonly string[] }> {
  const ids = [...new Set(named ?? [])]
  const known = isKnownAsked ? await knownChildren(child, context, needs, is) : []
  const further = known.filter((id) => !ids.includes(id))
  const place = Math.max(0, mostOthers - ids.filter((id) => id !== child.id).length)
  return { ids: [...ids, ...further.slice(0, place)], moreKnown: further.length > place }
}

/** Of the children with whom the caller's organisation works, those of whom something is so, by id. */
async function knownChildren(
  child: AuthorisedChild,
  { candidates, caller, evaluate }: Looking,
  needs: Parameters<Looking['readRelated']>[1],
  is: (other: ChildAnswers) => boolean,
): Promise<readonly string[]> {
  if (!candidates) return []
  const found: string[] = []
  const { organisation, la } = caller
  await evaluate(
    pagesOf((after) => candidates.ofOrganisation(organisation, la, dayOf(child.asOf), after)),
    needs,
    (other) => {
      if (other.child.id !== child.id && is(other)) found.push(other.child.id)
    },
    { asOf: child.asOf },
  )
  return found.sort()
}
