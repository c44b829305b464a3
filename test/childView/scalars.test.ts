import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql'
import { describe, expect, it } from 'vitest'
import { scalars } from '../../resolvers/scalars.ts'
import { registry } from './fixtures.ts'

const demonstration = scalars({ demonstration: true, authorities: registry.authorities })
const production = scalars({ demonstration: false, authorities: registry.authorities })
const scalar = (name: string, set = demonstration): GraphQLScalarType<string, string> => {
  const found = set[name]
  if (!found) throw new Error(`There is no scalar ${name}.`)
  return found
}

const accepted: readonly [string, string, string][] = [
  ['NHSNumber', '9434765919', '9434765919'],
  ['NHSNumber', '9876543210', '9876543210'],
  ['NHSNumber', '999 101 2745', '9991012745'],
  ['NHSNumber', '999-101-2745', '9991012745'],
  ['NHSNumber', '9991012745', '9991012745'],
  ['UPN', 'A950000178301', 'A950000178301'],
  ['UPN', 'H243278544154', 'H243278544154'],
  ['UPN', 'X845212818005', 'X845212818005'],
  ['UPN', 'R992500413103', 'R992500413103'],
  ['Date', '2024-02-29', '2024-02-29'],
  ['DateTime', '2026-11-20T23:59:59Z', '2026-11-20T23:59:59Z'],
  ['DateTime', '2026-11-20T23:59:59.000Z', '2026-11-20T23:59:59Z'],
  ['DateTime', '2026-11-20T23:59:59.250Z', '2026-11-20T23:59:59.250Z'],
  ['LaCode', 'LA2', 'LA2'],
  ['ForceCode', 'F4', 'F4'],
  ['OdsCode', 'NHS-LA5-GP', 'NHS-LA5-GP'],
  ['GiasUrn', '900005', '900005'],
  ['LanguageTag', 'LT', 'lt'],
  ['LanguageTag', 'zh-hant', 'zh-Hant'],
  ['LanguageTag', 'sl-latn-it-nedis', 'sl-Latn-IT-nedis'],
  ['Name', "O'Brien-Smith Jr.", "O'Brien-Smith Jr."],
  ['Name', 'Łukasz', 'Łukasz'],
]
const refused: readonly [string, unknown][] = [
  ['NHSNumber', '4123456879'],
  ['NHSNumber', '943476591'],
  ['NHSNumber', '94347659190'],
  ['NHSNumber', '943 476 5918'],
  ['NHSNumber', '94 3476 5919'],
  ['NHSNumber', '943 476-5919'],
  ['NHSNumber', ' 9434765919'],
  ['NHSNumber', 9434765919],
  ['UPN', 'R247962919251'],
  ['UPN', 'X428558133462'],
  ['UPN', 'A95000017830I'],
  ['UPN', 'A95000017830S'],
  ['UPN', 'a950000178301'],
  ['UPN', ''],
  ['Date', '2026-02-29'],
  ['Date', '2026-13-01'],
  ['Date', '20-11-2026'],
  ['Date', '2026-11-20T00:00:00Z'],
  ['Date', '0000-01-01'],
  ['Date', '1899-12-31'],
  ['Date', '9999-12-31'],
  ['DateTime', '2200-01-01T00:00:00Z'],
  ['DateTime', '9999-12-31T00:00:00Z'],
  ['DateTime', '2026-11-20'],
  ['DateTime', '2026-11-31T10:00:00Z'],
  ['DateTime', '2026-11-20T24:00:00Z'],
  ['DateTime', '2026-11-20T10:00:00+01:00'],
  ['DateTime', '2026-11-20T10:00:00'],
  ['DateTime', 1_700_000_000],
  ['LaCode', 'LA9'],
  ['LaCode', '__proto__'],
  ['ForceCode', 'F9'],
  ['OdsCode', 'nhs'],
  ['OdsCode', 'A; DROP'],
  ['GiasUrn', '90005'],
  ['LanguageTag', 'not a tag'],
  ['LanguageTag', 'a tag that is longer than any that is kept'],
  ['Name', ''],
  ['Name', ' '],
  ['Name', '<b>Sam</b>'],
  ['Name', 'x'.repeat(71)],
  ['Name', 'Sam\u0000'],
]

describe('what a caller may send', () => {
  it.each(accepted)('accepts as %s the value %s', (name, value, expected) => {
    expect(scalar(name).parseValue(value)).toBe(expected)
    expect(scalar(name).parseLiteral({ kind: Kind.STRING, value })).toBe(expected)
  })

  it.each(refused)('refuses as %s the value %s', (name, value) => {
    expect(() => scalar(name).parseValue(value)).toThrow(expect.objectContaining({ extensions: { code: 'BAD_INPUT' } }))
  })

  it('refuses a literal that is no string', () => {
    expect(() => scalar('GiasUrn').parseLiteral({ kind: Kind.INT, value: '900005' })).toThrow(GraphQLError)
  })

  it('never repeats the value in the message', () => {
    for (const [name, value] of refused) {
      if (typeof value !== 'string' || value.trim() === '') continue
      try {
        scalar(name).parseValue(value)
      } catch (error) {
        expect(error instanceof Error && error.message.includes(value)).toBe(false)
      }
    }
  })
})

describe('outside the demonstration', () => {
  it.each([
    ['UPN', 'R992500413103'],
    ['OdsCode', 'NHS-LA5-GP'],
  ])('refuses the made-up %s %s', (name, value) => {
    expect(() => scalar(name, production).parseValue(value)).toThrow(GraphQLError)
  })

  it('accepts real ones', () => {
    expect(scalar('UPN', production).parseValue('A950000178301')).toBe('A950000178301')
    expect(scalar('OdsCode', production).parseValue('A81001')).toBe('A81001')
  })

  it('refuses a code from 990 that no authority of the registry has', () => {
    const none = scalars({ demonstration: true, authorities: new Map() })
    expect(() => scalar('UPN', none).parseValue('R992500413103')).toThrow(GraphQLError)
  })
})

describe('what a source gives', () => {
  it.each([
    ['DateTime', '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00Z'],
    ['DateTime', '2026-06-20T10:00:00+01:00', '2026-06-20T09:00:00Z'],
    ['Date', '2026-06-20T23:30:00Z', '2026-06-21'],
    ['Date', '2026-12-20T23:30:00Z', '2026-12-20'],
    ['LaCode', 'LA9', 'LA9'],
  ])('is written as %s: %s', (name, value, expected) => {
    expect(scalar(name).serialize(value)).toBe(expected)
  })

  it.each([
    ['DateTime', 'yesterday'],
    ['Date', '2026-02-30'],
    ['NHSNumber', '4123456879'],
    ['LaCode', 7],
  ])('is an error instead of a %s that is not valid', (name, value) => {
    expect(() => scalar(name).serialize(value)).toThrow(GraphQLError)
  })
})

describe('a language tag that comes again', () => {
  it('is read as the first time, however many others came in between', () => {
    const { serialize } = scalar('LanguageTag')
    for (const others of [0, 1, 300]) {
      for (let nth = 0; nth < others; nth += 1) serialize(`en-x-${nth}`)
      expect(serialize('zh-hant')).toBe('zh-Hant')
      expect(() => serialize('no tag')).toThrow(GraphQLError)
    }
  })
})
