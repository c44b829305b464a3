import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import type { Row, SourceContract } from '../sources/contract.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { RequiredFields, RowsOf } from './requiredFields.ts'

/** Every agency's contract, by name. */
export type Contracts = Readonly<Record<AgencyName, SourceContract>>

/** What every agency said of one child. */
export type Answers = Readonly<Record<AgencyName, SourceAnswer>>

declare const held: unique symbol

/** The same, of which nobody may read what was not required: it was not fetched. `Rows` are the rows of each list. */
export type AnswersWith<Rows> = Answers & { readonly [held]?: Rows }

/** The answers to what was required. */
export type AnswersTo<Required extends RequiredFields> = AnswersWith<RowsOf<Required>>

/**
 * The rows of one list that the caller may read, in order of time; none where the agency did not answer. They are only
 * looked at, never copied or changed: a field is read where it is stored each time that it is asked for. One record is
 * another object each time that its list is asked for: its id says which it is.
 */
export function rowsOf<
  Rows extends { readonly [Agency in AgencyName]?: object },
  Agency extends keyof Rows & AgencyName,
  List extends keyof Rows[Agency] & string,
>(answers: AnswersWith<Rows>, agency: Agency, list: List): readonly Rows[Agency][List][] {
  // The rows have what was required: a field that is not in the schema does not start, and one that is withheld is
  // null.
  return anyRowsOf(answers, agency, list) as readonly object[] as readonly Rows[Agency][List][]
}

/** The same where the list comes from a contract, whose names are checked at the start. */
export function anyRowsOf(answers: Answers, agency: AgencyName, list: string): readonly AnyRow[] {
  const { paged } = answers[agency]
  // A list is read whole or in pages, never both.
  const isPaged = paged?.state === 'ANSWERED' && paged.records.lists.includes(list)
  const answer = isPaged ? paged : answers[agency]
  if (answer.state !== 'ANSWERED') return []
  return answer.records.readings(list) as readonly AnyRow[]
}

/** Lists that were read for required fields, as the rows that these give. */
export const rowsIn =
  <Rows>(lists: Readonly<Record<string, readonly Row[]>>) =>
  <List extends keyof Rows & string>(list: List): readonly Rows[List][] =>
    (lists[list] ?? []) as readonly object[] as readonly Rows[List][]

/** Of the agencies that a picture rests on, those that did not answer: without them a count may be too low. */
export const unavailableOf = (
  answers: Answers,
  contracts: Contracts,
  asked: readonly AgencyName[] = agencies,
): readonly string[] => asked.filter((name) => isLacking(answers[name])).map((name) => contracts[name].agency)

/** Whether all of it did not answer, or a holder of it. */
const isLacking = ({ state, gaps = [], paged }: SourceAnswer): boolean =>
  state !== 'ANSWERED' || gaps.some((gap) => gap.state === 'UNAVAILABLE') || (paged !== undefined && isLacking(paged))

/** Rows of a nested list that stand under one record. A parent is named by the agency's id or by the joined one. */
export const nestedUnder = <Nested extends { readonly parent?: unknown }>(
  nested: readonly Nested[],
  parent: { readonly id: string },
): readonly Nested[] => {
  const own = parent.id.slice(parent.id.indexOf(':') + 1)
  return nested.filter((row) => row.parent === parent.id || row.parent === own)
}
