import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import nunjucks from 'nunjucks'
import { describe, expect, it } from 'vitest'
import { attendanceCodes, decodedAttendance } from '../../src/sources/attendanceCodes.ts'
import { codeWords, decoded } from '../../src/sources/codeWords.ts'
import { barsByMonth } from '../../web/drawings/bars.ts'
import { genogram } from '../../web/drawings/genogram.ts'
import { swimlanes } from '../../web/drawings/swimlanes.ts'
import { type DueRecords, dueOf } from '../../web/pages/child/overdue.ts'
import { inWords, labelInWords, within, wordsOf } from '../../web/words/codes.ts'
import { shown } from '../../web/words/counts.ts'
import { ageAt, dayAndTime, dayOfBoxes, daysAway, longDay } from '../../web/words/dates.ts'
import { isNameAlone, typedChild } from '../../web/words/typedChild.ts'
import { filesIn, read } from '../house/files.ts'
import { enumValues } from './support/unspoken.ts'

describe('a number', () => {
  const without = [{ agency: 'POLICE', reason: 'W_ROLE_NOT_PERMITTED', contact: null }]
  it.each([
    [
      { value: 50, completeness: 'WHOLE', without: [] },
      { kind: 'whole', value: 50, says: '' },
    ],
    [
      { value: 3, completeness: 'AT_LEAST', without },
      { kind: 'at-least', value: 3, says: 'At least: without part of police' },
    ],
    [
      { value: null, completeness: 'WITHHELD', without },
      { kind: 'withheld', value: null, says: 'Withheld by police' },
    ],
    [
      { value: null, completeness: 'UNAVAILABLE', without },
      { kind: 'unavailable', value: null, says: 'Not available: police did not answer' },
    ],
    [
      {
        ...{ value: null, completeness: 'UNAVAILABLE' },
        without: [
          { agency: 'POLICE', state: 'UNAVAILABLE', reason: 'UNAVAILABLE' },
          { agency: 'HEALTH', state: 'NOT_CONNECTED', reason: 'NOT_CONNECTED' },
          { agency: 'EDUCATION', state: 'NOT_LOOKED_FOR', reason: 'NOT_LOOKED_FOR' },
        ],
      },
      {
        ...{ kind: 'unavailable', value: null },
        says: 'Not available: police did not answer; not connected: health; not looked for: education',
      },
    ],
    [
      {
        ...{ value: null, completeness: 'UNAVAILABLE' },
        without: [{ agency: 'HEALTH', state: 'NOT_LOOKED_FOR', reason: 'NOT_LOOKED_FOR' }],
      },
      { kind: 'not-known', value: null, says: 'Not available: not looked for: health' },
    ],
    [
      { value: null, completeness: 'NOT_KNOWN', without: [] },
      { kind: 'not-known', value: null, says: 'Not known' },
    ],
    [null, { kind: 'not-known', value: null, says: 'Not known' }],
  ])('%j says how whole it is', (count, said) => {
    expect(shown(count)).toEqual(said)
  })
})

describe('a day', () => {
  it('is written as people there write it, in their own time', () => {
    expect(longDay('2026-11-20')).toBe('20 November 2026')
    expect(dayAndTime('2026-06-30T23:30:00Z')).toBe('1 July 2026, 12:30am')
    expect(dayAndTime('2026-11-20T16:05:00Z')).toBe('20 November 2026, 4:05pm')
    expect([
      daysAway('2026-11-20', '2026-11-20T23:59:59Z'),
      daysAway('2026-11-19', '2026-11-20'),
      daysAway('2026-11-24', '2026-11-20'),
      daysAway('2026-08-20', '2026-11-20'),
      daysAway('2026-08-19', '2026-11-20'),
      daysAway('2025-01-27', '2026-11-20'),
      daysAway('2022-02-05', '2026-11-20'),
    ]).toEqual(['today', '1 day ago', 'in 4 days', '92 days ago', '3 months ago', '21 months ago', '4 years ago'])
    expect([
      ageAt('2013-06-27', '2026-06-26'),
      ageAt('2013-06-27', '2026-06-27'),
      ageAt('2026-10-01', '2026-11-20'),
      ageAt('2027-01-01', '2026-11-20'),
    ]).toEqual(['12 years old', '13 years old', '1 month old', null])
  })

  it('of a form is one that exists, or none', () => {
    expect(dayOfBoxes('27', ' 6', '2013')).toBe('2013-06-27')
    for (const [day, month, year] of [
      ['31', '2', '2013'],
      ['', '6', '2013'],
      ['1', '13', '2013'],
      ['a', '1', '2013'],
      ['1', '1', '13'],
    ])
      expect(dayOfBoxes(day ?? '', month ?? '', year ?? '')).toBeNull()
  })
})

