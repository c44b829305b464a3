import type { IResolvers } from '@graphql-tools/utils'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { isReviewer, isSpokenForBy, mayAnswer, reachOf, reviewsForHolder } from '../src/disclosure/identityReviewers.ts'
import type { AuthorisedChild } from '../src/disclosure/requestContext.ts'
import { Refusal } from '../src/foundation/errors.ts'
import { refuseImagery } from '../src/foundation/refuseImagery.ts'
import { decide, type Known, multipleBirths, type Seen } from '../src/identity/decideMatch.ts'
import { fieldsUnder } from '../src/identity/guardedLabels.ts'
import { foundAgain, type IdentityService, type OpenQuestion } from '../src/identity/identityService.ts'
import type { LinkageModel } from '../src/identity/linkageModel.ts'
import { isSamePerson } from '../src/identity/linkProposals.ts'
import type { By } from '../src/identity/registerTypes.ts'
import { comparedFields, rivalsSeen } from '../src/identity/reviewComparison.ts'
import { isLabel } from '../src/policy/labels.ts'
import { identityOf, knownTo, mayRead, type WithIdentity } from './identity.ts'

const mostShown = 50
const page = 50
const longestReason = 2000

interface Page {
  readonly first: number
  readonly after?: string | null
}

interface Decision {
  readonly reference: string
  readonly verdict: 'SAME' | 'DIFFERENT' | 'CANNOT_TELL'
  readonly reason: string
  readonly candidate?: string | null
}

/**
 * Questions of identity and their answers, for people who review them. A question about children they may not read is
 * not there.
 */
