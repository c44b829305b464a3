import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { childQuery, chronologyQuery } from '../../src/cli/childView.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { count, inWords, table } from '../../src/cli/terminalText.ts'
import { transferQuery } from '../../src/cli/transferView.ts'
import { longDate } from '../../src/foundation/longDate.ts'
import { firstQuery } from '../../src/server/firstQuery.ts'
import { readOperation } from '../../src/server/operationLimits.ts'

const folder = new URL('../../schema/', import.meta.url)
const sdl = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))

describe('what the product itself asks', () => {
  const schema = buildSchema(sdl.join('\n'))
  for (const [name, query] of Object.entries({ childQuery, chronologyQuery, transferQuery, firstQuery })) {
    it(`is valid for the schema and within the limits: ${name}`, () => {
      expect(validate(schema, parse(query))).toEqual([])
      expect(() => readOperation(query)).not.toThrow()
    })
  }
})

describe('text for people', () => {
  it('writes days in full, and leaves what is no date', () => {
    expect(longDate('2026-11-20T23:59:59Z')).toBe('20 November 2026')
    expect(longDate('2026-02-03')).toBe('3 February 2026')
    expect(longDate(null)).toBe('no date')
    expect(longDate('soon')).toBe('soon')
    expect(longDate('2026-13-01')).toBe('2026-13-01')
  })

  it('writes codes in words, and keeps those that are said aloud', () => {
    expect(inWords('CHILDRENS_SOCIAL_CARE')).toBe('Childrens social care')
    expect([inWords('LA2'), inWords('MASH_ENQUIRY'), inWords('Harbour House')]).toEqual([
      'LA2',
      'MASH enquiry',
      'Harbour House',
    ])
    expect(inWords(null)).toBe('')
  })

  it('counts and lines up', () => {
    expect([count(1, 'episode'), count(0, 'episode')]).toEqual(['1 episode', '0 episodes'])
    expect(
      table([
        ['a', 'bb'],
        ['ccc', 'd'],
      ]),
    ).toBe('  a    bb\n  ccc  d')
    expect(table([])).toBe('')
  })
})

describe('the terminal', () => {
  const open = (isTTY: boolean, noColour = false) => {
    const written: string[] = []
    const stream = { write: (text: string) => written.push(text), isTTY }
    return { written, terminal: createTerminal({ out: stream, err: stream }, { json: false, noColour }) }
  }

  it('uses neither colour nor progress bar when nobody watches', () => {
    const { written, terminal } = open(false)
    terminal.progress(1, 2, 'seeding')
    terminal.out(terminal.bold('text'))
    expect(written).toEqual(['text\n'])
  })

  it('draws how far work has come when somebody does', () => {
    const { written, terminal } = open(true)
    terminal.progress(1, 2, 'seeding')
    terminal.settled()
    expect(written.join('')).toContain('50 % seeding')
  })

  it('keeps plain text when NO_COLOR is set', () => {
    expect(open(true, true).terminal.bold('text')).toBe('text')
  })
})
