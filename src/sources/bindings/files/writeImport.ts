import type { Knex } from 'knex'
import { instantText } from '../../../foundation/identifiers.ts'
import { type LineFault, type RefusedLine, standsAt } from './incoming.ts'
import type { StoredRecord } from './storedRecord.ts'
import { recordsOfStrangers } from './strangers.ts'

/** What came of the records of one import. */
export interface Written {
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly withdrawn: number
  readonly refused: readonly RefusedLine[]
}

/** A version as it is held, or is to be. */
interface Version {
  readonly version: number
  readonly recordedAt: number
  readonly replacedAt: number | null
  readonly statedAt: number
  readonly content: string
}

const batchSize = 1000

export interface WriteOptions {
  /** Whether what is said of a person is all that there is, in each list and format: the rest is taken back. */
  readonly isComplete?: boolean | undefined
  readonly onProgress?: (done: number) => void
}

/**
 * Writes what a holder says now. A record that is held and says the same stays as it is; one that says something else
 * gets a row that is read from when it was said, and the earlier row is read until then. Records that a file does not
 * name stay.
 *
 * @param trx a transaction of the gateway's own store: all of it is in, or nothing.
 */
export async function writeImport(
  trx: Knex.Transaction,
  holder: string,
  said: readonly StoredRecord[],
  now: Date,
  { isComplete = false, onProgress = () => {} }: WriteOptions = {},
): Promise<Written> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?::text, 731154264))', [holder])
  const counts = {
    added: 0,
    changed: 0,
    same: 0,
    withdrawn: isComplete ? await takeBack(trx, holder, said, now) : 0,
  }
  const strangers = await recordsOfStrangers(trx, holder, said)
  const records = said.filter((record) => !strangers.has(record))
  const byId = new Map<string, StoredRecord[]>()
  for (const record of records) {
    const key = keyOf(record.list, record.id)
    const known = byId.get(key)
    if (known) known.push(record)
    else byId.set(key, [record])
  }
  const orphans = await orphansOf(trx, holder, records, byId)
  const refused = [...refusing(strangers, 'PERSON_UNKNOWN'), ...refusing(orphans, 'PARENT_UNKNOWN')]
  const keys = [...byId.keys()]
  const held = await heldVersions(trx, holder, records)
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize).flatMap((key) => {
      const said = (byId.get(key) ?? []).filter((record) => !orphans.has(record))
      return said.length > 0 ? [said] : []
    })
    const plan = planOf(batch, held, now)
    for (const name of ['added', 'changed', 'same', 'withdrawn'] as const) counts[name] += plan[name]
    refused.push(...plan.refused)
    await addVersions(trx, holder, plan.rows)
    // Afterwards, since one import may say a record several times.
    await endVersions(trx, holder, plan.ended)
    onProgress(Math.min(start + batchSize, keys.length))
  }
  return { ...counts, refused }
}

const refusing = (records: Iterable<StoredRecord>, fault: LineFault): RefusedLine[] =>
  [...records].map((record) => ({ ...standsAt(record), fault, where: record.list }))

const keyOf = (list: string, id: string): string => `${list} ${id}`

/**
 * Ends what an earlier file of a format said of the persons of these, in the lists of these, and these do not say. What
 * was said later than these stays.
 */
async function takeBack(
  trx: Knex.Transaction,
  holder: string,
  records: readonly StoredRecord[],
  now: Date,
): Promise<number> {
  const kinds = [...new Map(records.map((record) => [`${record.format} ${record.list}`, record])).values()]
  const latest = Math.max(0, ...records.map(({ statedAt }) => Date.parse(statedAt)))
  const { rows } = await trx.raw(
    `update gateway.imported_record held set replaced_at = greatest(?::timestamptz, held.recorded_at + interval '1 ms')
      from unnest(?::text[], ?::text[]) as kind (format, list)
      where held.holder = ?::text and held.replaced_at is null and held.format = kind.format and held.list = kind.list
        and held.stated_at <= ?::timestamptz and held.person_id = any(?::text[])
        and not exists (select 1 from unnest(?::text[], ?::text[]) as said (list, record_id)
          where said.list = held.list and said.record_id = held.record_id)
      returning 1`,
    [
      now.toISOString(),
      kinds.map(({ format }) => format),
      kinds.map(({ list }) => list),
      holder,
      new Date(latest).toISOString(),
      [...new Set(records.map(({ person }) => person))],
      records.map(({ list }) => list),
      records.map(({ id }) => id),
    ],
  )
  return (rows as readonly unknown[]).length
}

