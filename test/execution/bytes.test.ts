import fc from 'fast-check'
import { GraphQLInt, type GraphQLLeafType, GraphQLString } from 'graphql'
import { describe, expect, test } from 'vitest'
import { scalars } from '../../resolvers/scalars.ts'
import { isDateAt, isInstantAt } from '../../src/bytes/dateBytes.ts'
import { itemsPutter, leafPutter, type Putter } from '../../src/bytes/valueBytes.ts'
import { Constant } from '../../src/execution/constantBytes.ts'
import { JsonBytes } from '../../src/execution/jsonBytes.ts'
import { leafWriter } from '../../src/execution/scalarText.ts'
import { textBytes } from '../../src/execution/textBytes.ts'
import { calendarDate, instant } from '../../src/foundation/identifiers.ts'
import type { ColumnKind } from '../../src/sources/columnLayout.ts'
import { decode } from '../../src/sources/decodeCell.ts'

const texts = [
  '',
  'plain',
  'a "quote"',
  'back\\slash',
  'line\nend',
  '\u0000\u001f',
  'é',
  '😀 and more',
  '\u2028',
  'x'.repeat(100_000),
]

/** The value that stands between the first byte and the last. */
const putTo = (out: JsonBytes, put: Putter, bytes: Buffer): boolean => put(out, textBytes(bytes), 1, bytes.length - 1)

describe('JSON written into bytes', () => {
  test.each(texts)('is what JSON writes: %j', (text) => {
    const out = new JsonBytes(16)
    const received = (text: string) => textBytes(Buffer.from(text))
    const length = Buffer.byteLength(text)
    const write = (put: () => void): unknown => {
      out.json('[')
      put()
      out.json(']')
      return JSON.parse(out.take(0).toString())
    }
    expect(write(() => out.text(text))).toEqual([text])
    expect(write(() => out.string(received(text), 0, length))).toEqual([text])
    expect(write(() => out.string(received(`..${text}..`), 2, length + 2, new Constant('"health:')))).toEqual([
      `health:${text}`,
    ])
    expect(write(() => out.json(JSON.stringify(text)))).toEqual([text])
  })
})

describe('bytes that are copied several at a time', () => {
  test('are escaped where one of them must be, wherever it stands', () => {
    for (let code = 0; code < 0x180; code += 1)
      for (let place = 0; place < 9; place += 1) {
        const text = `${'~'.repeat(place)}${String.fromCharCode(code)}${'\u007f'.repeat(8 - place)}`
        const bytes = Buffer.from(`"\\${text}"\\`)
        const out = new JsonBytes(1)
        out.string(textBytes(bytes), 2, bytes.length - 2)
        const json = out.take(0).toString()
        expect(JSON.parse(json)).toBe(text)
        expect(json).toBe(JSON.stringify(text))
      }
  })

  test('are the same bytes, whatever number eight of them are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\u007f'), fc.constant('\u{10ffff}'))),
        (parts) => {
          const out = new JsonBytes(1)
          const whole = parts.filter((part) => Buffer.from(part).toString() === part)
          for (const part of whole) out.constant(new Constant(part))
          expect(out.take(0).toString()).toBe(whole.join(''))
        },
      ),
    )
  })
})

describe('values from stored bytes', () => {
  const types = scalars({ demonstration: true, authorities: new Map() })
  const stored: readonly (readonly [ColumnKind, GraphQLLeafType | undefined, readonly string[]])[] = [
    [
      'integer',
      GraphQLInt,
      [
        '0',
        '7',
        '10',
        '999999999',
        '2147483647',
        '2147483648',
        '-1',
        '-0',
        '007',
        '00',
        '1.5',
        '1e3',
        ' 1',
        '1x',
        'x',
        '',
      ],
    ],
    ['text', types['Name'], ['Anna', '', ' ', 'O’Neil', 'a "quote"', 'é 😀']],
    ['text', types['OdsCode'], ['A81001', '', '?']],
    ['text', types['NHSNumber'], ['9990000018', '9990000019', '']],
  ]

  test.each(stored)('are, of kind %s as %s, what the type makes of them', (kind, type, texts) => {
    if (!type) throw new Error('There is no such type.')
    const put = leafPutter(kind, type)
    const write = leafWriter(type)
    const written = (write: () => string | undefined): string | undefined => {
      try {
        return write()
      } catch {
        return undefined
      }
    }
    for (const text of texts) {
      const out = new JsonBytes()
      const bytes = Buffer.from(`<${text}>`)
      const either = written(() => (putTo(out, put, bytes) ? out.take(0).toString() : undefined))
      // What records count is never below nought.
      const expected = kind === 'integer' && text.startsWith('-') ? undefined : written(() => write(decode(kind, text)))
      expect([text, either]).toEqual([text, expected])
    }
  })

  test.each(['[]', '["a"]', '["a", "b"]', '[""]'])('are lists as they are stored: %s', (text) => {
    const bytes = Buffer.from(`<${text}>`)
    for (const first of [[], ['own']]) {
      const out = new JsonBytes()
      expect(putTo(out, itemsPutter(GraphQLString, first), bytes)).toBe(true)
      expect(JSON.parse(out.take(0).toString())).toEqual([...first, ...JSON.parse(text)])
    }
  })
})

describe('dates in bytes', () => {
  const days = [
    '2026-02-28',
    '2026-02-29',
    '2024-02-29',
    '1900-02-29',
    '2000-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-01',
    '20x6-01-01',
    '2026/01/01',
    '2026-01-00',
  ]

  test.each(days)('are judged as the calendar judges them: %s', (day) => {
    expect(isDateAt(Buffer.from(`..${day}`), 2)).toBe(calendarDate(day) !== null)
    const stored = `${day} 09:30:00+00`
    expect(isInstantAt(Buffer.from(stored), 0, stored.length)).toBe(instant(`${day}T09:30:00Z`) !== null)
  })

  test.each(['24:00:00', '23:60:00', '23:59:60', '9:00:00', '09-00-00', 'aa:00:00'])('and so are times: %s', (time) => {
    const stored = `2026-01-01 ${time}+00`
    expect(isInstantAt(Buffer.from(stored), 0, stored.length)).toBe(false)
  })

  test.each(['2026-01-01 09:00:00+01', '2026-01-01 09:00:00.5+00', '2026-01-01T09:00:00+00', '2026-01-01 09:00:00Z'])(
    'and so is how a session writes: %s',
    (stored) => {
      expect(isInstantAt(Buffer.from(stored), 0, stored.length)).toBe(false)
    },
  )
})
