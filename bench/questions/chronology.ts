import { demonstrationToday } from '../../src/foundation/config.ts'
import type { Question } from './question.ts'

/**
 * A page holds two hundred events at most, so a record of a thousand is asked for as stretches of time, in one
 * operation.
 */
const stretches = 6
const days = 85

const dayBefore = (count: number): string =>
  new Date(Date.parse(demonstrationToday) - count * 86_400_000).toISOString().slice(0, 10)

/** What part of the record each alias asks for. */
export const chronologyStretches: readonly { readonly alias: string; readonly from: string; readonly to: string }[] =
  Array.from({ length: stretches }, (_, nth) => ({
    alias: `part${nth + 1}`,
    from: dayBefore((nth + 1) * days - 1),
    to: dayBefore(nth * days),
  }))

export const chronologyAgencies = ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'POLICE'] as const

const part = ({ alias, from, to }: (typeof chronologyStretches)[number]): string =>
  `${alias}: chronology(agencies: [${chronologyAgencies.join(', ')}], from: "${from}", to: "${to}", first: 200) { total events { id eventAt headline action recordType } }`

export const question: Question = {
  name: 'q3',
  title: 'A chronology of a thousand events',
  query: `query Q3($id: ID!) { child(id: $id) { id ${chronologyStretches.map(part).join(' ')} } }`,
  connections: 8,
  variables: ({ long }) => long.map((id) => ({ id })),
  shape: null,
}
