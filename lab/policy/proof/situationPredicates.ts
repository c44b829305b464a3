import type { Decision } from '../../../src/policy/decide.ts'
import { purposeIn } from '../../../src/policy/pack.ts'
import { type Purpose, type PurposePath, pathOfPurpose } from '../../../src/policy/vocabulary.ts'
import type { Point } from './situationPoint.ts'

/** A sentence about every decision, and whether one point keeps it. */
export interface Invariant {
  readonly id: string
  readonly sentence: string
  readonly holds: (point: Point) => boolean
}

export const leaves = ({ outcome }: Decision): boolean => outcome === 'PERMIT' || outcome === 'REDACT'

/** What the pack says of the rules. */
export const ruled = ({ pack }: Point) => pack.rules ?? {}
const isAdultApart = (p: Point): boolean => ruled(p).adultsStandApart === true && p.input.child.ageBand === 'ADULT'
const forAnyAge = new Set(['EMERGENCY', 'MISSING_RESPONSE', 'PRACTICE_REVIEW'])
/** Somebody answers for a missing child of whom no episode is known. */
export const isUnsupported = (p: Point): boolean =>
  p.input.caller.purpose === 'MISSING_RESPONSE' &&
  ruled(p).missingNeedsEpisode === true &&
  p.input.child.missing === 'UNSUPPORTED'
/** Written anew and not from the code under proof. */
export const path = (p: Point): PurposePath => {
  const { purpose } = p.input.caller
  const usual = purposeIn(p.pack, purpose).path ?? pathOfPurpose[purpose]
  const { inForce, opensConsentPath } = p.pack.statutoryDuty16LA
  if (usual === 'ADULT') return p.input.child.ageBand === 'ADULT' ? 'ADULT' : 'CLOSED'
  if (isUnsupported(p)) return isAdultApart(p) ? 'CONSENT' : 'DUTY'
  if (usual === 'CONSENT' && inForce && opensConsentPath) return 'DUTY'
  if (usual !== 'HARM' && usual !== 'DUTY') return usual
  return !forAnyAge.has(purpose) && isAdultApart(p) ? 'CONSENT' : usual
}
/**
 * Reasonable cause, where it is a ground: not to investigate a crime, nor about an adult, where the pack tells these
 * apart.
 */
export const cause = (p: Point): boolean =>
  p.input.child.harm === 'REASONABLE_CAUSE' &&
  !(path(p) === 'POLICING' && ruled(p).policingStandsApart) &&
  !isAdultApart(p)
/** An age under 13 opens this label, whatever was declared. */
export const openedByAge = (p: Point): boolean => {
  const list = ruled(p).under13Labels
  if (list ? !list.includes(p.input.label) : kind(p) !== 'SENSITIVE') return false
  return p.input.child.ageBand === 'UNDER_13' && !(path(p) === 'POLICING' && ruled(p).policingStandsApart)
}
/** States of a consent that a young person able to decide said no with. */
export const saidNo = (p: Point): boolean =>
  p.input.consent !== 'NONE' &&
  (ruled(p).expiredIsNotSought ? ['REFUSED', 'WITHDRAWN'] : ['REFUSED', 'WITHDRAWN', 'EXPIRED']).includes(
    p.input.consent.state,
  )
/** Some sign of harm: what the holder of a sensitive service need not be asked about first. */
export const signOfHarm = (p: Point): boolean =>
  ['CONCERN', 'REASONABLE_CAUSE', ...(ruled(p).unknownHarmIsNotNone ? ['UNKNOWN'] : [])].includes(p.input.child.harm)
/** A headline passes the holder's decision here. */
export const passesHold = (p: Point): boolean =>
  ruled(p).headlinePassesHoldOnHarm === true && p.input.level === 'HEADLINE' && onHarm(p)
/** No agreement is wanted here. */
export const withoutAgreement = (p: Point): boolean =>
  ruled(p).agreementNeverBarsDuty === true && (['DUTY', 'ADULT'].includes(path(p)) || onHarm(p))
/** An order of a court is on record, and the pack has orders bind; what it forbids is another order's. */
export const orderBinds = (p: Point): boolean =>
  path(p) === 'COURT' &&
  ruled(p).courtOrderIsRecorded === true &&
  p.input.ordered === true &&
  p.input.row.hold !== 'COURT_PROHIBITED'
/**
 * The authority of the area of a placement has the notice of it and no more: not for harm, nor by an order, nor behind
 * broken glass.
 */
export const isNotifiedAlone = (p: Point): boolean =>
  ruled(p).notificationLabels !== undefined &&
  p.input.child.relationship === 'PLACED_IN_AREA' &&
  !['HARM', 'COURT'].includes(path(p)) &&
  !(p.input.child.breakGlass && unmarkedByOriginator(p) && !neverByGlass.has(kind(p)))
