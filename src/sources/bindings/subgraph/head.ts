import { type Candidate, type RowClauses, rowClauses } from '../../../policy/admits.ts'
import type { ListLayout } from '../../sourceLayout.ts'

/**
 * What is asked of every record of a subgraph, whoever asks for what of it, and what that can be judged by. Whose
 * record it is there, how it is handled and whether it is relevant are the holder's own marks, and do not leave it.
 */
export const judgedOver: RowClauses = (() => {
  const { LIST_CLOSED, RECORDED_LATER, LABEL_CLOSED, HELD, OTHER_SERVICE, REVEALING_SERVICE } = rowClauses
  return { LIST_CLOSED, RECORDED_LATER, LABEL_CLOSED, HELD, OTHER_SERVICE, REVEALING_SERVICE }
})()

/** Fields that are asked of every record of a list, besides `id`, to judge it by. */
export const headFields = ({ owner, contract }: ListLayout): readonly string[] => [
  'sensitivity',
  ...(owner !== null && contract.ownedBy !== undefined ? [contract.ownedBy] : []),
  ...(contract.names ?? []),
]

/** The same of its provenance; the service is what a record is counted by. */
export const headProvenance = ['agency', 'organisation', 'recordedAt'] as const

type Json = Readonly<Record<string, unknown>>

/** A record as it is judged. Under whichever record it stands: that one was judged before. */
export const candidateIn = (list: ListLayout, id: string, row: Json, provenance: Json): Candidate => ({
  list,
  parent: null,
  head: {
    id: id.slice(id.indexOf(':') + 1),
    person: null,
    recordedAt: textIn(provenance, 'recordedAt'),
    labels: labelsIn(row['sensitivity'], list),
    handling: null,
    relevance: null,
    organisation: textIn(provenance, 'organisation'),
    owner: list.contract.ownedBy === undefined ? null : textIn(row, list.contract.ownedBy),
    named: [...(list.contract.names ?? []).map((field) => textIn(row, field)), textIn(provenance, 'agency')],
  },
})

/**
 * The first label is the type's. An answer that names another there is not one about this list, and says nothing of its
 * labels.
 */
const labelsIn = (given: unknown, { type }: ListLayout): readonly (string | null)[] | null =>
  Array.isArray(given) && given[0] === type.label
    ? given.slice(1).map((label: unknown) => (typeof label === 'string' ? label : null))
    : null

/** @throws when it is neither a text nor expressly nothing: it was asked for. */
const textIn = (of: Json, name: string): string | null => {
  const value = of[name]
  if (value === null || typeof value === 'string') return value
  throw new TypeError(`${name} is not a text`)
}
