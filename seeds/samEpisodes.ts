import { recordId } from './seedRowWriter.ts'

/**
 * The six episodes in LA5 that Harbour House reported to Force 4: from, hours. Two agencies hold them, so that the same
 * facts stand once here; each agency gives its record an id of its own and quotes the other's.
 */
export const samForce4Episodes: readonly (readonly [string, number])[] = [
  ['2025-10-18T17:30', 3],
  ['2026-01-24T16:00', 4],
  ['2026-04-11T15:00', 5],
  ['2026-07-04T14:00', 7],
  ['2026-09-16T09:00', 7],
  ['2026-10-30T18:00', 16],
]

/** Force 4's own record. */
export const samForce4RecordId = (index: number): string => recordId('police/sam/force4/episode', index)

/** The home's own log entry. */
export const samHomeEpisodeId = (index: number): string => recordId('socialCare/sam/harbour/episode', index)
