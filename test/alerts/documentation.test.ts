import { readFileSync } from 'node:fs'
import { Kind, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { alertRules } from '../../src/alerts/rules.ts'
import { readSdl } from '../../src/graphql/schemaModel.ts'
import { alertDefaults } from '../../src/policy/alertParameters.ts'

const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8')

const codes = alertRules.map(({ code }) => code)

describe('the list of rules', () => {
  test('has each code once', () => {
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('is what the schema promises, no more and no less, in the same words', () => {
    const values = parse(readSdl('alerts')).definitions.flatMap((each) =>
      each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'AlertCode'
        ? (each.values ?? []).map(({ name, description }) => [name.value, description?.value.replaceAll('\n', ' ')])
        : [],
    )
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
