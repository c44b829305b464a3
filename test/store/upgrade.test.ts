import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway, migrationNames } from '../../src/store/migrate.ts'
import { transferStore } from '../../src/transfer/store.ts'
import { verifySnapshot } from '../../src/transfer/verifySnapshot.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { newDataDir } from '../support/prepared.ts'
import { sampled } from '../support/sample.ts'

const inStore = async <Result>(dataDir: string, act: (database: Database) => Promise<Result>): Promise<Result> => {
  const database = await openEmbedded(join(dataDir, 'store'))
  try {
    return await act(database)
  } finally {
    await database.close()
  }
}

/** What a table had, as JSON, by its name. */
type Tables = ReadonlyMap<string, string>

/** Not of the version: which migrations ran. */
const notStored = ['migration', 'migration_lock']

const namesIn = async ({ rows }: Database): Promise<readonly string[]> =>
  (
    await rows({
      name: 'tables-of-gateway',
      text: `select relname::text from pg_class where relnamespace = 'gateway'::regnamespace and relkind = 'r' order by 1`,
      values: [],
    })
  ).flatMap(([name]) => (name && !notStored.includes(name) ? [name] : []))

async function tablesOf(database: Database): Promise<Tables> {
  const found = new Map<string, string>()
  for (const name of await namesIn(database)) {
    const text = `select coalesce(json_agg(each), '[]')::text from gateway."${name}" as each`
    found.set(name, (await database.rows({ name: `all-of-${name}`, text, values: [] }))[0]?.[0] ?? '[]')
  }
  return found
}

/**
 * The store as a gateway of an earlier version left it: its tables, with what of today's rows they can hold. Two
 * holders that know a child by one id were one then.
 */
async function takeBackTo(database: Database, last: string, tables: Tables): Promise<readonly string[]> {
  await database.knex.raw('drop schema gateway cascade')
  await migrateGateway(database, last)
  const names = await namesIn(database)
  await database.knex.transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica')
    for (const name of names) {
      await trx.raw(`delete from gateway."${name}"`)
      const columns = `select string_agg(quote_ident(attname), ', ') as names from pg_attribute
        where attrelid = 'gateway."${name}"'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        and attname in (select jsonb_object_keys(row) from jsonb_array_elements(?::jsonb) as row)`
      const json = tables.get(name) ?? '[]'
      const { rows }: { rows: { names: string | null }[] } = await trx.raw(columns, [json])
      const stored = rows[0]?.names
      if (!stored) continue
      await trx.raw(
        `insert into gateway."${name}" (${stored}) overriding system value
         select ${stored} from json_populate_recordset(null::gateway."${name}", ?) on conflict do nothing`,
        [json],
      )
    }
    const serial: { rows: { name: string; sequence: string }[] } = await trx.raw(`select
        quote_ident(table_name) || '.' || quote_ident(column_name) as name,
        pg_get_serial_sequence(format('gateway.%I', table_name), column_name) as sequence
      from information_schema.columns where table_schema = 'gateway'`)
    for (const { name, sequence } of serial.rows) {
      const [table, column] = name.split('.')
      const next = `select coalesce(max(${column}), 0) + 1 from gateway.${table}`
      if (sequence) await trx.raw(`select setval('${sequence}', (${next}), false)`)
    }
  })
  return names
}

/** What only a running gateway, an officer or another party writes, and a store may well be without. */
const mayBeEmpty = ['audit_cosignature', 'audit_erasure', 'denied_token', 'link_proposal', 'token_replay']

const fields = 'id version signature fingerprint receipt historyCount'
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Something of everything that a person can put into a store; the transfer has two versions. */
const acts: readonly (readonly [persona: string, mutation: string])[] = [
  [
    'social-worker',
    `recordConsent(input: { childId: "C04", state: GIVEN, giver: PARENT, competence: NOT_ASSESSED, evidence: "She said so", purpose: EARLY_HELP }) { id }`,
  ],
  ['unrelated-officer', `breakGlass(childId: "C04", reason: "x", minutes: 15) { id }`],
]

/** Versions whose stores are brought up to date: the oldest, and those before a table changed its shape. */
const ends = sampled(
  ['0009-changes', '0017-agreement-terms', '0035-messages', '0053-audit-span', '0064-legal-hold-of-authority'],
  1,
)

