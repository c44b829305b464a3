import type { OversightQuestion } from '../../../src/policy/mayAskOversight.ts'
import { type Page, prefix, type Visit } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { onOnePage, pagingOf } from '../paging.ts'
import { frame, laOf, linked, purposeOf } from './oversightFrame.ts'

type Child = Parameters<typeof linked>[1]

/** A page of something, with where the next begins. */
interface Listing {
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/** One list of many children: what it is, and how a row of it is shown. */
const listPage = <Answer extends Listing>(
  name: string,
  title: string,
  question: OversightQuestion,
  field: string,
  shownRows: (visit: Visit, answer: Answer) => readonly object[],
  shownList: (answer: Answer) => object = (answer) => answer,
): Page => ({
  method: 'GET',
  path: `/oversight/${name}`,
  answer: async (visit) => {
    const paging = pagingOf(visit, `${prefix}/oversight/${name}`)
    const asked = await visit.ask<Readonly<Record<string, Answer | null>>>(
      field,
      { first: onOnePage, after: paging.after('after') },
      purposeOf(visit, question),
    )
    const list = asked.data?.[field] ?? null
    const rows = list && shownRows(visit, list)
    return {
      view: `oversight/${name}`,
      model: {
        ...{
          ...frame(visit, `/${name}`, title),
          list: list && shownList(list),
          rows,
          pages: paging.to('after', rows, list?.hasNextPage ? list.endCursor : null),
        },
        refusal: asked.errors[0] ?? null,
      },
    }
  },
})

type Noticed = Listing & {
  readonly byForce: readonly { readonly children: Counted }[]
  readonly notices: readonly { readonly child: Child }[]
}
type Listed = Listing & { readonly entries: readonly { readonly child: Child }[] }
type Learned = Listing & { readonly actions: readonly { readonly id: string }[] }

const missing = listPage<Noticed>(
  ...(['missing', 'Missing, or just back', 'MISSING_NOTICES', 'missingNotices'] as const),
  (visit, { notices }) => notices.map((each) => ({ ...each, ...linked(visit, each.child, 'harm') })),
  (list) => ({ ...list, byForce: list.byForce.map((row) => ({ ...row, children: shown(row.children) })) }),
)

const forums = listPage<Listed>(
  ...(['forums', 'Lists of multi-agency forums', 'FORUM_LISTINGS', 'forumListings'] as const),
  (visit, { entries }) => entries.map((each) => ({ ...each, ...linked(visit, each.child) })),
)

const learning = listPage<Learned>(
  ...(['learning', 'Actions that reviews asked for', 'LEARNING_ACTIONS', 'learningActions'] as const),
  ({ secrets }, { actions }) =>
    actions.map((each) => ({ ...each, href: `${prefix}/messages/${secrets.seal('message', each.id)}` })),
)

const disagreements: Page = {
  method: 'GET',
  path: '/oversight/disagreements',
  answer: async (visit) => {
    const asked = await visit.ask<{ escalations: readonly object[] | null }>('escalations')
    const [rows, refusal] = [asked.data?.escalations ?? null, asked.errors[0] ?? null]
    return {
      view: 'oversight/disagreements',
      model: { ...frame(visit, '/disagreements', 'Disagreements by stage'), rows, refusal },
    }
  },
}

interface Quality {
  readonly children: Counted
  readonly withoutNhsNumber: Counted | null
  readonly withoutUpn: Counted | null
}

const quality: Page = {
  method: 'GET',
  path: '/oversight/quality',
  answer: async (visit) => {
    const asked = await visit.ask<{ dataQuality: readonly Quality[] | null }>('dataQuality')
    const rows = asked.data?.dataQuality?.map((each) => ({
      ...each,
      children: shown(each.children),
      withoutNhsNumber: each.withoutNhsNumber && shown(each.withoutNhsNumber),
      withoutUpn: each.withoutUpn && shown(each.withoutUpn),
    }))
    return {
      view: 'oversight/quality',
      model: {
        ...frame(visit, '/quality', 'How whole the records are'),
        ...{ rows: rows ?? null, refusal: asked.errors[0] ?? null },
      },
    }
  },
}

interface Placed extends Child {
  readonly status: { readonly areaLa: string | null; readonly responsibleLa: string | null }
}

const placed: Page = {
  method: 'GET',
  path: '/oversight/placed',
  answer: async (visit) => {
    const [la, paging] = [laOf(visit.session.person), pagingOf(visit, `${prefix}/oversight/placed`)]
    const model = { ...frame(visit, '/placed', 'Placed out, placed in'), la }
    if (la === '') return { view: 'oversight/placed', model }
    const asked = await visit.ask<{
      placedOut: readonly Placed[] | null
      placedIn: readonly Placed[] | null
    }>('placed', { la, out: paging.after('out'), in: paging.after('in') })
    const rows = (list: string, children: readonly Placed[] | null | undefined) =>
      paging.of(
        list,
        children?.map((child) => ({ id: child.id, ...child.status, ...linked(visit, child) })),
        ({ id }) => id,
      )
    return {
      view: 'oversight/placed',
      model: {
        ...{
          ...model,
          out: rows('out', asked.data?.placedOut),
          inside: rows('in', asked.data?.placedIn),
          refusal: asked.errors[0] ?? null,
        },
      },
    }
  },
}

/** What stands over many children, each of whom the gateway judges by themselves. */
export const listPages: readonly Page[] = [missing, forums, learning, disagreements, quality, placed]
