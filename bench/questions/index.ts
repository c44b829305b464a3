import { question as q3 } from './chronology.ts'
import { question as q2 } from './fiftyChildren.ts'
import { question as q5 } from './findByNhsNumber.ts'
import { question as q1 } from './oneChild.ts'
import type { Question } from './question.ts'
import { question as q4 } from './transferSummary.ts'

export const questions: readonly Question[] = [q1, q2, q3, q4, q5]
