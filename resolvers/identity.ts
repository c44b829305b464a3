import type { IResolvers } from '@graphql-tools/utils'
import type { GraphQLResolveInfo } from 'graphql'
import { personNeeds, personsOf } from '../src/childView/matchedPersons.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import type { AuthorisedChild } from '../src/disclosure/requestContext.ts'
import { Refusal } from '../src/foundation/errors.ts'
import { type Decision, decideThoroughly, type Known } from '../src/identity/decideMatch.ts'
import { isUnplaced, type PersonAsked, personAsked } from '../src/identity/describedPerson.ts'
import { withoutNoEvidence } from '../src/identity/dropUninformativeValues.ts'
import { guardedLabels } from '../src/identity/guardedLabels.ts'
import { type Answered, foundAgain, type IdentityService } from '../src/identity/identityService.ts'
import type { Question } from '../src/identity/nextQuestion.ts'
import type { Person } from '../src/identity/person.ts'
import { bitOf, type Label } from '../src/policy/labels.ts'
import { ukDay } from '../src/records/dayAndAge.ts'

/** The parent object of `ChildMatch`. */
interface Matched {
  readonly outcome: 'SAME' | 'ASK' | 'NONE'
  readonly childId: string | null
  readonly question: Question | null
  readonly reviewReference: string | null
}

const none: Matched = { outcome: 'NONE', childId: null, question: null, reviewReference: null }

/** What a search can be sent; other facts are weighed and cannot be asked for. */
const answerable: ReadonlySet<Question> = new Set([
  'NHS_NUMBER',
  'UPN',
  'DATE_OF_BIRTH',
  'GIVEN_NAME',
  'FAMILY_NAME',
  'POSTCODE',
  'PREVIOUS_POSTCODE',
  'SEX',
])

/**
 * Finding a child by what is known of them. Whoever may come into question is read again under the caller's own
 * grants and weighed by that alone: a child the caller may not know of, a number from before an adoption and an
 * address that must not be found answer as nobody does, in as many statements.
 */
export const resolvers: IResolvers<unknown, DisclosureRequest> = {
  Query: {
    matchChild: {
      extensions: { needs: personNeeds },
      resolve: async (
        _: unknown,
        { person }: { person: PersonAsked },
        request: DisclosureRequest,
      ): Promise<Matched> => {
        request.note('matchChild')
        const service = identityOf(request)
        const query = personAsked(person, ukDay(request.clock.today()))
        const { role, organisation } = request.caller
        const asker = `${role}, ${organisation}`
        const [answer, { ids, isCut }] = await Promise.all([service.answered(query, asker), service.likely(query)])
        const known = await knownTo(request, ids, false)
        const found = await decided(request, service, query, childrenOf(known), isCut, answer)
        request.note(`matchChild ${found.outcome}`)
        if (found.outcome === 'NONE') {
          const refusal = await request.notFound(personNeeds)
          if (refusal.code === 'SOURCE_UNAVAILABLE') throw refusal
          return none
        }
        if (found.outcome === 'SAME') return { ...none, outcome: 'SAME', childId: found.id }
        const question = found.questions.find((fact) => answerable.has(fact)) ?? null
        const isOpen = answer?.verdict !== 'CANNOT_TELL'
        const reference = isOpen
          ? await service.ask(
              query,
              { person: asker, reason: found.reason },
              labelsRead(known.map(({ child }) => child)),
            )
          : answer.reference
        return { outcome: 'ASK', childId: null, question, reviewReference: reference }
      },
    },
  },
  ChildMatch: {
    child: ({ childId }: Matched, _: unknown, request: DisclosureRequest, info: GraphQLResolveInfo) =>
      childId === null ? null : request.openChild(childId, null, info),
  },
}

/**
 * The decision, and what a reviewer answered to the same question before. An answer gives no more than the asker's
 * own reading: the child it names is found only where they may know of it.
 */
async function decided(
  request: DisclosureRequest,
  service: IdentityService,
  query: Person,
  known: readonly Known[],
  isCut: boolean,
  answer: Answered | null,
): Promise<Decision> {
  if (answer?.verdict === 'SAME' && known.some(({ id }) => id === answer.childId))
    return { outcome: 'SAME', id: answer.childId ?? '', method: 'EVIDENCE', seen: [] }
  const found = foundAgain(query, known)
  const refuted = new Set(answer?.verdict === 'DIFFERENT' ? answer.considered : [])
  const matter = {
    query,
    known: found,
    beside: known.filter((one) => !found.includes(one)),
    model: await service.model(),
    isCut,
    refuted,
  }
  const decision = await decideThoroughly(matter, async (person) => {
    const { ids } = await service.likely(person)
    return [...known, ...childrenOf(await knownTo(request, ids, false))].filter(
      (one, at, all) => !found.some(({ id }) => id === one.id) && all.findIndex(({ id }) => id === one.id) === at,
    )
  })
  // A reviewer has said that it is none of those who come into question.
  if (decision.outcome === 'ASK' && decision.reason === 'REFUTED_BEFORE') return { outcome: 'NONE', seen: [] }
  const isNobodyKnown = isUnplaced(withoutNoEvidence(query, matter.model.register))
  return decision.outcome === 'NONE' && isNobodyKnown && answer?.verdict !== 'DIFFERENT'
    ? { outcome: 'ASK', reason: 'NEWBORN', questions: ['FAMILY_NAME'], seen: [] }
    : decision
}

/** Those guarded labels that a caller may read of one of these children at least: what they sent may be of them. */
export const labelsRead = (children: readonly AuthorisedChild[]): readonly Label[] =>
  guardedLabels.filter((label) => children.some((child) => mayRead(child, label)))

/** Whether a caller may read a label of a child in full, whoever holds it. */
export const mayRead = ({ grants }: AuthorisedChild, label: Label): boolean =>
  Object.values(grants).some(({ content }) => (content & bitOf(label)) !== 0)

const childrenOf = (known: readonly { readonly known: Known }[]): readonly Known[] => known.map((child) => child.known)

/** A request of a gateway that was given a secret to hash the register's keys with. */
export interface WithIdentity {
  readonly identity?: IdentityService | null
}

/** The service, or a refusal where this gateway has none. */
export function identityOf({ identity }: DisclosureRequest & WithIdentity): IdentityService {
  if (!identity) throw new Refusal('NOT_READY', { detail: 'identity.secret is missing' })
  return identity
}

/** Those of the children whom the caller may know of, as the caller may read them. */
export async function knownTo(
  request: DisclosureRequest,
  ids: readonly string[],
  isDisclosed: boolean,
): Promise<readonly { readonly child: AuthorisedChild; readonly known: Known }[]> {
  const looked = await request.readManyForNeeds(ids, personNeeds, isDisclosed)
  return looked.map(({ child, answers }) => ({ child, known: { id: child.id, ...personsOf(answers) } }))
}
