import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withheldWhole } from '../../src/childView/refuseFilterOnWithheld.ts'
import { type AgencyName, eachAgency } from '../../src/foundation/agencies.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formerNhsNumber, hideRows, mark, unhideRows } from './support/hiddenRows.ts'
import { registerWorlds } from './support/registerWorlds.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

const told: Grant['withheld'] = [
  { label: 'POLICE_RECORD', level: 'HEADLINE', reason: 'W_NO_RELATIONSHIP', rule: '10', requestable: true },
]
const grantsOf = (withheld: Grant['withheld'], open: Partial<Grant> = {}): Record<AgencyName, Grant> =>
  eachAgency((agency) => ({
    agency,
    childId: 'C04',
    persons: [],
    headline: 0,
    content: 0,
    redact: 0,
    own: null,
    rows: { ncnd: false, conditions: false, undecided: false, notRelevant: false },
    places: 'ALL' as const,
    names: 'ALL' as const,
    pseudonymKey: 'key-of-a-test',
    heldRecords: [],
    withheld,
    organisation: 'X',
    callerType: 'EDUCATION',
    keeper: null,
    asOf: '2026-11-20T23:59:59Z',
    ...open,
  }))

describe('a filter by an agency', () => {
  const whole = (asked: readonly string[] | null, grants: Record<AgencyName, Grant>) =>
    withheldWhole(asked, grants, gateway.opened.catalogue.model.layouts)

  test('is refused where nothing of it may be read and that may be told', () => {
    expect(whole(['POLICE'], grantsOf(told))).toEqual(['police'])
  })
  test('is answered as empty where even that may not be told', () => {
    expect(whole(['POLICE'], grantsOf([]))).toEqual([])
  })
  test('is permitted where any of its records may be read, and where no agency is named', () => {
    expect(whole(['POLICE'], grantsOf(told, { headline: -1, content: -1 }))).toEqual([])
    expect(whole(null, grantsOf(told))).toEqual([])
    expect(whole(['HEALTH_SARC'], grantsOf(told))).toEqual([])
  })

  test('is refused with its code for an auditor, who is told that content is withheld', async () => {
    const query = '{ child(id: "C04") { chronology(agencies: [POLICE]) { total } } }'
    const { errors } = await gateway.ask('information-governance', query)
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'FILTER_NOT_PERMITTED', agency: 'POLICE' }])
  })

  test('and by days counts what may be read alone', async () => {
    const query = `{ child(id: "C04") {
      all: chronology { total } police: chronology(agencies: [POLICE], from: "2026-06-01", to: "2026-06-30") { total }
      first: chronology(first: 1) { pageInfo { hasNextPage endCursor } } } }`
    const before = await gateway.ask('school-dsl', query)
    const { knex } = gateway.opened.setting.opening.store
    await knex('gateway.link').insert({ child_id: 'C04', agency: 'police', person_id: `police-C04${mark}` })
    await hideRows(gateway, [{ police: [`police-C04${mark}`] }], {
      label: 'POLICE_INTELLIGENCE',
      recordedAt: '2026-06-15T00:00:00Z',
    })
    const after = await gateway.ask('school-dsl', query)
    await unhideRows(gateway)
    expect(after.text).toBe(before.text)
  })
})

describe('rows that a grant does not reach', () => {
  const { stringify } = JSON
  const store = () => gateway.opened.setting.opening.store.knex

  test('stay away with the record that they stand under, though they bear no mark', async () => {
    const query = '{ child(id: "C04") { socialCare { plans { id actions { id } } } meetingGaps { meetingId } } }'
    const before = await gateway.ask('social-worker', query)
    await hideRows(gateway, [{ socialCare: ['EV-41873'] }], {
      label: 'LEGAL_PRIVILEGE',
      recordedAt: '2026-06-15T00:00:00Z',
    })
    const after = await gateway.ask('social-worker', query)
    await unhideRows(gateway)
    expect(after.text).toBe(before.text)
    expect(stringify(before.data)).toContain('actions')
  })

  test('of another school are not read by a label that the row itself carries', async () => {
    await store().raw(
      `insert into education.enrolment (record_id, person_id, recorded_at, held_by_service, held_by_organisation, row_labels, school)
       values (?, 'P-77402', '2026-01-01', 'EDUCATION', ?, '{EDUCATION}', 'Own'), (?, 'P-30811', '2026-01-01', 'EDUCATION', ?, '{EDUCATION}', 'Other')`,
      [`own${mark}`, '900005', `other${mark}`, '900002'],
    )
    const { text } = await gateway.ask('school-dsl', '{ child(id: "C04") { education { enrolments { school } } } }')
    await unhideRows(gateway)
    expect(text).toContain('"Own"')
    expect(text).not.toContain('"Other"')
  })
})

