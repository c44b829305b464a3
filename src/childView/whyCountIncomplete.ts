import type { AgencyName } from '../foundation/agencies.ts'
import { isNotSaid, isOpenKind, notSaid } from '../policy/cannotBeSaid.ts'
import { type Grant, type RowsGrant, toldOf } from '../policy/grant.ts'
import type { Label } from '../policy/labels.ts'
import { tellsOfUnclassified } from '../policy/readsUnclassified.ts'
import { type About, unnamedServices } from '../policy/revealingServices.ts'
import type { Answers, Contracts } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { RecordSet } from '../sources/recordSet.ts'
import type { AwayState } from '../sources/source.ts'
import {
  heldPartsOf,
  listsIn,
  type NeededList,
  needsOf,
  ownedShut,
  permitsAll,
  rowLabelsShut,
  type Shut,
  shutNeeds,
} from './grantPermitsFields.ts'

/** `Without` of `schema/patterns.graphql`: one part that the number lacks, and why. */
export interface Without {
  readonly agency: string
  /** Which holder of the agency; null where it is the agency as a whole, or which may not be told. */
  readonly holder: string | null
  readonly state: 'WITHHELD' | 'PARTIAL' | 'UNAVAILABLE' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR'
  readonly label: Label | null
  /**
   * A `W_` code of the decision model, the state of a source that did not answer, NOT_RECORDED (see `undated`),
   * NOT_READABLE: something came that is not what it should be, or MATCH_WAITS.
   */
  readonly reason: string
  readonly contact: string | null
}

/**
 * What was decided for this caller and which sources answered. No row is in it, and none can move a completeness but
 * one that this caller may read and nobody can: of it no more is known than that it came.
 */
export interface Ground {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly answers: Readonly<
    Record<
      AgencyName,
      Pick<Answers[AgencyName], 'state' | 'gaps' | 'expected' | 'carried'> & {
        readonly records?: Pick<RecordSet, 'unread'>
      }
    >
  >
  readonly contracts: Contracts
}

export interface Part {
  /** Whether any row of the list is read with all that the number needs of it. */
  readonly isRead: boolean
  readonly without: readonly Without[]
}

/** Of some of the holder's people a person has yet to say which child they are. */
export const matchWaits = 'MATCH_WAITS'

/** A part that lacks nothing: almost every one, so that it is made once. */
export const whole: Part = { isRead: true, without: [] }

export const lacks = (part: Part): boolean => part.without.length > 0

export const partsOf = (required: RequiredFields, ground: Ground): readonly Part[] =>
  listsIn(required).map((needed) => partOf(needed, ground))

