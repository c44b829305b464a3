import { describe, expect, it } from 'vitest'
import type { Status } from '../../src/childView/banner.ts'
import { type Family, family, numberedRelatives, relativeKey } from '../../src/childView/family.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { answersOf, asOf, down, groundOf, row, told } from './fixtures.ts'

type Fields = Parameters<typeof row>[1]
const relative = (id: string, relation: string, fields: Fields = {}) =>
  row(`socialCare:${id}`, {
    ...{ relation, 'provenance.organisation': 'LA2-CSC', 'provenance.evidence': 'FACT' },
    ...{ isChild: false, ...fields },
  })
const adult = (id: string, person: string, fields: Fields = {}) => ({
  ...row(`adultServices:${id}`, { 'provenance.organisation': 'LA2-PROBATION', ...fields }),
  person,
})

const household = [
  relative('m', 'MOTHER', { name: 'Ann Wray', inHousehold: true, parentalResponsibility: true }),
  relative('s', 'STEPFATHER', { name: 'Tom Kay', inHousehold: true }),
  relative('f', 'FATHER', { name: 'Lee Poole', inHousehold: false }),
  relative('h1', 'HALF_SISTER', { name: 'Bea Kay', isChild: true, childOf: ['m', 's'], laChildId: '992000001' }),
  relative('h2', 'HALF_BROTHER', { name: 'Max Kay', isChild: true, childOf: ['socialCare:m'], laChildId: '992000002' }),
]

const of = (
  socialCare: Parameters<typeof answersOf>[0] = { socialCare: { family: household } },
  ground = groundOf(),
  relatives: Parameters<typeof family>[3] = new Map(),
): Family => family(answersOf(socialCare), ground, asOf, relatives)

const person = ({ people }: Family, relation: string) => people?.find((one) => one.relation === relation)
const tied = ({ ties }: Family) => ties?.map(({ kind, from, to, implied }) => [kind, from, to, implied])

describe('a family', () => {
  it('has each person once, with relation, source and confidence, fathers and stepfathers among them', () => {
    const told_ = of()
    expect(told_.people?.map(({ relation, maleCarer, sex }) => [relation, maleCarer, sex])).toEqual([
      ['CHILD', false, 'U'],
      ['MOTHER', false, 'F'],
      ['STEPFATHER', true, 'M'],
      ['FATHER', true, 'M'],
      ['HALF_SISTER', false, 'F'],
      ['HALF_BROTHER', false, 'M'],
    ])
    expect(person(told_, 'FATHER')).toMatchObject({
      confidence: 'RECORDED',
      sources: [{ recordId: 'socialCare:f', recordType: 'family', provenance: { organisation: 'LA2-CSC' } }],
    })
  })

  it('counts as male carers living men who care alone, whatever their relation is called', () => {
    const men = [
      relative('g', 'GODFATHER', { sex: 'M', isChild: false }),
      relative('d', 'FATHER', { diedOn: '2020-01-01', isChild: false }),
      relative('b', 'OTHER', { sex: 'M', isChild: true, inHousehold: true }),
      relative('u', 'UNCLE', { isChild: false, inHousehold: false }),
      relative('l', 'LODGER', { sex: 'M', isChild: false, inHousehold: true }),
    ]
    const told_ = of({ socialCare: { family: men } })
    expect(told_.people?.filter(({ maleCarer }) => maleCarer).map(({ relation }) => relation)).toEqual(['LODGER'])
    expect(of({ socialCare: { family: men.slice(0, 4) } }).maleCarerRecorded).toBe(false)
  })

  it('ties parents as recorded, by either form of an id, and couples as they follow', () => {
    expect(tied(of())).toEqual([
      ['PARENT', 'P1', 'CHILD', false],
      ['STEP_PARENT', 'P2', 'CHILD', false],
      ['PARENT', 'P3', 'CHILD', false],
      ['HALF_SIBLING', 'P4', 'CHILD', false],
      ['HALF_SIBLING', 'P5', 'CHILD', false],
      ['PARENT', 'P1', 'P4', false],
      ['PARENT', 'P2', 'P4', false],
      ['PARENT', 'P1', 'P5', false],
      ['COUPLE', 'P2', 'P1', true],
    ])
  })

  it('tells a couple once that both records tell of, and implies none beside it', () => {
    const told_ = of({
      socialCare: {
        family: [
          relative('m', 'MOTHER', { partnerOf: ['s'] }),
          relative('s', 'STEPFATHER', { partnerOf: ['m', 'nobody'] }),
        ],
      },
    })
    expect(tied(told_)?.filter(([kind]) => kind === 'COUPLE')).toEqual([['COUPLE', 'P2', 'P1', false]])
  })

  it('joins an adult whom two agencies name alike, with the services of that adult alone', () => {
    const told_ = of({
      socialCare: { family: household },
      adultServices: {
        person: [adult('1', 'A-1', { relation: 'MOTHER', name: 'Wray, Ann' })],
        services: [
          adult('2', 'A-1', { service: 'PROBATION', relation: null }),
          adult('3', 'A-2', { service: 'HOUSING', relation: 'FATHER' }),
        ],
      },
    })
    expect(told_.people).toHaveLength(6)
    expect(person(told_, 'MOTHER')).toMatchObject({ confidence: 'CORROBORATED', services: [{ service: 'PROBATION' }] })
    expect(person(told_, 'FATHER')?.services).toMatchObject([{ service: 'HOUSING' }])
    expect(person(told_, 'HALF_SISTER')?.services).toBeNull()
  })

  it('keeps two names for one mother apart, and says that they are disputed', () => {
    const told_ = of({
      socialCare: { family: household },
      adultServices: { person: [adult('1', 'A-1', { relation: 'MOTHER', name: 'Una Ward' })] },
    })
    expect(told_.people?.filter(({ relation }) => relation === 'MOTHER').map((one) => one.confidence)).toEqual([
      'DISPUTED',
      'DISPUTED',
    ])
  })

  it('has two mothers who are a couple, and neither against the other', () => {
    const two = [
      relative('a', 'MOTHER', { name: 'Ada Ostler' }),
      relative('b', 'MOTHER', { partnerOf: ['a'], name: 'Bea Lunt' }),
    ]
    expect(of({ socialCare: { family: two } }).people?.map(({ confidence }) => confidence)).toEqual(
      Array(3).fill('RECORDED'),
    )
  })

  it('takes a household, of which nobody is told, for no person, and somebody whose name may not be read for one', () => {
    const bare = { socialCare: { family: household }, adultServices: { person: [adult('1', 'A-1')] } }
    expect(of(bare).people).toHaveLength(6)
    const unnamed = groundOf({
      adultServices: { content: ~bitOf('THIRD_PARTY'), withheld: [told('THIRD_PARTY', 'CONTENT')] },
    })
    expect(person(of(bare, unnamed), 'NOT_STATED')).toMatchObject({ name: null, nameAs: 'WITHHELD' })
  })

  it('takes from an address with whom the child lives now, and nobody from one that ended', () => {
    const at = (id: string, livingWith: string, to: string | null) => row(`socialCare:${id}`, { livingWith, to })
    const told_ = of({
      socialCare: { family: household, addresses: [at('a', 'AUNT', null), at('b', 'UNCLE', '2026-01-01')] },
    })
    expect(person(told_, 'AUNT')).toMatchObject({ inHousehold: true, name: null })
    expect(person(told_, 'UNCLE')).toBeUndefined()
  })

  it('has no row that a later one corrects', () => {
    const told_ = of({
      socialCare: {
        family: [relative('a', 'UNCLE'), relative('b', 'STEPFATHER', { 'provenance.supersedes': 'socialCare:a' })],
      },
    })
    expect(told_.people?.map(({ relation }) => relation)).toEqual(['CHILD', 'STEPFATHER'])
  })
})

