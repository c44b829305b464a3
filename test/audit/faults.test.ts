import { describe, expect, it } from 'vitest'
import { createStartedDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { sized } from '../support/sample.ts'
import { type Faulted, fillDisk, loseDatabase, mayMount, tearBatches } from './support/faults.ts'

const expectWhole = (faulted: Faulted) => {
  const { after, before, problems, unrecorded } = faulted
  expect({ problems, unrecorded }).toEqual({ problems: [], unrecorded: [] })
  for (const { answers } of [before, after]) expect(answers.some(({ disclosed }) => disclosed)).toBe(true)
}

const onDatabase = async (work: (url: string) => Promise<Faulted>): Promise<Faulted> => {
  const { url, drop } = await createStartedDatabase()
  try {
    return await work(url)
  } finally {
    await drop()
  }
}

describe('a gateway whose store fails under load', () => {
  it.skipIf(!hasPostgres())(
    realTitle('discloses nothing while its database is gone, and goes on afterwards'),
    { timeout: 200_000 },
    async () => {
      const faulted = await onDatabase((url) => loseDatabase(url, sized(1, 2)))
      expectWhole(faulted)
      expect(faulted.during.codes.size).toBeGreaterThan(0)
      // A caller whose token is good is told to come back, and not that the token is bad.
      expect([...faulted.during.codes]).not.toContain('UNAUTHENTICATED')
    },
  )

  it.skipIf(!hasPostgres())(
    realTitle('never forks its log when batches are torn in the middle'),
    { timeout: 200_000 },
    async () => expectWhole(await onDatabase((url) => tearBatches(url, sized(2, 6)))),
  )

  it.skipIf(!mayMount())(
    'discloses nothing that a full disk could not record (skipped where no file system may be mounted)',
    { timeout: 200_000 },
    async () => {
      const faulted = await fillDisk()
      expectWhole(faulted)
      expect(faulted.during.codes).toContain('AUDIT_UNAVAILABLE')
    },
  )
})
