import { beforeAll, expect, it } from 'vitest'
import { openRegisters, type Registers } from '../../resolvers/governance/services.ts'
import { entryFacts } from '../../src/audit/entryFacts.ts'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import { stateNow } from '../../src/facts/storedFacts.ts'
import type { ConsentFact } from '../../src/policy/facts.ts'
import { labels } from '../../src/policy/labels.ts'
import { speakingConsent, speakingConsents } from '../../src/policy/validConsent.ts'
import { mostInForce } from '../../src/registers/refuseFullRegister.ts'
import type { Database } from '../../src/store/database.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { testDatabases } from '../support/postgres.ts'
import { callerOf } from './people.ts'

const now = new Date('2026-11-20T12:00:00Z')
const caller = callerOf()
const ages = ['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN'] as const
const recipients = ['HEALTH', 'SOCIAL_CARE', 'POLICE'] as const
const purposes = ['MASH_ENQUIRY', 'EARLY_HELP'] as const

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
const oneOf = <T>(list: readonly T[], of: (below: number) => number): T => list[of(list.length)] as T

interface Row {
  readonly id: string
  readonly state: 'GIVEN' | 'REFUSED' | 'NOT_SOUGHT'
  readonly labels: readonly (typeof labels)[number][]
  readonly recipient: (typeof recipients)[number] | null
  readonly purpose: (typeof purposes)[number] | null
  readonly giver: ConsentFact['giver']
  readonly competence: ConsentFact['competence']
  readonly recordedAt: string
  readonly withdrawnAt: string | null
  readonly expiresOn: string | null
}

