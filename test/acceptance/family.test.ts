import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

interface Drawn {
  readonly people: readonly { readonly key: string; readonly relation: string; readonly generation: number }[] | null
  readonly ties: readonly { readonly from: string; readonly to: string }[] | null
  readonly completeness: string
  readonly without: readonly unknown[]
}

const drawing = `query ($id: ID!) { child(id: $id) { family {
  completeness without { agency label reason } maleCarerRecorded
  people { key name nameAs relation relationText generation sex isChild inHousehold parentalResponsibility maleCarer diedOn restriction
    confidence childId status { level } withheld { category reason } sources { recordId provenance { agency organisation evidence } }
    services { service worker contact from to } }
  ties { kind from to implied records }
} } }`

const familyOf = async (persona: string, id: string) => {
  const { data, errors, text } = await gateway.ask(persona, drawing, { variables: { id } })
  const child = data?.['child'] as { readonly family: Drawn } | null | undefined
  return { family: child?.family ?? null, errors, text }
}

describe.each(['C04', 'C05', 'C07'])('the genogram of %s from the API alone', (id) => {
  it.each(sampled(personas, 12))(
    'can be drawn by $id: every tie has both its people, every person a tie',
    async (of) => {
      const { family, errors } = await familyOf(of.id, id)
      if (!family) return expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND'])
      expect((family.people === null) === (family.ties === null)).toBe(true)
      // What is not there says why.
      if (family.people === null) return expect(family.without.length).toBeGreaterThan(0)
      const keys = new Set(family.people.map(({ key }) => key))
      const tied = new Set(family.ties?.flatMap(({ from, to }) => [from, to]))
      expect(keys.size).toBe(family.people.length)
      expect([...tied].filter((key) => !keys.has(key))).toEqual([])
      expect([...keys].filter((key) => key !== 'CHILD' && !tied.has(key))).toEqual([])
    },
  )

  it('is there for who works with the child, with father or other men', async () => {
    const { family } = await familyOf('social-worker', id)
    expect(family?.people?.length).toBeGreaterThan(2)
    expect(family?.completeness).toBe('WHOLE')
  })
})

describe('the drawing of a child whose place and brother must not be found', () => {
  const betrayed = ['Heron Way', 'ZZ5 9HW', '900007', 'Southmere', '01632 960107', 'Noah', '9991016392']

  it.each(personas)('betrays nothing to $id', async ({ id }) => {
    const { text } = await familyOf(id, 'C07')
    expect(betrayed.filter((word) => text.includes(word))).toEqual([])
  })
})

describe('a brother or sister', () => {
  const twinOf = async (persona: string) => {
    const { family, text } = await familyOf(persona, 'C09')
    return { twin: family?.people?.find(({ relation }) => relation === 'TWIN'), text }
  }

  it('has a status for who works with that child, and none for who is barred from it, with no false alarm', async () => {
    const status = { level: 'UNIVERSAL' }
    expect((await twinOf('team-manager')).twin).toMatchObject({ name: 'Daniel Nowicki', childId: 'C09B', status })
    const { errors } = await gateway.ask(
      'information-governance',
      `mutation { recordBar(input: { childId: "C09B", subject: "rufus.delacourt", kind: RELATIVE, reason: "The manager is the boy’s uncle" }) { id } }`,
    )
    expect(errors).toEqual([])
    expect((await twinOf('team-manager')).twin).toMatchObject({ childId: null, status: null })
    // Whoever looked at one child did not look for the other.
    const { data } = await gateway.ask('information-governance', '{ obligations(childId: "C09B") { kind } }')
    expect(JSON.stringify(data)).not.toContain('REVIEW_BARRED_LOOK')
  })

  it('is a pseudonym to another authority’s people, by whatever they ask', async () => {
    const { twin, text } = await twinOf('receiving-officer')
    if (!twin) return
    expect(twin).toMatchObject({ nameAs: 'PSEUDONYM' })
    expect(text).not.toContain('Daniel')
  })
})

describe('what the second school of C05 could not know', () => {
  interface Part {
    readonly organisation: string | null
    readonly recordType: string
    readonly count: { readonly value: number; readonly completeness: string }
  }

  it('is the difference between its own records and the joined view', async () => {
    const parts = '{ organisation recordType count { value completeness } }'
    const { data, errors } = await gateway.ask(
      'social-worker',
      `{ child(id: "C05") { knownBy(holder: "900002") { name known ${parts} elsewhere ${parts} } } }`,
      { purpose: 'STRATEGY_DISCUSSION' },
    )
    expect(errors).toEqual([])
    const child = data?.['child'] as unknown as { knownBy: { known: Part[]; elsewhere: Part[] } } | null
    const { known, elsewhere } = child?.knownBy ?? { known: [], elsewhere: [] }
    const counts = (all: readonly Part[]) =>
      Object.fromEntries(
        all.map(({ organisation, recordType, count }) => [`${organisation} ${recordType}`, count.value]),
      )
    expect(counts(known)).toMatchObject({ 'LA2-CSC contacts': 2 })
    expect(counts(elsewhere)).toMatchObject({
      '900001 basicNeedsSupport': 25,
      'LA2-CSC contacts': 7,
      'LA2-HOUSING housing': 2,
      'LA2-PROBATION probation': 1,
      'NHS-LA2-ACUTE unscheduledAttendances': 1,
      'F1 missingEpisodes': 14,
      'LA2-CSC missing': 5,
      'LA2-SUBSTANCE services': 1,
      'LA2-CSC assessments': 2,
    })
  })
})
