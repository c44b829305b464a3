import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { textsOf } from '../../records/textList.ts'
import { manager, school, socialWorker } from '../audience.ts'
import { dayWords, found, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

const levelOf: Readonly<Record<string, string>> = {
  CAF: 'EARLY_HELP',
  TAF: 'EARLY_HELP',
  EARLY_HELP: 'EARLY_HELP',
  CIN: 'CHILD_IN_NEED',
  CIN_MEETING: 'CHILD_IN_NEED',
  CP: 'CHILD_PROTECTION',
  ICPC: 'CHILD_PROTECTION',
  REVIEW_CONFERENCE: 'CHILD_PROTECTION',
  CORE_GROUP: 'CHILD_PROTECTION',
  CLA: 'LOOKED_AFTER',
  LAC: 'LOOKED_AFTER',
  CLA_REVIEW: 'LOOKED_AFTER',
}

/** One meeting under two names: its members did not agree at what level the child was helped. */
export const levelDisagreement = rule({
  code: 'LEVEL_DISAGREEMENT',
  version: 1,
  rule: 'All who come to a meeting call it by one level of help.',
  source: 'Serious case review of Child Q and Child S (2016), 118, 119 and LP26',
  audience: [socialWorker, manager, school],
  clears: 'One level, told to everybody who was there.',
  needs: { socialCare: { meetings: ['type', 'otherLabels', 'status'] } },
  on: [['socialCare.meetings']],
  find: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      const labels = textsOf(meeting, 'otherLabels') ?? []
      const names = [...labels, ...(labels.length > 0 ? [textOf(meeting, 'type') ?? ''] : [])]
      const said = new Set(names.flatMap((name) => levelOf[name] ?? []))
      if (said.size < 2 || meeting.status === 'CANCELLED') return []
      return [
        found({
          of: [meeting],
          details: { labels: labels.join(' ') },
          text: `The meeting of ${dayWords(whenOf(meeting))} was called ${listWords(labels)}: ${listWords([...said].map(spoken))}.`,
        }),
      ]
    }),
})
