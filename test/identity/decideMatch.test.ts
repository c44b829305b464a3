import { describe, expect, it } from 'vitest'
import { countKnowledge } from '../../lab/linkage/countKnowledge.ts'
import { decide } from '../../src/identity/decideMatch.ts'
import { matchWeights } from '../../src/identity/matchWeight.ts'
import { type Described, personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { comparedFields, rivalsSeen } from '../../src/identity/reviewComparison.ts'

const model = defaultLinkageModel()
const dawid: Described = {
  given: 'Dawid',
  family: 'Kowalczyk',
  birth: '2017-05-14',
  sex: 'M',
  postcode: 'QX4 2AB',
  house: '12',
  nhsNumber: '9434765919',
  nhsVerified: true,
}
const daniel: Described = { ...dawid, given: 'Daniel', nhsNumber: '9876543210' }

const search = (query: Described, ...onFile: readonly Described[]) => {
  const person = personOf(query)
  const candidates = onFile.map((described, at) => ({ id: String(at), person: personOf(described) }))
  const known = candidates.map(({ id, person: held }) => ({ id, persons: [held] }))
  return { person, weighed: matchWeights(person, candidates, model), decision: decide({ query: person, known, model }) }
}
const without = (described: Described, ...keys: readonly (keyof Described)[]): Described =>
  Object.fromEntries(Object.entries(described).filter(([key]) => !keys.some((one) => one === key)))

const unnumbered = without(dawid, 'nhsNumber', 'nhsVerified')

describe('a child', () => {
  it('is linked by a verified number with the same date of birth', () => {
    expect(search({ ...dawid, family: 'Kovalchik' }, dawid, daniel).decision).toMatchObject({
      outcome: 'SAME',
      method: 'IDENTIFIER',
      id: '0',
    })
  })

  it('is linked by evidence when the name is spelt by ear and all else agrees', () => {
    expect(search({ ...unnumbered, family: 'Kovalchik' }, dawid).decision).toMatchObject({
      outcome: 'SAME',
      method: 'EVIDENCE',
    })
  })

  it('is linked in another script', () => {
    expect(search({ ...unnumbered, given: 'Давид', family: 'Ковальчик' }, dawid).decision.outcome).not.toBe('NONE')
  })

  it('who goes by a short form is found by it, though the long form is on file too', () => {
    const sam = { given: 'Sam', family: 'Thornley', birth: '2013-06-27', postcode: 'ZZ5 1QR' }
    const known = [{ id: 'child', persons: ['Samuel', 'Sam'].map((given) => personOf({ ...sam, given })) }]
    // Five agencies that know him by it make the name look common where few are on file.
    const few = countKnowledge(Array.from({ length: 5 }, () => personOf(sam)))
    for (const register of [undefined, few]) {
      const { outcome, seen } = decide({
        query: personOf(sam),
        known,
        model: { ...model, ...(register && { register }) },
      })
      expect([outcome, seen[0]?.weighed.candidate.person.given]).toEqual(['SAME', 'sam'])
    }
  })

  it.each([
    ...['Smith', 'Khan', 'Thornley', 'Okonkwo-Bell'].flatMap((family) =>
      (['Sam Samuel', 'Mo Mohammed', 'Jack John', 'Lena Magdalena', 'Kit Christopher', 'Li Lily'] as const).map(
        (names) => [family, names.split(' ')[0] ?? '', names.split(' ')[1] ?? ''] as const,
      ),
    ),
  ])('of the family %s weighs no less by their own name than by a form of it: %s, %s', (family, short, long) => {
    for (const [asked, other] of [
      [short, long],
      [long, short],
    ] as const) {
      const described = { family, birth: '2013-06-27', postcode: 'ZZ5 1QR' }
      const [first] = search(
        { ...described, given: asked },
        { ...described, given: other },
        { ...described, given: asked },
      ).weighed
      expect(first?.candidate.id).toBe('1')
    }
  })

  it('is told from a twin on file by a number, and by nothing else', () => {
    const feliks = { ...daniel, given: 'Feliks' }
    expect(search(unnumbered, feliks, dawid).decision).toMatchObject({ outcome: 'ASK', reason: 'MULTIPLE_BIRTH' })
    expect(search(dawid, feliks, dawid).decision).toMatchObject({ outcome: 'SAME', id: '1' })
  })

  it('is no twin of one who was born on that day under that name and lives elsewhere', () => {
    const elsewhere = { ...daniel, postcode: 'ZA7 1AA', house: '3' }
    expect(search(unnumbered, elsewhere, dawid).decision).toMatchObject({ outcome: 'SAME', id: '1' })
    const homeless = without(unnumbered, 'postcode', 'house')
    expect(search(homeless, elsewhere, dawid).decision.outcome).toBe('ASK')
  })

  it('who moved is found by an earlier postcode', () => {
    const moved = { ...unnumbered, postcode: 'ZA9 9ZZ', house: '', previousPostcodes: ['QX4 2AB'] }
    expect(search(moved, dawid).decision.outcome).toBe('SAME')
  })
})

describe('no link is made without a person', () => {
  const cases: readonly [why: string, query: Described, onFile: Described, reason: string][] = [
    ['a twin who is not on file bears another given name', without(daniel, 'nhsNumber'), dawid, 'NOT_SURE_ENOUGH'],
    ['only an initial is known', { ...unnumbered, given: 'D' }, dawid, 'GIVEN_NAME_NOT_AGREED'],
    ['the given name is missing', without(unnumbered, 'given'), dawid, 'GIVEN_NAME_NOT_AGREED'],
    ["a sibling's number stands on the record", { ...dawid, given: 'Zofia', sex: 'F' }, dawid, 'NUMBER_CONTRADICTED'],
    ['the number agrees and the sex does not', { ...dawid, sex: 'F' }, dawid, 'NUMBER_CONTRADICTED'],
    [
      'the number agrees and the year of birth does not',
      { ...dawid, birth: '2012-11-30' },
      dawid,
      'NUMBER_CONTRADICTED',
    ],
    ['all agrees but the number', { ...dawid, nhsNumber: '9876543210' }, dawid, ''],
  ]
  it.each(cases)('when %s', (_, query, onFile, reason) => {
    const { decision } = search(query, onFile)
    expect(decision.outcome).not.toBe('SAME')
    if (reason && decision.outcome === 'ASK')
      expect(['GIVEN_NAME_NOT_AGREED', 'NOT_SURE_ENOUGH', reason]).toContain(decision.reason)
  })

  const close: readonly [why: string, query: Described, onFile: Described][] = [
    [
      'a twin who is not on file has nearly the same name',
      { given: 'Sophia', family: 'Duncroft', birth: '2009-04-25', postcode: 'QZ38 2AA', house: '3' },
      { given: 'Sophie', family: 'Duncroft', birth: '2009-04-25', postcode: 'QZ38 2AA', house: '3' },
    ],
    [
      'a neighbour of one name was born in the year of which only the first of January is sent',
      { given: 'Esme', family: 'Quillfeather', birth: '2014-01-01', postcode: 'QZ12 0GU' },
      { given: 'Esme', family: 'Quillfeather', birth: '2014-11-19', postcode: 'QZ12 0GU' },
    ],
    [
      'another family has the house, and a child of a name that is nearly the same',
      { given: 'Zelis', family: 'Brown', birth: '2013-08-19', postcode: 'XV22 3LF', house: '9', sex: 'F' },
      { given: 'Zelan', family: 'Shaw', birth: '2013-08-19', postcode: 'XV22 3LF', house: '9', sex: 'F' },
    ],
    [
      'two children of one misheard name were born on one day in two towns',
      { given: 'Ergi', family: 'Oliveirah', birth: '2020-12-04', postcode: 'QZ1 1YY', sex: 'M' },
      { given: 'Ergi', family: 'Oliveira', birth: '2020-12-04', postcode: 'QX33 9BL', sex: 'M' },
    ],
  ]
  it.each(close)('when %s', (_, query, onFile) => expect(search(query, onFile).decision.outcome).toBe('ASK'))

  it('when two records bear one number', () => {
    expect(search(dawid, dawid, { ...dawid, given: 'David' }).decision).toMatchObject({
      outcome: 'ASK',
      reason: 'NUMBER_SHARED',
    })
  })

  it('when a number was not verified, though it agrees', () => {
    const { decision } = search({ ...dawid, nhsVerified: false }, dawid)
    expect(decision.outcome === 'SAME' && decision.method).not.toBe('IDENTIFIER')
  })
})

describe('nobody', () => {
  it('is the answer when nothing on file is like', () => {
    expect(
      search({ given: 'Ngozi', family: 'Okafor', birth: '2011-03-09', sex: 'F', postcode: 'ZA1 1AA' }, dawid).decision,
    ).toEqual({ outcome: 'NONE', seen: [] })
  })

  it('is the answer to a question that says nothing, and to an empty index', () => {
    expect(search({}, dawid).decision.outcome).not.toBe('SAME')
    expect(search(dawid).decision).toEqual({ outcome: 'NONE', seen: [] })
  })
})

describe('an ambiguous answer', () => {
  it('asks for what was not sent, and names no value on file', () => {
    const { decision } = search(
      { given: 'D', family: 'Kowalczyk', birth: '2017-05-14', postcode: 'QX4 2AB' },
      dawid,
      daniel,
    )
    expect(decision.outcome).toBe('ASK')
    if (decision.outcome !== 'ASK') return
    expect(decision.questions).toContain('NHS_NUMBER')
    expect(JSON.stringify(decision.questions)).not.toMatch(/dawid|daniel|9434765919|12/i)
  })

  it('shows a reviewer how each field agrees, and no value that was not sent', () => {
    const { person, weighed } = search({ given: 'D', family: 'Kovalchik', birth: '2017-05-14' }, dawid)
    const [best] = weighed
    if (!best) throw new Error('There is a candidate.')
    const fields = comparedFields(person, best)
    expect(Object.fromEntries(fields.map(({ field, agreement }) => [field, agreement]))).toMatchObject({
      given: 'CLOSE',
      family: 'CLOSE',
      birth: 'AGREES',
      address: 'NOT_KNOWN',
      nhs: 'NOT_KNOWN',
    })
    expect(JSON.stringify(fields)).not.toMatch(/dawid|kowalczyk|9434765919|QX4/i)
  })

  it('names a sibling or twin as a rival when one would explain it', () => {
    const { weighed } = search(without(daniel, 'nhsNumber'), dawid)
    const [best] = weighed
    if (!best) throw new Error('There is a candidate.')
    expect(rivalsSeen(best)).toContain('TWIN_NOT_ON_FILE')
  })
})
