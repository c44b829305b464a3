import type { Caller } from '../policy/caller.ts'

/**
 * Who did something, as the gateway keeps it: the practitioner is kept so that an author cannot authorise, and is
 * disclosed to nobody.
 */
export const actorOf = ({ organisation, role, subject }: Caller): string => `${role} ${organisation} ${subject}`

/** Role and organisation, the part of an actor that a reader is shown. */
export const roleAndOrganisation = (actor: string): string => actor.split(' ').slice(0, 2).join(', ')

export const roleOf = (actor: string): string => actor.split(' ')[0] ?? ''

/** The practitioner, whatever their role was at the time. */
export const subjectOf = (actor: string): string => actor.split(' ').slice(2).join(' ')
