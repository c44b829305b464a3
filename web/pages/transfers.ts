import type { Purpose } from '../../src/policy/vocabulary.ts'
import { type Page, prefix, type Visit } from '../pageVisit.ts'
import { daysBetween } from '../words/dates.ts'
import { namesOf, withNames } from './childrenNames.ts'
import { asked as askedFor, pagingOf } from './paging.ts'
import { choices } from './session.ts'

/** A transfer as lists show it. */
export interface Heading {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly dueAt: string | null
}

/** Done with: neither counted nor chased. */
const over = new Set(['CLOSED', 'REJECTED', 'WITHDRAWN', 'RESPONSIBILITY_PASSED'])

/** The authority that this person works for; null for whoever works for none. */
export const laOf = ({ session }: Visit): string | null => /^(LA\d+)-/.exec(session.person.organisation)?.[1] ?? null

/** A purpose under which transfers are read: the one at hand where it serves, else the first that does. */
export const purposeFor = (visit: Visit): Purpose => {
  const serving = visit.purposes.filter(
    (purpose) => !['AUDIT', 'PRACTICE_REVIEW', 'EARLY_HELP', 'DOMESTIC_ABUSE_NOTICE'].includes(purpose),
  )
  return serving.find((purpose) => purpose === visit.session.purpose) ?? serving[0] ?? visit.session.purpose
}

/** Whether it should have been done by now. */
export const isOverdue = ({ dueAt, state }: Pick<Heading, 'dueAt' | 'state'>, today: string): boolean =>
  typeof dueAt === 'string' && !over.has(state) && daysBetween(today, dueAt) < 0

/** Transfers in and out, and those that wait to be borne out. */
export const transferListPage: Page = {
  method: 'GET',
  path: '/transfers',
  answer: async (visit) => {
    const paging = pagingOf(visit, `${prefix}/transfers`)
    const asked = await visit.ask<{
      transfers: readonly Heading[] | null
      pendingTransfers: readonly Heading[] | null
    }>(
      'transfers',
      { first: askedFor, after: paging.after('after'), pending: paging.after('pending') },
      purposeFor(visit),
    )
    const la = laOf(visit)
    const listed = paging.of('after', asked.data?.transfers, ({ id }) => id)
    const pending = paging.of('pending', asked.data?.pendingTransfers, ({ id }) => id)
    const names = await namesOf(
      visit,
      [...(listed.rows ?? []), ...(pending.rows ?? [])].map(({ childId }) => childId),
      purposeFor(visit),
    )
    const today = visit.parts.clock.today().toISOString()
    const rows = (list: readonly Heading[] | null | undefined) =>
      (list ?? []).map((each) => ({
        ...withNames(names)(each),
        href: `${prefix}/transfers/${visit.secrets.seal('transfer', each.id)}`,
        overdue: isOverdue(each, today),
      }))
    return {
      view: 'transfers',
      model: {
        ...{ title: 'Transfers', purposes: choices(visit), here: '/transfers', today, la },
        arriving: rows(listed.rows?.filter(({ toLa }) => toLa === la)),
        leaving: rows(listed.rows?.filter(({ fromLa }) => fromLa === la)),
        waiting: rows(pending.rows),
        ...{ listed, pending },
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}
