/**
 * What `wholeview identity evaluate`, `identity learn` and `governance report --measure` load when they are typed. The
 * gateway never does.
 */
export { errorsByOrigin, measuredOn } from './errorsByOrigin.ts'
export { evaluate } from './evaluate.ts'
export { learnFromFile } from './learnFromFile.ts'
export { renderEvaluation } from './renderEvaluation.ts'
