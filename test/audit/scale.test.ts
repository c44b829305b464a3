import { expect, it, vi } from 'vitest'
import { BlockRoots } from '../../src/audit/blockRoots.ts'
import { type AuditLogOptions, entriesOfChild, openAuditLog } from '../../src/audit/log.ts'
import { leafHash } from '../../src/audit/merkle.ts'
import { keepBlocks, readBlocks } from '../../src/audit/storedBlockRoots.ts'
import { openTreeReader } from '../../src/audit/treeReader.ts'
import { verifyLog } from '../../src/audit/verifyLog.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { logAtScale } from '../../src/store/migrations/0015-log-at-scale.ts'
import type { Stopping } from '../../src/store/stopping.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { testDatabases } from '../support/postgres.ts'

const key = auditKey()
const openOn = (database: Database, more: Partial<AuditLogOptions> = {}) =>
  openAuditLog({ database, key, origin: 'log.example.invalid', clock: systemClock(), ...more })

/** The database, and the names of the statements that went to it; transactions among them. */
function heard(database: Database): { database: Database; names: string[] } {
  const names: string[] = []
  const knex = new Proxy(database.knex, {
    get: (builder, name) => {
      if (name === 'transaction') names.push('transaction')
      return Reflect.get(builder, name)
    },
  })
  const rows: Database['rows'] = (statement, signal) => {
    names.push(statement.name)
    return database.rows(statement, signal)
  }
  const { kind, wireRows, close } = database
  return { database: { kind, knex, rows, wireRows, close }, names }
}

const searched = (id: string, child: string) => {
  const entry = auditEntryFor(id, child)
  return { ...entry, actions: ['matchChild'], children: entry.children.map((each) => ({ ...each, facts: {} })) }
}

