import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
}, 120_000)
afterAll(() => gateway.close())

/** A day so many days from now, as the register's own clock counts. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

interface Duty {
  readonly id: string
  readonly kind: string
  readonly owner: string
  readonly agency: string | null
  readonly label: string | null
}
interface Answer {
  readonly child: {
    readonly obligations: readonly Duty[]
    readonly withheld: readonly {
      readonly reason: string
      readonly categories: readonly { readonly category: string }[]
    }[]
    readonly health: {
      readonly gpEntries: readonly { readonly id: string; readonly provenance: { readonly organisation: string } }[]
    }
    readonly police: { readonly intelligence: readonly { readonly handling: string | null }[] }
  }
  readonly obligations: readonly Duty[]
  readonly holds: readonly {
    readonly id: string
    readonly overdue: boolean
    readonly events: readonly { readonly kind: string }[]
  }[]
  readonly recordHold: { readonly id: string }
  readonly accessLog: readonly {
    readonly kind: string
    readonly actions: readonly string[]
    readonly disclosed: readonly string[]
  }[]
  readonly subjectAccess: {
    readonly text: string
    readonly elsewhere: readonly { readonly agency: string; readonly contact: string | null }[]
    readonly absent: readonly { readonly category: string; readonly reason: string }[]
    readonly sections: readonly {
      readonly agency: string
      readonly list: string
      readonly records: readonly { readonly fields: readonly { readonly name: string; readonly value: string }[] }[]
    }[]
  }
}

type Options = Parameters<TestGateway['ask']>[2]
const ask = async (persona: string, query: string, options: Options = {}): Promise<Answer> => {
  const received = await gateway.ask(persona, query, options)
  expect(received.errors).toEqual([])
  // The gateway answers in the shape of the query, and each test asks for the fields that it reads.
  return received.data as unknown as Answer
}
const refusal = async (persona: string, query: string, options: Options = {}) =>
  (await gateway.ask(persona, query, options)).errors.map(({ extensions }) => extensions['code'])

const duties = (child: string) =>
  `{ child(id: "${child}") { obligations { kind agency label } withheld { reason categories { category } } } }`

describe('a holder’s decision', () => {
  const escalate = (agency: string, label: string, role = 'DESIGNATED_NURSE') =>
    `mutation { escalateHold(childId: "C10", agency: ${agency}, label: ${label}, toRole: "${role}", reason: "He is at risk") {
      childId toRole decideBy } }`
  const mine = '{ obligations { id kind owner agency label } }'

  it('brings whoever is told of it the duty to escalate, and nobody else', async () => {
    const { child } = await ask('social-worker', duties('C10'), { purpose: 'S47_ENQUIRY' })
    // Where harm is to be acted on, its headline passes: what is owed for it is to go back to the holder.
    expect(child.obligations).toContainEqual({ kind: 'ESCALATE_TO_HOLDER', agency: 'HEALTH', label: 'HEALTH_SEXUAL' })
    const { child: atSchool } = await ask('school-dsl-eastvale', duties('C10'))
    expect(JSON.stringify(atSchool)).not.toContain('HEALTH_SEXUAL')
  })

  it('is one duty in the register however often the child is read', async () => {
    for (const _ of [1, 2])
      await ask('social-worker', '{ child(id: "C10") { health { gpEntries { id } } } }', { purpose: 'S47_ENQUIRY' })
    const { obligations } = await ask('social-worker', mine)
    expect(obligations.filter(({ kind, label }) => kind === 'ESCALATE_TO_HOLDER' && label === 'HEALTH_SEXUAL')).toEqual(
      [expect.objectContaining({ owner: 'organisation:LA2-CSC', agency: 'HEALTH' })],
    )
  })

  it('is escalated only by one who was told of it, about what was told, to a role that there is', async () => {
    expect(await refusal('school-dsl-eastvale', escalate('HEALTH', 'HEALTH_SEXUAL'))).toEqual(['NOT_FOUND'])
    expect(await refusal('social-worker', escalate('HEALTH', 'HEALTH_GENERAL'), { purpose: 'S47_ENQUIRY' })).toEqual([
      'NOT_FOUND',
    ])
    expect(await refusal('social-worker', escalate('POLICE', 'HEALTH_SEXUAL'), { purpose: 'S47_ENQUIRY' })).toEqual([
      'NOT_FOUND',
    ])
    expect(
      await refusal('social-worker', escalate('HEALTH', 'HEALTH_SEXUAL', 'BOSS'), { purpose: 'S47_ENQUIRY' }),
    ).toEqual(['BAD_INPUT'])
    expect(await refusal('unrelated-officer', escalate('HEALTH', 'HEALTH_SEXUAL'))).toEqual(['NOT_FOUND'])
  })

  it('once escalated is the holder’s duty, with a day', async () => {
    const done = await ask('social-worker', escalate('HEALTH', 'HEALTH_SEXUAL'), { purpose: 'S47_ENQUIRY' })
    expect(done).toMatchObject({ escalateHold: { toRole: 'DESIGNATED_NURSE' } })
    const { obligations } = await ask('social-worker', mine)
    expect(obligations.some(({ kind }) => kind === 'ESCALATE_TO_HOLDER')).toBe(false)
    const { obligations: health } = await ask('sarc-clinician', '{ obligations(childId: "C10") { kind owner label } }')
    expect(health.filter(({ label }) => label === 'HEALTH_SEXUAL')).toEqual([])
    const { obligations: all } = await ask(
      'information-governance',
      '{ obligations(childId: "C10") { kind owner label } }',
    )
    expect(all).toContainEqual({ kind: 'HOLDER_TO_DECIDE', owner: 'organisation:NHS-LA2-GP', label: 'HEALTH_SEXUAL' })
  })

  it('is told as an act to governance alone', async () => {
    const log = '{ accessLog(childId: "C10", first: 200) { kind actions disclosed } }'
    const acts = async (persona: string) => (await ask(persona, log)).accessLog.flatMap(({ actions }) => actions)
    expect(await acts('information-governance')).toContain('escalateHold')
    expect(await acts('social-worker')).not.toContain('escalateHold')
  })
})

describe('a judgement of relevance', () => {
  const visits = '{ child(id: "C04") { health { gpEntries { id provenance { organisation } } } } }'
  const judge = (id: string, relevance: string) =>
    `mutation { decideRelevance(childId: "C04", recordId: "${id}", relevance: ${relevance}, reviewOn: "${inDays(200)}", reason: "About a cold") {
      relevance by } }`

  it('takes one record from others and leaves it to its holder, until it is lifted', async () => {
    const entries = async (persona: string) =>
      (await ask(persona, visits, { purpose: 'S47_ENQUIRY' })).child.health.gpEntries
    const read = async (persona: string) => (await entries(persona)).map(({ id }) => id)
    const before = await read('social-worker')
    const id = (await entries('gp')).find(({ provenance }) => provenance.organisation === 'NHS-LA5-GP')?.id ?? ''
    await ask('gp', judge(id, 'NOT_RELEVANT'))
    for (const other of ['social-worker', 'designated-nurse']) expect(await read(other)).not.toContain(id)
    expect(await read('social-worker')).toEqual(before.filter((each) => each !== id))
    expect(await read('gp')).toContain(id)
    expect(await refusal('designated-nurse', judge(id, 'NOT_RELEVANT'))).toEqual(['FORBIDDEN'])
    await ask('gp', judge(id, 'RELEVANT'))
    expect(await read('social-worker')).toEqual(before)
    expect(await refusal('gp', judge(id, 'RELEVANT'))).toEqual(['CONFLICT'])
  })

  it('is refused to others than the holder', async () => {
    expect(await refusal('social-worker', judge('health:x', 'NOT_RELEVANT'))).toEqual(['FORBIDDEN'])
    expect(await refusal('mash-analyst', judge('health:x', 'NOT_RELEVANT'))).toEqual(['FORBIDDEN'])
    expect(await refusal('unrelated-officer', judge('health:x', 'NOT_RELEVANT'))).toEqual(['NOT_FOUND'])
  })
})

describe('a hold', () => {
  it('is reviewed by its holder and stands until a new day', async () => {
    const record = `mutation { recordHold(input: { childId: "C04", kind: DETRIMENT, label: HEALTH_GENERAL,
      reason: "Treatment would end", reviewOn: "${inDays(200)}" }) { id } }`
    const { recordHold } = await ask('designated-nurse', record)
    const review = (day: string) =>
      `mutation { reviewHold(id: "${recordHold.id}", reviewOn: "${day}", reason: "Stands") { reviewOn overdue events { kind reviewOn } } }`
    expect(await ask('designated-nurse', review(inDays(300)))).toMatchObject({
      reviewHold: { reviewOn: inDays(300), overdue: false, events: [{ kind: 'REVIEWED', reviewOn: inDays(300) }] },
    })
    expect(await refusal('designated-nurse', review('2020-01-01'))).toEqual(['BAD_INPUT'])
    expect(await refusal('social-worker', review(inDays(300)))).toEqual(['NOT_FOUND'])
    await ask('designated-nurse', `mutation { releaseHold(id: "${recordHold.id}", reason: "Agreed") { id } }`)
  })

  it('whose day has passed is listed to those of its organisation who work with the child', async () => {
    const store = gateway.opened.setting.opening.store
    await store.knex('gateway.hold').insert({
      id: 'overdue-1',
      child_id: 'C04',
      kind: 'DETRIMENT',
      agency: 'health',
      organisation: 'NHS-LA5-ICB',
      label: 'HEALTH_GENERAL',
      reason: 'Old',
      owner: 'DESIGNATED_NURSE, NHS-LA5-ICB',
      review_on: '2026-01-01',
      recorded_at: '2025-12-01T00:00:00Z',
    })
    const query = '{ holdsToReview { id overdue } }'
    expect(await ask('designated-nurse', query)).toEqual({ holdsToReview: [{ id: 'overdue-1', overdue: true }] })
    // A practice is of the same type and not the holder.
    for (const other of ['gp', 'police-public-protection'])
      expect(await ask(other, query)).toEqual({ holdsToReview: [] })
    expect(await refusal('mash-analyst', query)).toEqual(['FORBIDDEN'])
    await store.knex('gateway.hold').where({ id: 'overdue-1' }).delete()
  })
})

describe('duties of a view', () => {
  it('say that nothing of intelligence goes further, to those who may read it and to no others', async () => {
    const kinds = async (persona: string, purpose?: 'S47_ENQUIRY' | 'STRATEGY_DISCUSSION') =>
      (await ask(persona, duties('C04'), purpose ? { purpose } : {})).child.obligations.map(({ kind }) => kind)
    expect(await kinds('police-public-protection', 'STRATEGY_DISCUSSION')).toContain('HANDLING')
    expect(await kinds('school-dsl')).not.toContain('HANDLING')
  })

  it('ask why a refusal was set aside, and are recorded with their owner', async () => {
    const { child } = await ask('social-worker', duties('C02'), { purpose: 'S47_ENQUIRY' })
    expect(child.obligations.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['RECORD_OVERRIDE_REASON', 'INFORM_CHILD_UNLESS_UNSAFE']),
    )
    await ask('social-worker', '{ child(id: "C02") { health { gpEntries { id } } } }', { purpose: 'S47_ENQUIRY' })
    const { obligations } = await ask('social-worker', '{ obligations(childId: "C02") { id kind owner } }')
    const duty = obligations.find(({ kind }) => kind === 'RECORD_OVERRIDE_REASON')
    const discharge = `mutation { dischargeObligation(id: "${duty?.id}", reason: "She was at risk") { dischargedBy dischargeReason } }`
    expect(await refusal('mash-analyst', discharge)).toEqual(['NOT_FOUND'])
    expect(await ask('social-worker', discharge)).toMatchObject({
      dischargeObligation: { dischargedBy: 'SOCIAL_WORKER, LA2-CSC', dischargeReason: 'She was at risk' },
    })
    expect(await refusal('social-worker', discharge)).toEqual(['CONFLICT'])
    expect(await refusal('social-worker', 'mutation { dischargeObligation(id: "none", reason: "x") { id } }')).toEqual([
      'NOT_FOUND',
    ])
  })

  it('name no label that is hidden from the reader', async () => {
    for (const child of ['C04', 'C10', 'C02'])
      for (const persona of ['school-dsl', 'school-dsl-eastvale']) {
        const received = await gateway.ask(persona, duties(child))
        // Of mental health the list gives this role the headline where harm is known: it is not hidden from it.
        for (const label of ['HEALTH_SARC', 'HEALTH_SEXUAL', 'ADOPTION', 'POLICE_INTELLIGENCE', 'REFERRER_IDENTITY'])
          expect(received.text).not.toContain(label)
      }
  })
})

describe('a child’s file for the one it is about', () => {
  const query = (
    id: string,
  ) => `{ subjectAccess(childId: "${id}") { text elsewhere { agency contact } absent { agency category reason } missing
    sections { agency list records { id fields { name value } } } } }`
  const prepare = (id: string) => ask('information-governance', query(id), { purpose: 'SUBJECT_ACCESS' })

  it('has its own door: that role, that purpose, that authority', async () => {
    expect(await refusal('information-governance', query('C04'))).toEqual(['FORBIDDEN'])
    for (const persona of ['social-worker', 'designated-nurse', 'unrelated-officer'])
      expect(await refusal(persona, query('C04'))).toEqual(['FORBIDDEN'])
    // Nobody of LA2 answers for the child of LA5; unknown children are answered alike.
    for (const id of ['C08', 'C-none'])
      expect(await refusal('information-governance', query(id), { purpose: 'SUBJECT_ACCESS' })).toEqual(['NOT_FOUND'])
    expect(
      await refusal('information-governance', '{ child(id: "C04") { id } }', { purpose: 'SUBJECT_ACCESS' }),
    ).toEqual(['NOT_FOUND'])
  })

  it('gives the records, lists what is left out, and says nothing of what may not be said', async () => {
    for (const id of ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C10']) {
      const { subjectAccess } = await prepare(id)
      // Its own controller's records alone: what others hold is asked of them.
      expect(new Set(subjectAccess.sections.map(({ agency }) => agency))).toEqual(new Set(['CHILDRENS_SOCIAL_CARE']))
      expect(subjectAccess.elsewhere.map(({ agency }) => agency)).toEqual(expect.arrayContaining(['HEALTH', 'POLICE']))
      const categories = subjectAccess.absent.map(({ category }) => category)
      expect(categories).toContain('COURT_CONFIDENTIAL')
      const text = JSON.stringify(subjectAccess)
      for (const silent of [
        'ADOPTION',
        'LEGAL_PRIVILEGE',
        'REFERRER',
        'WITNESS',
        'INTELLIGENCE',
        'NCND',
        'MANAGED_OFFENDER',
      ])
        expect(text.includes(silent), `${id} ${silent}`).toBe(false)
      const lists = subjectAccess.sections.map(({ agency, list }) => `${agency} ${list}`)
      for (const list of ['POLICE intelligence', 'POLICE managedOffenders']) expect(lists).not.toContain(list)
    }
  })

  it('says what its controller told of the child, and of a report kept from the family only from its day on', async () => {
    const reported = (text: string, told: string) =>
      `mutation { reportConcern(input: { childId: "C04", concerns: [NEGLECT], statements: [{ text: "${text}", evidence: FACT }], ${told} }) { id sentAt } }`
    const file = async () => {
      const { data } = await gateway.ask(
        'information-governance',
        '{ subjectAccess(childId: "C04") { text messages { sentAt title to } } }',
        { purpose: 'SUBJECT_ACCESS' },
      )
      return (data as unknown as { subjectAccess: { text: string; messages: readonly { title: string }[] } })
        .subjectAccess
    }
    const before = await file()
    const unsafe = 'familyTold: false, whyNotTold: "It would put the child at risk"'
    expect(await refusal('social-worker', reported('Kept.', unsafe))).toEqual(['BAD_INPUT'])
    await ask('social-worker', reported('Kept.', `${unsafe}, tellReviewOn: "2027-01-11"`))
    await ask('school-dsl', reported('A school saw it.', 'familyTold: true'))
    expect(await file()).toEqual({ ...before, text: expect.any(String) })
    await ask('social-worker', reported('Told.', 'familyTold: true'))
    const { messages, text } = await file()
    expect(messages.slice(before.messages.length)).toMatchObject([{ title: 'Report of a concern' }])
    expect(text.match(/^SAID: Report of a concern/gm)).toHaveLength(messages.length)
  })

  it('shows other people under a name that is no name of theirs', async () => {
    const files = await Promise.all(['C01', 'C04', 'C05'].map(prepare))
    const values = (name: string) =>
      files.flatMap(({ subjectAccess }) =>
        subjectAccess.sections.flatMap(({ records }) =>
          records.flatMap(({ fields }) => fields.filter((field) => field.name === name).map(({ value }) => value)),
        ),
      )
    const others = files.flatMap(
      ({ subjectAccess }) => JSON.stringify(subjectAccess).match(/(?:CHILD|ADULT|PERSON)-\d+/g) ?? [],
    )
    expect(others.length).toBeGreaterThan(0)
    expect(values('otherParty')).toEqual([])
  })

  it('leaves out what a holder judged to be harmful', async () => {
    const { subjectAccess } = await prepare('C10')
    expect(subjectAccess.sections.map(({ list }) => list)).not.toContain('sexualHealth')
  })

  it('is recorded in the child’s log with what it held', async () => {
    const { accessLog } = await ask(
      'information-governance',
      '{ accessLog(childId: "C04", first: 200) { kind actions disclosed } }',
    )
    const event = accessLog.find(({ kind }) => kind === 'SUBJECT_ACCESS')
    expect(event?.disclosed).toEqual(
      expect.arrayContaining(['socialCare SOCIAL_CARE', 'socialCare THIRD_PARTY pseudonym']),
    )
  })

  it('is printed by a command, as text or JSON, into a new file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'file-'))
    const written: string[] = []
    const stream = { write: (text: string) => written.push(text) }
    const command = (...extra: string[]) =>
      run(['subject-access', 'C05', '--url', gateway.url, ...extra], {}, { out: stream, err: stream })
    expect(await command()).toBe(0)
    expect(written.join('')).toContain('What services hold about child C05')
    const file = join(folder, 'c05.json')
    expect(await command('--json', '--out', file)).toBe(1 - 1)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ childId: 'C05' })
    expect(await command('--out', file)).toBe(1)
    expect(await command('--as', 'social-worker')).toBe(1)
  })
})
