import type { Knex } from 'knex'
import { WatchList } from '../alerts/alertWatchList.ts'
import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import type { Holder } from '../foundation/holder.ts'
import { type Household, linkHouseholds } from '../identity/linkHouseholds.ts'
import { resolveRecords } from '../identity/resolveRecords.ts'
import type { Progress } from '../server/gatewayTypes.ts'
import { createLog } from '../server/log.ts'
import { readCsvMapping } from '../sources/bindings/files/csvMapping.ts'
import { noteImport } from '../sources/bindings/files/imports.ts'
import {
  FileFault,
  type ImportFile,
  type IncomingRecord,
  type RefusedLine,
  standsAt,
  type UnreadValue,
} from '../sources/bindings/files/incoming.ts'
import { type Format, type ReadFile, readFile } from '../sources/bindings/files/readFile.ts'
import {
  isYetToCome,
  madeOn,
  type RecordOwner,
  type StoredRecord,
  storedRecord,
} from '../sources/bindings/files/storedRecord.ts'
import { type Written, writeImport } from '../sources/bindings/files/writeImport.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { Database } from '../store/database.ts'
import { migrateGateway } from '../store/migrate.ts'
import { type Catalogue, loadCatalogue } from './catalogue.ts'
import { openStoresOf } from './databases.ts'
import { openIdentity } from './indexPeople.ts'
import { householdsIn, peopleInFiles, takeIn } from './registerHolderPeople.ts'

export interface ImportWish {
  /** The holder's id. */
  readonly holder: string
  readonly files: readonly ImportFile[]
  readonly format?: Format | undefined
  /** A mapping of CSV. */
  readonly mapping?: string | undefined
  /** Whether the files say everything of those they name: what an earlier file said besides is taken back. */
  readonly isComplete?: boolean | undefined
  /** Says what would come of it, and changes nothing. */
  readonly isDryRun: boolean
}

/** What came of one file before anything was written. */
export interface FileOutcome {
  readonly name: string
  readonly format: Format
  readonly records: number
}

export interface ImportOutcome extends Omit<Written, 'refused'> {
  readonly files: readonly FileOutcome[]
  readonly refused: readonly RefusedLine[]
  readonly unread: readonly UnreadValue[]
  readonly notes: readonly string[]
  /** People in the register; null where none were taken in. */
  readonly people: {
    readonly taken: number
    readonly children: number
    readonly linked: number
    readonly asked: number
  } | null
}

/**
 * Takes files of one holder into the gateway's store, in one transaction: every record but the lines that are refused.
 * Then their people are taken into the register, and children and links made of them.
 *
 * @throws FileFault where a file is nothing that can be read, or the holder takes none.
 */
export async function importFiles(config: Config, wish: ImportWish, onProgress: Progress): Promise<ImportOutcome> {
  const catalogue = await loadCatalogue(config)
  const holder = holderTaking(catalogue, wish.holder)
  const layout = catalogue.model.layouts[holder.kind]
  const owner = ownerOf(holder, catalogue)
  // What is handed in today is known from today on, by the clock by which records are read.
  const now = config.demonstrationAsOf ?? new Date()
  const mapping = wish.mapping === undefined ? undefined : readCsvMapping(wish.mapping, layout)
  const read = wish.files.map((file) => readFile(file, { layout, owner, format: wish.format, mapping }))
  refuseUndated(read, wish.files, owner, now)
  const { records, refused, unread } = recordsOf(read, layout, owner, now)
  const stores = await openStoresOf(config, [], false)
  try {
    await migrateGateway(stores.gateway)
    const written = await inTransaction(stores.gateway, wish.isDryRun, async (trx) => {
      const done = await writeImport(trx, holder.id, records, now, {
        isComplete: wish.isComplete,
        onProgress: (count) => onProgress(count, records.length, 'records'),
      })
      const taken = read.map((each, at) => ({
        ...{ bytes: wish.files[at]?.bytes ?? new Uint8Array(), format: each.format, records: each.records.length },
        madeAt: latestMade(each.records, owner),
        refused: [...refused, ...done.refused].filter(({ file }) => file === wish.files[at]?.name).length,
      }))
      // By the machine's clock, by which a load grows old.
      await noteImport(trx, holder.id, taken, systemClock().now())
      return done
    })
    const people = wish.isDryRun ? null : await takeInImported(config, catalogue, stores.gateway, holder, onProgress)
    const saysMore = written.added + written.changed + written.withdrawn > 0
    if (!wish.isDryRun && saysMore)
      await new WatchList(stores.gateway).wake(holder.id, [...new Set(records.map(({ person }) => person))])
    return {
      ...written,
      files: read.map(({ format, records: own }, at) => ({
        name: wish.files[at]?.name ?? '',
        format,
        records: own.length,
      })),
      refused: [...refused, ...written.refused].sort(byPlace),
      unread,
      notes: read.flatMap(({ notes }, at) => [...notes, ...undatedNote(read[at], wish.files[at], owner, now)]),
      people,
    }
  } finally {
    await stores.close()
  }
}

function holderTaking({ registry }: Catalogue, id: string): Holder {
  const holder = registry.holders.get(id)
  const taking = [...registry.holders.values()]
    .filter(({ binding }) => binding?.type === 'files')
    .map((each) => each.id)
  const others = taking.length === 0 ? 'The registry has none.' : `These take files: ${taking.join(', ')}.`
  if (!holder) throw new FileFault(`The registry has no such holder. ${others}`)
  if (holder.binding?.type !== 'files')
    throw new FileFault(
      `The records of ${holder.id} are not taken from files: its binding in the registry says otherwise. ${others}`,
    )
  return holder
}

