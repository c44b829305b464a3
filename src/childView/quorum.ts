import { textOf } from '../records/currentRows.ts'
import type { MeetingInviteeRow, MeetingRow } from '../records/generated.ts'

/** Who must take part in a meeting, by its type. Data, so that a partnership's own procedure can stand here. */
interface QuorumRule {
  /** Services of which one each must attend. */
  readonly services: readonly string[]
  /** How many further agencies must attend. */
  readonly others: number
}

const strategy: QuorumRule = { services: ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH'], others: 0 }
const conference: QuorumRule = { services: ['CHILDRENS_SOCIAL_CARE'], others: 2 }

/**
 * Working Together 2023, strategy discussions and child protection conferences; Care Planning Regulations 2010 for
 * reviews.
 */
const rules: Readonly<Record<string, QuorumRule>> = {
  STRATEGY_DISCUSSION: strategy,
  MISSING_STRATEGY: strategy,
  ICPC: conference,
  REVIEW_CONFERENCE: conference,
  CLA_REVIEW: { services: ['CHILDRENS_SOCIAL_CARE', 'HEALTH'], others: 0 },
}

/** Fields of an invitee that a quorum rests on. */
export const quorumFields = ['agency', 'attended'] as const

type Invitee = Pick<MeetingInviteeRow, (typeof quorumFields)[number]>

/** Whether a meeting was quorate, and the services that had to take part and did not. */
export interface Quorum {
  /** Null where no rule speaks, the meeting was not held, or nobody recorded who came. */
  readonly quorate: boolean | null
  readonly missing: readonly string[] | null
}

const unknown: Quorum = { quorate: null, missing: null }

/** Judges a meeting by the attendance that this caller may read. */
export function quorumOf(meeting: Pick<MeetingRow, 'type' | 'status'>, invitees: readonly Invitee[]): Quorum {
  const rule = rules[textOf(meeting, 'type') ?? '']
  const notHeld = ['CANCELLED', 'PLANNED'].includes(textOf(meeting, 'status') ?? '')
  if (!rule || notHeld || invitees.length === 0) return unknown
  const came = new Set(invitees.filter((row) => row.attended === true).flatMap(wholeAgencyOf))
  // Of whom nobody recorded whether they came, or nobody may say, it cannot be determined that they stayed away.
  const unsaid = new Set(invitees.filter((row) => typeof row.attended !== 'boolean').flatMap(wholeAgencyOf))
  const stayedAway = new Set(invitees.flatMap(wholeAgencyOf).filter((agency) => !came.has(agency)))
  const absent = rule.services.filter((service) => !came.has(service))
  const others = [...came].filter((agency) => !rule.services.includes(agency)).length
  const tooFew = others < rule.others
  const isUnsaid = absent.some((service) => unsaid.has(service)) || (tooFew && unsaid.size > 0)
  if (isUnsaid) return unknown
  const missing = tooFew ? [...new Set([...absent, ...stayedAway])] : absent
  return { quorate: absent.length === 0 && !tooFew, missing }
}

/** Services of health count as health: the rule asks for the agency, not for one of its services. */
const wholeAgencyOf = (invitee: Invitee): readonly string[] => {
  const agency = textOf(invitee, 'agency')
  if (agency === null) return []
  return [agency.startsWith('HEALTH') ? 'HEALTH' : agency]
}
