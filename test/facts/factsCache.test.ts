import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { caseStatusNeeds } from '../../src/facts/caseStatus.ts'
import { FactsCache } from '../../src/facts/factsCache.ts'
import { factsStatement } from '../../src/facts/factsStatement.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { watchedRegisters } from '../../src/store/registerChanges.ts'
import { callerOf } from '../registers/people.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sentThrough } from '../support/sentThrough.ts'

/** What is changed of a register that has no child's column; of the others a reason. */
const renewed: Readonly<Record<string, object>> = {
  agreement: { title: 'Renewed' },
  protected_place: { seen_at: new Date().toISOString() },
}

describe('facts that were derived for a caller', () => {
  let gateway: TestGateway
  let chance = 0.99
  const sent: string[] = []

  beforeAll(async () => {
    gateway = await startTestGateway(
      {},
      {
        random: () => chance,
        wrapDatabase: (name, database) =>
          sentThrough(database, (statement) => {
            sent.push(`${name} ${statement.name}`)
            return statement
          }),
      },
    )
  })
  afterAll(() => gateway.close())
  beforeEach(() => {
    sent.length = 0
  })
  afterEach(() => {
    chance = 0.99
  })

  const knex = () => gateway.opened.setting.opening.store.knex
  const isLookedUp = () => sent.includes('gateway child_facts')
  const ask = async (id = 'C04', persona = 'mash-analyst') => {
    sent.length = 0
    return (await gateway.ask(persona, `{ child(id: "${id}") { id status { level } } }`)).data
  }
  /** Whether a change made between two looks has the second look at everything anew, and the third no more. */
  const isSeen = async (change: () => Promise<unknown>) => {
    await ask()
    await ask()
    expect(isLookedUp()).toBe(false)
    await change()
    await ask()
    const seen = isLookedUp()
    await ask()
    expect(isLookedUp()).toBe(false)
    return seen
  }

  it('are not looked up again while nothing changes, also of an id that no child has', async () => {
    for (const id of ['C04', 'none']) {
      const first = await ask(id)
      expect(isLookedUp()).toBe(true)
      expect(await ask(id)).toEqual(first)
      expect(isLookedUp()).toBe(false)
    }
  })

  it('are no other caller’s', async () => {
    await ask('C04', 'mash-analyst')
    await ask('C04', 'social-worker')
    expect(isLookedUp()).toBe(true)
  })

  it('rest on no register that is not watched', () => {
    const { text } = factsStatement([{ caller: callerOf(), childIds: ['C04'], now: new Date(), today: new Date() }])
    // What social care last said is looked at while it is away, and then nothing is kept.
    // A supplier's word is written with a new version of its transfer, which is watched.
    const unwatched = ['change', 'last_known', 'transfer_contribution']
    const read = [...text.matchAll(/gateway\.(\w+)/g)]
      .map(([, table]) => table ?? '')
      .filter((table) => !unwatched.includes(table))
    expect(new Set(read)).toEqual(
      new Set(watchedRegisters.map(({ table }) => table).filter((table) => table !== 'denied_token')),
    )
  })

  it.each(watchedRegisters.map(({ table, column }) => [table, column] as const))(
    'are looked up after a change of the register %s',
    async (table, column) => {
      const rows = knex()(`gateway.${table}`)
      const change = column
        ? () => rows.where({ [column]: 'C04' }).update({ [column]: 'C04' })
        : () => rows.where(knex().raw('true')).update(renewed[table] ?? { reason: 'x' })
      if (table === 'denied_token') {
        const at = new Date().toISOString()
        await knex()('gateway.denied_token').insert({ kind: 'TOKEN', value: 'another', reason: 'lost', at })
      }
      const isAny =
        (await knex()(`gateway.${table}`).modify((query) => column && query.where({ [column]: 'C04' }))).length > 0
      if (!isAny) await knex()(`gateway.${table}`).insert(ofC04(table))
      // Who is denied is no fact of a child: it is asked of the list itself.
      expect(await isSeen(change)).toBe(table !== 'denied_token')
    },
  )

  it.each(Object.keys(caseStatusNeeds))('are looked up after a change of social care’s %s', async (list) => {
    const layout = gateway.opened.catalogue.model.layouts.socialCare
    const { table, common } = layout.lists.get(list) ?? { table: '', common: { person: '', recordedBy: '' } }
    const [{ person_id: person }] = await knex()('gateway.link').where({ child_id: 'C04', agency: 'socialCare' })
    const others = await knex()
      .withSchema('social_care')
      .table(table)
      .whereNot({ [common.person]: person })
    const [example] = others
    expect(example).toBeDefined()
    const id = layout.lists.get(list)?.common.id ?? ''
    expect(
      await isSeen(() =>
        knex()
          .withSchema('social_care')
          .table(table)
          .insert({ ...example, [id]: `new-${list}`, [common.person]: person }),
      ),
    ).toBe(true)
    expect(
      await isSeen(() =>
        knex()
          .withSchema('social_care')
          .table(table)
          .where({ [id]: `new-${list}` })
          .delete(),
      ),
    ).toBe(true)
  })

  it('are not looked up after what concerns another child alone', async () => {
    expect(await isSeen(() => knex()('gateway.child').where({ child_id: 'C05' }).update({ area_la: 'LA2' }))).toBe(
      false,
    )
  })

  it('are looked up by chance now and then, by the statements of something having changed', async () => {
    await ask()
    await knex()('gateway.child').where({ child_id: 'C04' }).update({ child_id: 'C04' })
    await ask()
    const changed = [...sent]
    chance = 0
    await ask()
    expect(sent).toEqual(changed)
    expect(isLookedUp()).toBe(true)
  })

  it('change what is answered in the very request that follows', async () => {
    const link = () => knex()('gateway.link').where({ child_id: 'C04', agency: 'socialCare' })
    const before = await ask()
    expect(before).not.toBeNull()
    await link().update({ ended_at: '2020-01-01' })
    expect(await ask()).not.toEqual(before)
    await link().update({ ended_at: null })
    expect(await ask()).toEqual(before)
  })

  /** A row of a register that has none of the child yet. */
  const ofC04 = (table: string): Record<string, unknown> => {
    if (table === 'protected_place')
      return { agency: 'socialCare', person_id: 'of nobody', seen_at: new Date().toISOString() }
    const row = { id: `kept-${table}`, child_id: 'C04' }
    const recorded = {
      ...{ recorded_by: 'LEGAL_OFFICER, LA2-CSC', recorded_subject: 'anna', recorded_issuer: 'https://idp.example' },
      recorded_at: '2026-01-01',
    }
    switch (table) {
      case 'consent':
        return { ...row, state: 'GIVEN', giver: 'PARENT', competence: 'NOT_ASSESSED' }
      case 'hold':
        return { ...row, kind: 'DETRIMENT', agency: 'health', record_id: 'none' }
      case 'transfer':
        return { ...row, type: 'CLA_PLACED_OUT', from_la: 'LA2', to_la: 'LA3', state: 'SENT' }
      case 'break_glass':
        return {
          ...row,
          ...{ issuer: 'https://idp.example', subject: 'anna', organisation: 'LA3-CSC', role: 'SOCIAL_WORKER' },
          ...{ purpose: 'EMERGENCY', reason: 'x', needs_second: false },
          ...{ opened_at: '2026-01-01', expires_at: '2026-01-02' },
        }
      case 'court_order':
        return {
          ...{ ...row, ...recorded, court: 'Eastvale Family Court', reference: 'EV26C00001', labels: ['EDUCATION'] },
          ...{ made_on: '2026-01-01', recipient: 'LA3-CSC', expires_on: '2027-01-01' },
        }
      case 'bar':
        return { ...row, ...recorded, subject: 'anna', kind: 'RELATIVE', reason: 'x' }
      case 'parental_responsibility':
        return {
          ...{ ...row, ...recorded, holder: 'Mother', source: 'MOTHER', from_on: '2013-06-27' },
          ...{ disputed: false, not_to_be_asked: false },
        }
      case 'harm_signal':
        return { ...row, ...recorded, organisation: 'F1', basis: 'x', ends_at: '2026-01-02' }
      default:
        throw new Error(`C04 has no row of ${table}.`)
    }
  }
})