/** A third person may be named here for what is being done. */
export const mayName = (p: Point): boolean =>
  onHarm(p) || isPurpose(p, 'CP_CONFERENCE') || (ruled(p).namesOnDuty === true && path(p) === 'DUTY')
/** The consent path gives it without consent. */
export const isBase = ({ pack, input }: Point): boolean =>
  pack.labels[input.label].base === true ||
  (pack.labels[input.label].headlineFor?.includes(input.caller.purpose) === true && input.level === 'HEADLINE')
const neverByGlass = new Set(['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'])
const unmarkedByOriginator = ({ input }: Point): boolean => !input.row.ncnd && !input.row.conditions
/** What the notice of a placement tells. */
export const inNotice = (p: Point): boolean =>
  p.input.level === 'HEADLINE' && ruled(p).notificationLabels?.includes(p.input.label) === true
export const kind = ({ pack, input }: Point) => pack.labels[input.label].class
/** The caller's own organisation holds the record. */
export const isHeld = ({ input }: Point): boolean => input.own
export const own = (point: Point): boolean => isHeld(point) && point.input.child.relationship !== 'NONE'
export const onHarm = (point: Point): boolean => path(point) === 'HARM' || cause(point)
export const isType = ({ input }: Point, ...types: readonly string[]): boolean =>
  types.includes(input.caller.agencyType)
export const isPurpose = ({ input }: Point, ...purposes: readonly Purpose[]): boolean =>
  purposes.includes(input.caller.purpose)
export const blockedByConsent = ({ code }: Decision): boolean =>
  code.startsWith('W_CONSENT') || code === 'W_DETRIMENT_PRESUMED_SENSITIVE'
export const same = (one: Decision, other: Decision): boolean =>
  one.outcome === other.outcome && one.code === other.code && one.rule === other.rule
/** The purpose rests on a court's order, and none is on record. */
export const wantsOrder = (p: Point): boolean =>
  path(p) === 'COURT' && ruled(p).courtOrderIsRecorded === true && p.input.ordered !== true

/** Whether the role's list names the role for this label at all, whatever the purpose. */
export const onList = ({ pack, input }: Point): boolean =>
  pack.labels[input.label].access.some(
    (entry) =>
      entry.roles.includes(input.caller.role) &&
      (!entry.beforeOrder || (input.child.placedForAdoption === true && (!entry.scope || input.own))),
  )
export const hidden = (point: Point): boolean => {
  const { hiddenFrom } = point.pack.labels[point.input.label]
  return hiddenFrom === 'ALL_OTHERS' ? !onList(point) : hiddenFrom.includes(point.input.caller.role)
}
export const sixteen = ({ input }: Point): boolean =>
  input.child.ageBand === '16_TO_17' || input.child.ageBand === 'ADULT'
/** Written anew from law and not from the code under proof: who may decide at what age. */
export const couldGive = (point: Point): boolean => {
  const { consent } = point.input
  if (consent === 'NONE') return false
  if (consent.giver === 'BEST_INTERESTS') return sixteen(point) && consent.competence === 'NOT_COMPETENT'
  if (consent.giver !== 'CHILD') return !sixteen(point)
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

/**
 * Written anew and not from the code under proof: whether the pack's list gives this role this much, for this purpose.
 */
export const listGives = (point: Point): boolean => {
  const { pack, input } = point
  return pack.labels[input.label].access.some(
    (entry) =>
      entry.roles.includes(input.caller.role) &&
      (!entry.scope || isHeld(point)) &&
      (!entry.beforeOrder || input.child.placedForAdoption === true) &&
      ((!entry.purposes && !entry.paths) ||
        entry.purposes?.includes(input.caller.purpose) === true ||
        entry.paths?.includes(path(point)) === true ||
        (entry.onHarm === true &&
          (onHarm(point) || (ruled(point).under13Labels !== undefined && openedByAge(point))))) &&
      (entry.level === 'CONTENT' || input.level === 'HEADLINE'),
  )
}
export const isOpenTo = ({ pack, input }: Point): boolean =>
  purposeIn(pack, input.caller.purpose).openTo.includes(input.caller.agencyType)
/** A row on which its holder marked nothing. */
export const unmarked = ({ input }: Point): boolean =>
  input.row.hold === 'NONE' && !input.row.ncnd && !input.row.conditions && input.row.relevance === 'RELEVANT'
/** Neither shown under a substitute nor closed by its class. */
export const ofPlainClass = (point: Point): boolean =>
  !['THIRD_PARTY', 'LOCATION', 'STATUTORY', 'PRIVILEGE'].includes(kind(point))
/**
 * Nothing stands before it but, perhaps, consent: listed, open to the organisation, agreed, known to each other,
 * unmarked.
 */
export const unhindered = (point: Point): boolean =>
  isOpenTo(point) &&
  listGives(point) &&
  (withoutAgreement(point) || point.input.child.agreement) &&
  point.input.child.relationship !== 'NONE' &&
  (!isNotifiedAlone(point) || inNotice(point)) &&
  unmarked(point)
