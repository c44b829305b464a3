import { expect, it } from 'vitest'
import { approveRetention, eraseOver, placeLegalHold, proposeRetention } from '../../src/registers/retention.ts'
import { testDatabases } from '../support/postgres.ts'

const now = new Date('2026-11-20T12:00:00Z')
const over = { child_id: 'C04', kind: 'DETRIMENT', released_at: '2020-01-01T00:00:00Z' }

testDatabases('what is over of a register', (engine) => {
  const filled = async () => {
    const { database } = await engine.openMigrated()
    const holds = ['LA2-CSC', 'LA5-CSC', null].map((organisation) => ({
      ...over,
      id: organisation ?? 'nobody',
      organisation,
    }))
    await database.knex('gateway.hold').insert(holds)
    const rule = { register: 'hold', keepDays: 30, basis: 'Schedule', proposedBy: 'A' }
    await approveRetention(database, await proposeRetention(database, rule, now), 'B', now)
    const left = async (): Promise<readonly string[]> =>
      (await database.rows({ name: 'left', text: 'select id from gateway.hold order by id', values: [] })).map(
        ([id]) => id ?? '',
      )
    return { database, left }
  }
  const hold = { register: 'all', reason: 'Inquiry', by: 'A' }

  it('is kept for the authority whose inquiry needs it, and no longer than agreed for any other', async () => {
    const { database, left } = await filled()
    await placeLegalHold(database, { ...hold, organisations: ['LA2', 'LA2-CSC'] }, now)
    expect(await eraseOver(database, 'hold', now)).toBe(1)
    // What does not say whose it is may be theirs.
    expect(await left()).toEqual(['LA2-CSC', 'nobody'])
  })

  it('is kept whole where the partnership’s operator says so', async () => {
    const { database, left } = await filled()
    await placeLegalHold(database, { ...hold, organisations: null }, now)
    await expect(eraseOver(database, 'hold', now)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await left()).toHaveLength(3)
  })
})
