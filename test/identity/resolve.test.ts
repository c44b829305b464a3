import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keyHasher } from '../../src/identity/blockingKeys.ts'
import { type Described, personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { Register } from '../../src/identity/register.ts'
import type { PersonEntry } from '../../src/identity/registerTypes.ts'
import { resolveRecords } from '../../src/identity/resolveRecords.ts'
import { holderStatesIn } from '../../src/registers/holderStates.ts'
import type { Database } from '../../src/store/database.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'

const now = () => new Date('2026-11-20T09:00:00Z')
const clock = { now, today: now }
const marnie: Described = {
  ...{ given: 'Marnie', family: 'Ellwood', birth: '2014-06-17', sex: 'F', postcode: 'QX4 2AB' },
  ...{ nhsNumber: '9991020950', nhsVerified: true },
}
const neighbour: Described = { ...marnie, given: 'Tobias', family: 'Grant', sex: 'M', nhsNumber: '9990204926' }

let database: Database
beforeAll(async () => {
  database = await openMigratedEmbedded()
})
beforeEach(async () => {
  await database.knex.raw(
    'truncate gateway.link_event, gateway.person_record, gateway.person_key, gateway.link, gateway.child cascade',
  )
})
afterAll(() => database.close())

const newRegister = () =>
  new Register({
    ...{ database, model: defaultLinkageModel(), hash: keyHasher('a secret of the tests'), clock },
    ...{ disclosures: { ofChild: async () => [] }, testNumbersCount: false },
  })

/** Where to be a patient of the centre reveals something. */
const discreet = (isDiscreet: boolean) =>
  new Register({
    ...{ database, model: defaultLinkageModel(), hash: keyHasher('a secret of the tests'), clock },
    ...{ disclosures: { ofChild: async () => [] }, testNumbersCount: false },
    revealsByBeing: (holder) => isDiscreet && holder.includes('SARC'),
  })

const entry = (agency: PersonEntry['agency'], holder: string, localId: string, described: Described): PersonEntry => ({
  ...{ agency, holder, localId, person: personOf(described), isProtected: false },
})

const holders = [
  ['socialCare', 'LA3-CSC'],
  ['police', 'F1'],
  ['police', 'F4'],
  ['education', 'School 1'],
  ['health', 'Trust 1'],
] as const

/** A child, and a question about a record that may be of that child. */
const asked = async () => {
  const register = newRegister()
  await register.takeIn([entry('socialCare', 'LA3-CSC', 'A', marnie)])
  await resolveRecords(register, database, clock, () => {})
  await register.takeIn([entry('police', 'F1', 'T', { ...marnie, nhsNumber: null, given: 'Ottilie' })])
  await resolveRecords(register, database, clock, () => {})
  const [question] = await register.questions.queue()
  return { register, question }
}

const unsettled = async () => [...(await holderStatesIn(database)).unsettled].sort()

describe('a holder of whom nobody says yet which child some people are', () => {
  const by = { person: 'a manager', second: 'a reviewer', reason: 'The force gave the number by telephone.' }

  it('is known as one until a person has linked them or they are children of their own', async () => {
    const { register, question } = await asked()
    expect(await unsettled()).toEqual(['F1'])
    const [{ child_id: child }] = await database.knex('gateway.child').select('child_id')
    const event = await register.confirm(question?.record ?? '', child, by)
    expect(await unsettled()).toEqual([])
    await register.refute(event, by)
    expect(await unsettled()).toEqual(['F1'])
    await register.questions.answer(question?.reference ?? '', 'DIFFERENT', by, { considered: [child] })
    await resolveRecords(register, database, clock, () => {})
    expect(await unsettled()).toEqual([])
  })

  it('stays one where a person cannot tell, and is none for a lead agency’s record, which has a child of its own', async () => {
    const { register, question } = await asked()
    await register.questions.answer(question?.reference ?? '', 'CANNOT_TELL', by)
    await register.takeIn([entry('socialCare', 'LA5-CSC', 'U', { ...marnie, nhsNumber: null, given: 'Wilhelmina' })])
    expect(await resolveRecords(register, database, clock, () => {})).toMatchObject({ children: 1, asked: 1 })
    expect(await unsettled()).toEqual(['F1'])
  })
})

describe('a load of every holder’s people', () => {
  it('makes one child of a verified number and birthday beside a neighbour’s, over two forces, and asks nobody', async () => {
    const register = newRegister()
    await register.takeIn(
      holders.flatMap(([agency, holder]) => [
        entry(agency, holder, 'A', marnie),
        entry(agency, holder, 'B', neighbour),
      ]),
    )
    expect(await resolveRecords(register, database, clock, () => {})).toEqual({ children: 2, linked: 8, asked: 0 })
    expect(await register.questions.queue()).toEqual([])
  })

  it('asks no more often than it says, and what was answered is asked no more', async () => {
    const register = newRegister()
    const load = async (...entries: readonly PersonEntry[]) => {
      await register.takeIn(entries)
      return resolveRecords(register, database, clock, () => {})
    }
    await load(entry('socialCare', 'LA3-CSC', 'A', marnie))
    const unsure = (given: string): Described => ({ ...marnie, nhsNumber: null, given })
    expect(await load(entry('police', 'F1', 'T', unsure('Ottilie')))).toEqual({ children: 0, linked: 0, asked: 1 })
    // A record of the lead agency has its child all the same, and the question is counted.
    const own = await load(entry('socialCare', 'LA5-CSC', 'U', unsure('Wilhelmina')))
    expect(own).toMatchObject({ children: 1, asked: 1 })
    const [first, second] = await register.questions.queue()
    expect(first).toMatchObject({ record: expect.any(String), reason: expect.stringContaining('RESOLVE') })
    const by = { person: 'reviewer', reason: 'Asked the force.' }
    await register.questions.answer(second?.reference ?? '', 'CANNOT_TELL', by)
    await register.questions.answer(first?.reference ?? '', 'CANNOT_TELL', by)
    expect(await load()).toEqual({ children: 0, linked: 0, asked: 0 })
  })

  it('asks no more about a record that a person linked, until that link is undone', async () => {
    const { register, question } = await asked()
    const [{ child_id: child }] = await database.knex('gateway.child').select('child_id')
    const by = { person: 'a manager', second: 'a reviewer', reason: 'The force gave the number by telephone.' }
    const event = await register.confirm(question?.record ?? '', child, by)
    expect(await register.questions.queue()).toEqual([])
    await register.refute(event, by)
    expect(await register.questions.queue()).toMatchObject([{ reference: question?.reference }])
  })

  it('makes a child of a record of which a person said that it is of none who is known', async () => {
    const { register, question } = await asked()
    const known = await database.knex('gateway.child').select('child_id')
    const considered = known.map(({ child_id }) => String(child_id))
    const by = { person: 'reviewer', reason: 'Two sisters.' }
    await register.questions.answer(question?.reference ?? '', 'DIFFERENT', by, { considered })
    // Nor does one person alone say the opposite afterwards.
    await expect(register.confirm(question?.record ?? '', considered[0] ?? '', by)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await resolveRecords(register, database, clock, () => {})).toEqual({ children: 1, linked: 0, asked: 0 })
  })

  it('takes a number of the range kept for tests for one where its source traced it, and for nothing else', async () => {
    const register = newRegister()
    const bare = (nhsVerified: boolean): Described => ({ birth: '2014-06-17', nhsNumber: '9991020950', nhsVerified })
    await register.takeIn([entry('socialCare', 'LA3-CSC', 'A', marnie)])
    await resolveRecords(register, database, clock, () => {})
    await register.takeIn([entry('health', 'Trust 1', 'A', bare(true))])
    expect(await resolveRecords(register, database, clock, () => {})).toMatchObject({ linked: 1 })
    await register.takeIn([entry('health', 'Trust 2', 'A', bare(false))])
    expect(await resolveRecords(register, database, clock, () => {})).toMatchObject({ linked: 0 })
  })
})

describe('a record that waits at a service which reveals by being there', () => {
  const waits: Described = { ...marnie, nhsNumber: null, given: 'Ottilie' }
  const likes: readonly Described[] = ['Ottilie', 'Otilie', 'Tilly', 'Marnie'].flatMap((given) =>
    ['2014-06-17', '2014-06-18', '2014-07-16'].flatMap((birth) =>
      ['QX4 2AB', 'QX9 9ZZ'].flatMap((postcode) =>
        ['Ellwood', 'Elwood', 'Grant'].map((family) => ({ ...waits, given, birth, postcode, family })),
      ),
    ),
  )
  /** What each of these comes to, at another holder and at the centre, alone on file with the known child. */
  const outcomes = async (register: Register) => {
    const ids = await register
      .takeIn(likes.map((like, at) => entry('police', 'F4', `L${at}`, like)))
      .then(() => Promise.all(likes.map((_, at) => register.recordId('police', `L${at}`))))
    // Beside one another they would be candidates as well.
    const refutedRecords = new Set(ids.flatMap((id) => id ?? []))
    const found = []
    for (const [at, like] of likes.entries()) {
      const options = { record: ids[at] ?? '', mayKnowProtected: true, refutedRecords }
      const { decision, childId, records } = await register.find(personOf(like), options)
      const seen = decision.seen.map(({ id }) => id)
      found.push({ outcome: decision.outcome, reason: 'reason' in decision && decision.reason, seen, childId, records })
    }
    return found
  }
  const known = async (register: Register, isWaiting: boolean) => {
    await database.knex.raw(
      'truncate gateway.link_event, gateway.person_record, gateway.person_key, gateway.link, gateway.child cascade',
    )
    await database.knex.raw(`select setval(pg_get_serial_sequence('gateway.person_record', 'id'), 100)`)
    await database.knex('gateway.child').insert({ child_id: 'C1' })
    await register.takeIn([entry('socialCare', 'LA3-CSC', 'A', marnie)])
    await register.confirm((await register.recordId('socialCare', 'A')) ?? '', 'C1', {
      ...{ person: 'a manager', reason: 'A test.' },
    })
    await database.knex.raw(`select setval(pg_get_serial_sequence('gateway.person_record', 'id'), 200)`)
    if (isWaiting) await register.takeIn([entry('health', 'NHS-LA3-SARC', 'S', waits)])
    await database.knex.raw(`select setval(pg_get_serial_sequence('gateway.person_record', 'id'), 300)`)
    register.knowledge.forget()
    return outcomes(register)
  }

  it('changes nothing that is found or asked of another holder’s record', async () => {
    const without = await known(discreet(true), false)
    expect(await known(discreet(true), true)).toEqual(without)
    // Were it told, some would find it.
    expect(await known(discreet(false), true)).not.toEqual(without)
  })

  it('is still found by its own service’s other records', async () => {
    const register = discreet(true)
    await register.takeIn([entry('health', 'NHS-LA3-SARC', 'S', marnie), entry('health', 'NHS-LA3-SARC', 'T', marnie)])
    const record = (await register.recordId('health', 'T')) ?? ''
    const { records } = await register.find(personOf(marnie), { record, mayKnowProtected: true })
    expect(records).toEqual([await register.recordId('health', 'S')])
  })
})