describe('a hold on what is hidden from the reader', () => {
  const asked = (persona: string) => gateway.ask(persona, '{ holds(childId: "C04") { id label recordId } }')
  const held = (id: string, more: object) => ({
    id: `${id}${mark}`,
    child_id: 'C04',
    agency: 'health',
    kind: 'DETRIMENT',
    reason: 'A reason',
    // The reader's own organisation: others' holds are listed to nobody there.
    organisation: 'NHS-LA5-CHC',
    owner: 'HOLDER, NHS-LA5-CHC',
    review_on: '2027-01-01',
    recorded_at: '2026-06-01T00:00:00Z',
    ...more,
  })

  test('is left out by its label, and by the record it is on; others are listed', async () => {
    const { knex } = gateway.opened.setting.opening.store
    const sarc = await knex.raw('select record_id from health.sarc_attendance limit 1')
    await knex('gateway.hold').insert([
      held('label', { label: 'HEALTH_SARC' }),
      held('record', { record_id: sarc.rows[0]?.record_id ?? 'none' }),
      held('open', { label: 'HEALTH_GENERAL' }),
    ])
    const nurse = await asked('school-nurse')
    const release = await gateway.ask(
      'school-nurse',
      `mutation { releaseHold(id: "label${mark}", reason: "Done") { id } }`,
    )
    const unknown = await gateway.ask('school-nurse', 'mutation { releaseHold(id: "none", reason: "Done") { id } }')
    await unhideRows(gateway)
    expect(nurse.text).toContain(`open${mark}`)
    expect(nurse.text).not.toContain(`label${mark}`)
    expect(nurse.text).not.toContain(`record${mark}`)
    expect(release.text).toBe(unknown.text)
  })
})

describe('a hold or a consent that is hidden from a reader', () => {
  const knex = () => gateway.opened.setting.opening.store.knex
  const held = (id: string, more: object) => ({
    id: `${id}${mark}`,
    child_id: 'C01',
    agency: 'health',
    kind: 'DETRIMENT',
    reason: 'A reason',
    owner: 'HOLDER, elsewhere',
    review_on: '2026-01-01',
    recorded_at: '2026-06-01T00:00:00Z',
    ...more,
  })
  const duties = async (): Promise<string> => {
    await gateway.ask('social-worker', '{ child(id: "C01") { health { state } police { state } sources { state } } }')
    return (await gateway.ask('social-worker', '{ obligations(childId: "C01") { kind owner label dueOn } }')).text
  }

  test('makes no second duty of one that is there', async () => {
    await knex()('gateway.hold').insert(held('seen', { label: 'HEALTH_GENERAL' }))
    const before = await duties()
    expect(before.split('ESCALATE_TO_HOLDER')).toHaveLength(2)
    await knex()('gateway.hold').insert([
      held('advice', { agency: 'socialCare', label: 'LEGAL_PRIVILEGE' }),
      held('adoption', { agency: 'socialCare', label: 'ADOPTION' }),
      held('record', { record_id: 'some' }),
    ])
    const after = await duties()
    await unhideRows(gateway)
    expect(after).toBe(before)
  })

  test('is neither lifted nor told of by a judgement on a record that the reader cannot read', async () => {
    const child_id = 'C04'
    const { person_id } = await knex()('gateway.link').where({ agency: 'health', child_id }).first()
    await hideRows(gateway, [{ health: [person_id] }], { label: 'HEALTH_SARC', recordedAt: '2026-06-01T00:00:00Z' })
    const { rows } = await knex().raw(
      `select record_id from health.sarc_attendance where person_id = ? and record_id like '%${mark}'`,
      [person_id],
    )
    const judge = (record: string) =>
      gateway.ask(
        'school-nurse',
        `mutation { decideRelevance(childId: "${child_id}", recordId: "health:${record}", relevance: RELEVANT, reviewOn: "2099-01-01", reason: "ChildAnswers at again") { relevance } }`,
      )
    await knex()('gateway.hold').insert(
      held('judged', {
        child_id,
        kind: 'NOT_RELEVANT',
        record_id: rows[0].record_id,
        organisation: 'NHS-LA5-CHC',
      }),
    )
    const hidden = await judge(rows[0].record_id)
    const none = await judge('none')
    const { released_at } = await knex()('gateway.hold')
      .where({ id: `judged${mark}` })
      .first()
    await unhideRows(gateway)
    expect(hidden.text).toBe(none.text)
    expect(hidden.errors[0]?.extensions['code']).toBe('CONFLICT')
    expect(released_at).toBeNull()
  })

  test('leaves no trace for others when its own agency lists what is overdue', async () => {
    const log =
      '{ accessLog(childId: "C01", first: 4) { role outcome } accessNotices(la: "LA2", childId: "C01") { role } }'
    const seen = async () => {
      for (const door of ['{ holdsToReview { id } }', '{ obligations { id } }'])
        await gateway.ask('police-public-protection', door)
      return (await gateway.ask('team-manager', log)).data
    }
    await seen()
    const before = await seen()
    await knex()('gateway.hold').insert(
      held('overdue', { agency: 'police', label: 'POLICE_INTELLIGENCE', record_id: 'some' }),
    )
    const after = await seen()
    await unhideRows(gateway)
    expect(Object.keys(after ?? {})).toEqual(['accessLog', 'accessNotices'])
    expect(JSON.stringify(after).match(/POLICE_PUBLIC_PROTECTION/g)).toEqual(
      JSON.stringify(before).match(/POLICE_PUBLIC_PROTECTION/g),
    )
  })
})

