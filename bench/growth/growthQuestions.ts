import { analyst, auditor, manager, type Practitioner, sender } from '../issuer.ts'

/** One question of the API, asked before and after the child's history has grown. */
export interface Asked {
  readonly title: string
  readonly query: string
  readonly who: Practitioner
  /** What it is asked with about a child, which is among these. */
  readonly variables?: (id: string, among: readonly string[]) => Readonly<Record<string, unknown>>
}

const about = (title: string, who: Practitioner, query: string): Asked => ({
  ...{ title, who, query: `query ($id: ID!) { ${query} }` },
})
const none = () => ({})
const of = (title: string, who: Practitioner, query: string): Asked => ({
  ...{ title, who, query: `{ ${query} }`, variables: none },
})

/** The smallest question there is. */
export const small: Asked = about('a child', analyst, 'child(id: $id) { id }')

export const asked: readonly Asked[] = [
  small,
  about(
    'The view of a child',
    analyst,
    'child(id: $id) { id status { level } sources { agency state } involvements { id } }',
  ),
  about(
    'Chronology, first 50',
    analyst,
    'child(id: $id) { chronology(first: 50) { events { id eventAt headline } pageInfo { endCursor hasNextPage } } }',
  ),
  about(
    'Chronology, one month',
    analyst,
    'child(id: $id) { chronology(first: 50, from: "2026-06-01", to: "2026-06-30") { events { id } } }',
  ),
  about('Consents, first 20', sender, 'consents(childId: $id, first: 20) { id }'),
  about('Holds, first 20', sender, 'holds(childId: $id, first: 20) { id }'),
  about('Relationships, first 20', sender, 'relationships(childId: $id, first: 20) { id }'),
  about('Messages about a child, first 20', manager, 'messages(childId: $id, first: 20) { messages { id } }'),
  of('Inbox, first 20', manager, 'inbox(first: 20) { messages { id } }'),
  of('Own duties, first 20', manager, 'obligations(first: 20) { id }'),
  of('Transfers, first 20', sender, 'transfers(first: 20) { id }'),
  of('Requests that wait, first 20', sender, 'pendingTransfers(first: 20) { id }'),
  of('Identity questions, first 5', analyst, 'identityReviews(first: 5) { reference }'),
]

/** What one operation may ask at most. */
export const heaviest: readonly Asked[] = [
  {
    ...{ title: 'A hundred children', who: analyst },
    query: 'query ($ids: [ID!]!) { children(ids: $ids) { id status { level } sources { agency state recordCount } } }',
    variables: (_, among) => ({ ids: Array.from({ length: 100 }, (__, at) => among[at % among.length]) }),
  },
  about('Chronology, first 200', analyst, 'child(id: $id) { chronology(first: 200) { total events { id headline } } }'),
  about('Every alert', manager, 'child(id: $id) { alerts { id explanation } alertsNotJudged { code } }'),
  of('Worklist', manager, 'worklist(first: 100) { children entries { child { id } } }'),
  of('Problem profile', auditor, 'problemProfile(la: "LA2", theme: MISSING) { __typename }'),
]
