import { expect, it } from 'vitest'
import { seeds } from './records.ts'

// A view of a past day shows what was recorded by then. A row that tells what came after it was recorded would tell a
// reader of that day the future.

/** Days that are planned, and may lie ahead of whoever writes them down. */
const planned = ['expectedDate', 'nextReviewOn', 'nextOn', 'due', 'dueAt', 'returnOn', 'closureProposedOn', 'to']

/**
 * Days that a record gains while it stays the same record: an answer, a receipt, a review. The story holds each such
 * row as it last stood, under the time at which it was begun. No other field is to be added here: write the row anew.
 */
const gained = [
  ...['protectionFiles.sentOn', 'protectionFiles.receiptOn', 'referralsMade.chasedOn'],
  ...['crimes.outcomeAt', 'crimes.sharedAt', 'domesticAbuse.schoolNotifiedAt'],
  ...['contacts.feedbackAt', 'referrals.closedOn', 'invitees.acknowledgedAt', 'plans.lastReviewOn'],
  'missing.interviewAt',
]

const later = Object.values(seeds).flatMap(({ records }) =>
  Object.entries(records).flatMap(([list, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row)
        .filter(([field]) => field !== 'recordedAt')
        .flatMap(([field, value]) =>
          [...JSON.stringify(value ?? null).matchAll(/\d{4}-\d{2}-\d{2}/g)]
            .filter(([day]) => day > String(row.recordedAt).slice(0, 10))
            .map(([day]) => ({ list, field, row: `${row.id} knew on ${row.recordedAt} of ${day}` })),
        ),
    ),
  ),
)

it('lets no row of the story tell what came after it was recorded', () => {
  const known = later.filter(({ field, list }) => !planned.includes(field) && !gained.includes(`${list}.${field}`))
  expect(known).toEqual([])
})

it('lists no field that gains nothing', () => {
  const fields = new Set(later.map(({ field, list }) => `${list}.${field}`))
  expect(gained.filter((field) => !fields.has(field))).toEqual([])
})
