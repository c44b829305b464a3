import type { Grant } from '../policy/grant.ts'
import { textOf } from '../records/currentRows.ts'
import { textsOf } from '../records/textList.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import type { ConcernTag } from '../sources/concernTags.ts'
import type { ChronologyLine, SourceContract } from '../sources/contract.ts'
import { comparePositions, momentOf, type Position, recordedMomentOf } from '../sources/timePage.ts'
import { cursorOf } from './chronologyCursor.ts'
import type { NarratedList } from './narratedLists.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import { type Withheld, withheldOfRecord } from './withheld.ts'

/** One event. */
export interface ChronologyEvent {
  readonly id: string
  readonly eventAt: string | null
  readonly provenance: Provenance
  readonly sensitivity: readonly string[]
  readonly withheld: readonly Withheld[]
  readonly headline: string
  readonly action: string | null
  readonly impactOnChild: string | null
  readonly positive: boolean
  readonly concernTags: readonly ConcernTag[]
  readonly curated: boolean
  readonly significance: string | null
  readonly analysis: string | null
  readonly status: string | null
  readonly recordType: string
  readonly cursor: string
}

/**
 * A record where it stands. A class: of objects that are written out, V8 takes thousands that are made in one go for
 * long-lived.
 */
export class Placed {
  readonly narrated: NarratedList
  readonly row: AnyRow
  /** Milliseconds since 1970. */
  readonly at: number
  #recordedAt: number | undefined

  constructor(narrated: NarratedList, row: AnyRow) {
    this.narrated = narrated
    this.row = row
    this.at = momentOf(row)
  }

  /** As `at`. Few records are of the same moment, so that few are asked for it. */
  get recordedAt(): number {
    this.#recordedAt ??= recordedMomentOf(this.row)
    return this.#recordedAt
  }
}

export const positionIn = ({ at, recordedAt, row }: Placed): Position => [at, recordedAt, row.id]

/** As `comparePositions`, but that little is read of records of different moments. */
export const comparePlaced = (one: Placed, other: Placed): number =>
  one.at - other.at || one.recordedAt - other.recordedAt || comparePositions(positionIn(one), positionIn(other))

/** An event of a page. Each part is worked out when it is asked for: most operations ask for few. */
export class Event implements ChronologyEvent {
  readonly #placed: Placed
  readonly #grant: Grant
  readonly #contract: SourceContract
  #line: ChronologyLine | undefined

  constructor(placed: Placed, grant: Grant, contract: SourceContract) {
    this.#placed = placed
    this.#grant = grant
    this.#contract = contract
  }

  get id() {
    return this.#placed.row.id
  }
  get eventAt() {
    return textOf(this.#placed.row, 'eventAt')
  }
  get provenance() {
    return provenanceOf(this.#placed.row, this.#contract)
  }
  get sensitivity() {
    return textsOf(this.#placed.row, 'sensitivity') ?? []
  }
  get withheld() {
    return withheldOfRecord(this.sensitivity, this.#grant, this.#contract)
  }
  get headline() {
    return this.#narration.headline
  }
  // A line of which nothing may be read is no line.
  get action() {
    return this.#narration.action || null
  }
  get impactOnChild() {
    return this.#narration.impactOnChild || null
  }
  get positive() {
    return this.#narration.positive ?? false
  }
  get concernTags() {
    return this.#narration.concernTags ?? []
  }
  get curated() {
    return this.#narration.curated !== undefined
  }
  get significance() {
    return this.#narration.curated?.significance ?? null
  }
  get analysis() {
    return this.#narration.curated?.analysis ?? null
  }
  get status() {
    return this.#narration.curated?.status ?? null
  }
  get recordType() {
    return this.#placed.narrated.list
  }
  get cursor() {
    return cursorOf(positionIn(this.#placed))
  }

  get #narration(): ChronologyLine {
    const { narrated, row } = this.#placed
    this.#line ??= narrated.rule.tell(new narrated.Narratable(row))
    return this.#line
  }
}
