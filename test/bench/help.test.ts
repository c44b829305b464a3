import { afterEach, expect, it, vi } from 'vitest'
import { answerFor } from '../../bench/usageAnswer.ts'

afterEach(() => vi.restoreAllMocks())

const heard = () => ({
  out: vi.spyOn(console, 'log').mockImplementation(() => undefined),
  error: vi.spyOn(console, 'error').mockImplementation(() => undefined),
})

it('gives help where answers go, and ends well', () => {
  const { out, error } = heard()
  expect(answerFor('the usage', 'the usage')).toBe(0)
  expect([out.mock.calls, error.mock.calls]).toEqual([[['the usage']], []])
})

it('says what is wrong with the words where errors go, and ends with 2', () => {
  const { out, error } = heard()
  expect(answerFor('There is no question q9.', 'the usage')).toBe(2)
  expect([out.mock.calls, error.mock.calls]).toEqual([[], [['There is no question q9.']]])
})
