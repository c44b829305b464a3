import type { Decision } from '../../../src/policy/decide.ts'
import { type Purpose, pathOfPurpose } from '../../../src/policy/vocabulary.ts'
import type { Point } from './point.ts'

/** A sentence about every decision, and whether one point keeps it. */
export interface Invariant {
  readonly id: string
  readonly sentence: string
  readonly holds: (point: Point) => boolean
}

export const leaves = ({ outcome }: Decision): boolean => outcome === 'PERMIT' || outcome === 'REDACT'

export const path = ({ input }: Point) => pathOfPurpose[input.caller.purpose]
export const kind = ({ pack, input }: Point) => pack.labels[input.label].class
/** The caller's own organisation holds the record. */
export const isHeld = ({ input }: Point): boolean => input.own
export const own = (point: Point): boolean => isHeld(point) && point.input.child.relationship !== 'NONE'
export const onHarm = (point: Point): boolean => path(point) === 'HARM' || point.input.child.harm === 'REASONABLE_CAUSE'
export const isType = ({ input }: Point, ...types: readonly string[]): boolean =>
  types.includes(input.caller.agencyType)
export const isPurpose = ({ input }: Point, ...purposes: readonly Purpose[]): boolean =>
  purposes.includes(input.caller.purpose)
export const blockedByConsent = ({ code }: Decision): boolean =>
  code.startsWith('W_CONSENT') || code === 'W_DETRIMENT_PRESUMED_SENSITIVE'
export const same = (one: Decision, other: Decision): boolean =>
  one.outcome === other.outcome && one.code === other.code && one.rule === other.rule
/** Whether the role's list names the role for this label at all, whatever the purpose. */
export const onList = ({ pack, input }: Point): boolean =>
  pack.labels[input.label].access.some((entry) => entry.roles.includes(input.caller.role))
export const hidden = (point: Point): boolean => {
  const { hiddenFrom } = point.pack.labels[point.input.label]
  return hiddenFrom === 'ALL_OTHERS' ? !onList(point) : hiddenFrom.includes(point.input.caller.role)
}
const sixteen = ({ input }: Point): boolean => input.child.ageBand === '16_TO_17' || input.child.ageBand === 'ADULT'
/** Written anew from law and not from the code under proof: who may decide at what age. */
export const couldGive = (point: Point): boolean => {
  const { consent } = point.input
  if (consent === 'NONE') return false
  if (consent.giver === 'PARENT') return !sixteen(point)
  return sixteen(point) ? consent.competence !== 'NOT_COMPETENT' : consent.competence === 'COMPETENT'
}

export const refusedByChild = (point: Point): boolean => {
  const { consent } = point.input
  if (consent === 'NONE' || consent.giver !== 'CHILD') return false
  return ['REFUSED', 'WITHDRAWN'].includes(consent.state) && couldGive(point)
}
/** One health organisation asks another, to treat the child. */
export const betweenHealth = ({ input }: Point): boolean =>
  input.caller.purpose === 'DIRECT_CARE' && input.caller.agencyType === 'HEALTH' && input.home === 'HEALTH'

/** Written anew and not from the code under proof: whether the pack's list gives this role this much, for this purpose. */
export const listGives = (point: Point): boolean => {
  const { pack, input } = point
  return pack.labels[input.label].access.some(
    (entry) =>
      entry.roles.includes(input.caller.role) &&
      (!entry.scope || isHeld(point)) &&
      (!entry.purposes || entry.purposes.includes(input.caller.purpose) || (entry.onHarm === true && onHarm(point))) &&
      (entry.level === 'CONTENT' || input.level === 'HEADLINE'),
  )
}
export const isOpenTo = ({ pack, input }: Point): boolean =>
  pack.purposes[input.caller.purpose].openTo.includes(input.caller.agencyType)
/** A row on which its holder marked nothing. */
export const unmarked = ({ input }: Point): boolean =>
  input.row.hold === 'NONE' && !input.row.ncnd && !input.row.conditions && input.row.relevance === 'RELEVANT'
/** Neither shown under a substitute nor closed by its class. */
export const ofPlainClass = (point: Point): boolean =>
  !['THIRD_PARTY', 'LOCATION', 'STATUTORY', 'PRIVILEGE'].includes(kind(point))
/** Nothing stands before it but, perhaps, consent: listed, open to the organisation, agreed, known to each other, unmarked. */
export const unhindered = (point: Point): boolean =>
  isOpenTo(point) &&
  listGives(point) &&
  point.input.child.agreement &&
  point.input.child.relationship !== 'NONE' &&
  unmarked(point)
