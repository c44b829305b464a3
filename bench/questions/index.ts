import { question as q1 } from './q1.ts'
import { question as q2 } from './q2.ts'
import { question as q3 } from './q3.ts'
import { question as q4 } from './q4.ts'
import { question as q5 } from './q5.ts'
import type { Question } from './question.ts'

export const questions: readonly Question[] = [q1, q2, q3, q4, q5]
