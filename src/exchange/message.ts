import type { Label } from '../policy/labels.ts'
import type { Service } from './mailboxes.ts'

/** A field as a message holds it, checked by its kind. */
export type FieldValue =
  | string
  | boolean
  | number
  | null
  | readonly FieldValue[]
  | { readonly [name: string]: FieldValue }
export type Fields = Readonly<Record<string, FieldValue>>

/** Who sends or answers. The person is kept for the record and told to nobody. */
export interface Author {
  readonly organisation: string
  readonly role: string
  readonly person: string
}

/** Whether the addressee owes an answer, or is told. */
export type Duty = 'ANSWER' | 'INFORM'

/** To whom a message goes. */
export interface Addressee {
  /** Organisation, authority or force. */
  readonly party: string
  readonly service: Service
  /** One role of the service alone. */
  readonly role?: string | null
  readonly duty: Duty
  /** When this addressee's answer is due, where it is not when the message is. */
  readonly dueAt?: string | null
}

export interface Recipient extends Required<Addressee> {
  readonly place: number
  /** Null: the policy kept them from being told. */
  readonly mailbox: string | null
  readonly addedAt: string
}

/** What was sent, as it was sent. */
export interface MessageHeading {
  readonly id: string
  /** As the sender gave it; null for what is about no one child. */
  readonly childId: string | null
  readonly kind: string
  readonly version: number
  readonly from: Author
  readonly fromMailbox: string
  /** Id of the procedures by which its clocks run. */
  readonly procedures: string
  readonly fields: Fields
  /** Categories of what it tells: whoever may not know of one of them does not read it. */
  readonly labels: readonly Label[]
  readonly sentAt: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly closedAt: string | null
  /** Whether a child has that id. Told to nobody: the log of a child is kept by it. */
  readonly isOfChild: boolean
}

/** What became of a message. Events are only ever added. */
export interface MessageEvent {
  readonly id: string
  readonly at: string
  /** Name of an answer of its kind, or `SEEN`, `ASSIGNED`, `REPLY`, `STAGE`, `REOPENED`. */
  readonly kind: string
  /** The recipient whose event it is; null: the sender's, or everybody's. */
  readonly recipient: number | null
  readonly by: Author
  readonly fields: Fields
  readonly dueAt: string | null
  readonly dueRule: string | null
}

export interface StoredMessage {
  readonly heading: MessageHeading
  readonly recipients: readonly Recipient[]
  /** Oldest first. */
  readonly events: readonly MessageEvent[]
}
