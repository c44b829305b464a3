/** What `wholeview identity evaluate` and `identity learn` load when they are typed. The gateway never does. */
export { evaluate } from './evaluate.ts'
export { learnFromFile } from './learnFromFile.ts'
export { renderEvaluation } from './report.ts'
