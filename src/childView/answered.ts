import type { Answers } from '../disclosure/context.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Row, SourceContract } from '../sources/contract.ts'

/** Every agency's contract, by name. */
export type Contracts = Readonly<Record<AgencyName, SourceContract>>

/** The rows of one list that the caller may read; none where the agency did not answer. */
export const rowsOf = (answers: Answers, agency: AgencyName, list: string): readonly Row[] => {
  const answer = answers[agency]
  return answer.state === 'ANSWERED' ? answer.records.rows(list) : []
}

/** The same for a picture that looks at few fields of many rows: its rows are only read, and never copied. */
export const readingsOf = (answers: Answers, agency: AgencyName, list: string): readonly Row[] => {
  const answer = answers[agency]
  return answer.state === 'ANSWERED' ? answer.records.readings(list) : []
}

/** Of the agencies that a picture rests on, those that did not answer: without them a count may be too low. */
export const unavailableOf = (
  answers: Answers,
  contracts: Contracts,
  agencies: readonly AgencyName[],
): readonly string[] =>
  agencies.filter((name) => answers[name].state !== 'ANSWERED').map((name) => contracts[name].agency)

/** Rows of a nested list that stand under one record. A parent is named by the agency's id or by the joined one. */
export const nestedUnder = (nested: readonly Row[], parent: Row): readonly Row[] => {
  const own = parent.id.slice(parent.id.indexOf(':') + 1)
  return nested.filter((row) => row['parent'] === parent.id || row['parent'] === own)
}
