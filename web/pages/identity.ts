import type { Purpose } from '../../src/policy/vocabulary.ts'
import { notFound, type Page, prefix, type Reply, type Visit } from '../pageVisit.ts'
import { byNumberPath } from './byNumber.ts'
import { draftFor } from './formDraft.ts'
import { asked as askedFor, pagingOf } from './paging.ts'
import { recordedWords } from './recordEntry.ts'
import { choices } from './session.ts'

interface Decided {
  readonly event: string | null
  readonly awaitsSecond: boolean
}

interface Review {
  readonly reference: string
  readonly candidates: readonly { readonly id: string; readonly fields: readonly { readonly bits: number }[] }[]
}

const listPage = async (visit: Visit, problem?: string): Promise<Reply> => {
  const paging = pagingOf(visit, `${prefix}/identity`)
  const variables = { first: askedFor, after: paging.after('after') }
  const asked = await visit.ask<{ identityReviews: readonly Review[] | null }>(
    'identityReviews',
    variables,
    purposeFor(visit),
  )
  const listed = paging.of('after', asked.data?.identityReviews, ({ reference }) => reference)
  const { form, params, secrets } = visit
  const reviews = (listed.rows ?? []).map(async (review) => {
    const ref = secrets.seal('identity', review.reference)
    const draft = await draftFor(visit, draftName(review.reference))
    return { ...review, ref, draft: ref === params['question'] ? { ...draft, values: form } : draft }
  })
  return {
    view: 'identity',
    model: {
      ...{ title: 'Identity questions', purposes: choices(visit), here: '/identity' },
      ...{ listed, reviews: listed.rows ? await Promise.all(reviews) : null },
      ...{ answered: answeredIn(visit), recorded: recordedWords(visit), undo: byNumberPath(visit, 'refuteLink') },
      refusal: asked.errors[0] ?? null,
      errors: problem ? [{ text: problem }] : [],
    },
    ...(problem ? { status: 422 } : {}),
  }
}

/** What became of an answer that linked nothing. */
const waitsFor = ({ awaitsSecond }: Decided): string => (awaitsSecond ? 'SECOND' : 'NONE')

const answeredIn = (visit: Visit) => {
  const text = visit.secrets.unseal('answered', visit.query['answered'] ?? '')
  if (text === null) return null
  const isLinked = text !== 'SECOND' && text !== 'NONE'
  return { waits: text === 'SECOND', undo: isLinked ? byNumberPath(visit, 'refuteLink', { event: text }) : null }
}

const draftName = (reference: string) => `identity ${reference}`

/** The purpose at hand, where it may look at children at all. */
const purposeFor = ({ session, purposes }: Visit): Purpose =>
  purposes.find((each) => each === session.purpose) ?? session.purpose

/** Questions about who is who, answered once, with a reason that is kept. No value on file is shown. */
export const identityPages: readonly Page[] = [
  { method: 'GET', path: '/identity', answer: (visit) => listPage(visit) },
  {
    method: 'POST',
    path: '/identity/:question',
    answer: async (visit) => {
      const reference = visit.secrets.unseal('identity', visit.params['question'] ?? '')
      if (reference === null) return notFound
      const [verdict = '', candidate] = (visit.form['verdict'] ?? '').split(' ')
      const { reason = '' } = visit.form
      if (verdict === '') return listPage(visit, 'Choose an answer.')
      if (reason.trim() === '') return listPage(visit, 'Say why. The reason is kept.')
      const variables = { reference, verdict, reason, candidate: candidate ?? null }
      const asked = await visit.ask<{ decideIdentity: Decided | null }>('decideIdentity', variables, purposeFor(visit))
      const decided = asked.data?.decideIdentity
      if (!decided) return listPage(visit, asked.errors[0]?.message ?? 'The answer was not kept.')
      await visit.parts.drafts.drop(visit.session.person, draftName(reference))
      return { to: `${prefix}/identity?answered=${visit.secrets.seal('answered', decided.event ?? waitsFor(decided))}` }
    },
  },
]
