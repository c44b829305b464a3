import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rowsOnFile, testsOf } from '../demands/rows.ts'
import { read, root } from './files.ts'

const rows = rowsOnFile()

/** How many rows each topic has. */
const topics = { A: 16, B: 10, C: 12, D: 11, E: 11, F: 19, G: 8, H: 8, I: 4, J: 11, K: 9, L: 9, M: 4, Z: 23 }

describe('the rows of docs/review-demands.md', () => {
  it('are each there once, in order', () => {
    const expected = Object.entries(topics).flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, index) => `${topic}${index + 1}`),
    )
    expect(rows.map(({ row }) => row)).toEqual(expected)
  })

  it('say what is asked, what answers it, and which test shows it or why none does', () => {
    const silent = rows.filter(
      ({ asks, answered, shown }) => asks === '' || answered === '' || !/^(`test\/|open: .)/.test(shown),
    )
    expect(silent).toEqual([])
  })

  it('name tests that exist', () => {
    const named = rows.flatMap((each) => testsOf(each).map((path) => ({ row: each.row, path })))
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([])
  })

  it('name alerts and messages that there are', () => {
    const known = `${read('docs/alerts.md')}${read('docs/exchange.md')}${read('docs/errors.md')}`
    const codes = rows.flatMap(({ row, answered }) =>
      [...answered.matchAll(/`([A-Z0-9]+(?:_[A-Z0-9]+)+)`/g)].map(([, code = '']) => ({ row, code })),
    )
    expect(codes.filter(({ code }) => !known.includes(code))).toEqual([])
  })
})

describe('the tests that run on every supported Node', () => {
  it('are there, each by its path', () => {
    const listed = read('test/nodes.txt')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(listed.length).toBeGreaterThan(5)
    expect(listed.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