/** Records of nested lists whose parent is nowhere. */
async function orphansOf(
  trx: Knex.Transaction,
  holder: string,
  records: readonly StoredRecord[],
  inFile: ReadonlyMap<string, unknown>,
): Promise<ReadonlySet<StoredRecord>> {
  const nested = records.filter(({ parent }) => parent !== null)
  if (nested.length === 0) return new Set()
  // A parent stands in a list of its own: its name is the contract's, and its id says enough here.
  const ids = new Set([...inFile.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))
  const asked = [...new Set(nested.flatMap(({ parent }) => (parent !== null && !ids.has(parent) ? [parent] : [])))]
  const { rows } = await trx.raw(
    `select distinct record_id from gateway.imported_record where holder = ?::text and record_id = any(?::text[])`,
    [holder, asked],
  )
  for (const { record_id } of rows as readonly { record_id: string }[]) ids.add(record_id)
  return new Set(nested.filter(({ parent }) => parent !== null && !ids.has(parent)))
}

/**
 * The latest version of each record that is held, before anything is written. One by one by its key: of a table that an
 * import has just filled the planner knows too little for a join.
 */
async function heldVersions(
  trx: Knex.Transaction,
  holder: string,
  records: readonly StoredRecord[],
): Promise<ReadonlyMap<string, Version>> {
  const { rows } = await trx.raw(
    `select held.list, held.record_id, held.version, held.content,
        extract(epoch from held.recorded_at)::float8 as recorded, extract(epoch from held.stated_at)::float8 as stated,
        extract(epoch from held.replaced_at)::float8 as replaced
      from (select distinct list, record_id from unnest(?::text[], ?::text[]) as said (list, record_id)) asked
      cross join lateral (select * from gateway.imported_record known
        where known.holder = ?::text and known.list = asked.list and known.record_id = asked.record_id
        order by known.version desc limit 1) held`,
    [records.map(({ list }) => list), records.map(({ id }) => id), holder],
  )
  return new Map(
    (rows as readonly Readonly<Record<string, unknown>>[]).map((row) => [
      keyOf(String(row['list']), String(row['record_id'])),
      {
        version: Number(row['version']),
        content: String(row['content']),
        recordedAt: millisecondsOf(row['recorded']),
        statedAt: millisecondsOf(row['stated']),
        replacedAt: row['replaced'] === null ? null : millisecondsOf(row['replaced']),
      },
    ]),
  )
}

const millisecondsOf = (seconds: unknown): number => Math.round(Number(seconds) * 1000)

interface Ended {
  readonly record: StoredRecord
  readonly version: number
  readonly at: number
}

interface Row {
  readonly record: StoredRecord
  readonly version: Version
}

/** What has to be written: decided from what is held and what is said, one record after the other. Pure. */
function planOf(batch: readonly (readonly StoredRecord[])[], held: ReadonlyMap<string, Version>, now: Date) {
  const counts = { added: 0, changed: 0, same: 0, withdrawn: 0 }
  const ended: Ended[] = []
  const rows: Row[] = []
  const refused: RefusedLine[] = []
  for (const said of batch) {
    const [first] = said
    if (!first) continue
    let latest = held.get(keyOf(first.list, first.id))
    let own: Row | null = null
    for (const record of said.toSorted((one, other) => Date.parse(one.statedAt) - Date.parse(other.statedAt))) {
      const outcome = outcomeOf(record, latest, own?.record ?? null)
      if (outcome === 'SAME') counts.same += 1
      else if (outcome === 'WITHDRAWN' && latest) {
        counts.withdrawn += 1
        const at = laterThan(latest, record, now)
        ended.push({ record, version: latest.version, at })
        latest = { ...latest, replacedAt: at, statedAt: Date.parse(record.statedAt) }
      } else if (outcome === 'NEW') {
        const recordedAt = latest ? laterThan(latest, record, now) : knownSince(record)
        if (latest && latest.replacedAt === null) ended.push({ record, version: latest.version, at: recordedAt })
        counts[latest ? 'changed' : 'added'] += 1
        latest = {
          ...{ version: (latest?.version ?? 0) + 1, recordedAt, replacedAt: null },
          ...{ statedAt: Date.parse(record.statedAt), content: record.content },
        }
        own = { record, version: latest }
        rows.push(own)
      } else if (outcome !== 'WITHDRAWN') refused.push(...refusing([record], outcome))
    }
  }
  return { ...counts, ended, rows, refused }
}

