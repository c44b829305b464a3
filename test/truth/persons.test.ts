import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { proposedPack, startingPack } from '../../src/policy/pack.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { rowsOf } from '../seeds/records.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'
import { everyAsking } from './support/judge.ts'

/** Every field that names a third person, as `@person` marks them. */
const naming: readonly (readonly [AgencyName, string, string])[] = [
  ['police', 'crimes', 'otherParty'],
  ['police', 'domesticAbuse', 'adults'],
  ['police', 'notices', 'adult'],
  ['police', 'personsOfConcern', 'name'],
  ['socialCare', 'family', 'name'],
  ['adultServices', 'person', 'name'],
  ['adultServices', 'housing', 'named'],
]

/** A sample: purposes of each persona's own, and those that open most. */
const children = isWhole ? ['C01', 'C04', 'C07', 'C10'] : ['C01', 'C07', 'C10']
const asked = everyAsking(children).filter(
  ({ persona, purpose }) =>
    purpose === 'S47_ENQUIRY' ||
    personas.some(({ id, defaultPurpose }) => id === persona && defaultPurpose === purpose),
)
const selectionOf = (agency: AgencyName) =>
  naming
    .filter(([of]) => of === agency)
    .map(([, list, field]) => `${list} { id ${field} }`)
    .join(' ')
const query = `query ($id: ID!) { child(id: $id) {
  police { ${selectionOf('police')} managedOffenders { adult managingForce contact } }
  socialCare { ${selectionOf('socialCare')} }
  adultServices { ${selectionOf('adultServices')} }
  chronology(first: 200) { events { headline action } }
} }`

interface Shown {
  readonly name: string
  readonly shown: string
  readonly list: string
  readonly row: Readonly<Record<string, unknown>>
}

const pseudonym = /^(?:ADULT|CHILD|PERSON)-\d+$/
const listed = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value.map(String) : String(value).split(';')).map((part) => part.trim())

/** What stands in an answer for each person whom the seeds name. */
function shownIn(answer: Record<string, Record<string, { id: string }[] | null> | null>, child: string): Shown[] {
  return naming.flatMap(([agency, list, field]) => {
    const held = new Map(rowsOf(child, agency, list).map((row) => [row.id, row]))
    return (answer[agency]?.[list] ?? []).flatMap((record) => {
      const row = held.get(record.id.slice(record.id.indexOf(':') + 1))
      const shown: unknown = Reflect.get(record, field)
      if (!row || shown === null) return []
      const names = listed(row[field])
      return listed(shown).map((each, at) => ({ name: names[at] ?? '', shown: each, list, row }))
    })
  })
}

const worksFor = (persona: string): string => personas.find(({ id }) => id === persona)?.organisation ?? ''

const packs = [
  ['the pack of November 2026', proposedPack.pathname],
  ['the pack of 2024', startingPack.pathname],
] as const

