import type { IResolvers } from '@graphql-tools/utils'
import { refuseImagery } from '../src/consent/imagery.ts'
import { Refusal } from '../src/errors.ts'
import { type KnownChild, match, multipleBirths, type Seen } from '../src/identity/match.ts'
import { isSamePerson } from '../src/identity/proposals.ts'
import type { By } from '../src/identity/registerTypes.ts'
import { comparedFields, rivalsSeen } from '../src/identity/review.ts'
import type { IdentityService, OpenQuestion } from '../src/identity/service.ts'
import { pathOfPurpose, type Role } from '../src/policy/vocabulary.ts'
import type { Request } from '../src/request.ts'
import { identityOf, knownTo } from './identity.ts'

const reviewers: readonly Role[] = ['MASH_ANALYST', 'TEAM_MANAGER']
const mostShown = 50
const page = 50
const mostPages = 20
const longestReason = 2000

interface Decision {
  readonly reference: string
  readonly verdict: 'SAME' | 'DIFFERENT' | 'CANNOT_TELL'
  readonly reason: string
  readonly candidate?: string | null
}

/** Questions of identity and their answers, for people who review them. A question about children they may not read is not there. */
export const resolvers: IResolvers<unknown, Request> = {
  Query: {
    identityReviews: async (_: unknown, { first }: { first: number }, request: Request) => {
      request.note('identityReviews')
      const service = reviewing(request)
      if (first < 1 || first > mostShown) throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostShown}.` })
      const found: Review[] = []
      let after = '0'
      // Questions of other authorities must not keep the reviewer's own out of sight.
      for (let read = 0; read < mostPages && found.length < first; read += 1) {
        const questions = await service.questions(page, after)
        found.push(...(await reviewsFor(request, service, questions)))
        after = questions.at(-1)?.place ?? after
        if (questions.length < page) break
      }
      return found.slice(0, first).map(({ question, seen }) => shown(service, question, seen))
    },
  },
  Mutation: {
    decideIdentity: async (_: unknown, decision: Decision, request: Request) => {
      request.note('decideIdentity')
      const service = reviewing(request)
      const by = decidedBy(request, decision.reason)
      const [review] = await reviewsFor(request, service, await service.questions(1, '0', decision.reference))
      if (!review) throw new Refusal('NOT_FOUND')
      const chosen = decision.verdict === 'SAME' ? chosenOf(service, review, decision.candidate ?? null) : null
      const { record, reference } = review.question
      const link =
        chosen !== null && record !== null ? await linkBy(request, service, { record, reference, chosen }, by) : null
      if (link === 'AWAITS_SECOND') {
        request.note('decideIdentity PROPOSED')
        return { reference, verdict: decision.verdict, event: null, awaitsSecond: true }
      }
      // The answer first, since it can be given but once: two reviewers at one time make no two links.
      await service.register.answer(reference, decision.verdict, by)
      const event = link === null ? null : await service.register.confirm(link.record, link.chosen, link.by)
      request.note(`decideIdentity ${decision.verdict}`)
      return { reference, verdict: decision.verdict, event, awaitsSecond: false }
    },
    refuteLink: async (_: unknown, { event, reason }: { event: string; reason: string }, request: Request) => {
      request.note('refuteLink')
      const service = reviewing(request)
      const by = decidedBy(request, reason)
      const childId = await service.childOfLink(event)
      const [own] = await ofOwnAuthority(request, childId === null ? [] : [childId])
      if (!own) throw new Refusal('NOT_FOUND')
      return (await service.register.refute(event, by)).map(({ leafId }) => leafId)
    },
  },
}

/** The service, for those whose role is to review and whose purpose opens records. */
function reviewing(request: Request): IdentityService {
  const { role, la, purpose } = request.caller
  const path = pathOfPurpose[purpose]
  if (!reviewers.includes(role) || la === null || path === 'METADATA' || path === 'CLOSED')
    throw new Refusal('FORBIDDEN', { extensions: { reason: 'ROLE_NOT_PERMITTED' } })
  return identityOf(request)
}

function decidedBy({ caller }: Request, reason: string): By {
  refuseImagery(reason)
  if (reason.trim() === '' || reason.length > longestReason)
    throw new Refusal('BAD_INPUT', { message: `Give a reason of 1 to ${longestReason} characters.` })
  return { person: `${caller.role}, ${caller.organisation}, ${caller.subject}`, reason }
}

interface Link {
  readonly record: string
  readonly reference: string
  readonly chosen: string
}

/**
 * Who makes a link: one reviewer, or, where a restricted record would be newly exposed, the one who proposed it and another
 * who signs in and says the same of the same child. A name that the first one types is nobody's agreement.
 */
async function linkBy(
  { caller }: Request,
  service: IdentityService,
  link: Link,
  by: By,
): Promise<(Link & { readonly by: By }) | 'AWAITS_SECOND'> {
  if (!(await service.register.exposesRestricted(link.record, link.chosen))) return { ...link, by }
  const { proposal, isNew } = await service.propose(link.reference, link.chosen, by, caller)
  if (isNew) return 'AWAITS_SECOND'
  if (isSamePerson(proposal, caller))
    throw new Refusal('FORBIDDEN', { message: 'You proposed this yourself: another person must confirm it.' })
  if (proposal.childId !== link.chosen)
    throw new Refusal('CONFLICT', { message: 'Another child was proposed: answer that it cannot be told, or agree.' })
  return { ...link, by: { person: proposal.person, reason: proposal.reason, second: by.person } }
}

interface Review {
  readonly question: OpenQuestion
  readonly seen: readonly Seen[]
}

/** Children of the reviewer's own authority, as the reviewer may read them. */
async function ofOwnAuthority(request: Request, ids: readonly string[]): Promise<readonly KnownChild[]> {
  const { la } = request.caller
  return (await knownTo(request, ids, true))
    .filter(({ child: { facts } }) => facts.responsibleLa === la || facts.areaLa === la)
    .map(({ known }) => known)
}

/** Questions for which the reviewer has someone to compare with. Whoever came into question is read at once for all. */
async function reviewsFor(
  request: Request,
  service: IdentityService,
  questions: readonly OpenQuestion[],
): Promise<readonly Review[]> {
  const likely = await Promise.all(questions.map(({ sent }) => service.likely(sent)))
  const subjects = questions.flatMap(({ childId }) => childId ?? [])
  const known = await ofOwnAuthority(request, [...new Set([...likely.flat(), ...subjects])])
  return questions.flatMap((question, at) => {
    if (question.record !== null && !known.some(({ childId }) => childId === question.childId)) return []
    const ids = likely[at] ?? []
    const others = known.filter(({ childId }) => ids.includes(childId) && childId !== question.childId)
    const seen =
      question.record === null
        ? match(question.sent, others, service.model).seen
        : multipleBirths(question.sent, others, service.model)
    return seen.length > 0 ? [{ question, seen }] : []
  })
}

const duplicate = 'POSSIBLE_DUPLICATE'

const shown = (service: IdentityService, { reference, sent, at, reason }: OpenQuestion, seen: readonly Seen[]) => ({
  reference,
  kind: reason.startsWith(duplicate) ? duplicate : 'SEARCH',
  askedAt: `${at.toISOString().slice(0, 19)}Z`,
  reason,
  candidates: seen.map(({ childId, weighed }) => ({
    id: service.candidateName(reference, childId),
    fields: comparedFields(sent, weighed),
    rivals: rivalsSeen(weighed),
  })),
})

function chosenOf(service: IdentityService, { question, seen }: Review, candidate: string | null): string {
  const chosen =
    candidate === null && seen.length === 1
      ? seen[0]
      : seen.find(({ childId }) => service.candidateName(question.reference, childId) === candidate)
  if (!chosen) throw new Refusal('BAD_INPUT', { message: 'Say which candidate it is.' })
  return chosen.childId
}
