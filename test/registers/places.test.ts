import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { bitOf, maskOf } from '../../src/policy/labels.ts'
import { planSql } from '../../src/sources/bindings/sql/statement.ts'
import type { Row } from '../../src/sources/contract.ts'
import { withOrdinals } from '../../src/sources/numberPseudonyms.ts'
import { Pseudonyms } from '../../src/sources/pseudonyms.ts'
import { servingWhole } from '../../src/sources/servedHolders.ts'
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

  it.each([
    { role: 'DESIGNATED_NURSE', agencyType: 'HEALTH', purpose: 'CP_CONFERENCE' },
    { role: 'DESIGNATED_SAFEGUARDING_LEAD', agencyType: 'EDUCATION', purpose: 'EDUCATION_SUPPORT' },
  ] as const)('is its area to a $role, and no more', async (other) => {
    const rows = await addresses(other)
    expect(rows.map((row) => row['la'])).toContain('LA5')
    expect(JSON.stringify(rows)).not.toMatch(/Heron|ZZ5/)
  })

  it.each([
    { role: 'DESIGNATED_OFFICER', agencyType: 'SOCIAL_CARE', purpose: 'S47_ENQUIRY' },
    { role: 'PROBATION_PRACTITIONER', agencyType: 'ADULT', purpose: 'CP_CONFERENCE' },
    { role: 'SARC_CLINICIAN', agencyType: 'HEALTH', purpose: 'S47_ENQUIRY' },
  ] as const)('is not there at all for a $role', async (other) => {
    const rows = await addresses(other, { harm: 'REASONABLE_CAUSE' })
    expect(rows).not.toEqual([])
    expect(rows.map((row) => row['la'])).not.toContain('LA5')
    expect(JSON.stringify(rows)).not.toContain('Heron')
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
      names: 'ALL' as const,
      pseudonymKey: 'key-of-a-test',
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

describe('what is read as its area', () => {
  const coarse = () =>
    Object.entries(gateway.opened.setting.opening.planning.layouts).flatMap(([agency, { lists }]) =>
      [...lists.values()].filter(({ saysArea }) => saysArea).map((list) => ({ agency, ...list })),
    )

  it('is a record of the agency whose protected places are kept of the child as well', () => {
    expect(coarse().map(({ agency, list }) => `${agency}.${list}`)).toEqual([
      'socialCare.addresses',
      'socialCare.placements',
    ])
  })

  it('names no place in what is read of it in any case', () => {
    for (const { columns } of coarse())
      for (const { field, label } of columns.values())
        if (label.level === 'HEADLINE') expect([field, label.place]).not.toEqual([field, 'PLACE'])
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
  const answer = (key: string, ...names: readonly string[]) => {
    const pseudonyms = new Pseudonyms(key)
    return names.map((name) => String(pseudonyms.of('ADULT', name)))
  }
  const shown = (...names: readonly string[]) => withOrdinals(names.join(', '))

  it('is the same for one person at every holder of an answer, however they write the name', () => {
    const here = answer('key', 'Colin Varley', 'Ada Bo')
    const there = answer('key', 'VARLEY, Colin')
    expect(there[0]).toBe(here[0])
    expect(shown(...here, ...there)).toBe('ADULT-1, ADULT-2, ADULT-1')
  })

  it('is another in another answer, and nothing where no key came with the grant', () => {
    expect(answer('one', 'Ada')).not.toEqual(answer('two', 'Ada'))
    expect(answer('', 'Ada')).toEqual(['null'])
  })

  it('is numbered by first appearance, whatever the name and the key', () => {
    for (const key of ['one', 'two', 'three'])
      expect(shown(...answer(key, 'Zoltan', 'Ada', 'Zoltan'))).toBe('ADULT-1, ADULT-2, ADULT-1')
  })

  it('has one noun for one person: whoever says an age knows more', () => {
    const pseudonyms = new Pseudonyms('key')
    const text = [pseudonyms.of('PERSON', 'Ada'), pseudonyms.of('CHILD', 'Bo'), pseudonyms.of('ADULT', 'Ada')].join()
    expect(withOrdinals(text)).toBe('ADULT-1,CHILD-1,ADULT-1')
  })

  it('passes over numbers that a signed record has in it already', () =>
    expect(withOrdinals(`ADULT-3 and ${answer('key', 'Ada')[0]}`)).toBe('ADULT-3 and ADULT-4'))
})
