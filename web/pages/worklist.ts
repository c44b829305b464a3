import { choicesOf } from '../forms/fields.ts'
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
  readonly possibleDuplicates: readonly object[] | null
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const counted = <Row extends { readonly alerts: Counted; readonly children: Counted }>(row: Row) => ({
  ...row,
  alerts: shown(row.alerts),
  children: shown(row.children),
})

/** What is so of several children of a family alike reads once, with each of them. */
const together = (entries: readonly Entry[], hrefOf: (id: string) => string) => {
  const rows = new Map<string, Entry['alert'] & { readonly children: { name: string; href: string }[] }>()
  for (const { alert, child } of entries) {
    const key = JSON.stringify([alert.code, alert.since, alert.explanation])
    const row = rows.get(key) ?? { ...alert, children: [] }
    row.children.push({ name: nameOf(child), href: hrefOf(child.id) })
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** The same list of one rule, or of every one. */
const ofRule = (code: string | null, team: string): string => {
  const query = new URLSearchParams([...(code ? [['code', code]] : []), ...(team ? [['team', team]] : [])]).toString()
  return `${prefix}/worklist${query === '' ? '' : `?${query}`}`
}

/** What waits in the reader's own organisation: alerts of the children with whom it works, oldest first. */
export const worklistPage: Page = {
  method: 'GET',
  path: '/worklist',
  answer: async (visit: Visit) => {
    const { parts, query, session } = visit
    const paging = pagingOf(visit, `${prefix}/worklist`)
    const team = (query['team'] ?? '').slice(0, 100).trim()
    const code = choicesOf(parts.schema, 'AlertCode').find(({ value }) => value === query['code'])?.value ?? null
    const asked = await visit.ask<{ worklist: Worklist | null }>('worklist', {
      ...{ team: team || null, codes: code && [code], first: onOnePage, after: paging.after('after') },
    })
    const list = asked.data?.worklist ?? null
    return {
      view: 'worklist',
      model: {
        ...{ title: 'Worklist', purposes: choices(visit), here: '/worklist', team, code },
        list: list && {
          ...list,
          byCode: list.byCode.map((row) => ({ ...counted(row), href: ofRule(row.code, team) })),
        },
        every: ofRule(null, team),
        today: parts.clock.today().toISOString(),
        entries: list && together(list.entries, (id) => childPath(visit, { id, purpose: session.purpose }, 'alerts')),
        pages: paging.to('after', list?.entries, list?.hasNextPage ? list.endCursor : null),
        refusal: asked.errors[0] ?? null,
      },
    }
  },
}
