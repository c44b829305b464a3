import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorities, contacts, forces, holders } from '../../seeds/authoritiesAndForces.ts'
import { badValuesOf } from '../../src/composition/badValues.ts'
import { columnsRead } from '../../src/sources/bindings/sql/mapping/readColumns.ts'
import { readMapping } from '../../src/sources/bindings/sql/mapping/readMapping.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import { checkAgency } from '../../src/store/agencyTables.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
import { read as documentOf } from '../house/files.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'
import { makeSsd, run, ssdTables, writeSsd } from './support/ssd.ts'
import { anyRows } from './support/ssdRows.ts'

describe('the mapping of the Standard Safeguarding Dataset', () => {
  const read = columnsRead(readMapping('ssd', 'socialCare'))

  it('reads tables and columns that the dataset has, and no other', () => {
    const invented = [...read].flatMap(([table, columns]) =>
      [...columns].filter((column) => !ssdTables.get(table)?.includes(column)).map((column) => `${table}.${column}`),
    )
    expect(invented).toEqual([])
  })

  it('leaves out those columns alone that the page lists with their reason', () => {
    const unread = [...ssdTables].flatMap(([table, columns]) =>
      columns.filter((column) => !read.get(table)?.has(column)).map((column) => `${table}.${column}`),
    )
    const items = documentOf('docs/safeguarding-dataset.md').split(/^- /m).slice(1)
    const listed = items.flatMap((item) => {
      const [table = '', ...columns] = [...(item.split(/\n\n/)[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)
      return columns.map((column) => `${table}.${column}`)
    })
    expect(listed.toSorted()).toEqual(unread.toSorted())
  })
})

const schema = 'ssd_development'
/** The demonstration's C04, as the authority's dataset has the child. */
const person = 'EV-41873'
const of = (prefix: string) => ({ [`${prefix}_person_id`]: person })

const rows = {
  ssd_person: [
    {
      ...of('pers'),
      pers_forename: 'Sam',
      pers_surname: 'Marlowe',
      pers_dob: '2013-06-27 00:00:00',
      pers_sex: 'M',
      pers_upn: 'UN5',
      pers_single_unique_id: 'SSD_SUI',
      pers_is_mother: 'N',
      pers_legacy_id: 'OLD/41873',
    },
  ],
  ssd_family: ['a', 'b'].map((at) => ({
    ...{ fami_table_id: at, fami_family_id: 'F', fami_person_id: at === 'a' ? person : 'M-YOUNG' },
  })),
  ssd_cp_plans: [
    // Twice the same row, as exports have it.
    ...[1, 2].map(() => ({
      ...of('cppl'),
      cppl_cp_plan_id: '1',
      cppl_cp_plan_start_date: '2026-05-14 00:00:00',
      cppl_cp_plan_latest_category: 'NEG',
      cppl_cp_plan_ola: 'N',
    })),
  ],
  ssd_cin_plans: [
    {
      ...of('cinp'),
      cinp_cin_plan_id: '1',
      cinp_cin_plan_start_date: '2025-01-10 00:00:00',
      cinp_cin_plan_end_date: '2026-05-14 00:00:00',
    },
  ],
  ssd_cla_placement: [
    {
      ...of('clap'),
      clap_cla_placement_id: 'p1',
      clap_cla_placement_type: 'K2',
      clap_cla_placement_start_date: '2024-07-01 00:00:00',
      clap_cla_placement_end_date: '2025-03-30 00:00:00',
    },
    { ...of('clap'), clap_cla_placement_id: 'p2', clap_cla_placement_type: 'U1' },
  ],
  ssd_missing: [
    // In summer time, and in winter.
    {
      ...of('miss'),
      miss_table_id: 'm1',
      miss_missing_episode_type: 'Missing',
      miss_missing_episode_start_date: '2026-07-10 23:30:00',
      miss_missing_episode_end_date: '2026-07-11 06:00:00',
      miss_missing_rhi_offered: 'Y',
      miss_missing_rhi_accepted: 'NA',
    },
    {
      ...of('miss'),
      miss_table_id: 'm2',
      miss_missing_episode_type: 'gone',
      miss_missing_episode_start_date: '2026-01-10 23:30:00',
      miss_missing_episode_end_date: '2026-01-11 06:00:00',
    },
  ],
  ssd_involvements: [
    {
      ...of('invo'),
      invo_involvements_id: 'i1',
      invo_professional_role_id: 'SW',
      invo_professional_id: 'W-1',
      invo_involvement_start_date: '2026-05-14 00:00:00',
    },
  ],
  ssd_cp_visits: [
    {
      ...of('cppv'),
      cppv_cp_visit_id: 'v1',
      cppv_cp_visit_date: '2026-06-01 15:00:00',
      cppv_cp_visit_seen: 'Y',
      cppv_cp_visit_seen_alone: 'N',
    },
    { ...of('cppv'), cppv_cp_visit_id: 'v2', cppv_cp_visit_date: '2026-06-08 15:00:00', cppv_cp_visit_seen: '?' },
  ],
  ssd_cin_assessments: [
    {
      ...of('cina'),
      cina_assessment_id: 'a1',
      cina_assessment_start_date: '2026-04-01 00:00:00',
      cina_assessment_child_seen: 'Y',
    },
  ],
  ssd_assessment_factors: [
    { cinf_table_id: 'f1', cinf_assessment_id: 'a1', cinf_assessment_factors_json: '["3B", "21A", "1C"]' },
  ],
  ssd_contacts: [
    { ...of('cont'), cont_contact_id: 'c1', cont_contact_date: '2026-03-03 09:00:00', cont_contact_source_code: '6' },
    // Not JSON at all, nor a code that stands for one service.
    { ...of('cont'), cont_contact_id: 'c2', cont_contact_source_code: '1A', cont_contact_outcome_json: '{broken' },
  ],
  ssd_cla_previous_permanence: [
    {
      ...of('lapp'),
      lapp_table_id: 'o1',
      lapp_previous_permanence_option: 'P2',
      lapp_previous_permanence_order_date: '31/02/2020',
    },
    {
      ...of('lapp'),
      lapp_table_id: 'o2',
      lapp_previous_permanence_option: 'P3',
      lapp_previous_permanence_order_date: '28/02/2020',
    },
  ],
}

/** Somebody whom nobody asks about: what the mapping makes of each row is looked at. */
const odd = (prefix: string) => ({ [`${prefix}_person_id`]: 'ODD' })
const oddRows = {
  ssd_person: [
    {
      pers_person_id: 'M-OLD',
      pers_forename: 'Wren',
      pers_surname: 'Hale',
      pers_dob: '1985-02-01',
      pers_is_mother: 'Y',
    },
    { pers_person_id: 'M-SMALL', pers_forename: 'Una', pers_dob: '1984-02-01', pers_is_mother: 'y' },
    { pers_person_id: 'M-YOUNG', pers_forename: 'Ivy', pers_dob: '2019-02-01', pers_is_mother: 'Y' },
    { pers_person_id: 'M-UNKNOWN', pers_surname: 'Hale', pers_is_mother: 'Y' },
  ],
  ssd_mother: [{ moth_table_id: 'mo', moth_person_id: 'M-OLD', moth_childs_person_id: 'ODD' }],
  ssd_cp_plans: [
    { ...odd('cppl'), cppl_cp_plan_id: 'x', cppl_cp_plan_latest_category: 'XYZ', cppl_cp_plan_initial_category: 'NEG' },
  ],
  ssd_legal_status: ['Q9', 'V1'].map((code) => ({
    ...odd('lega'),
    lega_legal_status_id: code,
    lega_legal_status: code,
  })),
  ssd_cla_placement: ['ZZ', 'K3', 'Z14'].map((code) => ({
    ...odd('clap'),
    clap_cla_placement_id: code.toLowerCase(),
    clap_cla_placement_type: code,
  })),
  // A flag as another system writes it.
  ssd_initial_cp_conference: [
    { ...odd('icpc'), icpc_icpc_id: '1', icpc_icpc_date: '2026-05-02', icpc_icpc_outcome_cp_flag: '0' },
  ],
  // One id and two words of it: as it was, and as it is since it ended.
  ssd_early_help_episodes: [null, '2026-06-01'].map((earl_episode_end_date) => ({
    ...{ ...odd('earl'), earl_episode_id: 'e', earl_episode_start_date: '2026-05-01', earl_episode_end_date },
  })),
  ssd_cla_reviews: [
    {
      clar_cla_review_id: 'small',
      clar_cla_id: 'odd',
      clar_cla_review_date: '2026-05-01',
      clar_cla_review_cancelled: 'n',
      clar_cla_review_participation: 'pn5',
    },
  ],
  ssd_cla_episodes: [
    {
      ...{ ...odd('clae'), clae_cla_episode_id: 'odd', clae_cla_id: 'odd' },
      ...{ clae_cla_episode_ceased_date: '2026-05-20', clae_cla_episode_ceased_reason: 'E12' },
    },
  ],
  ssd_cin_episodes: [{ ...odd('cine'), cine_referral_id: 'n', cine_cin_primary_need_code: 'N99' }],
  ssd_cin_assessments: ['good', 'bad', 'both', 'none', 'half'].map((id) => ({
    ...odd('cina'),
    cina_assessment_id: `odd-${id}`,
  })),
  ssd_assessment_factors: [
    ['good', '["1B"]'],
    ['bad', 'illegible'],
    ['both', '["3B"]'],
    ['both', 'illegible'],
    ['none', '[]'],
    ['half', '["16a", "99Z"]'],
  ].map(([id, json], at) => ({
    ...{ cinf_table_id: `odd-${at}`, cinf_assessment_id: `odd-${id}`, cinf_assessment_factors_json: json },
  })),
  ssd_missing: ['2026-05-01 20:00:00', '2026-05-02 20:00:00', '2026-05-02 20:00:00'].map((from) => ({
    ...{ ...odd('miss'), miss_missing_episode_type: 'missing', miss_missing_episode_start_date: from },
  })),
}

/** The same numbers each time, from 0 to below `most`. */
let state = 20_261_130
const pick = (most: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
  return Math.floor((state / 2 ** 32) * most)
}

describe.skipIf(!hasPostgres())(realTitle('a database of the dataset, by a holder entry alone'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'ssd-'))
  let database: TestDatabase
  let gateway: TestGateway

  beforeAll(async () => {
    database = await createTestDatabase()
    await makeSsd(database.url, schema)
    await writeSsd(database.url, schema, rows)
    await writeSsd(database.url, schema, oddRows)
    writeFileSync(join(folder, 'socialCare.yaml'), 'extends: ssd\nconstants: { la: LA2, organisation: LA2-CSC }\n')
    const authority = holders.find(({ id }) => id === 'LA2-CSC')
    const binding = { type: 'sql', database: 'ssd', mapping: 'socialCare.yaml' }
    const named = [...holders.filter(({ kind }) => kind !== 'socialCare'), { ...authority, binding }]
    writeFileSync(join(folder, 'registry.json'), JSON.stringify({ authorities, forces, contacts, holders: named }))
    gateway = await startTestGateway({
      REGISTRY_FILE: join(folder, 'registry.json'),
      HOLDER_SSD_URL: database.url,
      DEMO_AS_OF: '2036-12-01T12:00:00Z',
    })
  })
  afterAll(async () => {
    await gateway?.close()
    await database?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('answers plan, level, placements, missing and chronology', async () => {
    const { data, errors } = await gateway.ask(
      'social-worker',
      `{ child(id: "C04") {
        status { level cpCategory responsibleLa }
        socialCare {
          person { given dateOfBirth upn nhsNumber }
          plans { level category from to }
          placements { code collectionYear from to la }
          missing { kind from to reported interviewOffered interviewAccepted }
          visits { eventAt seen seenAlone }
          assessments { kind childSeen factors }
          contacts { fromAgency outcome }
        }
        chronology(first: 200, agencies: [CHILDRENS_SOCIAL_CARE]) { total events { eventAt headline } }
      } }`,
    )
    expect(errors ?? []).toEqual([])
    expect(data?.['child']).toMatchObject({
      status: { level: 'CHILD_PROTECTION', cpCategory: 'NEG', responsibleLa: 'LA2' },
      socialCare: {
        person: [{ given: 'Sam', dateOfBirth: '2013-06-27', upn: null, nhsNumber: null }],
        plans: [
          { level: 'CHILD_IN_NEED', category: null, from: '2025-01-10', to: '2026-05-14' },
          { level: 'CHILD_PROTECTION', category: 'NEG', from: '2026-05-14', to: null },
        ],
        placements: [
          { code: 'K2', collectionYear: 2025, from: '2024-07-01', to: '2025-03-30', la: null },
          { code: 'U1', collectionYear: null, from: null, to: null, la: null },
        ],
        missing: [
          { kind: null, from: '2026-01-10T23:30:00Z', to: '2026-01-11T06:00:00Z', reported: null },
          {
            ...{ kind: 'M', from: '2026-07-10T22:30:00Z', to: '2026-07-11T05:00:00Z', reported: null },
            ...{ interviewOffered: true, interviewAccepted: null },
          },
        ],
        visits: [
          { eventAt: '2026-06-01T14:00:00Z', seen: true, seenAlone: false },
          { eventAt: '2026-06-08T14:00:00Z', seen: null, seenAlone: null },
        ],
        assessments: [{ kind: 'SINGLE', childSeen: true, factors: ['3B', '21A', '1C'] }],
        contacts: [
          { fromAgency: 'POLICE', outcome: null },
          { fromAgency: null, outcome: null },
        ],
      },
    })
    const { events } = (data as unknown as { child: { chronology: { events: { headline: string }[] } } }).child
      .chronology
    expect(events.map(({ headline }) => headline)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('category neglect (NEG)'),
        // As the authority wrote it: half past ten at night by UTC.
        'Missing from 10 July 2026 23:30 to 11 July 2026 06:00',
        expect.stringContaining('children’s home (K2)'),
      ]),
    )
  })

  it('finds a child by the number that the authority’s own people use, and names a relative by it', async () => {
    const found = `{ findChild(agencyId: { agency: CHILDRENS_SOCIAL_CARE, value: "OLD/41873", holder: "LA2-CSC" }) {
      id socialCare { person { laChildId } family { relation laChildId } } } }`
    expect(await gateway.ask('social-worker', found)).toMatchObject({
      errors: [],
      data: {
        findChild: {
          id: 'C04',
          socialCare: {
            person: [{ laChildId: 'OLD/41873' }],
            family: [{ relation: 'FAMILY', laChildId: 'M-YOUNG' }],
          },
        },
      },
    })
    const others = found.replace('OLD/41873', 'OLD/41874')
    expect((await gateway.ask('social-worker', others)).errors[0]?.extensions['code']).toBe('NOT_FOUND')
  })

  it('does not know when an interview was held that was offered, nor as what a social worker works', async () => {
    const { data, errors } = await gateway.ask(
      'social-worker',
      `{ child(id: "C04") {
        missing { episodes { returnInterview } }
        alerts(codes: [RHI_OVERDUE]) { code }
        socialCare { involvements { kind role } }
      } }`,
    )
    expect(errors ?? []).toEqual([])
    expect(data?.['child']).toEqual({
      missing: { episodes: [{ returnInterview: 'NOT_KNOWN' }, { returnInterview: 'NOT_KNOWN' }] },
      alerts: [],
      socialCare: { involvements: [{ kind: null, role: 'SW' }] },
    })
  })

  it('answers whatever is in the tables, for whoever is asked about', async () => {
    const linked = await gateway.opened.setting.opening.store.rows({
      name: 'linked-at-LA2',
      text: `select child_id, person_id from gateway.link where agency = 'socialCare' and holder = 'LA2-CSC'
        and child_id <> 'C04' and ended_at is null order by child_id limit 2`,
      values: [],
    })
    expect(linked).toHaveLength(2)
    await writeSsd(
      database.url,
      schema,
      anyRows(
        linked.flatMap(([, id]) => id ?? []),
        3,
        pick,
      ),
    )
    let told = 0
    let unreadable = 0
    for (const [id] of linked) {
      const { data, errors } = await gateway.ask('social-worker', wholeView(), {
        purpose: 'S47_ENQUIRY',
        variables: { id },
      })
      expect(errors.map(({ extensions, path }) => [extensions['code'], path])).toEqual([])
      const care = (data?.['child'] as unknown as { socialCare: { plans: unknown[] } | null } | null)?.socialCare
      told += care?.plans.length ?? 0
      // Whoever counts over a value that cannot be read is told.
      unreadable += JSON.stringify(data).split('"reason":"NOT_READABLE"').length - 1
    }
    expect(unreadable).toBeGreaterThan(0)
    // Each row stands twice and is one record.
    expect(told).toBeGreaterThan(0)
  })

  it('counts in metrics what it left out, and no value', async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toMatch(/wholeview_bad_values_total\{agency="socialCare",list="person",field="upn"\} [1-9]/)
    expect(metrics).not.toMatch(/UN5|SSD_SUI/)
  })

  it('is told by doctor, column by column and without a value', async () => {
    const { model, holderMappings } = gateway.opened.catalogue
    const mapping = holderMappings.get('LA2-CSC')
    const layout = model.layoutWith('socialCare', mapping)
    const reader = openPostgres(database.url, { applicationName: 'test', poolSize: 1 })
    try {
      const told = await badValuesOf(reader, layout, mapping)
      const fields = [
        'orders.from',
        'missing.kind',
        'visits.seen',
        'person.nhsNumber',
        'person.upn',
        'involvements.kind',
      ]
      for (const field of fields)
        expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${field}: \\d+ in \\w+ cannot be read`)))
      expect(told.join()).not.toMatch(/UN5|SSD_SUI|broken|xxx|31.02/)
      await run(database.url, `alter table "${schema}".ssd_missing rename column miss_missing_rhi_offered to offered`)
      expect(await checkAgency(reader, tablesOf(layout))).toEqual([
        `The column ${schema}.ssd_missing.miss_missing_rhi_offered is missing.`,
      ])
    } finally {
      await run(database.url, `alter table "${schema}".ssd_missing rename column offered to miss_missing_rhi_offered`)
      await reader.close()
    }
  })

  it('costs a code outside its set that value, loses no row, and takes no mother for a child', async () => {
    const { model, holderMappings } = gateway.opened.catalogue
    const mapping = holderMappings.get('LA2-CSC')
    const layout = model.layoutWith('socialCare', mapping)
    const read = async (name: string, field: string, of = 'ODD') => {
      const list = layout.lists.get(name)
      const { common, columns, relation } = list ?? expect.fail(name)
      const column = columns.get(field)?.column
      const found = await run(
        database.url,
        `select "${common.id}" as id, "${column}"::text as value, coalesce("$unread", '{}') as unread
          from ${relation} where "${common.person}" like '${of}' order by 1`,
      )
      return found.map(({ id, value, unread }) => [id, value, unread])
    }
    expect((await read('plans', 'category')).find(([id]) => String(id).endsWith('/x'))).toEqual([
      expect.any(String),
      null,
      ['category'],
    ])
    expect(await read('legalStatuses', 'code')).toEqual([
      ['Q9', null, ['code']],
      ['V1', 'V1', []],
    ])
    expect(await read('placements', 'code')).toEqual([
      ['k3', 'K3', []],
      ['z14', 'Z14', []],
      ['zz', null, ['code']],
    ])
    const reviews = await read('meetings', 'status')
    expect(reviews.map(([, ...said]) => said)).toEqual([
      ['HELD', []],
      ['HELD', []],
    ])
    expect((await read('meetings', 'outcome')).map(([, said]) => said).toSorted()).toEqual([
      'Child did not attend and asked an advocate to speak',
      'No child protection plan',
    ])
    expect((await read('adoption', 'adoptedOn')).map(([, on]) => on)).toEqual(['2026-05-20'])
    const episodes = (await read('plans', 'to')).filter(([id]) => String(id).startsWith('ssd_early_help'))
    expect(episodes.map(([, to]) => to)).toEqual(['2026-06-01'])
    expect(await read('referrals', 'primaryNeed')).toEqual([['n', null, ['primaryNeed']]])
    const factors = (await read('assessments', 'factors')).map(([id, ...said]) => [
      String(id).split('odd-')[1],
      ...said,
    ])
    expect(factors).toEqual([
      ['bad', null, ['factors']],
      ['both', '{3B}', ['factors']],
      ['good', '{1B}', []],
      ['half', '{16A}', ['factors']],
      ['none', '{}', []],
    ])
    // Two nights without an id, of which one stands twice.
    expect((await read('missing', 'kind')).map(([id, kind]) => [String(id).slice(0, 4), kind])).toEqual([
      ['row-', 'M'],
      ['row-', 'M'],
    ])
    expect((await read('family', 'name')).map(([, name]) => name)).toEqual(['Wren Hale'])
    expect((await read('person', 'given', 'M-%')).map(([id]) => id)).toEqual(['M-YOUNG'])
    const reader = openPostgres(database.url, { applicationName: 'test', poolSize: 1 })
    try {
      const told = await badValuesOf(reader, layout, mapping)
      const lists = ['plans.category', 'legalStatuses.code', 'placements.code', 'referrals.primaryNeed', 'missing.id']
      expect(told).toContain(
        'plans.id: 1 in ssd_early_help_episodes stands in rows that do not say the same, of which one is read',
      )
      for (const field of [...lists, 'assessments.factors'])
        expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${field}: \\d+ in \\w+ cannot be read`)))
      expect(told.join()).not.toMatch(/XYZ|Q9|ZZ|N99|99Z|illegible/)
    } finally {
      await reader.close()
    }
  })

  it('makes nothing in their schema', async () => {
    const made = await run(
      database.url,
      `select relname from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'r' and relname not like 'ssd\\_%'
        union all select tgname from pg_trigger where not tgisinternal`,
    )
    expect(made).toEqual([])
  })
})