testDatabases('a log that several gateways append to', (engine) => {
  it('costs whoever came too late one round trip more, however much the other wrote', async () => {
    const opened = await engine.openMigrated()
    const [one, other] = [heard(opened.database), heard(opened.another())]
    const [log, late] = [await openOn(one.database), await openOn(other.database)]
    for (const count of [1, 700]) {
      await Promise.all(Array.from({ length: count }, (_, at) => log.append(auditEntryFor(`${count}-${at}`, 'C04'))))
      other.names.length = 0
      await late.append(auditEntryFor(`late-${count}`, 'C04'))
      expect(other.names).toEqual(['audit-append', 'audit-append'])
    }
    expect((await verifyLog(opened.database, key.publicJwk)).problems).toEqual([])
  })

  it('takes along what gathers while it comes too late, so that appends do not grow with what waits', async () => {
    const opened = await engine.openMigrated()
    const handles = [heard(opened.database), heard(opened.another())]
    const logs = await Promise.all(handles.map(({ database }) => openOn(database)))
    for (const { names } of handles) names.length = 0
    await Promise.all(
      logs.flatMap((log, which) =>
        Array.from({ length: 300 }, async (_, at) => {
          for (let wait = 0; wait < at % 12; wait++) await new Promise((resolve) => setImmediate(resolve))
          await log.append(auditEntryFor(`${which}-${at}`, 'C04'))
        }),
      ),
    )
    const appends = handles.flatMap(({ names }) => names)
    // The embedded database has one session: there nobody waits for another.
    if (engine.kind === 'postgres') expect(appends.length).toBeLessThan(200)
    const { ok, size, problems } = await verifyLog(opened.database, key.publicJwk)
    expect({ ok, size, problems }).toEqual({ ok: true, size: 600, problems: [] })
  })

  it('does not append on top of hashes that are not those of the end', async () => {
    const opened = await engine.openMigrated()
    const [log, late] = [await openOn(opened.database), await openOn(opened.another())]
    await log.append(auditEntryFor('1', 'C04'))
    await opened.database.knex.raw(`update gateway.audit_leaf set leaf_hash = repeat('0', 64)`)
    await expect(late.append(auditEntryFor('2', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })
})

testDatabases('a start on a log of many entries', (engine) => {
  /** Two whole blocks, and a part of one. */
  const filled = async () => {
    const { database } = await engine.openMigrated()
    const log = await openOn(database)
    await Promise.all(Array.from({ length: 1300 }, (_, at) => log.append(auditEntryFor(String(at), 'C04'))))
    await log.close()
    return database
  }
  const started = async (database: Database, more: Partial<AuditLogOptions> = {}) => {
    const read: unknown[][] = []
    const watched: Database = Object.create(database, {
      rows: {
        value: (statement: Statement, signal?: Stopping) => {
          if (statement.name === 'audit-hashes') read.push([...statement.values])
          return database.rows(statement, signal)
        },
      },
    })
    return { log: await openOn(watched, { restMilliseconds: 0, ...more }), read }
  }

  it('reads what came after the last whole block alone, and proofs and appends stand on it', async () => {
    const database = await filled()
    const passed = new BlockRoots()
    const { log, read } = await started(database, { passed })
    expect(read).toEqual([[1024, 1300]])
    expect(passed.root(0, 1024)).toEqual(await openTreeReader(database).root(1024))
    await Promise.all(Array.from({ length: 300 }, (_, at) => log.append(auditEntryFor(`more-${at}`, 'C04'))))
    await log.close()
    const again = await started(database)
    expect(again.read).toEqual([[1536, 1600]])
    await again.log.close()
    expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
  })

  it('takes over every root up to the first that is missing, in their order, and none beyond the checkpoint', async () => {
    const { database } = await engine.openMigrated()
    const root = (place: number) => leafHash(String(place))
    const places = Array.from({ length: 13 }, (_, place) => place)
    await keepBlocks(
      database.rows,
      places.toReversed().map((place) => ({ place, root: root(place) })),
    )
    expect(await readBlocks(database.rows)).toEqual([])
    await database.knex.raw(
      "insert into gateway.audit_checkpoint (size, root, note, at) values (?, '', '', '2026-11-20T12:00:00Z')",
      [12 * 512 + 5],
    )
    expect(await readBlocks(database.rows)).toEqual(places.slice(0, 12).map(root))
    await database.knex.raw('delete from gateway.audit_block where place = 11')
    expect(await readBlocks(database.rows)).toEqual(places.slice(0, 11).map(root))
  })

  it('goes through the entries where a stored root is wrong or lost, and puts it right', async () => {
    const database = await filled()
    for (const harm of ["update gateway.audit_block set root = repeat('0', 64)", 'delete from gateway.audit_block']) {
      await database.knex.raw(`${harm} where place = 0`)
      const { log, read } = await started(database)
      expect(read.at(-1)?.[0]).toBe(0)
      await log.append(auditEntryFor('again', 'C04'))
      await log.close()
      const next = await started(database)
      expect(next.read.map(([from]) => from)).toEqual([1024])
      await next.log.close()
    }
    expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
  })

  it('finds an entry that was altered behind it, and appends nothing more', async () => {
    const database = await filled()
    await database.knex.raw("update gateway.audit_leaf set leaf_hash = repeat('0', 64) where seq = 700")
    const { log, read } = await started(database)
    expect(read).toEqual([[1024, 1300]])
    await vi.waitFor(async () => expect(await log.isWritable()).toBe(false), 10_000)
    await expect(log.append(auditEntryFor('late', 'C04'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await log.close()
    await database.knex.raw("update gateway.audit_leaf set leaf_hash = repeat('0', 64) where seq = 1100")
    await expect(openOn(database)).rejects.toThrow('does not match its last checkpoint')
  })
})

testDatabases('the access log of a child', (engine) => {
  it('reads a page of what may be told, however many searches touched the child', async () => {
    const { database } = await engine.openMigrated()
    const log = await openOn(database)
    for (let at = 0; at < 30; at++) {
      await log.append(auditEntryFor(`told-${at}`, 'C04'))
      await Promise.all(Array.from({ length: 40 }, (_, nth) => log.append(searched(`search-${at}-${nth}`, 'C04'))))
    }
    const page = await log.ofChild('C04', 10, { withUndisclosed: false })
    expect(page.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, at) => `told-${29 - at}`))
    const next = await log.ofChild('C04', 10, { withUndisclosed: false, after: 'told-20' })
    expect(next.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, at) => `told-${19 - at}`))
    expect((await log.ofChild('C04', 5)).map(({ id }) => id.slice(0, 9))).toEqual(Array(5).fill('search-29'))
    await expect(log.ofChild('C04', 5, { after: 'unknown' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await database.knex.raw('analyze gateway.audit_child, gateway.audit_leaf, gateway.audit_payload')
    const plan: unknown =
      await database.knex.raw(`explain (analyze, timing off) select child.seq from gateway.audit_child child
      where child.child_id = 'C04' and child.seq < 9223372036854775807 and child.untold is not true
      order by child.seq desc limit 10`)
    expect(JSON.stringify(plan)).toMatch(/audit_child_told/)
    expect(JSON.stringify(plan)).not.toMatch(/Rows Removed by Filter/)
  })

  it('is told apart in a store of the version before, when it is brought up to date', async () => {
    const { database } = await engine.openMigrated()
    const log = await openOn(database)
    await log.append(auditEntryFor('told', 'C04', 'C05'))
    await log.append(searched('search', 'C04'))
    await log.append({ ...auditEntryFor('found', 'C04'), actions: ['findChild', 'child'] })
    await log.append({ ...searched('duties', 'C05'), actions: ['obligations'] })
    await log.append({ ...searched('other', 'C05'), actions: ['holdsToReview', 'matchChildren'] })
    const untold = () =>
      database.rows({
        name: 'untold',
        text: 'select seq::text, child_id, coalesce(untold, false)::text from gateway.audit_child order by 1, 2',
        values: [],
      })
    const noted = await untold()
    expect(noted.filter(([, , told]) => told === 'true').map(([seq, id]) => `${seq} ${id}`)).toEqual(['1 C04', '3 C05'])
    await database.knex.transaction(async (trx) => {
      await logAtScale.down?.(trx)
      await logAtScale.up(trx)
    })
    expect(await untold()).toEqual(noted)
    expect((await entriesOfChild(database, 'C04', 9, { withUndisclosed: false })).map(({ id }) => id)).toEqual([
      'found',
      'told',
    ])
    await log.append(auditEntryFor('after', 'C04'))
    expect((await verifyLog(database, key.publicJwk)).problems).toEqual([])
  })
})
