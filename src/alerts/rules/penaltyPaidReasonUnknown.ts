import { textOf } from '../../records/currentRows.ts'
import { school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A penalty that is paid ends the question why the child was not there. */
export const penaltyPaid = rule({
  code: 'PENALTY_PAID_REASON_UNKNOWN',
  version: 1,
  rule: 'Of each penalty notice that was paid, the reason for the absence is known.',
  source: 'Sonia briefing, line 60',
  audience: [school, socialWorker],
  clears: 'The reason, asked for and recorded.',
  needs: { education: { penaltyNotices: ['paid', 'reasonExplored'] } },
  on: [['education.penaltyNotices']],
  find: ({ rows }) => {
    const paid = inOrder(rows('education', 'penaltyNotices')).filter(
      (row) => row.paid === true && textOf(row, 'reasonExplored') === null,
    )
    const first = paid[0]
    if (!first) return []
    return [
      found({
        of: [first],
        more: paid.slice(1),
        anchor: first.id,
        count: paid.length,
        text: `${counted(paid.length, 'penalty notice')} paid (${listWords(paid.map((row) => dayWords(whenOf(row))))}), and no reason for the absence is recorded.`,
      }),
    ]
  },
  unsaid: ({ rows }) =>
    rows('education', 'penaltyNotices').filter(
      (row) => typeof row.paid !== 'boolean' && textOf(row, 'reasonExplored') === null,
    ),
})
