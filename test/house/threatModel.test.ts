import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../../docs/threat-model.md', import.meta.url), 'utf8')
const defended = page.slice(page.indexOf('## What is defended'), page.indexOf('## What is not defended'))
const rows = defended.split('\n').filter((line) => /^\| (?!Threat|-)/.test(line))

/** A test's own words as they stand in its file, between any quotes. */
const stands = (text: string, words: string): boolean =>
  ["'", '"', '`'].some((quote) => text.includes(`${quote}${words}${quote}`))

describe('docs/threat-model.md', () => {
  it('says of more than thirty threats what defends', () => expect(rows.length).toBeGreaterThan(30))

  it.each(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row] as const))(
    'names a test that there is for: %s',
    (_, row) => {
      const named = [...row.matchAll(/`(test\/[^`]+\.test\.ts)`: “([^”]+)”/g)]
      expect(named.length).toBeGreaterThan(0)
      for (const [, file = '', words = ''] of named) {
        const path = new URL(`../../${file}`, import.meta.url)
        expect([file, existsSync(path)]).toEqual([file, true])
        expect([words, stands(readFileSync(path, 'utf8'), words)]).toEqual([words, true])
      }
    },
  )
})
