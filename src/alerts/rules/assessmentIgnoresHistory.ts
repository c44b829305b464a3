import { dayLength } from '../../foundation/london.ts'
import { millisecondsOf } from '../../records/calendarDays.ts'
import { textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Events that were assessed one by one, since nobody read those before. */
export const assessmentIgnoresHistory = rule({
  code: 'ASSESSMENT_IGNORES_HISTORY',
  version: 1,
  rule: 'Who authorises an assessment has read what any agency recorded more than a year before.',
  source: 'Serious case review of Child Q and Child S (2016), 111 to 115 and LP24',
  audience: [socialWorker, manager, reviewer],
  clears: 'The history read, with its day, and the assessment updated where it changes anything.',
  needs: {
    socialCare: { assessments: ['authorisedAt', 'historyRead'], contacts: [], referrals: [] },
    adultServices: { housing: [] },
    education: { concerns: [] },
    police: { domesticAbuse: [], events: [] },
  },
  on: [
    ['socialCare.assessments'],
    [
      'socialCare.assessments',
      'socialCare.contacts',
      'socialCare.referrals',
      'adultServices.housing',
      'education.concerns',
      'police.domesticAbuse',
      'police.events',
    ],
  ],
  find: ({ rows, parameters }) => {
    // That nobody wrote down whether it was read does not say that it was not.
    const unread = rows('socialCare', 'assessments').filter((assessment) => assessment.historyRead === false)
    if (unread.length === 0) return []
    const history = inOrder([
      ...rows('socialCare', 'assessments'),
      ...rows('socialCare', 'contacts'),
      ...rows('socialCare', 'referrals'),
      ...rows('adultServices', 'housing'),
      ...rows('education', 'concerns'),
      ...rows('police', 'domesticAbuse'),
      ...rows('police', 'events'),
    ])
    return unread.flatMap((assessment) => {
      const authorised = textOf(assessment, 'authorisedAt')
      const at = millisecondsOf(authorised)
      if (at === null) return []
      const older = history.filter(
        (row) =>
          row.id !== assessment.id &&
          timeOf(row) > 0 &&
          timeOf(row) < at - parameters.ASSESSMENT_IGNORES_HISTORY.olderThanDays * dayLength,
      )
      const first = older[0]
      if (!first) return []
      return [
        found({
          of: [assessment, first],
          more: older.slice(1),
          anchor: assessment.id,
          count: older.length,
          due: authorised,
          text: `The assessment authorised on ${dayWords(authorised)} was made without reading what was held: ${counted(older.length, 'record')} from more than a year before, the first of ${dayWords(whenOf(first))}.`,
        }),
      ]
    })
  },
  unsaid: ({ rows }) =>
    rows('socialCare', 'assessments').filter(
      (row) => row.historyRead !== true && (row.historyRead !== false || textOf(row, 'authorisedAt') === null),
    ),
})
