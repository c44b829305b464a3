import type { Question } from './question.ts'

export const question: Question = {
  name: 'q4',
  title: 'A transfer summary',
  query: `query Q4($id: ID!) { transferSummary(transferId: $id) { id type state version responsibleLa dueAt workingDays fingerprint
    completeness { ready sections { code title state missing items { label state value } } suppliers { agency la force state } } } }`,
  connections: 8,
  variables: ({ transfers }) => transfers.map((id) => ({ id })),
  shape: null,
}
