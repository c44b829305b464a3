import { childPath, type Page, prefix, type Visit } from '../pageVisit.ts'
import { type Counted, shown } from '../words/counts.ts'
import { nameOf } from './child/childPage.ts'
import { onOnePage, pagingOf } from './paging.ts'
import { choices } from './session.ts'

interface Entry {
  readonly child: Parameters<typeof nameOf>[0] & { readonly id: string }
  readonly alert: { readonly id: string; readonly code: string; readonly since: string; readonly explanation: string }
}

interface Worklist {
  readonly children: number
  readonly byCode: readonly { readonly code: string; readonly alerts: Counted; readonly children: Counted }[]
  readonly entries: readonly Entry[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const counted = <Row extends { readonly alerts: Counted; readonly children: Counted }>(row: Row) => ({
  ...row,
  alerts: shown(row.alerts),
  children: shown(row.children),
})

/** What waits in the reader's own organisation: alerts of the children with whom it works, oldest first. */
export const worklistPage: Page = {
  method: 'GET',
  path: '/worklist',
  answer: async (visit: Visit) => {
    const { parts, query, session } = visit
    const paging = pagingOf(visit, `${prefix}/worklist`)
    const team = (query['team'] ?? '').slice(0, 100).trim()
    const asked = await visit.ask<{ worklist: Worklist | null }>('worklist', {
      ...{ team: team || null, first: onOnePage, after: paging.after('after') },
    })
    const list = asked.data?.worklist ?? null
    return {
      view: 'worklist',
      model: {
        ...{ title: 'Worklist', purposes: choices(visit), here: '/worklist', team },
        list: list && { ...list, byCode: list.byCode.map(counted) },
        today: parts.clock.today().toISOString(),
        entries: list?.entries.map(({ alert, child }) => ({
          ...alert,
          name: nameOf(child),
          href: childPath(visit, { id: child.id, purpose: session.purpose }, 'alerts'),
        })),
        pages: paging.to('after', list?.entries, list?.hasNextPage ? list.endCursor : null),
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}