describe('an identifier', () => {
  test('from before an adoption is not found in the log by whoever searched for it in vain', async () => {
    const { knex } = gateway.opened.setting.opening.store
    const number = `nhsNumber: "${formerNhsNumber}"`
    const named = 'given: "Verity", family: "Unknowable", dateOfBirth: "2012-02-29"'
    const searched = async () => {
      await gateway.ask('social-worker', `{ child(id: "C01") { id } }`)
      for (const door of [`findChild(${number}) { id }`, `matchChild(person: { ${named} }) { outcome }`])
        await gateway.ask('social-worker', `{ ${door} }`)
      await gateway.ask('social-worker', `{ child(id: "C04") { id } findChild(${number}) { id } }`)
      const log = '{ accessLog(childId: "C01", first: 2) { role outcome kind actions code } }'
      return (await gateway.ask('social-worker', log)).text
    }
    await searched()
    const before = await searched()
    await knex('gateway.identifier').insert({ scheme: 'NHS_NUMBER', value: formerNhsNumber, child_id: 'C01' })
    await registerWorlds
      .find(({ name }) => name.startsWith('people known'))
      ?.apply(gateway, [{ id: 'C01', persons: {} }])
    const after = await searched()
    await unhideRows(gateway)
    expect(after).toBe(before)
    expect(before).toContain('SOCIAL_WORKER')
  })

  test('leads to the child for those who may read that the child has it', async () => {
    for (const argument of [
      'nhsNumber: "9991012745"',
      'upn: "R992500413103"',
      'agencyId: { agency: POLICE, value: "F1-N-60412" }',
    ]) {
      const { data } = await gateway.ask('social-worker', `{ findChild(${argument}) { id } }`)
      expect(data).toEqual({ findChild: { id: 'C04' } })
    }
  })

  test('of an agency of which the caller may read nothing leads nowhere', async () => {
    const argument = 'agencyId: { agency: POLICE, value: "F1-N-60412" }'
    const known = await gateway.ask('adult-services-worker', `{ findChild(${argument}) { id } }`)
    const unknown = await gateway.ask('adult-services-worker', `{ findChild(${argument.replace('F1', 'F9')}) { id } }`)
    expect(known.text).toBe(unknown.text)
  })
})

