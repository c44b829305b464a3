import type { Knex } from 'knex'
import type { StoredMessage } from '../src/exchange/message.ts'

const settling = new Set(['OUTCOME', 'ANSWER', 'ACKNOWLEDGED', 'DECLINED'])

/**
 * Writes messages of the story as the exchange keeps them. They are told as the past: no audit entry stands for them.
 */
export async function writeMessages(knex: Knex, messages: readonly StoredMessage[]): Promise<void> {
  const gateway = knex.withSchema('gateway')
  for (const { events, heading, recipients } of messages) {
    const timed = events.findLast(({ dueAt, recipient }) => recipient === null && dueAt !== null) ?? heading
    await gateway.table('message').insert({
      ...{ id: heading.id, child_id: heading.childId, kind: heading.kind, kind_version: heading.version },
      ...{
        from_organisation: heading.from.organisation,
        from_role: heading.from.role,
        from_person: heading.from.person,
      },
      ...{ from_mailbox: heading.fromMailbox, procedures: heading.procedures, fields: JSON.stringify(heading.fields) },
      ...{ sent_at: heading.sentAt, first_due_at: heading.dueAt, first_due_rule: heading.dueRule },
      ...{ due_at: timed.dueAt, due_rule: timed.dueRule, closed_at: heading.closedAt },
      ...{ content_hash: 'seed', audit_id: 'seed' },
    })
    for (const { addedAt, dueAt, duty, mailbox, party, place, role, service } of recipients)
      await gateway.table('message_recipient').insert({
        ...{ message_id: heading.id, place, mailbox, party, service, role, duty, added_at: addedAt },
        ...{ first_due_at: dueAt, due_at: dueAt, kind: heading.kind },
        seq: knex.raw('(select seq from gateway.message where id = ?)', [heading.id]),
        answered_at: events.find(({ kind, recipient }) => recipient === place && settling.has(kind))?.at ?? null,
      })
    for (const { at, by, dueAt, dueRule, fields, id, kind, recipient } of events)
      await gateway.table('message_event').insert({
        ...{ id, message_id: heading.id, at, kind, recipient, fields: JSON.stringify(fields), due_at: dueAt },
        ...{ by_organisation: by.organisation, by_role: by.role, by_person: by.person, due_rule: dueRule },
        ...{ content_hash: 'seed', audit_id: 'seed' },
      })
  }
}
