import type { Question } from './question.ts'
import { unifiedView, viewSelection } from './unifiedView.ts'

export const question: Question = {
  name: 'q1',
  title: 'The unified view of one child',
  query: `query Q1($id: ID!) { child(id: $id) { ${viewSelection} } }`,
  connections: 16,
  variables: ({ children }) => children.map((id) => ({ id })),
  shape: unifiedView,
}
