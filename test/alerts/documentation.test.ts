import { readFileSync } from 'node:fs'
import { buildSchema, isEnumType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { alertRules } from '../../src/alerts/rules.ts'
import { readSdl } from '../../src/graphql/model.ts'
import { alertDefaults } from '../../src/policy/alertParameters.ts'

const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8')

const codes = alertRules.map(({ code }) => code)

describe('the list of rules', () => {
  test('has each code once', () => {
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('is what the schema promises, no more and no less, in the same words', () => {
    const type = buildSchema(
      `${readSdl('shared')} ${['alerts', 'child', 'patterns'].map(readSdl).join('\n').replaceAll('extend type Mutation', 'type Mutation')}`,
      { assumeValidSDL: true },
    ).getType('AlertCode')
    const values = isEnumType(type) ? type.getValues().map(({ name, description }) => [name, description]) : []
    expect(values).toEqual(alertRules.map(({ code, rule }) => [code, rule]))
  })

  test('stands in docs/alerts.md with source and whom it tells', () => {
    const row = ({ code, rule, source, audience }: (typeof alertRules)[number]) =>
      `| \`${code}\` | ${rule} | ${source} | ${[...new Set(audience.map(({ role }) => role))].join(', ')} |`
    expect(alertRules.map(row).filter((line) => !page.includes(line))).toEqual([])
  })

  test('has every number of a rule in the page, with the default', () => {
    const lines = Object.entries(alertDefaults).flatMap(([code, numbers]) =>
      Object.entries(numbers).map(([name, value]) => `| \`${code}\` | \`${name}\` | ${value} |`),
    )
    expect(lines.filter((line) => !page.includes(line))).toEqual([])
    expect(Object.keys(alertDefaults).filter((code) => !codes.includes(code))).toEqual([])
  })
})