describe('a child that somebody types', () => {
  it.each([
    ['C04', '', { id: 'C04' }],
    [' 999 101 2745 ', '', { person: { nhsNumber: '9991012745' } }],
    ['r992500413103', '', { person: { upn: 'R992500413103' } }],
    ['Sam  Thornley', '', { person: { given: 'Sam', family: 'Thornley' } }],
    ['Sam Thornley, born 27/6/2013', '', { person: { given: 'Sam', family: 'Thornley', dateOfBirth: '2013-06-27' } }],
    ['Thornley 2013-06-27', '', { person: { family: 'Thornley', dateOfBirth: '2013-06-27' } }],
    ['Thornley', '2013-06-27', { person: { family: 'Thornley', dateOfBirth: '2013-06-27' } }],
    ['Maya', '', { id: 'Maya' }],
  ])('is read from %j, born %j', (text, born, read) => {
    expect(typedChild(text, born)).toEqual(read)
  })

  it('is a reference only where it has a digit', () => {
    expect(['Maya', 'Maya Bellhaven', 'C04', 'ref 7', ''].map(isNameAlone)).toEqual([true, true, false, false, false])
  })
})

describe('a code', () => {
  it('is told in words, and what is none stays as it is', () => {
    expect([
      inWords('CHILD_PROTECTION'),
      inWords('MASH_ANALYST'),
      inWords('LA2'),
      inWords('EV26C00099'),
      inWords('Eastvale'),
      inWords(''),
    ]).toEqual(['Child protection', 'MASH analyst', 'LA2', 'EV26C00099', 'Eastvale', ''])
    expect([wordsOf('legalStatus', 'C2'), wordsOf('legalStatus', 'ZZ9'), labelInWords('HEALTH_MENTAL')]).toEqual([
      'Full care order',
      'ZZ9',
      'Mental health',
    ])
    expect([within('Mental health'), within('NHS number')]).toEqual(['mental health', 'NHS number'])
  })

  it('of the schema has words, every one of them but what the field says letter by letter', () => {
    const saidByLetter = ['GP', 'MASH', 'UPN', 'M', 'A']
    expect(enumValues.length).toBeGreaterThan(400)
    expect(enumValues.filter((code) => inWords(code) === code && !saidByLetter.includes(code))).toEqual([])
  })

  it('of a published return has words beside which it stands', () => {
    for (const set of Object.keys(codeWords) as (keyof typeof codeWords)[])
      for (const code of Object.keys(codeWords[set]).filter((each) => !each.includes('_')))
        expect(decoded(set, code)).toMatch(/[a-z]{2,}.* \(.+\)$/i)
    for (const code of attendanceCodes) expect(decodedAttendance(code)).toMatch(/[a-z]{2,}.* \(.+\)$/i)
    expect([decoded('schoolNeed', 'DS'), decoded('ethnicity', 'ABAN'), decoded('exclusion', 'ZZ')]).toEqual([
      'Down syndrome (DS)',
      'Bangladeshi (ABAN)',
      'ZZ',
    ])
  })

  it('is never a name of the language’s own', () => {
    for (const name of ['constructor', 'toString', '__proto__']) expect(wordsOf('legalStatus', name)).toBe(name)
  })
})