describe('a part of a list', () => {
  const listsOf = (agency: AgencyName) =>
    [...gateway.opened.catalogue.model.layouts[agency].lists.values()]
      .filter(({ contract, list }) => !contract.parent && list !== 'person')
      .map(({ list }) => list)
  const ask = async (selection: string) => {
    const { data, errors } = await gateway.ask('social-worker', `{ child(id: "C04") { ${selection} } }`, {
      purpose: 'STRATEGY_DISCUSSION',
    })
    return {
      child: data?.['child'] as unknown as Record<string, Record<string, { id: string; eventAt: string }[] | null>>,
      errors,
    }
  }

  test.each(['police', 'socialCare', 'education', 'health', 'adultServices'] as const)(
    'gives every list of %s in pages that together are the whole, and in days',
    async (agency) => {
      const lists = listsOf(agency)
      const { child } = await ask(`${agency} { ${lists.map((list) => `${list} { id eventAt }`).join(' ')} }`)
      const whole = Object.entries(child[agency] ?? {}).flatMap(([list, rows]) =>
        rows && rows.length > 1 ? [{ list, rows }] : [],
      )
      expect(whole.length > 0 || agency === 'adultServices').toBe(true)
      if (whole.length === 0) return
      const parts = await ask(
        `${agency} { ${whole
          .map(({ list, rows }, at) => {
            const [first, second] = rows
            const day = String(second?.eventAt).slice(0, 10)
            return `a${at}: ${list}(first: 1) { id } b${at}: ${list}(first: 200, after: "${first?.id}") { id } c${at}: ${list}(from: "${day}", to: "${day}") { id }`
          })
          .join(' ')} }`,
      )
      expect(parts.errors).toEqual([])
      for (const [at, { rows }] of whole.entries()) {
        const ids = (part: string) => (parts.child[agency]?.[`${part}${at}`] ?? []).map(({ id }) => id)
        expect([...ids('a'), ...ids('b')]).toEqual(rows.map(({ id }) => id))
        expect(ids('c')).toContain(rows[1]?.id)
      }
    },
  )

  test('is of one kind where a kind is asked for, nested lists too', async () => {
    const { child } = await ask(
      'socialCare { visits(first: 1) { id } meetings(kind: "CLA_REVIEW") { type invitees(first: 2) { id } } plans { actions(first: 1) { id } } }',
    )
    const meetings = child['socialCare']?.['meetings'] as unknown as { type: string; invitees: unknown[] }[]
    expect(new Set(meetings.map(({ type }) => type))).toEqual(new Set(['CLA_REVIEW']))
    const plans = child['socialCare']?.['plans'] as unknown as { actions: unknown[] }[]
    expect(plans.map(({ actions }) => actions.length)).toEqual([1])
  })

  test('goes on after no record that the caller may not know of, as after none that exists', async () => {
    const said = await Promise.all(
      ['police:none', `police:${mark}`].map(async (after) =>
        (await ask(`police { missingEpisodes(after: "${after}") { id } }`)).errors.map(({ message }) => message),
      ),
    )
    expect(said[0]).toEqual(said[1])
    expect(said[0]).toHaveLength(1)
    for (const first of [0, 201]) {
      const { errors } = await ask(`police { missingEpisodes(first: ${first}) { id } }`)
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_INPUT'])
    }
  })
})

describe('what records have in common', () => {
  const query = (child: string, given = '') =>
    `{ child(id: "${child}") { associations${given} { associations(shared: true) { kind label children occurrences { as } } } } }`
  const shared = async (persona: string, child: string, given = '') => {
    const { data, errors } = await gateway.ask(persona, query(child, given), { purpose: 'STRATEGY_DISCUSSION' })
    const found = data?.['child'] as unknown as { associations: { associations: readonly Record<string, unknown>[] } }
    return { found: found?.associations.associations ?? null, errors }
  }

  test('joins a handle of the school and of the police for who may read both, and of another child', async () => {
    const { found } = await shared('police-public-protection', 'C08', '(with: ["C10", "C12", "none"])')
    expect(found).toEqual([
      {
        kind: 'HANDLE',
        label: 'quiet_tide_88',
        children: ['C08', 'C10'],
        occurrences: [
          { as: 'police.onlineIdentifiers.handle' },
          { as: 'education.onlineIdentifiers.handle' },
          { as: 'police.onlineIdentifiers.handle' },
        ],
      },
    ])
  })

  test('joins an address over two episodes for the police, and tells nobody else of it', async () => {
    const { data } = await gateway.ask(
      'police-public-protection',
      '{ child(id: "C04") { associations { associations(kind: PLACE, first: 1) { label occurrences { recordId } } } } }',
      { purpose: 'STRATEGY_DISCUSSION' },
    )
    const child = data?.['child'] as unknown as
      | { readonly associations: { readonly associations: readonly { readonly occurrences: readonly unknown[] }[] } }
      | undefined
    const place = child?.associations.associations[0]
    expect(place?.occurrences.length).toBeGreaterThan(1)
    const { data: school } = await gateway.ask(
      'school-dsl',
      '{ child(id: "C04") { associations { associations { kind label } } } }',
    )
    expect(JSON.stringify(school)).not.toMatch(/Northmoor|Pask|Tull|07700/)
  })
})

test('a school is told that the team which it took to be involved is not, and of adults’ services nothing', async () => {
  const { data } = await gateway.ask(
    'school-dsl',
    '{ child(id: "C01") { team: involvement(kind: "EXPLOITATION_TEAM") { state open { value } periods { kind } } adults: involvement(kind: "ADULT_SERVICE") { state periods { kind } } } }',
  )
  expect(data?.['child']).toMatchObject({
    team: { state: 'NOTHING_HELD', open: { value: 0 }, periods: [] },
    adults: { state: 'WITHHELD', periods: null },
  })
})
