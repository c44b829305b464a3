import { type RecordIds, recordIds } from '../audit/recordIdsDigest.ts'
import type { Row } from './contract.ts'
import type { RecordSet } from './recordSet.ts'

type Lists = Readonly<Record<string, readonly Row[]>>

const none: readonly Row[] = []

/** Of which lists something that came could not be read: a whole record as `wholeRecord`, or a field by its name. */
export type Unread = ReadonlyMap<string, ReadonlySet<string>>

/** Stands among the names of fields for a record of which nothing could be read. */
export const wholeRecord = '*'

const nothingUnread: Unread = new Map()

/** Records as plain rows, which every source can give. They are written by resolving them. */
class PlainRecords implements RecordSet {
  #lists: Lists
  readonly #unread: Unread

  constructor(lists: Lists, unread: Unread) {
    this.#lists = lists
    this.#unread = unread
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

  unread(list: string, fields: readonly string[]): boolean {
    const unread = this.#unread.get(list)
    return unread !== undefined && [wholeRecord, ...fields].some((field) => unread.has(field))
  }

  ids(): RecordIds {
    return recordIds(Object.values(this.#lists).flatMap((rows) => rows.map(({ id }) => id)))
  }

  release(): void {
    this.#lists = {}
  }
}

export const plainRecords = (lists: Lists, unread: Unread = nothingUnread): RecordSet => new PlainRecords(lists, unread)

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

  unread(list: string, fields: readonly string[]): boolean {
    return this.#records.unread(list, fields)
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