type Outcome = 'SAME' | 'NEW' | 'WITHDRAWN' | 'OLDER_THAN_HELD' | 'SAME_ID_TWICE'

/** @param before what this very import said of it. */
function outcomeOf(record: StoredRecord, latest: Version | undefined, before: StoredRecord | null): Outcome {
  if (record.withdrawn) return latest && latest.replacedAt === null ? 'WITHDRAWN' : 'SAME'
  if (!latest) return 'NEW'
  if (latest.content === record.content && latest.replacedAt === null) return 'SAME'
  if (before && before.statedAt === record.statedAt) return 'SAME_ID_TWICE'
  return Date.parse(record.statedAt) < latest.statedAt ? 'OLDER_THAN_HELD' : 'NEW'
}

/** When a later version is read from: when it was said, and in any case after the one before. */
const laterThan = (latest: Version, { statedAt }: StoredRecord, now: Date): number => {
  const least = Math.max(latest.recordedAt, latest.replacedAt ?? 0) + 1
  const said = Date.parse(statedAt)
  return said >= least ? said : Math.max(now.getTime(), least)
}

/**
 * When the holder knew. Where the file does not say, from the day of the event, or from when the file was made where
 * that was before: a return that tells of last year's plan did not make it known.
 */
const knownSince = ({ recordedAt, eventAt, statedAt }: StoredRecord): number => {
  if (recordedAt !== null) return Date.parse(recordedAt)
  return Math.min(...[eventAt ?? statedAt, statedAt].map((text) => Date.parse(text)))
}

async function endVersions(trx: Knex.Transaction, holder: string, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return
  await trx.raw(
    `update gateway.imported_record held set replaced_at = ended.at
      from unnest(?::text[], ?::text[], ?::integer[], ?::timestamptz[]) as ended (list, record_id, version, at)
      where held.holder = ?::text and held.list = ended.list and held.record_id = ended.record_id
        and held.version = ended.version`,
    [
      ended.map(({ record }) => record.list),
      ended.map(({ record }) => record.id),
      ended.map(({ version }) => version),
      ended.map(({ at }) => new Date(at).toISOString()),
      holder,
    ],
  )
}

const shape = `list text, record_id text, version integer, person_id text, parent_id text, event_at timestamptz,
  recorded_at timestamptz, replaced_at timestamptz, stated_at timestamptz, recorded_by text, held_by_service text,
  held_by_la text, held_by_force text, held_by_organisation text, evidence_type text, supersedes text, row_labels text[],
  row_handling text, row_relevance text, fields jsonb, unread text[], content text, format text`
const columns = shape.split(',').map((part) => part.trim().split(' ')[0] ?? '')

/** Values travel as JSON and are typed by the statement, the same on every store. */
async function addVersions(trx: Knex.Transaction, holder: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const names = columns.join(', ')
  const values = rows.map(({ record, version }) => ({
    ...{ list: record.list, record_id: record.id, version: version.version, person_id: record.person },
    ...{ parent_id: record.parent, event_at: record.eventAt, recorded_at: instantText(new Date(version.recordedAt)) },
    ...{ replaced_at: null, stated_at: record.statedAt, recorded_by: record.recordedBy },
    ...{ held_by_service: record.service, held_by_la: record.la, held_by_force: record.force },
    ...{ held_by_organisation: record.organisation, evidence_type: record.evidence, supersedes: record.supersedes },
    ...{ row_labels: record.labels, row_handling: record.handling, row_relevance: record.relevance },
    ...{ fields: record.fields, unread: record.unread, content: record.content, format: record.format },
  }))
  await trx.raw(
    `insert into gateway.imported_record (holder, ${names})
      select ?::text, ${names} from jsonb_to_recordset(?::jsonb) as rows(${shape})`,
    [holder, JSON.stringify(values)],
  )
}
