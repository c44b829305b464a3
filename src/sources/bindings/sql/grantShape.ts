import type { Grant, RowsGrant } from '../../../policy/grant.ts'

/** All of a grant that shapes the text of a statement. */
const shaping = ['headline', 'content', 'redact'] as const
const gates = ['ncnd', 'conditions', 'undecided', 'notRelevant'] as const

/** Grants that give the same statement share it: this is its key. */
export const shapeOf = (grant: Grant): string =>
  [grant.callerType, shapeOfRows(grant), grant.own && shapeOfRows(grant.own)].join('|')

const shapeOfRows = (grant: RowsGrant): string =>
  [grant.places, grant.names, ...shaping.map((member) => grant[member]), ...gates.map((gate) => grant.rows[gate])].join(
    '|',
  )

/** Whether two grants give the same statement. */
export const isSameShape = (one: Grant, other: Grant): boolean =>
  one.callerType === other.callerType && isSameRows(one, other) && isSameRows(one.own, other.own)

const isSameRows = (one: RowsGrant | null, other: RowsGrant | null): boolean =>
  one === null || other === null
    ? one === other
    : one.places === other.places &&
      one.names === other.names &&
      shaping.every((member) => one[member] === other[member]) &&
      (one.rows === other.rows || gates.every((gate) => one.rows[gate] === other.rows[gate]))
