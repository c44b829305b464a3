import { childPath, type Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { namesOf } from '../childrenNames.ts'
import { type Banner, childPage, pagingOfChild } from './childPage.ts'

interface OfChildren {
  readonly id: string
  readonly children: readonly string[]
}

type Linked = Banner & {
  readonly associations: { readonly associations: readonly OfChildren[] } | null
  readonly coMissing: { readonly total: Counted; readonly episodes: readonly OfChildren[] | null } | null
}

/**
 * What records name more than once, who was missing at the same time, and what came soon after what. Other children of
 * the reader's organisation are laid beside this one where the reader asks for it: each of them is then looked at.
 */
const linksPage: Page = {
  method: 'GET',
  path: '/child/:child/links',
  answer: (visit) => {
    const paging = pagingOfChild(visit, 'links')
    const known = visit.query['known'] === 'on'
    return childPage<Linked>(
      visit,
      'links',
      'childLinks',
      async ({ associations, coMissing }, at) => {
        const named = paging.of('association', associations?.associations, ({ id }) => id)
        const together = paging.of('episode', coMissing?.episodes, ({ id }) => id)
        const laidBeside = [...(named.rows ?? []), ...(together.rows ?? [])].flatMap(({ children }) => children)
        const names = await namesOf(
          visit,
          laidBeside.filter((id) => id !== at.id),
          at.purpose,
        )
        const others = <Row extends OfChildren>(row: Row) => ({
          ...row,
          others: row.children
            .filter((id) => id !== at.id)
            .map((id) => ({
              ...{ childId: id, name: names.get(id) ?? null },
              href: childPath(visit, { id, purpose: at.purpose }),
            })),
        })
        return {
          known,
          named: { ...named, rows: named.rows?.map(others) ?? null },
          together: { ...together, rows: together.rows?.map(others) ?? null },
          total: shown(coMissing?.total),
        }
      },
      { known, association: paging.after('association'), episode: paging.after('episode') },
    )
  },
}

/** Who of each discipline works with the child here and there, and who keeps the health record. */
const workersPage: Page = {
  method: 'GET',
  path: '/child/:child/workers',
  answer: (visit) => childPage<Banner>(visit, 'workers', 'childWorkers', () => ({})),
}

export const linkPages: readonly Page[] = [linksPage, workersPage]