function partOf({ agency, list, fields }: NeededList, ground: Ground): Part {
  const contract = ground.contracts[agency]
  const grant = ground.grants[agency]
  const { disclosure, rowLabels, ownedBy, unclassified: mayBeUnclassified } = contract.lists[list] ?? {}
  if (!disclosure) throw new TypeError(`${agency}.${list} has no label that a count could go by.`)
  const needs = needsOf(disclosure, fields)
  const othersOpen = permitsAll(grant, needs)
  const { state, gaps = [], expected = [], records } = ground.answers[agency]
  const ofRows = (of: RowsGrant) => [...rowLabelsShut(rowLabels, of), ...ownedShut({ disclosure, ownedBy }, of)]
  const shut = othersOpen ? ofRows(grant) : shutNeeds(needs, grant)
  const unsaid = othersOpen
    ? grant.withheld.filter((one) => isNotSaid(one) && needs.each.some(({ label }) => label === one.label))
    : []
  const isOpen = othersOpen || (grant.own !== null && permitsAll(grant.own, needs))
  const services = othersOpen && contract.home === 'ADULT' ? unnamed(ground, agency, 'ADULT') : []
  const unclassified = isOpen && mayBeUnclassified === true && tellsOfUnclassified(grant)
  const isUnread = isOpen && records?.unread(list, fields) === true
  const heldParts = heldPartsOf(grant, disclosure, needs)
  const isPlain =
    !unclassified &&
    !isUnread &&
    gaps.length === 0 &&
    unsaid.length === 0 &&
    services.length === 0 &&
    heldParts.length === 0 &&
    grant.apart === undefined
  if (state === 'ANSWERED' && othersOpen && shut.length === 0 && isPlain) return whole
  const entry = (of: Pick<Without, 'state' | 'label' | 'reason'> & Partial<Without>): Without => ({
    agency: contract.agency,
    holder: null,
    contact: contract.contact ?? null,
    ...of,
  })
  const named = [...namedAsWithheld(grant, shut), ...unsaid]
  const unnamedNeeds = othersOpen ? [] : shut.filter(({ label, level }) => !toldOf(grant, label, level))
  const isSilent = unnamedNeeds.some(({ label }) => isOpenKind(label))
  const withheld = [
    ...named.map(({ label, reason }) => entry({ state: isOpen ? 'PARTIAL' : 'WITHHELD', label, reason })),
    ...(unclassified ? [entry({ state: 'PARTIAL', label: null, reason: 'W_UNCLASSIFIED' })] : []),
    ...services,
    // Which kind it is stays unsaid: the role is answered as if none were held.
    ...(isSilent ? [entry({ state: isOpen ? 'PARTIAL' : 'WITHHELD', label: null, reason: notSaid.reason })] : []),
  ]
  if (!isOpen) return { isRead: false, without: withheld }
  const heldBack = [
    ...(grant.apart ?? []).flatMap((apart) =>
      namedAsWithheld(apart, [...shutNeeds(needs, apart), ...ownedShut({ disclosure, ownedBy }, apart)]).map(
        ({ label, reason }) => entry({ holder: apart.heldBackBy, state: 'PARTIAL', label, reason }),
      ),
    ),
    ...heldParts.map(({ organisation, label, reason }) =>
      entry({ holder: organisation === '' ? null : organisation, state: 'PARTIAL', label, reason }),
    ),
  ]
  const away = gaps.map(({ holder, state: gap, unsettled }) => {
    const why = lackingOf(gap)
    return entry({
      ...{ holder: holder.id, state: why, label: null, reason: unsettled ? matchWaits : why },
      contact: holder.contact?.office ?? contract.contact ?? null,
    })
  })
  const unread = isUnread ? [entry({ state: 'PARTIAL', label: null, reason: 'NOT_READABLE' })] : []
  if (state === 'ANSWERED') return { isRead: true, without: [...away, ...withheld, ...heldBack, ...unread] }
  // Of a whole kind those are named from whom something is expected: others it has by the dozen.
  const awaited = away.filter((one) => expected.some(({ id }) => id === one.holder))
  if (awaited.length > 0) return { isRead: false, without: [...awaited, ...withheld] }
  const why = lackingOf(state)
  return { isRead: false, without: [entry({ state: why, label: null, reason: why }), ...withheld] }
}

/**
 * What a list lacks where services stay unnamed for what they would reveal of whom they treat. From the grant alone: it
 * is so of every child, whether or not there is such a service.
 */
export function unnamed({ contracts, grants }: Omit<Ground, 'answers'>, agency: AgencyName, about: About): Without[] {
  const { agency: name, contact = null } = contracts[agency]
  const told = Object.values(grants).flatMap(({ withheld }) => withheld)
  return unnamedServices(about, grants[agency].headline).flatMap((label): Without[] => {
    const reason = told.find((one) => one.label === label && one.level === 'HEADLINE')?.reason
    return reason ? [{ agency: name, holder: null, state: 'PARTIAL', label, reason, contact }] : []
  })
}

/**
 * What a number lacks of a holder whose last file is old is what came after it, and nobody looked for that. What came
 * by then is in the number, so that no row changes the word.
 */
const lackingOf = (state: AwayState): Exclude<AwayState, 'STALE'> => (state === 'STALE' ? 'NOT_LOOKED_FOR' : state)

/**
 * What of it may be told as withheld. A label that is hidden is not among those withheld, but on the harm path: nothing
 * is held then.
 */
const namedAsWithheld = (grant: Pick<Grant, 'withheld' | 'headline'>, shut: readonly Shut[]): Grant['withheld'] =>
  grant.withheld.filter((one) => shut.some(({ label, level }) => toldOf(grant, label, level) === one))