describe('kept facts', () => {
  const now = new Date('2026-11-20T12:00:00Z')
  const look = { caller: callerOf(), now, today: now }
  const nothing = { registers: new Map(), lead: new Map() }
  const facts: ChildFacts = {
    ...{
      childId: 'C1',
      relationship: 'ALLOCATED',
      harm: 'NONE',
      ageBand: 'UNDER_13',
      responsibleLa: null,
      areaLa: null,
    },
    ...{
      persons: { socialCare: ['P1'] },
      agreement: true,
      breakGlass: false,
      placeProtected: false,
      consents: [],
      holds: [],
    },
  }
  const later = (milliseconds: number) => ({
    ...look,
    now: new Date(now.getTime() + milliseconds),
    today: new Date(now.getTime() + milliseconds),
  })
  const never = () => 0.99
  const keeping = (endsAt: number | null = null, lead = nothing.lead) => {
    const kept = new FactsCache(10, never)
    kept.keep(look, 'C1', facts, endsAt, { ...nothing, lead })
    return kept
  }

  it('hold until one of them ends by itself, and for five minutes', () => {
    const end = now.getTime() + 60_000
    expect(keeping(end).of(later(59_999), ['C1'])).not.toBeNull()
    expect(keeping(end).of(later(60_000), ['C1'])).toBeNull()
    expect(keeping().of(later(299_999), ['C1'])).not.toBeNull()
    expect(keeping().of(later(300_000), ['C1'])).toBeNull()
  })

  it('do not outlive the day on which they were judged, here or in universal time', () => {
    for (const midnight of ['2026-07-01T23:00:00Z', '2026-07-02T00:00:00Z', '2026-12-01T00:00:00Z']) {
      const before = new Date(Date.parse(midnight) - 1000)
      const kept = new FactsCache(10, never)
      kept.keep({ ...look, now: before, today: before }, 'C1', facts, null, nothing)
      const at = new Date(midnight)
      expect(kept.of({ ...look, now: before, today: before }, ['C1'])).not.toBeNull()
      expect(kept.of({ ...look, now: at, today: at }, ['C1'])).toBeNull()
    }
  })

  it('hold for this second alone where a record is dated ahead', () => {
    const ahead = new Map([['person:P1', { value: 'x', latest: now.getTime() / 1000 + 90 }]])
    expect(keeping(null, ahead).of(later(999), ['C1'])).not.toBeNull()
    expect(keeping(null, ahead).of(later(1000), ['C1'])).toBeNull()
    const past = new Map([['person:P1', { value: 'x', latest: now.getTime() / 1000 }]])
    expect(keeping(null, past).of(later(1000), ['C1'])).not.toBeNull()
  })

  it('are all looked up when one of those asked for is not kept', () => {
    expect(keeping().of(look, ['C1', 'C2'])).toBeNull()
  })

  it('are of one person, in one office, for one purpose', () => {
    const others = [
      ...[{ subject: 'other' }, { issuer: 'https://other.example' }, { organisation: 'LA3-CSC' }, { la: 'LA3' }],
      ...([{ force: 'F9' }, { purpose: 'EARLY_HELP' }, { agencyType: 'HEALTH' }] as const),
    ]
    for (const other of others) expect(keeping().of({ ...look, caller: callerOf(other) }, ['C1'])).toBeNull()
    expect(keeping().of({ ...look, caller: callerOf({ tokenId: 'renewed' }) }, ['C1'])).not.toBeNull()
  })

  it('are forgotten of whoever was longest ago told something new, once there are too many', () => {
    const kept = new FactsCache(3, never)
    const of = (subject: string) => ({ ...look, caller: callerOf({ subject }) })
    for (const subject of ['a', 'b', 'a', 'c', 'd']) kept.keep(of(subject), `C-${subject}`, facts, null, nothing)
    expect(['a', 'b', 'c', 'd'].filter((subject) => kept.of(of(subject), [`C-${subject}`]))).toEqual(['a', 'c', 'd'])
  })

  it('hold while every stamp is the same', () => {
    const stamp = (value: string) => ({ value, latest: Number.NEGATIVE_INFINITY })
    const kept = keeping()
    const found = kept.of(look, ['C1']) ?? []
    expect(kept.holding(found, nothing)).toEqual([facts])
    for (const key of ['child:C1', 'all'])
      expect(kept.holding(found, { ...nothing, registers: new Map([[key, stamp('new')]]) })).toBeNull()
    for (const key of ['person:P1', 'all'])
      expect(kept.holding(found, { ...nothing, lead: new Map([[key, stamp('new')]]) })).toBeNull()
    expect(kept.holding(found, { ...nothing, lead: new Map([['person:P2', stamp('new')]]) })).toEqual([facts])
  })
})
