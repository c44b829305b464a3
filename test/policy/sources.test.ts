import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { labels } from '../../src/policy/labels.ts'
import { readPacks } from '../../src/policy/pack.ts'
import { lastRule, rules } from '../../src/policy/rules.ts'

const page = readFileSync(new URL('../../docs/policy-sources.md', import.meta.url), 'utf8')
const lines = page.split('\n')

describe('docs/policy-sources.md', () => {
  it('gives the source of every rule as the rule gives it', () => {
    for (const { id, legalBasis } of [...rules, lastRule])
      expect(
        lines.some((line) => line.startsWith(`| ${id} |`) && line.includes(legalBasis)),
        id,
      ).toBe(true)
  })

  it('gives the source of every label as every pack gives it', () => {
    for (const pack of readPacks())
      for (const label of labels)
        expect(
          lines.some((line) => line.startsWith(`| ${label} |`) && line.includes(pack.labels[label].legalBasis)),
          label,
        ).toBe(true)
  })

  it('marks how far each source was read', () => {
    const first = new Set<string>([...rules.map(({ id }) => id), lastRule.id, ...labels])
    const rows = lines.filter((line) => first.has(/^\| (\w+) \|/.exec(line)?.[1] ?? ''))
    expect(rows.length).toBe(rules.length + 1 + labels.length)
    for (const row of rows) expect(row).toMatch(/unverified|read|second-hand/)
  })
})
