import type { Caller } from '../policy/caller.ts'
import { type Purpose, pathOfPurpose, type Role } from '../policy/vocabulary.ts'
import type { FinalState } from './transferTypes.ts'

/** The two authorities of a transfer. */
export interface Parties {
  readonly fromLa: string
  readonly toLa: string
}

export type Decision =
  | 'ALLOWED'
  | 'NOT_A_PARTY'
  | 'ROLE_NOT_PERMITTED'
  | 'PURPOSE_NOT_PERMITTED'
  | 'NOT_THE_RECEIVER'
  | 'NOT_THE_SENDER'

/**
 * Roles that may read a record made for the receiving officer: each may have everything that is in it. One signed
 * record serves all its readers, so a role with less than that may not be added here: a test holds the packs to it.
 */
export const readers: ReadonlySet<Role> = new Set([
  'SOCIAL_WORKER',
  'TEAM_MANAGER',
  'REVIEWING_OFFICER',
  'RECEIVING_OFFICER',
  'MASH_ANALYST',
])

const purposes: ReadonlySet<Purpose> = new Set([
  'TRANSFER_SEND',
  'TRANSFER_RECEIVE',
  'MASH_ENQUIRY',
  'ASSESSMENT_S17',
  'S47_ENQUIRY',
  'STRATEGY_DISCUSSION',
  'CP_CONFERENCE',
  'CLA_REVIEW',
  'EMERGENCY',
])

type Asking = Pick<Caller, 'agencyType' | 'la' | 'role' | 'purpose'>

/**
 * Whether a caller may ask for, send or read a transfer. No parties means that there is no such transfer: the answer is
 * the same as to an outsider of a real one, so that ids cannot be tried out.
 */
export const mayRead = (caller: Asking, parties: Parties | null): Decision => {
  if (parties === null || caller.la === null) return 'NOT_A_PARTY'
  if (caller.agencyType !== 'SOCIAL_CARE' && caller.agencyType !== 'MASH') return 'NOT_A_PARTY'
  if (caller.la !== parties.fromLa && caller.la !== parties.toLa) return 'NOT_A_PARTY'
  if (!readers.has(caller.role)) return 'ROLE_NOT_PERMITTED'
  if (!purposes.has(caller.purpose)) return 'PURPOSE_NOT_PERMITTED'
  if (caller.purpose === 'TRANSFER_SEND' && caller.la !== parties.fromLa) return 'PURPOSE_NOT_PERMITTED'
  if (caller.purpose === 'TRANSFER_RECEIVE' && caller.la !== parties.toLa) return 'PURPOSE_NOT_PERMITTED'
  return 'ALLOWED'
}

/**
 * Whether a caller may say that the record was read: a person of the receiving authority, never the sender for them.
 */
export const mayAcknowledge = (caller: Asking, parties: Parties | null): Decision => {
  const decision = mayRead(caller, parties)
  if (decision !== 'ALLOWED') return decision
  return caller.la === parties?.toLa ? 'ALLOWED' : 'NOT_THE_RECEIVER'
}

/**
 * Whether a caller may end a transfer so: the sender takes it back, the receiver turns it down, either closes it. Never
 * one for the other, so that the history says whose decision it was.
 */
export const mayEnd = (caller: Asking, parties: Parties | null, end: FinalState): Decision => {
  const decision = mayRead(caller, parties)
  if (decision !== 'ALLOWED') return decision
  if (end === 'WITHDRAWN') return caller.la === parties?.fromLa ? 'ALLOWED' : 'NOT_THE_SENDER'
  if (end === 'REJECTED') return caller.la === parties?.toLa ? 'ALLOWED' : 'NOT_THE_RECEIVER'
  return 'ALLOWED'
}

/** Whether a caller's purpose allows speaking for a supplier at all; for which supplier is found by `supplierFor`. */
export const maySpeak = ({ agencyType, purpose, role }: Asking): Decision => {
  const path = pathOfPurpose[purpose]
  if (path === 'METADATA' || path === 'CLOSED') return 'PURPOSE_NOT_PERMITTED'
  return agencyType === 'SOCIAL_CARE' && !readers.has(role) ? 'ROLE_NOT_PERMITTED' : 'ALLOWED'
}
