import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { z } from 'zod'
import { Refusal } from '../foundation/errors.ts'
import type { Registry } from '../foundation/registry.ts'
import { londonDate } from '../foundation/workingTime.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Label } from '../policy/labels.ts'
import type { Circle } from './involvedOrganisations.ts'
import { mailboxesOf, type Organisation, type Service } from './mailboxes.ts'
import type { Author, Fields } from './message.ts'
import type { MessageKind, Refused } from './messageKind.ts'
import type { MessageStore } from './messageStore.ts'
import type { Asked } from './pageStatement.ts'
import type { Procedures, ProceduresOf } from './procedures.ts'

/** What the exchange needs of a request. Everything that decides is passed in. */
export interface ExchangeParts {
  readonly caller: Caller
  readonly store: MessageStore
  readonly registry: Registry
  readonly now: () => Date
  readonly proceduresOf: ProceduresOf
  readonly proceduresById: (id: string) => Procedures | null
  readonly organisationOf: (code: string) => Organisation | null
  /** Facts for the caller; null for no child, or one that their token does not reach. */
  readonly facts: (childId: string) => Promise<ChildFacts | null>
  /** Whether the caller's token reaches what is about this child, or about none. */
  readonly tokenReaches: (childId: string | null) => Promise<boolean>
  readonly reachable: (facts: ChildFacts) => boolean
  readonly hides: (label: Label) => boolean
  readonly hiddenLabels: () => readonly Label[]
  /** Who stands around a child, as the gateway itself knows it. */
  readonly circleOf: (childId: string, facts: ChildFacts) => Promise<Circle>
  /** Concerns in the child's record, as the caller reads it, of which nobody said what came of them. */
  readonly undisposedConcerns: (childId: string) => Promise<readonly string[]>
  /** Roles of a service that may know the protected place of a child. */
  readonly rolesKnowingPlace: (party: string, service: Service, facts: ChildFacts) => readonly string[]
  /** Names a child in the request's audit entry: a message about them was read. */
  readonly concerns: (childId: string) => void
  /** Writes the audit entry of a message or an answer before it is kept: there is none without. Gives its id. */
  readonly record: (action: string) => Promise<string>
}

export const forbidden = (reason: string): Refusal => new Refusal('FORBIDDEN', { extensions: { reason } })

/** Why a message is not sent, or not answered so, as it is told. */
export const refusalOf = ({ code, reason, message, list }: Refused): Refusal =>
  new Refusal(code, { message, extensions: { reason, ...(list ? { list } : {}) } })

/** What is no message, and what is none of the caller's, look alike. */
export const unknown = (): Refusal => new Refusal('NOT_FOUND')

export const authorOf = ({ organisation, role, subject }: Caller): Author => ({ organisation, role, person: subject })

/** The mailboxes of a caller. @throws Refusal for whoever has none. */
export function ownMailboxes(caller: Caller): readonly [string, ...string[]] {
  const [first, ...others] = mailboxesOf(caller)
  if (first === undefined) throw forbidden('PURPOSE_NOT_PERMITTED')
  return [first, ...others]
}

export const askedBy = ({ caller, hiddenLabels }: ExchangeParts, asOf: string): Asked => ({
  mailboxes: ownMailboxes(caller),
  role: caller.role,
  reader: caller,
  hidden: hiddenLabels(),
  asOf,
})

/** Reads an input by the shape that its kind declares. The refusal names the field and never its value. */
export function readFields(shape: MessageKind['fields'], input: unknown): Fields {
  const read = shape.safeParse(input)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const at = issue?.path.map(String).join('.') || 'input'
  throw new Refusal('BAD_INPUT', {
    message: `The field ${at} ${(issue && tooMuchIn(issue)) ?? 'is missing, empty, too long or not valid'}.`,
    extensions: { field: at },
  })
}

/** Of what is too long it is said how long it may be; null where it is not that. */
function tooMuchIn(issue: z.core.$ZodIssue): string | null {
  if (issue.code !== 'too_big' || (issue.origin !== 'string' && issue.origin !== 'array')) return null
  return `has more than ${issue.maximum.toLocaleString('en-GB')} ${issue.origin === 'string' ? 'characters' : 'entries'}`
}

const keyShape = /^[\x21-\x7e]{1,100}$/

/** An idempotency key as the sender gave it. */
export function keyIn(key: string | null | undefined): string | null {
  if (key == null) return null
  if (keyShape.test(key)) return key
  throw new Refusal('BAD_INPUT', { message: 'A key has 1 to 100 printable characters without spaces.' })
}

export const hashOf = (content: unknown): string =>
  createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('base64url')

/** Fields that say when something happened, in whatever kind and however deep: what is yet to come did not. */
const happened: ReadonlySet<string> = new Set([
  ...['decidedOn', 'disposedOn', 'declinedOn', 'discussedOn', 'doneOn', 'learntOn', 'offeredOn', 'on'],
  ...['awareSince', 'returnedAt', 'incidentAt', 'heldAt'],
])

/** Nobody decides, learns or comes back at a time that is yet to come: clocks would run from it. */
export function refuseFuture(fields: Fields, now: Date): void {
  const today = londonDate(now.toISOString())
  for (const [field, value] of datedIn(fields)) {
    const isToCome = value.length === today.length ? value > today : Date.parse(value) > now.getTime()
    if (isToCome)
      throw new Refusal('BAD_INPUT', { message: `The field ${field} cannot lie in the future.`, extensions: { field } })
  }
}

const datedIn = (value: unknown): readonly (readonly [field: string, when: string])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([field, inner]: readonly [string, unknown]) =>
        typeof inner === 'string' && happened.has(field) ? [[field, inner] as const] : datedIn(inner),
      )
