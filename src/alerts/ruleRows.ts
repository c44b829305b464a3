import type { AgencyName } from '../foundation/agencies.ts'
import { type Answers, type AnswersWith, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'

interface Noted {
  readonly id: string
  readonly eventAt?: unknown
  readonly from?: unknown
  readonly startedOn?: unknown
  readonly 'provenance.supersedes': unknown
}

interface List {
  readonly agency: AgencyName
  readonly rows: readonly Noted[]
  /** Those of them that have happened, once a rule asked. */
  past?: readonly Noted[]
  byId?: ReadonlyMap<string, object>
}

/**
 * Rows of one answer as rules look at them. Each list is read once, however many rules ask for it, so that what all
 * rules cost goes by the records and not by the records times the rules.
 */
export class RuleRows {
  readonly #answers: Answers
  readonly #asOf: number
  readonly #lists = new Map<string, List>()
  /** Lists that rules were given, the latest last. */
  readonly #given = new Set<List>()

  constructor(answers: Answers, asOf: string) {
    this.#answers = answers
    this.#asOf = Date.parse(asOf)
  }

  /** Rows of a list without those that were corrected; of `past` ones, those that have happened. */
  of(agency: AgencyName, list: string, isPast: boolean): readonly Noted[] {
    const found = this.#list(agency, list)
    this.#given.delete(found)
    this.#given.add(found)
    if (!isPast) return found.rows
    found.past ??= found.rows.filter((row) => hasHappened(row, this.#asOf))
    return found.past
  }

  /** Where a record stands that a rule was given: in the list that was given last. */
  find(id: string): { readonly agency: AgencyName; readonly row: object } | null {
    for (const list of [...this.#given].reverse()) {
      list.byId ??= new Map(list.rows.map((row) => [row.id, row]))
      const row = list.byId.get(id)
      if (row) return { agency: list.agency, row }
    }
    return null
  }

  #list(agency: AgencyName, name: string): List {
    const key = `${agency}.${name}`
    const known = this.#lists.get(key)
    if (known) return known
    // What rules need was fetched, with the head of every record.
    const rows = uncorrected(
      rowsOf(this.#answers as AnswersWith<never>, agency as never, name as never) as readonly Noted[],
    )
    const list: List = { agency, rows }
    this.#lists.set(key, list)
    return list
  }
}

/** A record that says of no time happened at some. */
const hasHappened = (row: Noted, asOf: number): boolean =>
  (millisecondsOf(textOf(row, 'eventAt', 'from', 'startedOn')) ?? 0) <= asOf
