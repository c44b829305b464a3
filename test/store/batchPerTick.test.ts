import { describe, expect, test } from 'vitest'
import { batchPerTick } from '../../src/store/batchPerTick.ts'

describe('questions of one turn', () => {
  const asking = () => {
    const asked: (readonly number[])[] = []
    const ask = batchPerTick(async (questions: readonly number[]) => {
      asked.push([...questions])
      if (questions.includes(13)) throw new Error('it failed')
      return questions.map((question) => question * 2)
    })
    return { asked, ask }
  }

  test('are asked together, and each gets its own reply', async () => {
    const { asked, ask } = asking()
    expect(await Promise.all([ask(1), ask(2), Promise.resolve().then(() => ask(3))])).toEqual([2, 4, 6])
    expect(asked).toEqual([[1, 2, 3]])
  })

  test('are asked again when they are put again, so that no reply is older than its question', async () => {
    const { asked, ask } = asking()
    expect(await Promise.all([ask(1), ask(1)])).toEqual([2, 2])
    expect(await ask(1)).toBe(2)
    expect(asked).toEqual([[1, 1], [1]])
  })

  test('fail together when they cannot be asked, and the next turn is asked anew', async () => {
    const { ask } = asking()
    const outcomes = await Promise.allSettled([ask(1), ask(13)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await ask(1)).toBe(2)
  })

  test('are asked in parts when there are very many', async () => {
    const { asked, ask } = asking()
    await Promise.all(Array.from({ length: 200 }, (_, at) => ask(at + 100)))
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.every((some) => some.length <= 64)).toBe(true)
  })
})
