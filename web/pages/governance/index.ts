import { notFound, type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { registersOf } from '../registers.ts'
import { accessPages } from './access.ts'
import { auditing, frame } from './governanceFrame.ts'
import { policyPages } from './policy.ts'

const laOf = ({ session }: Visit): string => /^(LA\d+)-/.exec(session.person.organisation)?.[1] ?? ''

const frontPage: Page = {
  method: 'GET',
  path: '/governance',
  answer: async (visit) => {
    const asked = await visit.ask<{
      breakGlassReviews: readonly { readonly closedAt: string | null; readonly overdue: boolean }[] | null
    }>('breakGlassLog', {}, auditing(visit))
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

const glassPage = async (visit: Visit, problem?: string): Promise<Reply> => {
  interface Review {
    readonly id: string
    readonly closedAt: string | null
  }
  const asked = await visit.ask<{
    breakGlassNotices: readonly object[] | null
    breakGlassReviews: readonly Review[] | null
  }>('breakGlassLog', {}, auditing(visit))
  return {
    view: 'governance/glass',
    model: {
      ...{ ...frame(visit, '/glass'), title: 'Break-glass' },
      reviews:
        asked.data?.breakGlassReviews?.map((review) => ({ ...review, ref: visit.secrets.seal('review', review.id) })) ??
        null,
      notices: asked.data?.breakGlassNotices ?? null,
      refusal: asked.errors[0] ?? null,
      reasonDraft: visit.form['reason'] ?? '',
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
      if (!finding || reason.trim() === '') return glassPage(visit, 'Choose what was found, and say why.')
      const asked = await visit.ask<{ closeReview: object | null }>(
        'closeReview',
        { id, finding, reason },
        auditing(visit),
      )
      return asked.data?.closeReview
        ? { to: `${prefix}/governance/glass` }
        : glassPage(visit, asked.errors[0]?.message ?? 'Nothing was recorded.')
    },
  },
]

const noticesPage: Page = {
  method: 'GET',
  path: '/governance/notices',
  answer: async (visit) => {
    const la = laOf(visit)
    const asked = await visit.ask<{ accessNotices: readonly object[] | null }>('accessNotices', { la }, auditing(visit))
    return {
      view: 'governance/notices',
      model: {
        ...frame(visit, '/notices'),
        title: 'Notices of access',
        la,
        notices: asked.data?.accessNotices ?? null,
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

const registerPages: readonly Page[] = [
  { method: 'GET', path: '/governance/registers', answer: async (visit) => registersForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/registers',
    answer: async (visit) => {
      const id = (visit.form['child'] ?? '').trim()
      if (id === '')
        return registersForm(visit, { errors: [{ text: 'Enter the child’s number', href: '#child' }] }, 422)
      return registersForm(visit, { registers: await registersOf(visit, id, auditing(visit)) })
    },
  },
]

const subjectForm = (visit: Visit, more: object): Reply => ({
  view: 'governance/subject',
  model: {
    ...frame(visit, '/subject'),
    title: 'Subject access',
    form: visit.form,
    may: visit.purposes.includes('SUBJECT_ACCESS'),
    ...more,
  },
})

const subjectPages: readonly Page[] = [
  { method: 'GET', path: '/governance/subject', answer: async (visit) => subjectForm(visit, {}) },
  {
    method: 'POST',
    path: '/governance/subject',
    answer: async (visit) => {
      const childId = (visit.form['child'] ?? '').trim()
      const asked = await visit.ask<{ subjectAccess: object | null }>('subjectAccess', { childId }, 'SUBJECT_ACCESS')
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
  ...subjectPages,
]
