import { describe, expect, it } from 'vitest'
import { type Associated, associations, associationsPart, clearMarks } from '../../src/childView/associations.ts'
import { coMissing, type OtherMissing } from '../../src/childView/coMissing.ts'
import { missingPattern } from '../../src/childView/missingEpisodes.ts'
import { withOrdinals } from '../../src/sources/numberPseudonyms.ts'
import { Pseudonyms, valueMark } from '../../src/sources/pseudonyms.ts'
import { answersOf, asOf, groundOf, row, told, whole } from './fixtures.ts'

const ground = groundOf()
const hidden = new Pseudonyms('key-of-a-test')
const childOf = (childId: string, given: Parameters<typeof answersOf>[0], of = ground): Associated => ({
  childId,
  ground: { ...of, answers: answersOf(given) },
})

describe('what records have in common', () => {
  const episodes = ['2026-07-03', '2026-10-30'].map((day, index) =>
    row(`police:m${index}`, {
      eventAt: `${day}T22:00:00Z`,
      foundAt: index === 0 ? 'Address in Northmoor' : 'address in  Northmoor',
      foundWith: index === 0 ? 'Pask, Graham' : null,
    }),
  )

  it('is one address of two episodes, and one man whom two holders name differently', () => {
    const { associations: found } = associations([
      childOf('C04', {
        police: { missingEpisodes: episodes },
        adultServices: { housing: [row('adultServices:h', { named: [String(hidden.of('PERSON', 'Graham Pask'))] })] },
      }),
    ])
    expect(found.map(({ kind, label, occurrences }) => [kind, label, occurrences.length])).toEqual([
      ['PERSON', 'Pask, Graham', 2],
      ['PLACE', 'Address in Northmoor', 2],
    ])
  })

  it('joins another child who is a pseudonym with no name, however alike', () => {
    const { associations: found } = associations([
      childOf('C10', {
        police: {
          crimes: [row('police:c', { eventAt: '2026-07-01T10:00:00Z', otherParty: hidden.of('CHILD', 'Mia Fennell') })],
          personsOfConcern: [row('police:p', { eventAt: '2026-07-02T10:00:00Z', name: 'Mia Fennell' })],
        },
      }),
    ])
    expect(found.map(({ kind, label }) => [kind, withOrdinals(label)])).toEqual([
      ['CHILD', 'CHILD-1'],
      ['PERSON', 'Mia Fennell'],
    ])
  })

  it('links a handle of the school with a device of a carer through one telephone, whoever wrote it how', () => {
    const { associations: found } = associations([
      childOf('C04', {
        education: { onlineIdentifiers: [row('education:o', { handle: 'quiet_tide_88', telephone: '07700 900188' })] },
        socialCare: {
          onlineIdentifiers: [row('socialCare:o', { device: 'Second phone', telephone: '+44 7700 900188' })],
        },
      }),
    ])
    expect(found.map(({ kind, occurrences }) => [kind, occurrences.length])).toEqual([
      ['TELEPHONE', 2],
      ['HANDLE', 1],
      ['DEVICE', 1],
    ])
  })

  it('is nothing of the family alone, and nothing that may not be read', () => {
    const family = [row('socialCare:f', { name: 'Carla Thornley' })]
    expect(associations([childOf('C04', { socialCare: { family } })]).associations).toEqual([])
    const shut = groundOf({ police: { content: 0, headline: 0, withheld: [told('POLICE_RECORD')] } })
    const read = associations([childOf('C04', {}, shut)])
    expect(read.associations).toEqual([])
    expect(read.without).toContainEqual(expect.objectContaining({ agency: 'POLICE', label: 'POLICE_RECORD' }))
  })

  it('lays children beside each other, those of several first, and pages by what stays the same', () => {
    const handle = (id: string) => ({
      police: { onlineIdentifiers: [row(`police:${id}`, { handle: 'quiet_tide_88' })] },
    })
    const found = associations([
      childOf('C08', { police: { ...handle('a').police, missingEpisodes: episodes } }),
      childOf('C10', handle('b')),
    ])
    expect(associationsPart(found, { shared: true }).map(({ kind, children }) => [kind, children])).toEqual([
      ['HANDLE', ['C08', 'C10']],
      ['PLACE', ['C08']],
    ])
    const [first] = associationsPart(found, { first: 1 })
    expect(associationsPart(found, { after: first?.id ?? '' })).toHaveLength(2)
    expect(associationsPart(found, { kind: 'PERSON' })).toHaveLength(1)
    expect(clearMarks(childOf('C10', handle('b')), 'k')).toEqual(clearMarks(childOf('C08', handle('c')), 'k'))
  })

  it('makes a mark of nothing neither without a key nor of an empty value', () => {
    expect([valueMark('', 'HANDLE', 'a'), valueMark('key', 'HANDLE', ' - ')]).toEqual([null, null])
  })
})

describe('children who go missing together', () => {
  const missingOf = (childId: string, from: string, urn: string, given: object = {}): OtherMissing => {
    const answers = answersOf({
      police: { missingEpisodes: [row(`police:${childId}`, { from, to: null, force: 'F3', ...given })] },
      socialCare: { placements: [row(`socialCare:${childId}`, { ofstedUrn: urn, from: '2026-01-01', to: null })] },
    })
    return { childId, answers, missing: missingPattern(answers, ground, asOf, () => true) }
  }
  const own = missingOf('K', '2026-11-06T18:00:00Z', 'SC1')

  it('are told of each other where they live at one address and went at one time', () => {
    const together = coMissing(own, [missingOf('L', '2026-11-06T18:20:00Z', 'SC1')], ground, {})
    expect(together.total).toEqual(whole(1))
    expect(together.episodes).toMatchObject([{ id: 'police:K', children: ['L'], named: [], contact: 'police desk' }])
  })

  it.each([
    ['at another home', '2026-11-06T18:20:00Z', 'SC2'],
    ['hours later', '2026-11-06T20:20:00Z', 'SC1'],
  ])('are not joined %s', (_what, from, urn) => {
    expect(coMissing(own, [missingOf('L', from, urn)], ground, {}).episodes).toEqual([])
  })

  it('are a pseudonym where only a record names the other', () => {
    const named = missingOf('K', '2026-11-06T18:00:00Z', 'SC1', { missingWith: ['CHILD-~abcdefghijklmnop'] })
    expect(coMissing(named, [], ground, {}).episodes).toMatchObject([
      { named: ['CHILD-~abcdefghijklmnop'], children: [] },
    ])
  })
})
