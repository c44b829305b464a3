import type { Question } from './question.ts'
import { unifiedView, viewSelection } from './unifiedView.ts'

const many = 50

export const question: Question = {
  name: 'q2',
  title: 'The same of fifty children',
  query: `query Q2($ids: [ID!]!) { children(ids: $ids) { ${viewSelection} } }`,
  connections: 4,
  variables: ({ children }) =>
    Array.from({ length: 8 }, (_, set) => ({
      ids: Array.from(
        { length: Math.min(many, children.length) },
        (_, nth) => children[(set * 7 + nth) % children.length],
      ),
    })),
  shape: unifiedView,
}
