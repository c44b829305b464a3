import { z } from 'zod'
import { partyOf, type Service, serviceNames, usualServiceOf } from './mailboxes.ts'
import type { Addressee, Duty, FieldValue } from './message.ts'
import type { Sending } from './messageKind.ts'

/** An addressee as a sender names it: an organisation, an authority or a force by its code. */
export const addressee = z.strictObject({
  organisation: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/),
  service: z.enum(serviceNames).nullish(),
  role: z
    .string()
    .regex(/^[A-Z_]{1,60}$/)
    .nullish(),
})

/**
 * Where a named addressee reads. One for whom no issuer speaks reads nothing here: the message waits as a question for
 * a person to ask, and says so.
 */
export function named(value: FieldValue | undefined, sending: Sending, duty: Duty): readonly Addressee[] {
  const read = addressee.safeParse(value)
  if (!read.success) return []
  const { organisation: code, role = null, service = null } = read.data
  const to = (party: string, usual: Service): readonly Addressee[] => [{ party, service: service ?? usual, role, duty }]
  if (sending.registry.authorities.has(code)) return to(code, 'FRONT_DOOR')
  if (sending.registry.forces.has(code)) return to(code, 'POLICE')
  const organisation = sending.organisationOf(code)
  if (!organisation) return to(code, 'GENERAL')
  const chosen = service ?? usualServiceOf(organisation)
  return to(partyOf(organisation, chosen), chosen)
}

/** Several of them. */
export const namedAll = (values: FieldValue | undefined, sending: Sending, duty: Duty): readonly Addressee[] =>
  Array.isArray(values) ? values.flatMap((value: FieldValue) => named(value, sending, duty)) : []
