import { z } from 'zod'
import { isoText } from '../facts/factsStatement.ts'
import { labels } from '../policy/labels.ts'
import { serviceNames } from './mailboxes.ts'
import type { StoredMessage } from './message.ts'

const fields = z.record(z.string(), z.json())
const author = { organisation: z.string(), role: z.string(), person: z.string() }
const storedEvent = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  recipient: z.number().nullable(),
  by: z.object(author),
  fields,
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
})
const storedRecipient = z.object({
  place: z.number(),
  mailbox: z.string().nullable(),
  party: z.string(),
  service: z.enum(serviceNames),
  role: z.string().nullable(),
  duty: z.enum(['ANSWER', 'INFORM']),
  addedAt: z.string(),
  dueAt: z.string().nullable(),
})
const storedHeading = z.object({
  id: z.string(),
  childId: z.string().nullable(),
  kind: z.string(),
  version: z.number(),
  from: z.object(author),
  fromMailbox: z.string(),
  procedures: z.string(),
  fields,
  labels: z.array(z.enum(labels)),
  sentAt: z.string(),
  dueAt: z.string().nullable(),
  dueRule: z.string().nullable(),
  closedAt: z.string().nullable(),
  isOfChild: z.boolean(),
})
const storedMessage = z.object({
  heading: storedHeading,
  recipients: z.array(storedRecipient),
  events: z.array(storedEvent),
})

/** One message with everything that became of it, as one value: a page is one statement, whatever stands on it. */
export const whole = `json_build_object('heading', json_build_object(
    'id', message.id, 'childId', message.child_id, 'kind', message.kind, 'version', message.kind_version,
    'from', json_build_object('organisation', message.from_organisation, 'role', message.from_role, 'person', message.from_person),
    'fromMailbox', message.from_mailbox, 'procedures', message.procedures, 'fields', message.fields, 'labels', message.labels,
    'sentAt', ${isoText('message.sent_at')}, 'dueAt', ${isoText('message.first_due_at')},
    'dueRule', message.first_due_rule,
    'closedAt', ${isoText('message.closed_at')},
    'isOfChild', exists (select from gateway.child where child.child_id = message.child_id)),
  'recipients', (select coalesce(json_agg(json_build_object('place', place, 'mailbox', mailbox, 'party', party, 'service', service,
    'role', role, 'duty', duty, 'addedAt', ${isoText('added_at')}, 'dueAt', ${isoText('first_due_at')}) order by place), '[]'::json)
    from gateway.message_recipient where message_id = message.id),
  'events', (select coalesce(json_agg(json_build_object('id', id, 'at', ${isoText('at')}, 'kind', kind, 'recipient', recipient,
    'by', json_build_object('organisation', by_organisation, 'role', by_role, 'person', by_person), 'fields', fields,
    'dueAt', ${isoText('due_at')}, 'dueRule', due_rule) order by seq), '[]'::json)
    from gateway.message_event where message_id = message.id))::text`

/** A message as `whole` gives it. @throws where the store holds what it never wrote. */
export const readMessage = (text: string | null | undefined): StoredMessage =>
  storedMessage.parse(JSON.parse(text ?? ''))
