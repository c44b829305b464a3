import { type RecordIds, recordIds } from '../audit/recordIdsDigest.ts'
import type { Row } from './contract.ts'
import type { RecordSet } from './recordSet.ts'

type Lists = Readonly<Record<string, readonly Row[]>>

const none: readonly Row[] = []

/** Records as plain rows, which every source can give. They are written by resolving them. */
class PlainRecords implements RecordSet {
  #lists: Lists

  constructor(lists: Lists) {
    this.#lists = lists
  }

  get lists(): readonly string[] {
    return Object.keys(this.#lists)
  }

  has(list: string): boolean {
    return this.rows(list).length > 0
  }

  rows(list: string): readonly Row[] {
    return (Object.hasOwn(this.#lists, list) && this.#lists[list]) || none
  }

  readings(list: string): readonly Row[] {
    return this.rows(list)
  }

  write(): boolean {
    return false
  }

  ids(): RecordIds {
    return recordIds(Object.values(this.#lists).flatMap((rows) => rows.map(({ id }) => id)))
  }

  release(): void {
    this.#lists = {}
  }
}

export const plainRecords = (lists: Lists): RecordSet => new PlainRecords(lists)

/** Lists that were asked for, with nothing in them. */
export const noRecords = (lists: readonly string[]): RecordSet =>
  plainRecords(Object.fromEntries(lists.map((list) => [list, none])))

/** The same records, of which some lists have other rows. */
class ExchangedRecords implements RecordSet {
  readonly #records: RecordSet
  #exchanged: ReadonlyMap<string, readonly Row[]>

  constructor(records: RecordSet, exchanged: Lists) {
    this.#records = records
    this.#exchanged = new Map(Object.entries(exchanged))
  }

  get lists(): readonly string[] {
    return this.#records.lists
  }

  /** As `ids`. */
  has(list: string): boolean {
    return this.#records.has(list)
  }

  rows(list: string): readonly Row[] {
    return this.#exchanged.get(list) ?? this.#records.rows(list)
  }

  readings(list: string): readonly Row[] {
    return this.#exchanged.get(list) ?? this.#records.readings(list)
  }

  write(...[list, ...how]: Parameters<RecordSet['write']>): boolean {
    return !this.#exchanged.has(list) && this.#records.write(list, ...how)
  }

  /** Of what was read, whatever was then made of it. */
  ids(): RecordIds {
    return this.#records.ids()
  }

  release(): void {
    this.#exchanged = new Map()
    this.#records.release()
  }
}

export const withRows = (records: RecordSet, exchanged: Lists): RecordSet => new ExchangedRecords(records, exchanged)
