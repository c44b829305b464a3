import { childAtHand, notFound, type Page } from '../../pageVisit.ts'
import { asked as askedFor } from '../paging.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

/** One line of an access log. */
export interface AccessEvent {
  readonly id: string
  readonly at: string
  /** Null where it is not for the reader who it was. */
  readonly role: string | null
  readonly organisation: string | null
  readonly purpose: string
  readonly outcome: string
  readonly kind: string
  readonly actions: readonly string[]
  readonly disclosed: readonly string[]
  readonly withheld: readonly string[]
  readonly pack: string
}

/** Who looked at this child, why, and what came of it. Whether the reader may know is the gateway's to say. */
export const accessPage: Page = {
  method: 'GET',
  path: '/child/:child/access',
  answer: async (visit) => {
    const at = childAtHand(visit)
    if (!at) return notFound
    return childPage<Banner>(visit, 'access', 'childBanner', async () => {
      const paging = pagingOfChild(visit, 'access')
      const asked = await visit.ask<{ accessLog: readonly AccessEvent[] | null }>(
        'childAccess',
        { childId: at.id, first: askedFor, after: paging.after('after') },
        at.purpose,
      )
      return { events: paging.of('after', asked.data?.accessLog, ({ id }) => id), refusal: asked.errors[0] ?? null }
    })
  },
}