it.each(ends)('a store that ended with %s is brought up to date where it stands', async (last) => {
  const dataDir = newDataDir()
  const settings = { DATA_DIR: dataDir }
  const running: TestGateway[] = []
  afterAll(() => Promise.all(running.map((gateway) => gateway.close())))
  const asked = async (gateway: TestGateway, persona: string, query: string, purpose?: 'TRANSFER_SEND') => {
    const { data, errors } = await gateway.ask(persona, query, purpose ? { purpose } : {})
    expect(errors).toEqual([])
    return data as unknown as Record<string, Record<string, unknown>>
  }
  const view = '{ child(id: "C04") { id status { level } police { state } consents: sources { agency state } } }'

  const before = await startTestGateway(settings)
  running.push(before)
  for (const [persona, mutation] of acts) await asked(before, persona, `mutation { ${mutation} }`)
  const holding = `childId: "C04", kind: DETRIMENT, label: SOCIAL_CARE, reason: "x", reviewOn: "${inDays(7)}"`
  const { recordHold } = await asked(before, 'social-worker', `mutation { recordHold(input: { ${holding} }) { id } }`)
  const review = `reviewHold(id: "${String(recordHold?.['id'])}", reviewOn: "${inDays(9)}", reason: "x") { id }`
  await asked(before, 'social-worker', `mutation { ${review} }`)
  const ask = (more: string) => asked(before, 'social-worker', `mutation { ${more} }`, 'TRANSFER_SEND')
  const move = `requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { ${fields} }`
  const first = (await ask(move))['requestTransfer'] ?? {}
  const id = String(first['id'])
  const contributing = `contributeToTransfer(transferId: "${id}", state: WITHHELD, reason: "x") { id }`
  await asked(before, 'missing-coordinator', `mutation { ${contributing} }`)
  const latest = (
    await asked(before, 'social-worker', `{ transferSummary(transferId: "${id}") { ${fields} } }`, 'TRANSFER_SEND')
  )['transferSummary']
  await asked(before, 'information-governance', '{ obligations { id } }')
  const child = JSON.stringify(await asked(before, 'social-worker', view))
  const entries = (await before.opened.setting.audit.ofChild('C04', 50)).map((entry) => entry.id)
  expect(entries.length).toBeGreaterThan(4)
  const replays = new Map<string, unknown>()
  for (const entry of entries) replays.set(entry, await before.opened.auditReplay(entry))
  await before.close()

  await inStore(dataDir, async (database) => {
    const tables = new Map(await tablesOf(database))
    // Before versions were kept as differences, each stood whole.
    const versions: Record<string, unknown>[] = JSON.parse(tables.get('transfer_version') ?? '[]')
    const store = transferStore(database)
    for (const row of versions)
      Object.assign(row, await store.version(String(row['transfer_id']), Number(row['version'])))
    tables.set('transfer_version', JSON.stringify(versions))
    const names = await takeBackTo(database, last, tables)
    expect(names.filter((name) => (tables.get(name) ?? '[]') === '[]' && !mayBeEmpty.includes(name))).toEqual([])
    expect(await migrateGateway(database)).toEqual(migrationNames.filter((name) => name > last))
    expect(await migrateGateway(database)).toEqual([])
    const kept = await store.version(id, 1)
    expect(kept).toMatchObject({ fingerprint: first['fingerprint'], jws: first['signature'] })
  })

  const after = await startTestGateway(settings)
  running.push(after)
  const { audit } = after.opened.setting
  expect((await audit.ofChild('C04', 50)).map((entry) => entry.id)).toEqual(entries)
  for (const entry of entries) {
    const replay = await after.opened.auditReplay(entry)
    expect([entry, replay]).toEqual([entry, replays.get(entry)])
    const { prover } = after.opened.audit
    const stored = await prover.byId(entry)
    expect([entry, stored !== null && (await prover.receipt(stored)) !== null]).toEqual([entry, true])
  }
  expect(await after.opened.auditVerify(() => {})).toMatchObject({ problems: [] })
  expect(JSON.stringify(await asked(after, 'social-worker', view))).toBe(child)
  const read = await asked(
    after,
    'social-worker',
    `{ transferSummary(transferId: "${id}") { ${fields} } }`,
    'TRANSFER_SEND',
  )
  expect(read['transferSummary']).toMatchObject({ id })
  if (last >= '0014') expect(read['transferSummary']).toEqual(latest)
  expect(await verifySnapshot(String(first['signature']), after.opened.jwks())).toMatchObject({ ok: true })
})