describe.each(sampled(packs, 1))('under %s, for every persona, purpose and child,', (_, pack) => {
  let gateway: TestGateway
  const answers: { persona: string; purpose: string; child: string; text: string; shown: Shown[] }[] = []
  beforeAll(async () => {
    gateway = await startTestGateway({ POLICY_PACK: pack })
    for (const { persona, purpose, child } of asked) {
      const { data } = await gateway.ask(persona, query, { purpose, variables: { id: child } })
      const answer = data?.['child'] as Parameters<typeof shownIn>[0] | null | undefined
      if (answer) answers.push({ persona, purpose, child, text: JSON.stringify(data), shown: shownIn(answer, child) })
    }
  }, 300_000)
  afterAll(() => gateway.close())

  it('another child is a pseudonym to all but the force whose record it is', () => {
    const named = answers.filter(({ text }) => text.includes('Mia Fennell'))
    expect(named.length > 0).toBe(pack === proposedPack.pathname)
    for (const { persona } of named) expect(worksFor(persona)).toBe('F1')
    expect(answers.some(({ shown }) => shown.some((one) => one.row['otherIsChild'] === true))).toBe(true)
  })

  it('one person is one pseudonym, and one pseudonym one person', () => {
    let several = 0
    for (const { persona, purpose, child, shown, text } of answers) {
      expect(text, persona).not.toContain('-~')
      const names = new Map<string, string>()
      const people = new Map<string, string>()
      for (const one of shown.filter((each) => pseudonym.test(each.shown))) {
        const where = `${persona} ${purpose} ${child} ${one.list} ${one.name}`
        if (names.has(one.name)) several += 1
        expect(names.get(one.name) ?? one.shown, where).toBe(one.shown)
        expect(people.get(one.shown) ?? one.name, where).toBe(one.name)
        names.set(one.name, one.shown)
        people.set(one.shown, one.name)
      }
    }
    expect(several).toBeGreaterThan(0)
  })

  it('whoever is shown is shown by name or by pseudonym, and a person who is no child is no CHILD', () => {
    for (const { persona, shown } of answers)
      for (const one of shown) {
        if (one.shown !== one.name) expect(one.shown, `${persona} ${one.list}`).toMatch(pseudonym)
        if (one.row['otherIsChild'] === false) expect(one.shown).not.toMatch(/^CHILD/)
      }
  })

  it('numbers begin at one and leave none out', () => {
    for (const { persona, text } of answers) {
      for (const noun of ['ADULT', 'CHILD', 'PERSON']) {
        const numbers = [...text.matchAll(new RegExp(`${noun}-(\\d+)`, 'g'))].map(([, number]) => Number(number))
        const distinct = [...new Set(numbers)]
        expect(distinct, `${persona} ${noun}`).toEqual(distinct.map((_each, at) => at + 1))
      }
    }
  })
})

describe('under the pack of November 2026', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ POLICY_PACK: proposedPack.pathname })
  })
  afterAll(() => gateway.close())

  type Answered = Record<string, Record<string, Record<string, unknown>[]>>
  const ask = async (persona: string, purpose: Purpose, child: string): Promise<Answered> => {
    const { data, errors } = await gateway.ask(persona, query, { purpose, variables: { id: child } })
    expect(errors).toEqual([])
    return (data as unknown as { child: Answered }).child
  }

  it.each<[string, Purpose]>([
    ['social-worker', 'ASSESSMENT_S17'],
    ['team-manager', 'CLA_REVIEW'],
    ['mash-analyst', 'MASH_ENQUIRY'],
    ['receiving-officer', 'TRANSFER_RECEIVE'],
    ['police-public-protection', 'CP_CONFERENCE'],
  ])('%s reads for %s who the adults of concern are', async (persona, purpose) => {
    const { police } = await ask(persona, purpose, 'C04')
    expect(police?.['personsOfConcern']?.map(({ name }) => name)).toContain('Graham Pask')
    expect(police?.['notices']?.map(({ adult }) => adult)).toEqual(['Darren Tull'])
    const [managed] = police?.['managedOffenders'] ?? []
    expect(managed).toMatchObject({ managingForce: expect.any(String), contact: expect.any(String) })
    expect(managed?.['adult'] === null).toBe(persona !== 'police-public-protection')
  })

  it('explains a name that it keeps by the rule that keeps it', async () => {
    const explained = async (field: string, purpose: Purpose) => {
      const { data } = await gateway.ask(
        'mash-analyst',
        `{ explain(childId: "C10", field: "${field}") { outcome reason } }`,
        {
          purpose,
        },
      )
      return data?.['explain']
    }
    const kept = { outcome: 'REDACT', reason: 'R_THIRD_PARTY_PSEUDONYMISED' }
    expect(await explained('Crime.otherParty', 'S47_ENQUIRY')).toEqual(kept)
    expect(await explained('PersonOfConcern.name', 'MASH_ENQUIRY')).toMatchObject({ outcome: 'PERMIT' })
  })

  it('a duty names nobody else', async () => {
    const { police, adultServices } = await ask('mash-analyst', 'MASH_ENQUIRY', 'C07')
    for (const { adults } of police?.['domesticAbuse'] ?? []) expect(adults).toMatch(/^ADULT-\d+; ADULT-\d+$/)
    for (const { named } of adultServices?.['housing'] ?? [])
      for (const one of listed(named)) expect(one).toMatch(pseudonym)
  })
})
