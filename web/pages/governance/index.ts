import { notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { named, namesOf, withNames } from '../childrenNames.ts'
import { noLongerBegun, stayBegun, withDrafts } from '../formDraft.ts'
import { asked as askedFor, pagingOf } from '../paging.ts'
import { recordedWords, recordPagesOf } from '../recordEntry.ts'
import { linksBeside } from '../registerActs.ts'
import { registersOf } from '../registers.ts'
import { accessPages } from './access.ts'
import { agreementPages } from './agreements.ts'
import { casePages } from './cases.ts'
import { auditing, frame } from './governanceFrame.ts'
import { governedChild, noSuchChildHere } from './governedChild.ts'
import { policyPages } from './policy.ts'

const laOf = ({ session }: Visit): string => /^(LA\d+)-/.exec(session.person.organisation)?.[1] ?? ''

const frontPage: Page = {
  method: 'GET',
  path: '/governance',
  answer: async (visit) => {
    const asked = await visit.ask<{
      breakGlassReviews: readonly { readonly closedAt: string | null; readonly overdue: boolean }[] | null
    }>('breakGlassLog', { first: 200, openOnly: true }, auditing(visit))
    const open = (asked.data?.breakGlassReviews ?? []).filter(({ closedAt }) => closedAt === null)
    return {
      view: 'governance/front',
      model: {
        ...frame(visit, ''),
        title: 'Governance',
        open,
        overdue: open.filter(({ overdue }) => overdue).length,
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}

const reviewDraft = (id: string) => `review ${id}`

const glassPage = async (visit: Visit, problem?: string): Promise<Reply> => {
  interface OfChild {
    readonly id: string
    readonly childId: string
  }
  const paging = pagingOf(visit, `${prefix}/governance/glass`)
  const asked = await visit.ask<{
    breakGlassNotices: readonly OfChild[] | null
    breakGlassReviews: readonly OfChild[] | null
  }>(
    'breakGlassLog',
    { first: askedFor, review: paging.after('review'), notice: paging.after('notice') },
    auditing(visit),
  )
  const reviews = paging.of('review', asked.data?.breakGlassReviews, ({ id }) => id)
  const notices = paging.of('notice', asked.data?.breakGlassNotices, ({ id }) => id)
  const names = await namesOf(
    visit,
    [...(reviews.rows ?? []), ...(notices.rows ?? [])].map(({ childId }) => childId),
  )
  const drafted =
    reviews.rows && (await withDrafts(visit, reviews.rows.map(withNames(names)), ({ id }) => reviewDraft(id)))
  return {
    view: 'governance/glass',
    model: {
      ...{ ...frame(visit, '/glass'), title: 'Break-glass' },
      reviews: {
        ...reviews,
        rows: drafted?.map((review) => ({ ...review, ref: visit.secrets.seal('review', review.id) })) ?? null,
      },
      notices: { ...notices, rows: notices.rows?.map(withNames(names)) ?? null },
      refusal: asked.errors[0] ?? null,
      errors: problem ? [{ text: problem }] : [],
    },
  }
}

const glassPages: readonly Page[] = [
  { method: 'GET', path: '/governance/glass', answer: (visit) => glassPage(visit) },
  {
    method: 'POST',
    path: '/governance/glass/:review',
    answer: async (visit) => {
      const id = visit.secrets.unseal('review', visit.params['review'] ?? '')
      if (id === null) return notFound
      const { finding, reason = '' } = visit.form
      await stayBegun(visit, reviewDraft(id))
      if (!finding || reason.trim() === '') return glassPage(visit, 'Choose what was found, and say why.')
      const asked = await visit.ask<{ closeReview: object | null }>(
        'closeReview',
        { id, finding, reason },
        auditing(visit),
      )
      if (!asked.data?.closeReview) return glassPage(visit, asked.errors[0]?.message ?? 'Nothing was recorded.')
      await noLongerBegun(visit, reviewDraft(id))
      return { to: `${prefix}/governance/glass` }
    },
  },
]

const noticesPage: Page = {
  method: 'GET',
  path: '/governance/notices',
  answer: async (visit) => {
    const la = laOf(visit)
    const paging = pagingOf(visit, `${prefix}/governance/notices`)
    const asked = await visit.ask<{
      accessNotices: readonly { readonly cursor: string; readonly childId: string }[] | null
    }>('accessNotices', { la, first: askedFor, after: paging.after('after') }, auditing(visit))
    const notices = paging.of('after', asked.data?.accessNotices, ({ cursor }) => cursor)
    return {
      view: 'governance/notices',
      model: {
        ...frame(visit, '/notices'),
        title: 'Notices of access',
        la,
        notices: { ...notices, rows: notices.rows && (await named(visit, notices.rows)) },
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}

const registersForm = (visit: Visit, more: object, status?: number): Reply => ({
  view: 'governance/registers',
  model: { ...frame(visit, '/registers'), title: 'Consents, holds and duties', form: visit.form, ...more },
  ...(status ? { status } : {}),
})

/** Every register of a child of whom the officer may not know is refused so; seven empty ones would say that it is. */
const isKnown = async (visit: Visit, id: string): Promise<boolean> => {
  const { errors } = await visit.ask('registerConsents', { id, first: 1 }, auditing(visit))
  return errors[0]?.code !== 'NOT_FOUND'
}

const registersPath = ({ secrets }: Visit, childId: string): string =>
  `${prefix}/governance/registers/${secrets.seal('registers', childId)}`

const registerPages: readonly Page[] = [
  { method: 'GET', path: '/governance/registers', answer: async (visit) => registersForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/registers',
    answer: async (visit) => {
      const meant = await governedChild(visit, auditing(visit))
      if ('problem' in meant) return registersForm(visit, { errors: [meant.problem] }, 422)
      if (!(await isKnown(visit, meant.id))) return registersForm(visit, { errors: [noSuchChildHere] }, 422)
      return { to: registersPath(visit, meant.id) }
    },
  },
  {
    method: 'GET',
    path: '/governance/registers/:of',
    answer: async (visit) => {
      const id = visit.secrets.unseal('registers', visit.params['of'] ?? '')
      if (id === null) return notFound
      const path = registersPath(visit, id)
      const registers = await registersOf(visit, id, auditing(visit), pagingOf(visit, path), path)
      const beside = linksBeside(path, registers.registerOrders.rows ? [] : ['confirmCourtOrder'])
      return registersForm(visit, { form: { child: id }, registers, beside, recorded: recordedWords(visit) })
    },
  },
  ...recordPagesOf({
    path: '/governance/registers/:of',
    at: (visit) => {
      const id = visit.secrets.unseal('registers', visit.params['of'] ?? '')
      return id === null ? null : { id, purpose: auditing(visit) }
    },
    pathOf: (visit, { id }) => registersPath(visit, id),
    show: (visit, _, form) => ({
      view: 'governance/record',
      model: { ...frame(visit, '/registers'), title: 'Consents, holds and duties', ...form },
    }),
  }),
]

const subjectForm = (visit: Visit, more: object, status?: number): Reply => ({
  view: 'governance/subject',
  model: {
    ...frame(visit, '/subject'),
    title: 'Subject access',
    form: visit.form,
    may: visit.purposes.includes('SUBJECT_ACCESS'),
    ...more,
  },
  ...(status ? { status } : {}),
})

const subjectPages: readonly Page[] = [
  { method: 'GET', path: '/governance/subject', answer: async (visit) => subjectForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/subject',
    answer: async (visit) => {
      const meant = await governedChild(visit, auditing(visit))
      if ('problem' in meant) return subjectForm(visit, { errors: [meant.problem] }, 422)
      const childId = meant.id
      const asked = await visit.ask<{ subjectAccess: object | null }>('subjectAccess', { childId }, 'SUBJECT_ACCESS')
      if (asked.errors[0]?.code === 'NOT_FOUND') return subjectForm(visit, { errors: [noSuchChildHere] }, 422)
      return subjectForm(visit, {
        asked: true,
        file: asked.data?.subjectAccess ?? null,
        refusal: asked.errors[0] ?? null,
      })
    },
  },
]

/** Who looked and why, break-glass, notices, registers, what a role would see, and subject access. */
export const governancePages: readonly Page[] = [
  frontPage,
  ...accessPages,
  ...glassPages,
  noticesPage,
  ...registerPages,
  ...policyPages,
  ...agreementPages,
  ...casePages,
  ...subjectPages,
]