const rowsOf = (count: number, seed: number): readonly Row[] => {
  const of = numbers(seed)
  const instant = () => new Date(now.getTime() - of(40) * 86_400_000).toISOString()
  return Array.from({ length: count }, (_, index) => ({
    id: `S${seed}-${index}`,
    state: oneOf(['GIVEN', 'REFUSED', 'NOT_SOUGHT'] as const, of),
    labels: oneOf([[], ['HEALTH_GENERAL'], ['HEALTH_GENERAL', 'HEALTH_MENTAL']] as const, of),
    recipient: oneOf([null, ...recipients], of),
    purpose: oneOf([null, ...purposes], of),
    giver: oneOf(['CHILD', 'PARENT'] as const, of),
    competence: oneOf(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED'] as const, of),
    recordedAt: instant(),
    withdrawnAt: of(4) === 0 ? instant() : null,
    expiresOn: of(3) === 0 ? oneOf(['2026-11-01', '2026-11-19', '2026-11-20', '2026-12-24'], of) : null,
  }))
}

const inOrder = (one: Row, other: Row): number =>
  one.recordedAt === other.recordedAt ? (one.id < other.id ? -1 : 1) : one.recordedAt < other.recordedAt ? -1 : 1

const factOf = (row: Row, day: string): ConsentFact => ({
  id: row.id,
  state: stateNow(row, day),
  labels: row.labels,
  recipient: row.recipient,
  purpose: row.purpose,
  giver: row.giver,
  competence: row.competence,
  recordedAt: row.withdrawnAt ?? row.recordedAt,
})

/** What decides of a consent: which of two equals speaks changes nothing. */
const said = (consent: ConsentFact | 'NONE'): string =>
  consent === 'NONE' ? 'NONE' : `${consent.state} ${consent.giver} ${consent.competence} ${consent.recordedAt}`

const questions = labels.flatMap((label) =>
  recipients.flatMap((recipient) =>
    purposes.flatMap((purpose) => ages.map((ageBand) => ({ label, recipient, purpose, ageBand }))),
  ),
)

testDatabases('registers of a long history', (engine) => {
  let database: Database
  let registers: Registers
  beforeAll(async () => {
    database = (await engine.openMigrated()).database
    registers = openRegisters(database)
  })
  const child = async (id: string) => {
    await database.knex('gateway.child').insert({ child_id: id, area_la: 'LA2', born_on: '2013-06-27' })
    return id
  }
  const put = async (childId: string, rows: readonly Row[]) => {
    const { knex } = database
    await knex('gateway.consent').insert(
      rows.map((row) => ({
        id: row.id,
        child_id: childId,
        state: row.state,
        labels: knex.raw('array(select json_array_elements_text(?::json))', [JSON.stringify(row.labels)]),
        recipient: row.recipient,
        purpose: row.purpose,
        giver: row.giver,
        competence: row.competence,
        recorded_at: row.recordedAt,
        withdrawn_at: row.withdrawnAt,
        expires_on: row.expiresOn,
      })),
    )
  }
  const consentsAt = async (childId: string, at: Date) =>
    (await factsFrom(database)({ caller, childIds: [childId], now: at, today: at })).known.get(childId)?.consents ?? []

  it('decide as the whole history does, on every day', async () => {
    for (const seed of [1, 2, 3]) {
      const childId = await child(`H${seed}`)
      // In the order in which a register is read.
      const rows = rowsOf(seed === 1 ? 12 : 400, seed).toSorted(inOrder)
      await put(childId, rows)
      for (const at of [now, new Date('2026-12-25T12:00:00Z'), new Date('2026-10-31T12:00:00Z')]) {
        const whole = rows.map((row) => factOf(row, at.toISOString().slice(0, 10)))
        const read = await consentsAt(childId, at)
        for (const question of questions)
          expect(said(speakingConsent(read, question))).toBe(said(speakingConsent(whole, question)))
      }
    }
  })

  it('cost a decision what can still speak, and not what was ever recorded', async () => {
    const [short, long] = [await child('SHORT'), await child('LONG')]
    const [first] = rowsOf(1, 9)
    if (!first) throw new Error('There is no consent.')
    const again = (nth: number): Row => ({ ...first, id: `${nth}`, recordedAt: new Date(nth * 60_000).toISOString() })
    await put(short, [first])
    await put(
      long,
      Array.from({ length: 1000 }, (_, nth) => again(nth)),
    )
    expect(await consentsAt(long, now)).toHaveLength((await consentsAt(short, now)).length)
  })

  it('pass over consents in whose place a later one speaks, and take them back when that one goes', async () => {
    const childId = await child('MARKED')
    const marked = async () =>
      (
        await database.rows({
          name: 'marked',
          text: 'select id from gateway.consent where child_id = $1::text and not superseded order by id',
          values: [childId],
        })
      ).map(([id]) => id)
    const [first] = rowsOf(1, 21)
    if (!first) throw new Error('There is no consent.')
    const at = (nth: number): Row => ({
      ...{ ...first, id: `M${nth}`, state: 'GIVEN', withdrawnAt: null, expiresOn: null },
      recordedAt: new Date(nth * 60_000).toISOString(),
    })
    await put(childId, [at(1), at(3)])
    await put(childId, [at(2)])
    expect(await marked()).toEqual(['M3'])
    const { knex } = database
    await knex('gateway.consent').where({ id: 'M3' }).update({ labels: '{POLICE_RECORD}' })
    expect(await marked()).toEqual(['M2', 'M3'])
    await knex('gateway.consent').where({ id: 'M2' }).delete()
    expect(await marked()).toEqual(['M1', 'M3'])
    // Whatever comes together, what speaks is not passed over.
    await Promise.all(Array.from({ length: 12 }, (_, nth) => put(childId, [at(10 + nth)])))
    await Promise.all([
      put(childId, [at(40)]),
      knex('gateway.consent').where({ id: 'M21' }).update({ expires_on: null }),
    ])
    expect(await marked()).toContain('M40')
    expect((await consentsAt(childId, now)).map(({ id }) => id)).toEqual(expect.arrayContaining(['M3', 'M40']))
  })

  it('take a last one and refuse the next, of one organisation about one child', async () => {
    const [childId, another] = [await child('FULL'), await child('OTHER')]
    const entry = {
      consent: (id: string, by: string) =>
        registers.consents.record(
          {
            ...{
              childId: id,
              state: 'REFUSED',
              labels: [],
              recipient: null,
              purpose: null,
              givenBy: null,
              giver: 'PARENT',
            },
            ...{ competence: 'NOT_ASSESSED', evidence: null, expiresOn: null },
          } as const,
          `EARLY_HELP_WORKER, ${by}`,
          now,
        ),
      hold: (id: string, by: string) =>
        registers.holds.record(
          {
            ...{ childId: id, kind: 'DETRIMENT', agency: 'health', organisation: by, recordId: null, until: null },
            ...{ recipient: null, recipientOrganisation: null },
            ...{ label: 'HEALTH_MENTAL', reason: 'x', owner: `GP, ${by}`, reviewOn: '2026-12-01' },
          } as const,
          now,
        ),
      relationship: (id: string, by: string) =>
        registers.relationships.record(
          { childId: id, organisation: 'LA2-CSC', kind: 'EPISODE', from: '2026-11-01', basis: 'x' },
          `TEAM_MANAGER, ${by}`,
          now,
        ),
    }
    const end = {
      consent: (id: string) => registers.consents.withdraw(id, null, now),
      hold: (id: string) => registers.holds.release(id, 'over', now),
      relationship: (id: string) => registers.relationships.end(id, '2026-11-20'),
    }
    for (const name of ['consent', 'hold', 'relationship'] as const) {
      const ids: string[] = []
      for (let nth = 0; nth < mostInForce; nth++) ids.push(await entry[name](childId, 'LA2-A'))
      await expect(entry[name](childId, 'LA2-A')).rejects.toMatchObject({ code: 'REGISTER_FULL' })
      await entry[name](childId, 'LA2-B')
      await entry[name](another, 'LA2-A')
      await end[name](ids[0] ?? '')
      await entry[name](childId, 'LA2-A')
      await expect(entry[name](childId, 'LA2-A')).rejects.toMatchObject({ code: 'REGISTER_FULL' })
    }
  })
})

it('an entry names the consents that spoke and no others, and is as long after a long history', () => {
  const about = (count: number) =>
    childFactsOf({
      consents: [
        ...rowsOf(count, 5).map((row): ConsentFact => ({ ...factOf(row, '2026-11-20'), recipient: 'POLICE' })),
        ...rowsOf(3, 6).map((row): ConsentFact => ({ ...factOf(row, '2026-11-20'), recipient: 'HEALTH', labels: [] })),
      ],
    })
  const decidedFor = { agencyType: 'HEALTH', purpose: 'MASH_ENQUIRY', text: '{}' } as const
  const [few, many] = [entryFacts(about(4), decidedFor), entryFacts(about(4000), decidedFor)]
  expect(JSON.stringify(many)).toHaveLength(JSON.stringify(few).length)
  expect(many['registersDigest']).toMatch(/^[0-9a-f]{64}$/)
  expect(many['registersDigest']).not.toBe(few['registersDigest'])
})

it('what speaks of many consents decides as all of them', () => {
  for (const seed of [11, 12, 13]) {
    const consents = rowsOf(60, seed).map((row) => factOf(row, '2026-11-20'))
    for (const question of questions) {
      const { label: _label, ...whom } = question
      expect(speakingConsent(speakingConsents(consents, whom), question)).toBe(speakingConsent(consents, question))
    }
  }
})
