import { describe, expect, test } from 'vitest'
import { makingWay } from '../../src/alerts/yieldToRequests.ts'

/** Rests that were taken, of pieces of work as long as given; before each, `asking` ask. */
async function rests(pieces: readonly { readonly took: number; readonly asking: number }[]): Promise<number[]> {
  let asked = 7
  const taken: number[] = []
  const makeWay = makingWay(
    () => asked,
    (milliseconds?: number) => {
      taken.push(milliseconds ?? 0)
      return Promise.resolve(undefined as never)
    },
  )
  for (const { asking, took } of pieces) {
    asked += asking
    await makeWay(took)
  }
  return taken
}

describe('work that nobody waits for', () => {
  test('goes on without a rest while nobody asks', async () => {
    expect(
      await rests([
        { took: 10, asking: 0 },
        { took: 30, asking: 0 },
      ]),
    ).toEqual([])
  })

  test('rests longer than it worked while others ask, and not after they ceased', async () => {
    expect(
      await rests([
        { took: 10, asking: 3 },
        { took: 20, asking: 1 },
        { took: 20, asking: 0 },
      ]),
    ).toEqual([15, 30])
  })

  test('does not fall behind where the database is slow', async () => {
    expect(await rests([{ took: 5000, asking: 1 }])).toEqual([100])
  })
})
