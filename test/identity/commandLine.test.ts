import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { children } from '../../seeds/population/children.ts'
import { recordOf, scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import { run } from '../../src/cli/program.ts'
import { linkageModelToJson } from '../../src/identity/linkageModel.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { newStore, type TestStore } from '../support/gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'wholeview-identity-'))
let store: TestStore
beforeAll(async () => {
  store = await newStore()
})
afterAll(async () => {
  await store.remove()
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const typed = async (...args: readonly string[]) => {
  const written = { out: '', err: '' }
  const into = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text
      return true
    },
  })
  const code = await run(args, { DEMONSTRATION: 'on', ...store.environment }, { out: into('out'), err: into('err') })
  return { code, ...written }
}

const population = (families: number) => {
  const dice = chance(9)
  const elsewhere = () => ({ postcode: 'QX39 9ZZ', house: '9' })
  const rows = children(families, 3).flatMap((child) =>
    [0, 1].map((copy) => {
      const { given, family, birth, sex, postcode, nhsNumber } = recordOf(
        child,
        { ...scenarios['with-nhs'], numbered: 1 },
        elsewhere,
        dice,
      )
      return [`${child.id}-${copy}`, child.id, given, family, birth, sex, postcode, nhsNumber].join(',')
    }),
  )
  return ['id,truth,given_name,surname,dob,sex,postcode,nhs_number', ...rows].join('\n')
}

