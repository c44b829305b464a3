import type { IResolvers } from '@graphql-tools/utils'
import type { GraphQLResolveInfo } from 'graphql'
import { personNeeds, personsOf } from '../src/childView/persons.ts'
import type { AuthorisedChild } from '../src/disclosure/context.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { Refusal } from '../src/foundation/errors.ts'
import { type PersonAsked, personAsked } from '../src/identity/asked.ts'
import type { IdentityDesk } from '../src/identity/desk.ts'
import { type KnownChild, type Match, match } from '../src/identity/match.ts'
import type { Person } from '../src/identity/person.ts'
import type { Question } from '../src/identity/question.ts'

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
 * Finding a child by what is known of them. Whoever may come into question is read again under the caller's own grants and
 * weighed by that alone: a child the caller may not know of, a number from before an adoption and an address that must not
 * be found answer as nobody does, in as many statements.
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
        const desk = identityOf(request)
        const query = personAsked(person)
        const known = await knownTo(request, await desk.likely(query), false)
        const found = await againstTwins(request, desk, query, childrenOf(known))
        request.note(`matchChild ${found.outcome}`)
        if (found.outcome === 'NONE') return none
        if (found.outcome === 'SAME') return { ...none, outcome: 'SAME', childId: found.childId }
        const { role, organisation } = request.caller
        const reference = await desk.ask(query, { person: `${role}, ${organisation}`, reason: found.reason })
        const question = found.questions.find((fact) => answerable.has(fact)) ?? null
        return { outcome: 'ASK', childId: null, question, reviewReference: reference }
      },
    },
  },
  ChildMatch: {
    child: ({ childId }: Matched, _: unknown, request: DisclosureRequest, info: GraphQLResolveInfo) =>
      childId === null ? null : request.openChild(childId, null, info),
  },
}

/** A twin may share none of the keys of what was sent, so whoever shares those of the child that was found is looked at too. */
async function againstTwins(
  request: DisclosureRequest,
  desk: IdentityDesk,
  query: Person,
  known: readonly KnownChild[],
): Promise<Match> {
  const found = match(query, known, desk.belief)
  const person = found.outcome === 'SAME' ? found.seen[0]?.weighed.candidate.person : undefined
  if (!person) return found
  const others = await knownTo(request, await desk.likely(person), false)
  const wider = new Map([...known, ...childrenOf(others)].map((child) => [child.childId, child]))
  return match(query, [...wider.values()], desk.belief)
}

const childrenOf = (known: readonly { readonly known: KnownChild }[]): readonly KnownChild[] =>
  known.map((child) => child.known)

/** A request of a gateway that was given a secret to hash the register's keys with. */
interface WithIdentity {
  readonly identity?: IdentityDesk | null
}

/** The desk, or a refusal where this gateway has none. */
export function identityOf({ identity }: DisclosureRequest & WithIdentity): IdentityDesk {
  if (!identity) throw new Refusal('NOT_READY', { detail: 'identity.secret is missing' })
  return identity
}

/** Those of the children whom the caller may know of, as the caller may read them. */
export async function knownTo(
  request: DisclosureRequest,
  ids: readonly string[],
  isDisclosed: boolean,
): Promise<readonly { readonly child: AuthorisedChild; readonly known: KnownChild }[]> {
  const looked = await request.readManyForNeeds(ids, personNeeds, isDisclosed)
  return looked.map(({ child, answers }) => ({ child, known: { childId: child.id, ...personsOf(answers) } }))
}