describe('what is overdue', () => {
  const nothing: DueRecords = {
    asOf: '2026-11-20T23:59:59Z',
    status: { responsibleLa: 'LA2' },
    obligations: [],
    missing: null,
    socialCare: null,
    police: null,
  }
  const due = (more: Partial<DueRecords>, late: Parameters<typeof dueOf>[1] = []) =>
    dueOf({ ...nothing, ...more }, late, (code) => code)

  it('is a message that nobody answered in time, of whoever owes the answer, by the first day that passed', () => {
    const to = [
      { to: 'LA2', overdue: true, dueAt: '2026-11-19T17:00:00Z' },
      { to: 'F4', overdue: true, dueAt: '2026-11-18T17:00:00Z' },
      { to: 'LA5', overdue: false, dueAt: null },
    ]
    const late = { kind: 'IMMINENT_RISK', sentAt: '2026-11-18T09:00:00Z', dueAt: null, to, href: '/one' }
    expect(due({}, [late])).toEqual([
      {
        ...{ what: 'Imminent risk', whose: 'LA2, F4', day: '2026-11-18', overdue: true, href: '/one' },
        note: 'Message of 18 November 2026, not answered',
      },
    ])
  })

  it('is nothing where nothing may be read', () => {
    expect(due({})).toEqual([])
    expect(
      due({
        socialCare: { plans: null, assessments: null },
        police: { notices: null },
        missing: { latest: null } as never,
      }),
    ).toEqual([])
  })

  it('names whose it is, the longest overdue first, and leaves out what is done, far off or of a plan that ended', () => {
    const action = (text: string, day: string | null, state: string) => ({
      text,
      owner: 'POLICE',
      due: day,
      state,
      cannotDeliverReason: null,
    })
    const plan = {
      level: 'LOOKED_AFTER',
      to: null,
      nextReviewOn: '2026-11-24',
      actions: [
        action('later', '2026-11-10', 'OPEN'),
        action('first', '2026-10-01', 'OPEN'),
        action('done', '2026-10-01', 'DONE'),
        action('far', '2027-01-01', 'OPEN'),
        action('never', null, 'OPEN'),
      ],
    }
    const ended = { ...plan, to: '2026-01-01' }
    const found = due({
      socialCare: { plans: [plan, ended], assessments: [{ kind: 'SINGLE', authorisedAt: null, dueAt: '2026-11-21' }] },
    })
    expect(found.map(({ what, whose, overdue }) => [what, whose, overdue])).toEqual([
      ['first', 'Police', true],
      ['later', 'Police', true],
      ['Assessment (single)', 'LA2 children’s social care', false],
      ['Review of the plan (looked after)', 'LA2 children’s social care', false],
    ])
  })
})

describe('a drawing', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ' ', '/'),
    minLength: 1,
    maxLength: 20,
  })

  it('lets no text of a record become markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const person = (key: string, isTheChild: boolean) => ({
          ...{ key, name: text, relation: text, isTheChild, sex: 'F', generation: isTheChild ? 0 : 1 },
          ...{ died: true, livesWithChild: true },
        })
        const family = genogram([person('a', true), person('b', false)], [{ kind: 'PARENT', from: 'b', to: 'a' }])
        const event = {
          id: 'e-1',
          at: '2026-01-01T00:00:00Z',
          lane: 'HEALTH',
          text,
          kind: 'plain' as const,
          isListed: true,
        }
        for (const svg of [family, swimlanes([event], ['HEALTH'])]) {
          const inside = svg.replace(/<\/?(?:svg|g|a|rect|circle|path|line|text|title)(?: [\w:-]+="[^"<>]*")*\/?>/g, '')
          expect(inside).not.toMatch(/[<>]/)
        }
      }),
    )
  })

  it('joins the parents of a child, the man on the left, and a brother whose parents nobody recorded by a line of his own', () => {
    const one = (key: string, sex: string, generation: number) => ({
      ...{ key, name: key, relation: '', isTheChild: key === 'child', sex, generation },
      ...{ died: false, livesWithChild: false },
    })
    const svg = genogram(
      [one('child', 'M', 0), one('mother', 'F', 1), one('father', 'M', 1), one('brother', 'M', 0)],
      [
        { kind: 'PARENT', from: 'mother', to: 'child' },
        { kind: 'PARENT', from: 'father', to: 'child' },
        { kind: 'SIBLING', from: 'brother', to: 'child' },
      ],
    )
    const placeOf = (name: string) => Number(new RegExp(`<text[^>]* x="([\\d.]+)"[^>]*>${name}<`).exec(svg)?.[1])
    expect(placeOf('father')).toBeLessThan(placeOf('mother'))
    expect(placeOf('brother')).toBeLessThan(placeOf('child'))
    expect(svg.match(/wv-d-tie--sibling/g)).toHaveLength(1)
    // Both parents lead to one point, and one line leads from there to the child.
    expect(svg.match(/class="wv-d-tie"/g)).toHaveLength(3)
  })

  it('draws every event once, in the lane of its agency', () => {
    const marks = Array.from({ length: 300 }, (_, index) => ({
      id: `e-${index}`,
      at: new Date(Date.UTC(2020, index % 60, 1)).toISOString(),
      lane: index % 2 ? 'HEALTH' : 'POLICE',
      text: 'x',
      kind: 'harm' as const,
      isListed: index % 3 === 0,
    }))
    expect(swimlanes(marks, ['HEALTH', 'POLICE', 'EDUCATION']).match(/<a /g)).toHaveLength(100)
    expect(swimlanes(marks, ['HEALTH', 'POLICE', 'EDUCATION']).match(/wv-d-mark--harm/g)).toHaveLength(300)
    const drawn = swimlanes(marks.slice(0, 1), ['HEALTH', 'POLICE', 'EDUCATION'], { POLICE: '', HEALTH: 'withheld' })
    expect(drawn).toContain('>1 event<')
    expect(drawn).toContain('>withheld<')
    expect(drawn).not.toContain('Education')
    expect(drawn).toMatch(/>20\d\d</)
    expect(
      barsByMonth(
        [
          { month: '2025-11', series: 'None' },
          { month: '2026-02', series: 'Force 1' },
        ],
        [
          { name: 'Force 1', look: 'first' },
          { name: 'None', look: 'none' },
        ],
      ).match(/<rect/g),
    ).toHaveLength(2)
  })
})