describe('wholeview identity', () => {
  it('evaluates a file, in words and as JSON', async () => {
    const path = file('people.csv', population(100))
    const words = await typed('identity', 'evaluate', path, '--truth', 'truth')
    expect(words).toMatchObject({ code: 0, err: '' })
    for (const part of ['precision', 'B³', 'automatic', 'review', 'none', 'Calibration', 'Slowest parts'])
      expect(words.out).toContain(part)
    const json = await typed('--json', 'identity', 'evaluate', path, '--truth', 'truth')
    expect(JSON.parse(json.out)).toMatchObject({ rows: 200, people: 100, automatic: { false: 0 } })
  })

  it('learns a model from rows that agree on a number, and writes over nothing', async () => {
    const path = file('learn.csv', population(240))
    const out = join(folder, 'model.json')
    expect(await typed('identity', 'learn', path, '--out', out)).toMatchObject({ code: 0 })
    const before = readFileSync(out, 'utf8')
    const again = await typed('identity', 'learn', path, '--out', out)
    expect(again.code).toBe(1)
    expect(again.err).toMatch(/Nothing was changed/)
    expect(readFileSync(out, 'utf8')).toBe(before)
  })

  const refused: readonly [why: string, args: () => readonly string[], code: number, sentence: RegExp][] = [
    [
      'a file that is not there',
      () => ['evaluate', join(folder, 'none.csv'), '--truth', 'x'],
      2,
      /FILE_UNREADABLE.*could not be read/,
    ],
    [
      'a file in another encoding',
      () => [
        'evaluate',
        file('latin.csv', Buffer.from([0x61, 0x0a, 0xfc]).toString('latin1').replace('ü', '\u0000')),
        '--truth',
        'a',
      ],
      2,
      /NOT_TEXT.*NUL/,
    ],
    [
      'a mapping that is none',
      () => ['evaluate', file('m.csv', population(5)), '--truth', 'truth', '--map', 'given'],
      2,
      /Write --map as/,
    ],
    ['a folder', () => ['evaluate', folder, '--truth', 'x'], 2, /FILE_UNREADABLE/],
    [
      'a fact that there is not',
      () => ['evaluate', file('m.csv', population(5)), '--truth', 'truth', '--map', 'shoe=given'],
      2,
      /FACT_UNKNOWN/,
    ],
    ['no truth', () => ['evaluate', 'people.csv'], 2, /--truth/],
    [
      'learning from a file without numbers',
      () => ['learn', file('n.csv', 'id,surname\n1,a\n')],
      2,
      /COLUMN_MISSING.*no column of NHS numbers/,
    ],
    ['an agency that is none', () => ['history', 'circus', 'P1'], 2, /no agency/],
    ['a link without a reason', () => ['link', 'health', 'H1', 'C1', '--by', 'me'], 2, /--reason/],
  ]
  it.each(refused)('refuses %s', async (_, args, code, sentence) => {
    const answer = await typed('identity', ...args())
    expect(answer.code).toBe(code)
    expect(answer.err).toMatch(sentence)
    expect(answer.out).toBe('')
  })

  it('finds an adult of a household whom adult services know, and links them to the child', {
    timeout: 240_000,
  }, async () => {
    const adults = file(
      'adults.csv',
      'person,forename,surname,dob\nA-1,Marta,Novak,1984-02-11\nA-2,Jan,Kos,1980-01-05\n',
    )
    await typed('identity', 'index', adults, '--agency', 'adultServices', '--id', 'person')
    const household = file(
      'family.csv',
      'member,first_name,last_name,dob,child_id\n1,Marta,Nowak,1984-02-11,C1\n2,Eva,Lind,1990-09-09,C1\n',
    )
    const words = ['--json', 'identity', 'match', household, '--id', 'member', '--child', 'child_id'] as const
    expect(await typed(...words)).toMatchObject({
      code: 1,
      err: expect.stringContaining('"C1". Nothing was linked. Make ids with identity add-child.'),
    })
    expect(await typed('identity', 'add-child', 'C1')).toMatchObject({ code: 0, out: 'Made.\n' })
    expect(JSON.parse((await typed(...words)).out).map(({ outcome }: { outcome: string }) => outcome)).not.toContain(
      'SAME',
    )
    const [mother, other] = JSON.parse((await typed(...words, '--adults')).out)
    expect(mother).toMatchObject({ id: '1', outcome: expect.stringMatching(/SAME|ASK/) })
    expect(other).toEqual({ id: '2', outcome: 'NONE', record: null, event: null, reason: null, question: null })
  })

  it('measures with a model that was learnt, and refuses a file that is none', { timeout: 240_000 }, async () => {
    const people = file('measured.csv', population(40))
    const model = file('model.json', linkageModelToJson(defaultLinkageModel(), 50))
    const words = ['--json', 'identity', 'evaluate', people, '--truth', 'truth'] as const
    expect(JSON.parse((await typed(...words, '--model', model)).out).learntFrom).toBe('MODEL')
    expect(await typed(...words, '--model', people)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds no model/),
    })
  })

  it('takes in the people of one holder, and of no holder that the registry does not name', async () => {
    const path = file('roll.csv', 'pupil_id,forename,surname,dob\nR-1,Anna,Novak,2012-04-09\n')
    const of = (...holder: readonly string[]) =>
      typed('identity', 'index', path, '--agency', 'education', '--id', 'pupil_id', ...holder)
    expect(await of('--holder', '900005')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Took in 1 record, 1'),
    })
    // The same id at another school is another person's.
    expect(await of('--holder', '900002')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Took in 1 record, 1'),
    })
    expect(await of('--holder', '900005')).toMatchObject({ code: 0, out: expect.stringContaining('0 of them') })
    for (const other of ['F1', 'NO-SUCH-HOLDER']) {
      const refused = await of('--holder', other)
      expect(refused.code).not.toBe(0)
      expect(refused.err).toContain(other)
    }
  })

  it('takes in an agency’s people, links one, undoes it, and tells the history', { timeout: 240_000 }, async () => {
    const path = file('pupils.csv', 'pupil_id,forename,surname,dob\nP-1,Anna,Novak,2012-04-09\n')
    const by = ['--by', 'reviewer', '--reason', 'Seen with the family.']
    expect((await typed('identity', 'index', path, '--agency', 'education', '--id', 'pupil_id')).out).toContain(
      'Took in 1 record',
    )
    expect(await typed('identity', 'link', 'education', 'P-1', 'NO-SUCH-CHILD', ...by)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no such child.'),
    })
    await typed('identity', 'add-child', 'C1')
    expect((await typed('identity', 'link', 'education', 'P-1', 'C1', ...by)).out).toContain('Linked')
    const [event] = JSON.parse((await typed('--json', 'identity', 'history', 'education', 'P-1')).out)
    expect(JSON.parse((await typed('--json', 'identity', 'refute', event.id, ...by)).out)).toEqual({ toNotify: [] })
    expect(await typed('identity', 'refute', event.id, ...by)).toMatchObject({
      code: 1,
      err: expect.stringContaining('undone already'),
    })
    expect((await typed('identity', 'history', 'education', 'P-1')).out).toContain(`undoes ${event.id}`)
    expect((await typed('identity', 'queue')).code).toBe(0)
  })
})
