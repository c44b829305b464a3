import { describe, expect, test } from 'vitest'
import { WireReader } from '../../src/bytes/wireReader.ts'
import { newSpans, type WireRow, wireRowOf } from '../../src/bytes/wireRow.ts'

const message = (kind: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head.write(kind, 0, 'latin1')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const rows: readonly (readonly (string | null)[])[] = [
  ['1', 'health', null, ''],
  [],
  ['é 😀', 'a\nb', '"quoted"', null],
  [null],
  Array.from({ length: 300 }, (_, place) => (place % 7 === 0 ? null : `${place}`)),
]

/** A row as it stands in its message. */
const bodyOf = (texts: readonly (string | null)[]): Buffer => wireRowOf(texts).received.bytes

const answer = Buffer.concat([
  message('1', Buffer.alloc(0)),
  message('2', Buffer.alloc(0)),
  ...rows.slice(0, 3).map((texts) => message('D', bodyOf(texts))),
  message('C', Buffer.from('SELECT 3\0')),
  message('Z', Buffer.from('I')),
  message('2', Buffer.alloc(0)),
  ...rows.slice(3).map((texts) => message('D', bodyOf(texts))),
  message('C', Buffer.from('SELECT 2\0')),
  message('Z', Buffer.from('I')),
])

const readIn = (chunks: readonly Buffer[]): readonly unknown[] => {
  const seen: unknown[] = []
  const reader = new WireReader({
    onRows: (rows) => seen.push(...rows.map((row) => row.texts())),
    onOther: ({ name }) => seen.push(name),
  })
  for (const chunk of chunks) reader.read(chunk)
  return seen
}

const expected = [
  'parseComplete',
  'bindComplete',
  ...rows.slice(0, 3),
  'commandComplete',
  'readyForQuery',
  'bindComplete',
  ...rows.slice(3),
  'commandComplete',
  'readyForQuery',
]

describe('messages of the protocol', () => {
  test.each([1, 2, 3, 5, 7, 64, 1000, answer.length])('are the same when %i bytes arrive at a time', (size) => {
    const chunks: Buffer[] = []
    for (let at = 0; at < answer.length; at += size) chunks.push(Buffer.from(answer.subarray(at, at + size)))
    expect(readIn(chunks)).toEqual(expected)
  })

  test('are the same wherever the first part ends', () => {
    for (let at = 1; at < answer.length; at += 1)
      expect(readIn([Buffer.from(answer.subarray(0, at)), Buffer.from(answer.subarray(at))])).toEqual(expected)
  })
})

describe('a row', () => {
  test('gives each column as text, and null where there is none', () => {
    for (const texts of rows) {
      const row = wireRowOf(texts)
      expect(row.texts()).toEqual(texts)
      texts.forEach((text, place) => {
        expect(row.text(place)).toBe(text)
      })
      expect(row.text(texts.length)).toBeNull()
    }
  })

  test('gives texts that are not ASCII, and those beside them', () => {
    const texts = ['plain', 'Zoë', '\u0080', 'naïve 😀', 'ASCII again', '']
    const row = wireRowOf(texts)
    expect(texts.map((_, place) => row.text(place))).toEqual(texts)
    expect(row.texts()).toEqual(texts)
    expect(row.copies()).toEqual(texts)
  })

  test('gives a count, and no number where the column has none', () => {
    const row = wireRowOf(['0', '27', '1234567', null, '', '-1', '1.5', '1e3', ' 1'])
    const counts = Array.from({ length: 10 }, (_, place) => row.count(place))
    expect(counts).toEqual([0, 27, 1234567, ...new Array(7).fill(Number.NaN)])
  })

  test('tells where its columns lie, whatever was looked at before', () => {
    const spans = newSpans()
    wireRowOf(rows[4] ?? []).spans(spans)
    const row = wireRowOf(['ab', null, ''])
    row.spans(spans)
    expect(spans.columns).toBe(3)
    expect(
      [...spans.from.slice(0, 3)].map((from, place) =>
        from < 0 ? null : row.received.bytes.toString('utf8', from, spans.to[place]),
      ),
    ).toEqual(['ab', null, ''])
  })

  test('is ordered by a column byte by byte, with null last', () => {
    const texts = ['b', null, 'a', 'ab', '', 'é', 'z', null, '2026-01-02', '2026-01-01']
    const sorted = texts
      .map((text) => wireRowOf(['x', text]))
      .sort((one: WireRow, other: WireRow) => one.compare(other, 1))
      .map((row) => row.text(1))
    expect(sorted).toEqual(['', '2026-01-01', '2026-01-02', 'a', 'ab', 'b', 'z', 'é', null, null])
  })
})