describe('a table', () => {
  it('scrolls in a frame of its own where it is wider than the screen, on every page', () => {
    const bare = filesIn('web/views', '.njk').flatMap((file) =>
      [...read(file).matchAll(/<table/g)].flatMap(({ index, input }) =>
        input.slice(Math.max(0, index - 140), index).includes('class="wv-scroll" tabindex="0" role="region"')
          ? []
          : file,
      ),
    )
    expect(bare).toEqual([])
  })
})

describe('a state of a panel', () => {
  const kinds = [
    ...['complete', 'nothing', 'withheld', 'unavailable', 'stale', 'not-connected', 'not-known', 'at-least', 'alert'],
  ]
  const views = filesIn('web/views', '.njk').map(read).join('\n')
  const draw = (kind: string) =>
    nunjucks
      .configure(fileURLToPath(new URL('../../web/views', import.meta.url)), { autoescape: true })
      .renderString(`{% from "parts.njk" import state %}{{ state("${kind}", "These words") }}`, {})

  it('is one of those that have words and a shape of their own, wherever it is said', () => {
    const said = new Set([...views.matchAll(/(?:state|lacks)\("([a-z-]+)"/g)].map((match) => match[1] ?? ''))
    expect([...said].filter((kind) => !kinds.includes(kind))).toEqual([])
    for (const kind of ['nothing', 'withheld', 'unavailable', 'not-connected', 'not-known', 'at-least'])
      expect([kind, said.has(kind)]).toEqual([kind, true])
    const drawn = kinds.filter((kind) => kind !== 'stale').map((kind) => /<svg[\s\S]*?<\/svg>/.exec(draw(kind))?.[0])
    expect(new Set(drawn).size).toBe(kinds.length - 1)
    for (const kind of kinds) {
      expect(draw(kind)).toContain('<span>These words</span>')
      expect(draw(kind)).toContain('aria-hidden="true"')
    }
  })
})

describe('a view', () => {
  it('is one that the template engine reads, each of them', () => {
    const views = fileURLToPath(new URL('../../web/views', import.meta.url))
    const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(views), { autoescape: true })
    const unread = filesIn('web/views', '.njk').flatMap((file) => {
      try {
        nunjucks.precompileString(read(file), { name: file, env: environment })
        return []
      } catch (error) {
        return [`${file}: ${error instanceof Error ? error.message : error}`]
      }
    })
    expect(unread).toEqual([])
  })
})

describe('a form in which somebody writes', () => {
  it('keeps what is begun in it, every one of them', () => {
    const forms = filesIn('web/views', '.njk').flatMap((file) =>
      [...read(file).matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => ({ file, form })),
    )
    // Numbers of children, which are asked with and not sent to anybody.
    const writing = forms.filter(({ form }) => /<textarea|questions\(/.test(form) && !form.includes('name="cases"'))
    expect(writing.length).toBeGreaterThan(8)
    const lost = writing.filter(({ form }) => !(form.includes('data-wv="draft"') && /field\(\w+, [\w.]+\)/.test(form)))
    expect(lost.map(({ file }) => file)).toEqual([])
  })
})
