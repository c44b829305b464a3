import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { mash, police } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Officers met a child and told nobody. */
export const policeEventNotNotified = rule({
  code: 'CHILD_AT_POLICE_EVENT_NO_NOTIFICATION',
  version: 1,
  rule: 'Social care is told of every police event at which a child was harmed, suspected or present.',
  source: 'Serious case review of Child Q and Child S (2016), 125: no referral from the scene',
  audience: [police, mash],
  clears: 'The notification.',
  needs: { police: { events: ['notified', 'childRole'] } },
  on: [['police.events']],
  also: { police: { events: ['kind'] } },
  find: ({ rows }) =>
    rows('police', 'events')
      .filter((row) => row.notified === false && textOf(row, 'childRole') !== null)
      .map((row) =>
        found({
          of: [row],
          text: `${spoken(textOf(row, 'kind') ?? 'police event')} of ${dayWords(whenOf(row))}, the child ${spoken(textOf(row, 'childRole') ?? '')}: social care was not told.`,
        }),
      ),
  unsaid: ({ rows }) =>
    rows('police', 'events').filter((row) => typeof row.notified !== 'boolean' && textOf(row, 'childRole') !== null),
})
