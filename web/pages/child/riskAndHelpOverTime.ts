import type { Page } from '../../pageVisit.ts'
import { type Counted, shown } from '../../words/counts.ts'
import { fieldInWords } from '../../words/messages.ts'
import { asOfDay, type Banner, childPage, endOf } from './childPage.ts'

interface Hazards {
  readonly backgroundHazards: readonly object[] | null
  readonly situationalHazards: readonly object[] | null
  readonly strengths: readonly object[] | null
  readonly dangers: readonly object[] | null
  readonly unplaced: readonly object[] | null
}

type Picture = Banner & {
  readonly hazards: Hazards | null
  readonly levels: { readonly indicators: readonly { readonly count: Counted }[] } | null
}

const quadrants = [
  ['backgroundHazards', 'Background hazards'],
  ['situationalHazards', 'Situational hazards'],
  ['strengths', 'Strengths and what protects'],
  ['dangers', 'Dangers'],
] as const

/** What stood against the child and for them, the levels of help over time, and their history in sentences. */
const picture: Page = {
  method: 'GET',
  path: '/child/:child/picture',
  answer: (visit) =>
    childPage<Picture>(
      visit,
      'picture',
      'childPicture',
      ({ hazards, levels }) => ({
        quadrants: quadrants.map(([name, title]) => ({ title, entries: hazards?.[name] ?? null })),
        unplaced: hazards?.unplaced ?? [],
        hasHazards: hazards !== null && hazards.dangers !== null,
        indicators: levels?.indicators.map((each) => ({ ...each, count: shown(each.count) })) ?? [],
      }),
      { audience: visit.session.person.role },
    ),
}

interface Part {
  readonly recordType: string
  readonly count: Counted
}

type Known = Banner & {
  readonly knownBy: {
    readonly knownTotal: Counted
    readonly known: readonly Part[] | null
    readonly elsewhereTotal: Counted
    readonly elsewhere: readonly Part[] | null
  } | null
}

const parts = (list: readonly Part[] | null | undefined) =>
  list?.map((each) => ({ ...each, what: fieldInWords(each.recordType), count: shown(each.count) })) ?? null

/** What one holder knew by itself on a day, beside what others had recorded by then. */
const known: Page = {
  method: 'GET',
  path: '/child/:child/known',
  answer: (visit) => {
    const day = asOfDay(visit)
    const holder =
      [...visit.parts.registry.holders.keys()].find((id) => id === visit.query['holder']) ??
      [...visit.parts.registry.holders.keys()][0]
    return childPage<Known>(
      visit,
      'known',
      'childKnownBy',
      ({ knownBy }) => ({
        ...{ holder, day },
        known: knownBy && { total: shown(knownBy.knownTotal), parts: parts(knownBy.known) },
        elsewhere: knownBy && { total: shown(knownBy.elsewhereTotal), parts: parts(knownBy.elsewhere) },
        holders: [...visit.parts.registry.holders.values()].map(({ id, name }) => ({ id, name })),
      }),
      { holder, ...(day ? { asOf: endOf(day, visit) } : {}) },
    )
  },
}

export const picturePages: readonly Page[] = [picture, known]
