import { beforeAll, describe, expect, it } from 'vitest'
import { allowAgain, databaseDenylist, deny } from '../../src/auth/denylist.ts'
import { proofNonces } from '../../src/auth/dpopNonce.ts'
import { recentlyUsed, sharedReplayStore } from '../../src/auth/replayStore.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabases } from '../support/postgres.ts'
import { start } from './support.ts'

testDatabases('single use', (engine) => {
  let database: Database
  let another: () => Database
  beforeAll(async () => {
    const opened = await engine.openMigrated()
    database = opened.database
    another = opened.another
  })

  it('holds between gateways that share a database', async () => {
    const [one, other] = [sharedReplayStore(database), sharedReplayStore(another())]
    expect(await one.firstUse('key', 'id', start + 60, start)).toBe(true)
    expect(await other.firstUse('key', 'id', start + 60, start)).toBe(false)
    expect(await one.firstUse('key', 'id', start + 60, start)).toBe(false)
  })

  it('lets one of fifty through that come at once to two gateways', async () => {
    const stores = [sharedReplayStore(database), sharedReplayStore(another())]
    const uses = Array.from({ length: 50 }, (_, index) => stores[index % 2]?.firstUse('key', 'race', start + 60, start))
    expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1)
  })

  it('keeps owners apart, whatever their names hold', async () => {
    const store = sharedReplayStore(database)
    expect(await store.firstUse('a', 'bc', start + 60, start)).toBe(true)
    expect(await store.firstUse('ab', 'c', start + 60, start)).toBe(true)
    expect(await store.firstUse('a"', ',"bc', start + 60, start)).toBe(true)
  })

  it('survives what pushes ids out of memory', async () => {
    const store = sharedReplayStore(database, recentlyUsed(2))
    expect(await store.firstUse('key', 'first', start + 60, start)).toBe(true)
    for (const id of ['b', 'c', 'd']) await store.firstUse('key', id, start + 60, start)
    expect(await store.firstUse('key', 'first', start + 60, start)).toBe(false)
  })

  it('ends when the id could not be shown any more', async () => {
    const store = sharedReplayStore(database)
    expect(await store.firstUse('key', 'old', start + 60, start)).toBe(true)
    expect(await store.firstUse('key', 'old', start + 120, start + 61)).toBe(true)
    expect(await store.firstUse('key', 'old', start + 120, start + 62)).toBe(false)
  })

  describe('the list of what is denied', () => {
    const now = new Date(start * 1000)
    const asked = { issuer: 'https://issuer.example', tokenId: 'jti-1', subjects: ['person'], clients: ['system'], now }
    const denial = { issuer: null, reason: 'lost card', until: null }

    it.each([
      ['TOKEN', 'jti-1'],
      ['SUBJECT', 'person'],
      ['CLIENT', 'system'],
    ] as const)('holds a %s from the next request on, and lets it go again', async (kind, value) => {
      const [list, elsewhere] = [databaseDenylist(database, null), databaseDenylist(another(), null)]
      expect(await list(asked)).toBe(false)
      await deny(database, { kind, value, ...denial }, now)
      await deny(database, { kind, value, ...denial }, now)
      expect([await list(asked), await elsewhere(asked)]).toEqual([true, true])
      expect(await allowAgain(database, { kind, value, issuer: null })).toBe(true)
      expect(await allowAgain(database, { kind, value, issuer: null })).toBe(false)
      expect(await list(asked)).toBe(false)
    })

    it('holds for one issuer, for a time, and for those who act for another', async () => {
      const list = databaseDenylist(database, null)
      await deny(database, { kind: 'SUBJECT', value: 'person', ...denial, issuer: 'https://other.example' }, now)
      expect(await list(asked)).toBe(false)
      expect(await list({ ...asked, issuer: 'https://other.example' })).toBe(true)
      await deny(
        database,
        { kind: 'CLIENT', value: 'helper', ...denial, until: new Date(start * 1000 + 1000).toISOString() },
        now,
      )
      expect(await list({ ...asked, clients: ['system', 'helper'] })).toBe(true)
      expect(await list({ ...asked, clients: ['helper'], now: new Date(start * 1000 + 1000) })).toBe(false)
      expect(await list({ ...asked, subjects: ["person' or 'a'='a"], clients: ['"helper"'] })).toBe(false)
    })
  })
})

describe('nonces of the gateway', () => {
  const nonces = proofNonces('a secret of at least thirty-two characters')
  it('are accepted for their minute and the next, by whoever shares the secret', () => {
    const nonce = nonces.current(start)
    const shared = proofNonces('a secret of at least thirty-two characters')
    expect([0, 59, 60].map((later) => shared.accepts(nonce, start - (start % 60) + later))).toEqual([true, true, true])
  })
  it('are refused later, earlier, altered, and of another secret', () => {
    const nonce = nonces.current(start)
    expect(nonces.accepts(nonce, start + 180)).toBe(false)
    expect(nonces.accepts(nonce, start - 120)).toBe(false)
    expect(nonces.accepts(`${nonce}x`, start)).toBe(false)
    expect(nonces.accepts('', start)).toBe(false)
    expect(proofNonces('another secret of thirty-two characters').accepts(nonce, start)).toBe(false)
  })
})