describe('another child of the family', () => {
  const status = { level: 'CHILD_IN_NEED' } as Status
  const known = new Map([[relativeKey({ number: '992000001', holder: null }), { childId: 'C90', status }]])
  const others = groundOf({ socialCare: { organisation: 'LA5-CSC' } })

  it('has a status and a name where the reader may know of that child, and is else a pseudonym without', () => {
    const told_ = of(undefined, others, known)
    expect(person(told_, 'HALF_SISTER')).toMatchObject({ name: 'Bea Kay', childId: 'C90', status })
    expect(person(told_, 'HALF_BROTHER')).toMatchObject({ nameAs: 'PSEUDONYM', childId: null, status: null })
    expect(JSON.stringify(told_)).not.toContain('Max')
  })

  it('is named to whose own record it is', () => {
    expect(person(of(), 'HALF_BROTHER')).toMatchObject({ name: 'Max Kay', nameAs: 'NAME', status: null })
  })

  it('is looked for by the numbers that may be read', () => {
    expect(numberedRelatives(answersOf({ socialCare: { family: household } }))).toEqual([
      { number: '992000001', holder: null },
      { number: '992000002', holder: null },
    ])
    const [first] = household.filter(({ laChildId }) => laChildId === '992000001')
    const twice = ['LA2-CSC', 'LA5-CSC'].map((holder) => ({ ...first, id: `${holder}:1` }) as typeof first)
    const answers = answersOf({ socialCare: { family: twice.flatMap((row) => row ?? []) } })
    expect(numberedRelatives(answers).map(relativeKey)).toEqual(['LA2-CSC 992000001', 'LA5-CSC 992000001'])
  })
})

describe('what is kept from a reader', () => {
  it('is a name that is said to be withheld, whether or not one is recorded', () => {
    const shut = groundOf({
      socialCare: { content: ~bitOf('THIRD_PARTY'), withheld: [told('THIRD_PARTY', 'CONTENT')] },
    })
    const [named, nameless] = [{ name: null }, {}].map((fields) =>
      of({ socialCare: { family: [relative('f', 'FATHER', fields)] } }, shut),
    )
    expect(person(named as Family, 'FATHER')).toMatchObject({
      nameAs: 'WITHHELD',
      withheld: [{ category: 'THIRD_PARTY', reason: 'W_ROLE_NOT_PERMITTED' }],
    })
    expect(named).toEqual(nameless)
  })

  it('is no empty list: people, ties and services are null with a reason', () => {
    const shut = groundOf({
      socialCare: { content: 0, headline: 0, withheld: [told('SOCIAL_CARE')] },
      adultServices: { content: 0, headline: 0, withheld: [told('THIRD_PARTY'), told('INVOLVEMENT', 'CONTENT')] },
    })
    expect(of({}, shut)).toMatchObject({
      people: null,
      ties: null,
      maleCarerRecorded: null,
      completeness: 'WITHHELD',
    })
    const onlyFamily = groundOf({
      adultServices: { content: 0, headline: 0, withheld: [told('INVOLVEMENT', 'CONTENT')] },
    })
    expect(person(of(undefined, onlyFamily), 'MOTHER')?.services).toBeNull()
  })

  it('leaves it open whether there is a father, unless all was looked through', () => {
    const mother = { socialCare: { family: [relative('m', 'MOTHER')] } }
    expect(of(mother).maleCarerRecorded).toBe(false)
    expect(of({ ...mother, adultServices: down }).maleCarerRecorded).toBeNull()
    const hidden = groundOf({ socialCare: { content: ~bitOf('DOMESTIC_ABUSE') } })
    expect(of(mother, hidden).maleCarerRecorded).toBeNull()
  })
})
