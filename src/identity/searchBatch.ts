import { candidatesForEach } from './candidates.ts'
import type { Person } from './person.ts'
import { refutedChildren } from './refutedChildren.ts'
import type { Candidates, LookedUp, RegisterOptions } from './registerTypes.ts'

/** A record that is searched for, with who it is of. */
export interface Sought {
  readonly id: string
  readonly person: Person
}

/**
 * Whom each of many records may be of, looked up in two statements for all. Whom a record is made a child of meanwhile
 * is known here, whether or not it is written yet: each is decided as though those before it stood written.
 */
export class SearchBatch implements LookedUp {
  readonly #candidates: ReadonlyMap<string, Candidates>
  readonly #refuted: ReadonlyMap<string, readonly string[]>
  readonly #children = new Map<string, string | null>()

  private constructor(candidates: ReadonlyMap<string, Candidates>, refuted: ReadonlyMap<string, readonly string[]>) {
    this.#candidates = candidates
    this.#refuted = refuted
  }

  static async of(sought: readonly Sought[], { database, hash }: RegisterOptions): Promise<SearchBatch> {
    const found = await candidatesForEach(
      sought.map(({ person }) => person),
      false,
      database,
      hash,
    )
    const refuted = await refutedChildren(
      database,
      sought.map(({ id }) => id),
    )
    return new SearchBatch(
      new Map(sought.map(({ id }, at) => [id, found[at] ?? { records: [], isCut: false }])),
      refuted,
    )
  }

  /** From now on the record is the child's; null: nobody's. */
  is(record: string, childId: string | null): void {
    this.#children.set(record, childId)
  }

  candidates(record: string): Candidates | undefined {
    const found = this.#candidates.get(record)
    return found && this.asNow(found)
  }

  asNow({ records, isCut }: Candidates): Candidates {
    return {
      records: records.map((each) => {
        const decided = this.#children.get(each.id)
        return decided === undefined ? each : { ...each, childId: decided }
      }),
      isCut,
    }
  }

  refuted(record: string): readonly string[] {
    return this.#refuted.get(record) ?? []
  }
}
