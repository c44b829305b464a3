import type { OversightQuestion } from '../../../src/policy/mayAskOversight.ts'
import { type Page, prefix, type Visit } from '../../pageVisit.ts'
import { auditPages } from './audits.ts'
import { listPages } from './lists.ts'
import { frame, isAsked } from './oversightFrame.ts'

const questions: readonly (readonly [page: string, question: OversightQuestion, title: string, says: string])[] = [
  ['missing', 'MISSING_NOTICES', 'Missing, or just back', 'Who is missing now, the longest first.'],
  [
    'placed',
    'PLACED_IN',
    'Placed out, placed in',
    'Children placed in another area, and those whom others placed here.',
  ],
  ['forums', 'FORUM_LISTINGS', 'Lists of multi-agency forums', 'Who was discussed, what was decided, when next.'],
  ['disagreements', 'ESCALATIONS', 'Disagreements by stage', 'How many reached each stage, and how many are late.'],
  ['learning', 'LEARNING_ACTIONS', 'Actions that reviews asked for', 'Whose, by when, and whether it worked.'],
  ['audit', 'CASE_AUDIT', 'Case audit', 'Several cases side by side, theme by theme, with the records.'],
  ['profile', 'PROBLEM_PROFILE', 'Problem profile', 'Of how many children something is so. Nobody is named.'],
  ['quality', 'DATA_QUALITY', 'How whole the records are', 'Numbers that lack, and fields that were refused.'],
]

/** Whether there is anything here for who is signed in. */
export const oversees = (visit: Visit): boolean => questions.some(([, question]) => isAsked(visit, question))

const front: Page = {
  method: 'GET',
  path: '/oversight',
  answer: async (visit) => ({
    view: 'oversight/front',
    model: {
      ...frame(visit, '', 'Over many children'),
      questions: questions
        .filter(([, question]) => isAsked(visit, question))
        .map(([page, , name, says]) => ({ name, says, href: `${prefix}/oversight/${page}` })),
    },
  }),
}

export const oversightPages: readonly Page[] = [front, ...listPages, ...auditPages]
