import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsFrom } from '../../src/facts/facts.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { bitOf, maskOf } from '../../src/policy/labels.ts'
import { planSql } from '../../src/sources/bindings/sql/statement.ts'
import type { Row } from '../../src/sources/contract.ts'
import { Pseudonyms } from '../../src/sources/pseudonyms.ts'
import { servingWhole } from '../../src/sources/served.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { callerOf } from './people.ts'

let gateway: TestGateway
const now = new Date('2026-11-20T12:00:00Z')
const asOf = '2026-11-20T23:59:59Z'
const selection = { lists: new Map([['addresses', new Set(['display', 'postcode', 'la', 'from'])]]), holdings: false }
const protectedLine = '18 Heron Way, Southmere'

beforeAll(async () => {
  gateway = await startTestGateway()
}, 120_000)
afterAll(() => gateway.close())

/** What one caller reads of the addresses of a child who lives where nobody may find them. */
async function addresses(
  change: Parameters<typeof callerOf>[0],
  facts: Partial<ChildFacts> = {},
): Promise<readonly Row[]> {
  const { store, policy, sources, labels } = gateway.opened.setting.opening
  const caller = callerOf(change)
  const known = (await factsFrom(store)({ caller: caller, childIds: ['C07'], now: now, today: now })).known.get('C07')
  if (!known) throw new Error('C07 is a story case')
  const child: ChildFacts = {
    ...known,
    placeProtected: true,
    relationship: 'EPISODE',
    harm: 'NONE',
    ageBand: '13_TO_15',
    responsibleLa: 'LA2',
    areaLa: 'LA5',
    ...facts,
  }
  const grant = policy.grantFor(
    caller,
    child,
    { agency: 'socialCare', home: 'SOCIAL_CARE', labels: labels.socialCare },
    asOf,
  )
  const [answer] = await sources.socialCare.ask([{ grant, selection }])
  if (answer?.state !== 'ANSWERED') throw new Error('social care did not answer')
  return answer.records.rows('addresses')
}

describe('a protected place', () => {
  it('is read in full by social care on a duty', async () =>
    expect((await addresses({})).map((row) => row['display'])).toContain(protectedLine))

  it('is read as its area by who may know of an address and not where', async () => {
    const rows = await addresses({ purpose: 'EARLY_HELP' }, { relationship: 'NONE', breakGlass: true })
    const coarse = rows.filter((row) => row['la'] === 'LA5')
    expect(coarse).toEqual([expect.objectContaining({ la: 'LA5', from: '2024-09-02' })])
    // The child is protected, and not the row: no place of theirs is read, whatever stands in its row.
    expect(rows.every((row) => row['display'] == null && row['postcode'] == null)).toBe(true)
  })

  it('is not there at all for wholeTable else', async () => {
    const others = [
      { role: 'MASH_ANALYST', agencyType: 'MASH', purpose: 'MASH_ENQUIRY' },
      { role: 'DESIGNATED_NURSE', agencyType: 'HEALTH', purpose: 'CP_CONFERENCE' },
      { role: 'DESIGNATED_SAFEGUARDING_LEAD', agencyType: 'EDUCATION', purpose: 'EDUCATION_SUPPORT' },
    ] as const
    for (const other of others) {
      const rows = await addresses(other)
      expect(rows.map((row) => row['la'])).not.toContain('LA5')
      expect(JSON.stringify(rows)).not.toContain('Heron')
    }
  })

  it('is left in the database, not taken away afterwards', () => {
    const { layouts } = gateway.opened.setting.opening.planning
    const grant = {
      agency: 'socialCare',
      childId: 'C07',
      persons: ['p'],
      headline: maskOf(['SOCIAL_CARE', 'ADDRESS_PROTECTED']),
      content: bitOf('SOCIAL_CARE'),
      redact: bitOf('ADDRESS_PROTECTED'),
      own: null,
      rows: { ncnd: false, conditions: false, undecided: true, notRelevant: false },
      places: 'ALL' as const,
      heldRecords: [],
      withheld: [],
      organisation: 'LA3-CSC',
      callerType: 'SOCIAL_CARE',
      keeper: null,
      asOf,
    } as const
    const whole = { served: servingWhole('socialCare'), isKeyed: false }
    const { text } = planSql(layouts.socialCare, selection, grant, whole) ?? { text: '' }
    expect(text).toContain(`case when 'ADDRESS_PROTECTED' <> all("row_labels") then "display" end`)
    expect(planSql(layouts.socialCare, selection, { ...grant, redact: 0 }, whole)?.text).not.toContain('case when')
  })
})

describe('an embargo', () => {
  it('ends at its instant', async () => {
    const { store } = gateway.opened.setting.opening
    const until = '2026-12-01T10:00:00.000Z'
    await store
      .knex('gateway.hold')
      .insert({ id: 'e1', child_id: 'C12', kind: 'EMBARGO', agency: 'health', label: 'HEALTH_GENERAL', until })
    const held = async (at: string) =>
      (await factsFrom(store)({ caller: callerOf(), childIds: ['C12'], now: new Date(at), today: now })).known.get(
        'C12',
      )?.holds.length
    expect(await held('2026-12-01T09:59:59.999Z')).toBe(1)
    expect(await held(until)).toBe(0)
    await store.knex('gateway.hold').where({ id: 'e1' }).delete()
  })
})

describe('a pseudonym', () => {
  const answer = (...names: readonly string[]) => {
    const pseudonyms = new Pseudonyms()
    return names.map((name) => pseudonyms.of('PEER', name))
  }

  it('is the same throughout one disclosure, and another for another person', () =>
    expect(answer('Ada', 'Bo', 'Ada')).toEqual(['PEER-1', 'PEER-2', 'PEER-1']))

  it('tells nothing across disclosures: the same person has another name, another person the same', () => {
    const one = answer('Ada', 'Bo')
    const other = answer('Bo', 'Cy')
    expect(one[1]).not.toBe(other[0])
    expect(one[0]).toBe(other[0])
  })

  it('is not made from the name', () => expect(answer('Ada')).toEqual(answer('Zoltan')))
})
