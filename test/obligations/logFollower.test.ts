import { expect, it } from 'vitest'
import { entriesSince, entriesSinceStatement } from '../../src/audit/entriesSince.ts'
import type { AuditEntry } from '../../src/audit/entry.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { LogFollower } from '../../src/obligations/logFollower.ts'
import { LogReader } from '../../src/obligations/logReader.ts'
import type { Database } from '../../src/store/database.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { testDatabases } from '../support/postgres.ts'

const now = new Date('2026-11-20T12:00:00Z')

/** Read by somebody outside the responsible authority: a notice for each child. */
const readOutside = (id: string, children: readonly string[], filler = ''): AuditEntry => {
  const entry = auditEntryFor(id, ...children)
  return {
    ...entry,
    caller: { ...entry.caller, organisation: 'F4', role: 'POLICE_PUBLIC_PROTECTION', purpose: 'STRATEGY_DISCUSSION' },
    children: entry.children.map((child) => ({ ...child, facts: { responsibleLa: 'LA2', filler } })),
  }
}

const write = async (database: Database, entries: readonly AuditEntry[]): Promise<void> => {
  const clock = { now: () => now, today: () => now }
  const log = await openAuditLog({ database, key: auditKey(), origin: 'test.example/audit', clock })
  await Promise.all(entries.map((entry) => log.append(entry)))
  await log.close()
}

/** The database, with what it was asked. */
function counted(database: Database): { database: Database; transactions: () => number; statements: () => number } {
  let [transactions, statements] = [0, 0]
  const knex = new Proxy(database.knex, {
    get: (builder, name) => {
      if (name === 'transaction') transactions++
      return Reflect.get(builder, name)
    },
  })
  const rows: Database['rows'] = (statement, signal) => {
    statements++
    return database.rows(statement, signal)
  }
  const { kind, wireRows, close } = database
  return {
    database: { kind, knex, rows, wireRows, close },
    transactions: () => transactions,
    statements: () => statements,
  }
}

const fill = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => readOutside(`L${from + index}`, [`C${(from + index) % 7}`]))

testDatabases('the follower of the log', (engine) => {
  it('follows each entry once, and those who ask at once share the work', async () => {
    const { database } = await engine.openMigrated()
    await write(database, fill(0, 620))
    const asked = counted(database)
    const follower = new LogFollower(asked.database, { entries: 50, bytes: 1_000_000 })
    await Promise.all(Array.from({ length: 8 }, () => follower.catchUp()))
    // The first asker's four steps, and four that all the others shared.
    expect(asked.transactions()).toBeLessThanOrEqual(8)
    const reader = new LogReader(database, follower)
    expect((await reader.notices('LA2', null, { first: 1000, after: null })).length).toBeGreaterThanOrEqual(200)
    // What was left is followed in the background.
    await follower.follow()
    expect(await reader.notices('LA2', null, { first: 1000, after: null })).toHaveLength(620)
    expect(asked.transactions()).toBeLessThanOrEqual(15)
  })

  it('is followed by one process at a time, and nothing twice', async () => {
    const { database, another } = await engine.openMigrated()
    await write(database, fill(0, 300))
    const [one, other] = [counted(database), counted(another())]
    const page = { entries: 20, bytes: 1_000_000 }
    await Promise.all([new LogFollower(one.database, page).follow(), new LogFollower(other.database, page).follow()])
    // Fifteen steps in all; each process may look once in vain after the other's last.
    expect(one.transactions() + other.transactions()).toBeLessThanOrEqual(17)
    expect(await new LogReader(database).notices('LA2', null, { first: 1000, after: null })).toHaveLength(300)
  })

  it('asks one small statement when nothing is new, however long the log is', async () => {
    const { database } = await engine.openMigrated()
    await write(database, fill(0, 40))
    const asked = counted(database)
    const follower = new LogFollower(asked.database)
    await follower.follow()
    const [transactions, statements] = [asked.transactions(), asked.statements()]
    await follower.catchUp()
    expect([asked.transactions() - transactions, asked.statements() - statements]).toEqual([0, 1])
  })

  it('reads large entries one by one, and an answer about many children at once', async () => {
    const { database } = await engine.openMigrated()
    const children = Array.from({ length: 100 }, (_, index) => `C${index}`)
    await write(database, [
      ...Array.from({ length: 5 }, (_, index) => readOutside(`large${index}`, ['C1'], 'x'.repeat(300_000))),
      ...Array.from({ length: 120 }, (_, index) => readOutside(`many${index}`, children)),
    ])
    expect(await entriesSince(database, 0, { entries: 256, bytes: 100_000 })).toHaveLength(1)
    expect(await entriesSince(database, 0, { entries: 256, bytes: 700_000 })).toHaveLength(2)
    await new LogFollower(database).follow()
    expect(await new LogReader(database).notices('LA2', null, { first: 20_000, after: null })).toHaveLength(
      5 + 120 * 100,
    )
  })

  it('reads no row before its place, whatever plan the server settles on', async () => {
    const { database } = await engine.openMigrated()
    await write(database, fill(0, 3000))
    await database.knex.raw('analyze gateway.audit_leaf, gateway.audit_payload')
    for (const from of [0, 2900]) {
      const { text } = entriesSinceStatement(0, { entries: 1, bytes: 1 })
      const plan: unknown = await database.knex.transaction(async (trx) => {
        await trx.raw('set local plan_cache_mode = force_generic_plan')
        await trx.raw(`prepare since_${from} as ${text}`)
        return trx.raw(`explain (analyze, timing off) execute since_${from}(${from}, 50, 1000000)`)
      })
      const scans = JSON.stringify(plan).match(/Scan[^"]*actual rows=\d+[.\d]* loops=\d+/g) ?? []
      const read = scans.map((scan) => {
        const [, rows, loops] = /actual rows=([.\d]+) loops=(\d+)/.exec(scan) ?? []
        return Number(rows) * Number(loops)
      })
      expect(scans.length).toBeGreaterThan(1)
      expect(JSON.stringify(plan)).not.toMatch(/Seq Scan on audit_/)
      expect(Math.max(...read)).toBeLessThanOrEqual(101)
    }
  })

  it('stops between steps and begins again where it ended', async () => {
    const { database } = await engine.openMigrated()
    await write(database, fill(0, 60))
    const follower = new LogFollower(database, { entries: 10, bytes: 1_000_000 })
    const stop = follower.start(3_600_000, () => undefined)
    const following = follower.follow()
    await stop()
    await following
    await new LogFollower(database, { entries: 10, bytes: 1_000_000 }).follow()
    expect(await new LogReader(database).notices('LA2', null, { first: 1000, after: null })).toHaveLength(60)
  })
})
