import type { RowWith } from '../../records/requiredFields.ts'
import { rowsOf } from '../carriedRows.ts'
import { always, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, phrase, plain } from '../sectionWords.ts'

const freshForDays = 183

/** T12. What the child said, and at least once within six months: an old view is no view of this move. */
export const voice = section({
  code: 'T12',
  title: 'Voice of the child',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION'],
  needs: { socialCare: { voice: ['medium', 'text', 'about'] } },
  fill: (input) => {
    const since = new Date(Date.parse(input.child.asOf) - freshForDays * 86_400_000).toISOString()
    const entry = { agency: 'socialCare', list: 'voice' } as const
    const tell = (row: RowWith<'socialCare', 'voice', 'eventAt' | 'medium' | 'text' | 'about'>) =>
      phrase(
        day(row, 'eventAt'),
        after('by', plain(field(row, 'medium'))),
        field(row, 'text'),
        after('about', plain(field(row, 'about'))),
      )
    const old = rowsOf(input, 'socialCare', 'voice').some((row) => (field(row, 'eventAt') ?? '') < since)
    return [
      ...ask(input, {
        ...entry,
        label: 'Views within six months',
        pick: (row) => (field(row, 'eventAt') ?? '') >= since,
        none: old ? 'Only older views are recorded.' : 'No view of the child is recorded.',
        expected: true,
        tell,
      }),
      ...ask(input, {
        ...entry,
        label: 'Wishes about the move, the placement and sharing',
        pick: (row) => Boolean(row.about?.length),
        none: 'No wish about the move is recorded.',
        expected: true,
        tell,
      }),
    ]
  },
})
