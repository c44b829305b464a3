import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import type { Label } from '../policy/labels.ts'
import { hashOf, readFields } from './exchangeParts.ts'
import { alertNotice } from './kinds/alertNotice.ts'
import { mailboxOf } from './mailboxes.ts'
import type { Addressee, Author, MessageHeading, Recipient } from './message.ts'
import type { MessageStore } from './messageStore.ts'
import { clock, type ProceduresOf } from './procedures.ts'

/** What a rule found, as one audience may know it. */
export interface AlertNotice {
  readonly childId: string
  readonly code: string
  /** The rule and its version, for example `REPEAT_CONTACTS/1`. */
  readonly rule: string
  /** What the rule looks for. Nothing of a record: a notice is kept, and a hold takes nothing out of what is kept. */
  readonly explanation: string
  readonly to: Addressee
  /** Categories of what it tells: whoever may not know of one of them does not read it. */
  readonly labels?: readonly Label[]
  /** The same key gives the same notice, however often it is sent. */
  readonly key: string
}

export interface NotifyParts {
  readonly store: MessageStore
  readonly now: () => Date
  readonly proceduresOf: ProceduresOf
  /** Writes the audit entry before the notice is kept; gives its id. */
  readonly record: (action: string) => Promise<string>
}

/** The gateway as whoever sends: no caller has this mailbox. */
const gateway: Author = { organisation: 'gateway', role: 'ALERTS', person: 'gateway' }
const gatewayMailbox = 'gateway/ALERTS'

/** Tells one audience of one finding; gives the message's id. Nobody who signs in can send such a message. */
export async function notify({ now, proceduresOf, record, store }: NotifyParts, notice: AlertNotice): Promise<string> {
  const { childId, code, explanation, key, labels = [], rule, to } = notice
  const fields = readFields(alertNotice.fields, { childId, code, explanation, rule })
  const written = { key, contentHash: hashOf({ code, rule, to: mailboxOf(to.party, to.service), childId }) }
  const before = await store.sentBefore(gateway, key)
  if (before) return before.id
  const at = now()
  const procedures = proceduresOf(to.party)
  const due = clock(procedures, 'alertNotice', at)
  const heading: MessageHeading = {
    ...{ id: randomUUID(), childId, kind: alertNotice.name, version: alertNotice.version, from: gateway },
    ...{ fromMailbox: gatewayMailbox, procedures: procedures.id, fields, labels },
    ...{ sentAt: at.toISOString(), dueAt: due.at?.toISOString() ?? null, dueRule: due.rule, closedAt: null },
    isOfChild: true,
  }
  const recipient: Recipient = {
    ...{ ...to, role: to.role ?? null, dueAt: to.dueAt ?? null, place: 0, addedAt: heading.sentAt },
    mailbox: mailboxOf(to.party, to.service),
  }
  const auditId = await record(`message ${heading.id}`)
  if (await store.add(heading, [recipient], { ...written, auditId })) return heading.id
  const kept = await store.sentBefore(gateway, key)
  if (!kept) throw new Refusal('CONFLICT')
  return kept.id
}