export const resolvers: IResolvers<unknown, DisclosureRequest> = {
  Query: {
    identityReviews: async (_: unknown, { first, after }: Page, request: DisclosureRequest) => {
      request.note('identityReviews')
      const service = reviewing(request, mayAnswer)
      if (first < 1 || first > mostShown) throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostShown}.` })
      const place = after == null ? '0' : await service.placeOf(after)
      return place === null ? [] : openReviews(request, service, { first, after: place })
    },
  },
  Mutation: {
    decideIdentity: async (_: unknown, decision: Decision, request: DisclosureRequest) => {
      request.note('decideIdentity')
      const service = reviewing(request, mayAnswer)
      const by = decidedBy(request, decision.reason)
      const [review] = await reviewsFor(
        request,
        service,
        await service.questions(1, '0', { reference: decision.reference }),
      )
      if (!review) throw new Refusal('NOT_FOUND')
      const chosen = decision.verdict === 'SAME' ? await chosenOf(service, review, decision.candidate ?? null) : null
      if (decision.verdict === 'DIFFERENT' && review.seen.length === 0)
        throw new Refusal('BAD_INPUT', { message: unseen })
      const { record, reference } = review.question
      const link =
        chosen !== null && record !== null
          ? await linkBy(request, service, { record, reference, chosen, agency: review.question.agency }, by)
          : null
      if (link === 'AWAITS_SECOND') {
        request.note('decideIdentity PROPOSED')
        return { reference, verdict: decision.verdict, event: null, awaitsSecond: true }
      }
      // The answer first, since it can be given but once: two reviewers at one time make no two links.
      const considered = review.seen.map(({ id }) => id)
      await service.register.questions.answer(reference, decision.verdict, by, {
        childId: record === null ? chosen : null,
        considered,
      })
      const event = link === null ? null : await service.register.confirm(link.record, link.chosen, link.by)
      if (decision.verdict === 'DIFFERENT' && record !== null) await service.resolveAgain(record)
      request.note(`decideIdentity ${decision.verdict}`)
      return { reference, verdict: decision.verdict, event, awaitsSecond: false }
    },
    refuteLink: async (
      _: unknown,
      { event, reason }: { event: string; reason: string },
      request: DisclosureRequest,
    ) => {
      request.note('refuteLink')
      const service = reviewing(request, isReviewer)
      const by = decidedBy(request, reason)
      const childId = await service.childOfLink(event)
      const [own] = await reviewable(request, childId === null ? [] : [childId])
      if (!own) throw new Refusal('NOT_FOUND')
      return (await service.register.refute(event, by)).map(({ leafId }) => leafId)
    },
  },
}

/** What the worklist shows of them: those about two children on file; null for whoever does not decide them. */
export async function possibleDuplicates(request: DisclosureRequest & WithIdentity) {
  if (!request.identity || !isReviewer(request.caller)) return null
  return openReviews(request, request.identity, { first: mostShown, after: '0', ofKind: duplicate })
}

/** Questions of other authorities must not keep the reviewer's own out of sight, however many they are. */
async function openReviews(
  request: DisclosureRequest,
  service: IdentityService,
  { first, after, ofKind }: { readonly first: number; readonly after: string; readonly ofKind?: string },
) {
  const found: Review[] = []
  for (let behind = after; found.length < first; ) {
    const questions = await service.questions(page, behind, { ofKind })
    found.push(...(await reviewsFor(request, service, questions)))
    const last = questions.at(-1)
    if (questions.length < page || !last) break
    behind = last.place
  }
  return found.slice(0, first).map((review) => shown(service, review))
}

/** The service, for those whose role is to review and whose purpose opens records. */
function reviewing(request: DisclosureRequest, may: typeof isReviewer): IdentityService {
  if (!may(request.caller)) throw new Refusal('FORBIDDEN', { extensions: { reason: 'ROLE_NOT_PERMITTED' } })
  return identityOf(request)
}

function decidedBy({ caller }: DisclosureRequest, reason: string): By {
  refuseImagery(reason)
  if (reason.trim() === '' || reason.length > longestReason)
    throw new Refusal('BAD_INPUT', { message: `Give a reason of 1 to ${longestReason} characters.` })
  return { person: `${caller.role}, ${caller.organisation}, ${caller.subject}`, reason }
}

interface Link {
  readonly record: string
  readonly reference: string
  readonly chosen: string
  /** Whose record it is. */
  readonly agency: string | null
}

/**
 * Whether one of two speaks for the record, and one for somebody else who knows the child: nobody links another's
 * record, or their own, alone.
 */
const areBothSides = (agency: string | null, types: readonly string[]): boolean => {
  const isHolder = (type: string) => isSpokenForBy(agency, type)
  return types.some(isHolder) && (agency === 'socialCare' || !types.every(isHolder))
}

/**
 * Who makes a link: a reviewer of the record's holder and one of another holder, and two people in any case where a
 * restricted record would be newly exposed: the one who proposed it and another who signs in and says the same of the
 * same child. A name that the first one types is nobody's agreement.
 */
async function linkBy(
  { caller }: DisclosureRequest,
  service: IdentityService,
  link: Link,
  by: By,
): Promise<(Link & { readonly by: By }) | 'AWAITS_SECOND'> {
  const isRestricted = await service.register.exposesRestricted(link.record, link.chosen)
  if (!isRestricted && areBothSides(link.agency, [caller.agencyType])) return { ...link, by }
  const { proposal, isNew } = await service.propose(link.reference, link.chosen, by, caller)
  if (isNew) return 'AWAITS_SECOND'
  if (isSamePerson(proposal, caller))
    throw new Refusal('FORBIDDEN', { message: 'You proposed this yourself: another person must confirm it.' })
  if (proposal.childId !== link.chosen)
    throw new Refusal('CONFLICT', {
      message: 'Another child was proposed: answer that it cannot be decided, or agree.',
    })
  if (!areBothSides(link.agency, [proposal.agencyType, caller.agencyType])) return 'AWAITS_SECOND'
  return { ...link, by: { person: proposal.person, reason: proposal.reason, second: by.person } }
}

interface Review {
  readonly question: OpenQuestion
  /** Whether it is about a record of the reviewer's own holder. */
  readonly isOwn: boolean
  readonly seen: readonly Seen[]
  /** Those who were seen, as the reviewer may read them. */
  readonly children: readonly AuthorisedChild[]
}

/** A child with the persons under whom the reviewer may read it. */
interface Read {
  readonly child: AuthorisedChild
  readonly known: Known
}

/**
 * Children whom the reviewer may review: of their own authority, or, for a holder's reviewer, those of whom they may
 * know.
 */
async function reviewable(request: DisclosureRequest, ids: readonly string[]): Promise<readonly Read[]> {
  const { la } = request.caller
  const known = await knownTo(request, ids, true)
  return reviewsForHolder(request.caller)
    ? known
    : known.filter(({ child: { facts } }) => facts.responsibleLa === la || facts.areaLa === la)
}

/**
 * Questions for which the reviewer has someone to compare with, and those about their own holder's records of nobody
 * yet. Whoever came into question is read at once for all.
 */
async function reviewsFor(
  request: DisclosureRequest,
  service: IdentityService,
  questions: readonly OpenQuestion[],
): Promise<readonly Review[]> {
  const reached = questions.flatMap((question) => {
    const reach = reachOf(request.caller, question.agency, request.registry.holders.get(question.holder ?? ''))
    return reach === 'NONE' ? [] : [{ question, isOwn: reach === 'OWN_RECORD' }]
  })
  const [model, ...likely] = await Promise.all([
    service.model(),
    ...reached.map(({ question }) => service.likely(question.sent)),
  ])
  const subjects = reached.flatMap(({ question }) => question.childId ?? [])
  const read = await reviewable(request, [...new Set([...likely.flatMap(({ ids }) => ids), ...subjects])])
  return reached.flatMap(({ question, isOwn }, at) => reviewOf(question, isOwn, likely[at]?.ids ?? [], read, model))
}

function reviewOf(
  question: OpenQuestion,
  isOwn: boolean,
  ids: readonly string[],
  read: readonly Read[],
  model: LinkageModel,
): readonly Review[] {
  const known = read.map((one) => one.known)
  if (question.childId !== null && !known.some(({ id }) => id === question.childId)) return []
  const others = known.filter(({ id }) => ids.includes(id) && id !== question.childId)
  const seen =
    kindOf(question) === 'POSSIBLE_DUPLICATE'
      ? multipleBirths(question.sent, others, model)
      : decide({ query: question.sent, known: foundAgain(question.sent, others), model }).seen
  const children = read.flatMap(({ child }) => (seen.some(({ id }) => id === child.id) ? [child] : []))
  const isToSettle = isOwn && kindOf(question) === 'RECORD' && question.childId === null
  return seen.length > 0 || isToSettle ? [{ question, isOwn, seen, children }] : []
}

const duplicate = 'POSSIBLE_DUPLICATE'

/** What a question is about: two children on file, a record that may be of one of them, or a search. */
const kindOf = ({ reason, record }: OpenQuestion): 'POSSIBLE_DUPLICATE' | 'RECORD' | 'SEARCH' => {
  if (reason.startsWith(duplicate)) return duplicate
  return record === null ? 'SEARCH' : 'RECORD'
}

const shown = (service: IdentityService, { question, isOwn, seen, children }: Review) => ({
  reference: question.reference,
  kind: kindOf(question),
  alertCode: kindOf(question) === duplicate ? 'POSSIBLE_DUPLICATE_IDENTITY' : null,
  askedAt: `${question.at.toISOString().slice(0, 19)}Z`,
  reason: question.reason,
  record: isOwn ? question.localId : null,
  candidates: seen.map(({ id, weighed }) => ({
    id: service.candidateName(question.reference, id),
    fields: comparedFields(question.sent, weighed, hiddenFields(question, children)),
    rivals: rivalsSeen(weighed),
  })),
})

/**
 * Fields of which the asker could read what this reviewer may not, of one at least of those in question: what was
 * sent may be that.
 */
const hiddenFields = ({ askerReads }: OpenQuestion, children: readonly AuthorisedChild[]): ReadonlySet<string> =>
  fieldsUnder(askerReads.filter((label) => !isLabel(label) || !children.every((child) => mayRead(child, label))))

const unseen = 'You may read none of those in question: say that it cannot be told, or agree to what was proposed.'

/** The candidate that is meant. Of their own record a holder's reviewer may agree to what another side proposed. */
async function chosenOf(
  service: IdentityService,
  { question, isOwn, seen }: Review,
  candidate: string | null,
): Promise<string> {
  if (isOwn && seen.length === 0 && candidate === null) {
    const proposal = await service.proposalOf(question.reference)
    if (proposal === null) throw new Refusal('BAD_INPUT', { message: unseen })
    return proposal.childId
  }
  const chosen =
    candidate === null && seen.length === 1
      ? seen[0]
      : seen.find(({ id }) => service.candidateName(question.reference, id) === candidate)
  if (!chosen) throw new Refusal('BAD_INPUT', { message: 'Say which candidate it is.' })
  return chosen.id
}
