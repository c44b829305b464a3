import type { PlanRow } from '../../records/generated.ts'
import type { RowWith } from '../../records/requiredFields.ts'
import { decoded } from '../../sources/codeWords.ts'
import { rowsOf } from '../carriedRows.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

const conferences = new Set(['ICPC', 'REVIEW_CONFERENCE', 'CLA_REVIEW'])

/**
 * Actions that are not done, of plans that are open. Where a source does not say which plan an action is of, all are
 * taken.
 */
export const openActions = (
  input: InputTo<{ readonly socialCare: { readonly plans: readonly 'to'[] } }>,
): ((row: RowWith<'socialCare', 'actions', 'state'>) => boolean) => {
  const open = rowsOf(input, 'socialCare', 'plans').filter((row) => !row.to)
  return (row) => {
    const parent = field(row, 'parent')
    const inForce = parent === null || open.some(({ id }) => id === parent || id.endsWith(`:${parent}`))
    return inForce && field(row, 'state') !== 'DONE'
  }
}

/** T5. The next review and, for every action, who owns it. */
export const plan = section({
  code: 'T5',
  title: 'Status and plan',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE'],
  needs: {
    socialCare: {
      plans: ['level', 'category', 'from', 'to', 'lastReviewOn', 'nextReviewOn'],
      actions: ['text', 'owner', 'due', 'state', 'cannotDeliverReason'],
      meetings: ['type', 'status', 'outcome'],
    },
  },
  fill: (input) => {
    const plans = { agency: 'socialCare', list: 'plans' } as const
    const open = (row: Pick<PlanRow, 'to'>): boolean => !row.to
    return [
      ...ask(input, {
        ...plans,
        label: 'Level and plan now',
        pick: open,
        none: 'No plan is open.',
        expected: true,
        tell: (row) =>
          phrase(
            plain(field(row, 'level')),
            after('category', decoded('abuse', row.category)),
            after('since', day(row, 'from')),
          ),
      }),
      ...ask(input, {
        ...plans,
        label: 'Next review',
        pick: open,
        none: 'No date is set.',
        expected: true,
        tell: (row) => day(row, 'nextReviewOn'),
      }),
      ...ask(input, {
        ...plans,
        label: 'Last review',
        pick: open,
        none: 'None is recorded.',
        tell: (row) => day(row, 'lastReviewOn'),
      }),
      ...ask(input, {
        label: 'Last conference or review and its decision',
        agency: 'socialCare',
        list: 'meetings',
        pick: (row) => conferences.has(field(row, 'type') ?? '') && field(row, 'status') === 'HELD',
        latest: 1,
        none: 'No conference or review is recorded as held.',
        expected: true,
        tell: (row) => phrase(plain(field(row, 'type')), day(row, 'eventAt'), field(row, 'outcome')),
      }),
      ...ask(input, {
        label: 'Action',
        agency: 'socialCare',
        list: 'actions',
        pick: openActions(input),
        each: (row) => `Action of ${plain(field(row, 'owner')) ?? 'nobody'}`,
        none: 'No open action is recorded.',
        expected: true,
        tell: (row) =>
          phrase(
            field(row, 'text'),
            after('due', day(row, 'due')),
            plain(field(row, 'state')),
            field(row, 'cannotDeliverReason'),
          ),
      }),
      ...ask(input, {
        ...plans,
        label: 'Earlier levels',
        pick: (row) => !open(row),
        none: 'None is recorded.',
        tell: (row) =>
          phrase(
            plain(field(row, 'level')),
            after('category', decoded('abuse', row.category)),
            period(day(row, 'from'), day(row, 'to')),
          ),
      }),
    ]
  },
})