const ownerOf = (holder: Holder, { registry }: Catalogue): RecordOwner => ({
  ...{ id: holder.id, kind: holder.kind, service: holder.service, organisation: holder.organisation },
  ...{ la: holder.la, timeZone: holder.timeZone },
  force: holder.organisation !== null && registry.forces.has(holder.organisation) ? holder.organisation : null,
})

/** Whether a file says when it was made, and nobody can take it at its word. */
function isMisdated({ records }: ReadFile, owner: RecordOwner, now: Date): boolean {
  const said = records.find(({ madeAt }) => madeAt !== undefined)
  if (!said) return false
  const made = madeOn(said, owner)
  return made === null || isYetToCome(made, now)
}

/**
 * By when a file was made a later one is told from an earlier.
 *
 * @throws FileFault of our own format, whose writer can say it rightly.
 */
function refuseUndated(read: readonly ReadFile[], files: readonly ImportFile[], owner: RecordOwner, now: Date): void {
  const at = read.findIndex((each) => each.format === 'json' && isMisdated(each, owner, now))
  if (at >= 0)
    throw new FileFault(
      `${files[at]?.name} says with madeAt that it was made at a time that is yet to come, or is no time. Nothing of the file is taken.`,
    )
}

/** Of a return, which says it in its header: that is no reason to leave its children out. */
const undatedNote = (read: ReadFile | undefined, file: ImportFile | undefined, owner: RecordOwner, now: Date) =>
  read && isMisdated(read, owner, now)
    ? [`${file?.name} says that it was made at a time that is yet to come, or is no time: it counts as made now.`]
    : []

function recordsOf(read: readonly ReadFile[], layout: SourceLayout, owner: RecordOwner, now: Date) {
  const made: { readonly incoming: IncomingRecord; readonly record: StoredRecord }[] = []
  const all: RefusedLine[] = read.flatMap((each) => each.refused)
  for (const { format, incoming } of read.flatMap((each) =>
    each.records.map((incoming) => ({ format: each.format, incoming })),
  )) {
    const record = storedRecord(incoming, layout, owner, now, format)
    if ('fault' in record) all.push({ ...incoming, ...record })
    else made.push({ incoming, record })
  }
  const rows = new Set(all.flatMap((each) => rowOf(each) ?? []))
  const taken = made.filter(({ incoming }) => !rows.has(rowOf(incoming) ?? ''))
  return {
    records: taken.map(({ record }) => record),
    refused: onceEachRow(all).map((each) => ({ ...standsAt(each), fault: each.fault, where: each.where })),
    unread: taken.flatMap(({ incoming, record }): UnreadValue[] =>
      record.unread.map((field) => ({ ...standsAt(incoming), where: `${record.list}.${field}` })),
    ),
  }
}

/** The row that something comes from, of all files; null where it is no part of one. */
const rowOf = ({ file, row }: Pick<RefusedLine, 'file' | 'row'>): string | null =>
  row === undefined ? null : `${file} ${row}`

/** A row is refused once, for the first that is wrong with it. */
function onceEachRow(refused: readonly RefusedLine[]): readonly RefusedLine[] {
  const seen = new Set<string>()
  return refused.filter((each) => {
    const row = rowOf(each)
    if (row === null || !seen.has(row)) {
      if (row !== null) seen.add(row)
      return true
    }
    return false
  })
}

const byPlace = (one: RefusedLine, other: RefusedLine): number =>
  one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1

/** Ends a transaction that was only tried. */
class Tried extends Error {}

/** Runs work in one transaction, of which nothing stays where it is only tried. */
async function inTransaction<T>(
  { knex }: Database,
  isDryRun: boolean,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  let done: { readonly value: T } | null = null
  try {
    await knex.transaction(async (trx) => {
      done = { value: await work(trx) }
      if (isDryRun) throw new Tried()
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
  }
  // Set by the transaction, or it threw.
  return (done as unknown as { readonly value: T }).value
}

/** Takes a holder's people into the register. What was broken off is done by importing the same file again. */
async function takeInImported(
  config: Config,
  { registry, model }: Catalogue,
  gateway: Database,
  holder: Holder,
  onProgress: Progress,
): Promise<ImportOutcome['people']> {
  const service = openIdentity(config, gateway, systemClock(), createLog('silent'), registry)
  if (!service) return null
  const households: Household[] = []
  const taken = await takeIn(service, gateway, peopleInFiles(holder, gateway, model.layouts[holder.kind]), {
    clock: systemClock(),
    onProgress: (done, all) => onProgress(done, all, 'people'),
    onPage: (people, records) => households.push(...householdsIn(people, records)),
  })
  const resolved = await resolveRecords(service.register, gateway, systemClock(), (count) =>
    onProgress(count, 0, 'records resolved'),
  )
  const linked = await linkHouseholds(service.register, households)
  return { taken, ...resolved, linked: resolved.linked + linked }
}

/** Of what a file was joined from, the newest. */
const latestMade = (records: ReadFile['records'], owner: RecordOwner): string | null =>
  records
    .flatMap((record) => madeOn(record, owner) ?? [])
    .sort()
    .at(-1) ?? null
