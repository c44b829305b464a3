import { type Shape, selectionOf } from '../questionShape.ts'
import type { Question } from './question.ts'

const identity: Shape = {
  health: { person: ['id', 'nhsNumber', 'family', 'given', 'dateOfBirth'] },
  education: { person: ['id', 'upn', 'family', 'given', 'dateOfBirth'] },
  socialCare: { person: ['id', 'laChildId', 'family', 'given', 'dateOfBirth'] },
}

export const question: Question = {
  name: 'q5',
  title: 'Finding a child by NHS number',
  query: `query Q5($nhsNumber: NHSNumber!) { findChild(nhsNumber: $nhsNumber) { id ${selectionOf(identity)} } }`,
  connections: 16,
  variables: ({ nhsNumbers }) => nhsNumbers.map((nhsNumber) => ({ nhsNumber })),
  shape: identity,
}
