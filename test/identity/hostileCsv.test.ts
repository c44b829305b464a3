import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lab/linkage/evaluate.ts'
import { sparseFile } from '../../lab/linkage/historicalFile.ts'
import { measure as measurePairs } from '../../lab/linkage/measureLinks.ts'
import { renderEvaluation } from '../../lab/linkage/renderEvaluation.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { DataFault } from '../../src/identity/files/fault.ts'
import { peopleFromFile } from '../../src/identity/files/peopleFromFile.ts'
import { personOf } from '../../src/identity/person.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const watch = { progress: () => undefined, milliseconds: () => 0 }
const measure = (content: Uint8Array | string, wish: Parameters<typeof evaluate>[1] = { truth: 'cluster' }) =>
  evaluate([{ name: 'people.csv', bytes: typeof content === 'string' ? bytes(content) : content }], wish, watch)

const good =
  'cluster,given_name,surname,dob\n1,Anna,Novak,2010-02-03\n1,Ana,Novak,2010-02-03\n2,Ben,Okafor,2011-01-01\n'

describe('a file of people', () => {
  const refused: readonly [
    name: string,
    content: Uint8Array | string,
    wish: Parameters<typeof evaluate>[1],
    sentence: RegExp,
  ][] = [
    ['is empty', '', { truth: 'cluster' }, /is empty/],
    ['is blank lines alone', '\n\n\r\n', { truth: 'cluster' }, /is empty/],
    ['has no rows', 'cluster,surname\n', { truth: 'cluster' }, /no rows/],
    [
      'is in Latin-1',
      new Uint8Array([...bytes('cluster,surname\n1,M'), 0xfc, ...bytes('ller\n')]),
      { truth: 'cluster' },
      /not UTF-8/,
    ],
    ['is in UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), { truth: 'cluster' }, /UTF-16/],
    ['holds a NUL byte', 'cluster,surname\n1,Ad\u0000am\n', { truth: 'cluster' }, /NUL byte at byte 20/],
    [
      'has a cell of ten megabytes',
      `cluster,surname\n1,${'x'.repeat(10_000_000)}\n`,
      { truth: 'cluster' },
      /line 2: a cell holds more than 64 KB/,
    ],
    [
      'never closes a quotation mark',
      'cluster,surname\n1,"Adam\n2,Ben\n',
      { truth: 'cluster' },
      /line 2: a quotation mark is opened and never closed/,
    ],
    ['has text after a closed quotation mark', 'cluster,surname\n1,"Adam"x\n', { truth: 'cluster' }, /text follows/],
    ['has a quotation mark inside a bare cell', 'cluster,surname\n1,Ad"am\n', { truth: 'cluster' }, /inside a cell/],
    [
      'has a row that is too short',
      `${good}3,Cara\n`,
      { truth: 'cluster' },
      /line 5: the row has 2 cells and the header has 4/,
    ],
    ['has a row that is too long', `${good}3,Cara,Doe,2010-01-01,more\n`, { truth: 'cluster' }, /has 5 cells/],
    ['names a column twice', 'cluster,surname,surname\n1,a,b\n', { truth: 'cluster' }, /"surname" stands twice/],
    [
      'leaves a column without a name',
      'cluster,,surname\n1,a,b\n',
      { truth: 'cluster' },
      /column 2 of the header has no name/,
    ],
    ['lacks the truth column', good, { truth: 'answer' }, /has no column "answer"/],
    ['lacks a mapped column', good, { truth: 'cluster', map: { given: 'vorname' } }, /has no column "vorname"/],
    ['is mapped to what there is not', good, { truth: 'cluster', map: { shoe: 'surname' } }, /"shoe" is nothing/],
    ['has no names', 'cluster,colour\n1,red\n2,blue\n', { truth: 'cluster' }, /no column that looks like a name/],
    [
      'has the same id twice',
      'id,cluster,surname\n1,1,a\n1,2,b\n',
      { truth: 'cluster' },
      /two rows have the same value/,
    ],
    [
      'lacks the truth of a row',
      'cluster,surname\n1,a\n,b\n',
      { truth: 'cluster' },
      /row 2 has no value in the truth column/,
    ],
  ]
  it.each(refused)('that %s is refused in a whole sentence', (_, content, wish, sentence) => {
    expect(() => measure(content, wish)).toThrow(DataFault)
    expect(() => measure(content, wish)).toThrow(sentence)
    expect(() => measure(content, wish)).toThrow(/\.$/)
  })

  it('shows no control character of a column’s name', () => {
    expect(() => measure('cluster,\u001b[31mred\n1,x\n', { truth: 'no\u001bsuch' })).toThrow(/"no\?such".*"\?\?31mred"/)
  })

  it('is read with line breaks, commas and doubled quotation marks inside quotes', () => {
    const text = 'cluster,given_name,surname\r\n1,"An""na\nMaria","No,vak"\r\n2,Ben,Okafor\r\n'
    expect(measure(text).rows).toBe(2)
  })

  it.each([';', '\t', '|'])('is read with %j between its cells', (separator) => {
    expect(measure(good.replaceAll(',', separator))).toMatchObject({ rows: 3, truePairs: 1 })
  })

  it('is read with a comma inside quotes that follow a space, and with a semicolon inside a name', () => {
    expect(measure('cluster, given_name, surname\n1, "Anna, Maria", Novak\n2, Ben;, Okafor\n').rows).toBe(2)
  })

  it.each(['sep=,', 'sep=;', '"sep=;"'])('is read with the line %s before its header, as Excel writes it', (line) => {
    const separator = line.includes(';') ? ';' : ','
    expect(measure(`${line}\r\n${good.replaceAll(',', separator)}`)).toMatchObject({ rows: 3, truePairs: 1 })
  })

  it('names the line after it of a row that is broken', () => {
    expect(() => measure(`sep=,\n${good}3,Cara\n`)).toThrow(/line 6: the row has 2 cells/)
  })

  it('is read with commas at the end of every line, and of some', () => {
    expect(measure(good.replaceAll('\n', ',,\n')).rows).toBe(3)
    expect(measure(good.replace('2010-02-03\n', '2010-02-03,\n')).rows).toBe(3)
    expect(() => measure(good.replace('2010-02-03\n', '2010-02-03,x\n'))).toThrow(/line 2: the row has 5 cells/)
  })

  it('is read with a byte order mark and without a last line break', () => {
    expect(measure(`\ufeff${good.trimEnd()}`)).toMatchObject({ rows: 3, truePairs: 1 })
  })
})

describe('dates of birth', () => {
  const dated = (...dates: readonly string[]) =>
    `cluster,id,given_name,surname,dob\n${dates.map((date, at) => `${at},${at},Anna,Novak,${date}`).join('\n')}\n`
  const taken = (text: string) => peopleFromFile({ name: 'people.csv', bytes: bytes(text) }, { id: 'id' }, false)

  it('are read as people and spreadsheets write them', () => {
    const people = taken(
      dated('2014-07-03', '03/07/2014', '41823', '3 July 2014', '07/23/2014', '20140703', '2014-07', ''),
    )
    expect(people.map(({ person }) => person.birth)).toEqual([
      '20140703',
      '20140703',
      '20140703',
      '20140703',
      '20140723',
      '20140703',
      '201407',
      '',
    ])
  })

  it('that nobody can read, or that no calendar has, refuse a file that is taken in, by row and column and without an echo', () => {
    expect(() => taken(dated('2014-07-03', '03/07/14'))).toThrow(/people.csv, row 2: the date in "dob" cannot be read/)
    expect(() => taken(dated('2014-02-31'))).toThrow(/row 1: no calendar has the date in "dob"/)
    expect(() => taken(dated('\u001b[31m'))).not.toThrow(/31m/)
  })

  it('are counted where a file is measured', () => {
    const { warnings, dates } = measure(dated('2014-02-31', '03/07/14', '2014-07-03'))
    expect(dates).toMatchObject({ impossible: 1, unreadable: 1 })
    expect(warnings.join(' ')).toMatch(/1 dates could not be read.*row 2.*1 dates are in no calendar.*row 1/)
  })
})

describe('what a terminal is shown', () => {
  it('holds no control character of a file, whatever its columns are called', () => {
    const text = 'cluster,fam\u001b[31mily,given_name\u009b2J,birth\u0007place\n1,Novak,Anna,York\n1,Novak,Anna,York\n'
    const shown = renderEvaluation(
      measure(text, { truth: 'cluster', map: { family: 'fam\u001b[31mily' } }),
      (bold) => bold,
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })
})

describe('a file with many empty cells', () => {
  it('does not teach that one birthplace and silence is one person', { timeout: 240_000 }, () => {
    const measured = measure(sparseFile(300))
    expect(measured.bCubed.f1).toBeGreaterThan(0.92)
    expect(measured.pairs.precision).toBeGreaterThan(0.9)
    expect(measured.automatic.false).toBe(0)
  })

  it('is warned of when claimed and observed part', () => {
    const rows = Array.from(
      { length: 101 },
      (_, at): Row => ({
        ...personOf({}),
        at,
        file: 0,
        truth: String(at % 60),
        extra: [],
      }),
    )
    const pairs = Uint32Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? 0 : 1 + (at >> 1)))
    const claimed = (weight: number) =>
      measurePairs({
        rows,
        linksFiles: false,
        pairs,
        weights: new Float64Array(100).fill(weight),
        groups: new Uint32Array(101),
      })
    expect(claimed(5).warnings).toEqual([
      expect.stringMatching(/^Claimed and observed part: of 100 pairs from 3 to 6 bits/),
    ])
    expect(claimed(-6.5).warnings).toEqual([])
  })
})

describe('columns', () => {
  it('are recognised by their usual names, and what names the row or the answer is never compared', () => {
    const header =
      'unique_id,cluster,full_name,first_and_surname,first_name,surname,dob,birth_place,postcode_fake,gender,occupation'
    const row = 'a,1,Anna Novak,Anna Novak,Anna,Novak,1900-01-01,York,YO1 1AA,female,poet'
    const { mapping } = measure(`${header}\n${row}\n`)
    expect(mapping.byRole).toEqual({
      given: 'first_name',
      family: 'surname',
      birth: 'dob',
      postcode: 'postcode_fake',
      sex: 'gender',
    })
    expect(mapping.fullNames).toEqual(['full_name', 'first_and_surname'])
    expect(mapping.extra).toEqual(['birth_place', 'occupation'])
  })

  it('are taken as asked and passed over as asked', () => {
    const { mapping } = measure('who,cluster,called,clan,city,secret\n1,1,Anna,Novak,York,9\n', {
      truth: 'cluster',
      map: { given: 'called', family: 'clan' },
      ignore: ['secret', 'who'],
    })
    expect(mapping.byRole).toEqual({ given: 'called', family: 'clan' })
    expect(mapping.extra).toEqual(['city'])
  })
})
