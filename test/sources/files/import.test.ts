import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../../src/cli/program.ts'
import { newStore, startTestGateway, type TestGateway, type TestStore } from '../../support/gateway.ts'
import { createStartedDatabase, hasPostgres, realTitle, type TestDatabase } from '../../support/postgres.ts'
import { newDataDir, newDataDirOfServer } from '../../support/prepared.ts'
import { sampled } from '../../support/sample.ts'
import { nia, story, writeStory } from './story.ts'

const question = `{ findChild(nhsNumber: "${nia.nhsNumber}") {
  status { level cpCategory responsibleLa }
  socialCare { plans { id level category to provenance { organisation la recordedAt } actions { text owner } } contacts { fromAgency } placements { la force } }
  police { missingEpisodes { from provenance { organisation force } } intelligence { text } }
  education { enrolments { school provenance { organisation } } }
  health { registrations { name } }
  sources { agency state }
} }`

interface Plans {
  readonly plans: object
  readonly holdings: readonly { readonly list: string; readonly count: number }[]
}

/** What one agency said of the child that was asked for. */
const recordOf = <Of>(data: Record<string, Record<string, unknown>> | null, agency: string): Of =>
  data?.['findChild']?.[agency] as Of

/** A command line in this environment. */
const commands =
  (environment: () => Readonly<Record<string, string>>) =>
  async (...words: readonly string[]) => {
    const out: string[] = []
    const err: string[] = []
    const sinkOf = (into: string[]) => ({ write: (text: string) => into.push(text) > 0 })
    const code = await run(words, environment(), { out: sinkOf(out), err: sinkOf(err) })
    return { code, out: out.join(''), err: err.join('') }
  }

const embedded = { title: 'embedded', isSkipped: false }
const real = { title: realTitle('on PostgreSQL'), isSkipped: !hasPostgres() }
const stores = sampled(hasPostgres() ? [real, embedded] : [embedded, real], 1)

describe.each(stores)('a story case handed in by six holders, $title', ({ title, isSkipped }) => {
  const files = writeStory()
  let database: TestDatabase | undefined
  let environment: Record<string, string> = {}
  let gateway: TestGateway | undefined
  const command = commands(() => environment)
  const importOf = (holder: string, ...more: readonly string[]) =>
    command('--json', 'import', holder, files.fileOf(holder), ...more)

  beforeAll(async () => {
    if (isSkipped) return
    if (title !== 'embedded') database = await createStartedDatabase()
    environment = {
      ...{
        DATA_DIR: database ? newDataDirOfServer() : newDataDir(),
        DEMONSTRATION: 'on',
        LOG_LEVEL: 'silent',
        REGISTRY_FILE: files.registry,
      },
      ...(database ? { DATABASE_URL: database.url } : {}),
    }
  })
  afterAll(async () => {
    await gateway?.close()
    await database?.drop()
    rmSync(files.folder, { recursive: true, force: true })
    if (environment['DATA_DIR']) rmSync(environment['DATA_DIR'], { recursive: true, force: true })
  })

  it.skipIf(isSkipped)('says what would come of it, and changes nothing', async () => {
    const tried = JSON.parse((await importOf('LA2', '--dry-run')).out)
    expect(tried).toMatchObject({ added: 5, changed: 0, same: 0, refused: [], people: null })
    const again = JSON.parse((await importOf('LA2', '--dry-run')).out)
    expect(again).toEqual(tried)
  })

  it.skipIf(isSkipped)('takes every file, and finds one child in all of them', async () => {
    const outcomes = []
    for (const holder of Object.keys(story)) {
      const { code, out, err } = await importOf(holder)
      expect({ holder, code, err }).toEqual({ holder, code: 0, err: '' })
      outcomes.push(JSON.parse(out))
    }
    expect(outcomes.map(({ people }) => [people.taken, people.children, people.linked, people.asked])).toEqual([
      [1, 1, 0, 0],
      ...Array.from({ length: 5 }, () => [1, 0, 1, 0]),
    ])
  })

  it.skipIf(isSkipped)('changes nothing when the same file comes twice', async () => {
    const { out } = await importOf('LA2')
    expect(JSON.parse(out)).toMatchObject({
      ...{ added: 0, changed: 0, same: 5, withdrawn: 0, people: { taken: 1, children: 0, linked: 0, asked: 0 } },
    })
  })

  it.skipIf(isSkipped)('answers for the child, joined, over HTTP', async () => {
    gateway = await startTestGateway(environment)
    const { data, errors } = await gateway.ask('social-worker', question, { purpose: 'ASSESSMENT_S17' })
    expect(errors).toEqual([])
    expect(data?.['findChild']).toMatchObject({
      status: { level: 'CHILD_PROTECTION', cpCategory: 'NEG', responsibleLa: 'LA2' },
      socialCare: {
        plans: [
          {
            ...{ level: 'CHILD_PROTECTION', category: 'NEG', to: null },
            provenance: { organisation: 'LA2-CSC', la: 'LA2', recordedAt: '2026-05-14T15:00:00Z' },
            actions: [{ text: 'Weekly check with the school', owner: 'EDUCATION' }],
          },
        ],
        contacts: [{ fromAgency: 'POLICE' }],
        placements: [{ la: 'LA5', force: 'F4' }],
      },
      education: { enrolments: [{ school: 'Eastvale Academy' }] },
      health: { registrations: [{ name: 'Eastvale Surgery' }] },
    })
    const { missingEpisodes } = recordOf<{ missingEpisodes: { provenance: object }[] }>(data, 'police')
    expect(missingEpisodes.map(({ provenance }) => provenance)).toEqual([
      { organisation: 'F1', force: 'F1' },
      { organisation: 'F1', force: 'F1' },
      { organisation: 'F4', force: 'F4' },
    ])
  })

  it.skipIf(isSkipped)('lets a later file say more, and keeps what was known before', async () => {
    await gateway?.close()
    const later = structuredClone(story['LA2']) as { records: { plans: object[] } }
    later.records.plans = [
      {
        ...{ id: 'plan-1', person: 'EV-90001', eventAt: '2026-05-14', recordedAt: '2026-09-30T15:00:00Z' },
        fields: { level: 'CHILD_PROTECTION', category: 'EMO', from: '2026-05-14', lastReviewOn: '2026-09-30' },
      },
    ]
    writeFileSync(files.fileOf('LA2'), JSON.stringify(later))
    expect(JSON.parse((await importOf('LA2')).out)).toMatchObject({ added: 0, changed: 1, same: 4 })
    gateway = await startTestGateway(environment)
    const plansAt = async (asOf: string) => {
      const query = `{ findChild(nhsNumber: "${nia.nhsNumber}", asOf: "${asOf}") { socialCare { plans { category } holdings { list count } } } }`
      const { data, errors } = await (gateway as TestGateway).ask('social-worker', query, { purpose: 'ASSESSMENT_S17' })
      expect(errors).toEqual([])
      const { plans, holdings } = recordOf<Plans>(data, 'socialCare')
      return [plans, holdings.find(({ list }) => list === 'plans')?.count]
    }
    // One record, whenever it is looked at.
    expect(await plansAt('2026-08-01T00:00:00Z')).toEqual([[{ category: 'NEG' }], 1])
    expect(await plansAt('2026-11-20T00:00:00Z')).toEqual([[{ category: 'EMO' }], 1])
    // An older file that comes late changes nothing back, and says so.
    writeFileSync(files.fileOf('LA2'), JSON.stringify(story['LA2']))
    await gateway.close()
    const older = await importOf('LA2')
    expect(older.code).toBe(3)
    expect(JSON.parse(older.out).refused).toMatchObject([{ fault: 'OLDER_THAN_HELD', where: 'plans' }])
  })
})

describe('a command line that imports', () => {
  const files = writeStory()
  let store: TestStore
  let environment: Record<string, string> = {}
  beforeAll(async () => {
    store = await newStore()
    environment = { DEMONSTRATION: 'on', LOG_LEVEL: 'silent', REGISTRY_FILE: files.registry, ...store.environment }
  })
  const command = commands(() => environment)
  const written = (name: string, content: string) => {
    writeFileSync(join(files.folder, name), content)
    return join(files.folder, name)
  }
  afterAll(async () => {
    rmSync(files.folder, { recursive: true, force: true })
    await store.remove()
  })

  it.each([
    ['a holder that there is not', ['NOBODY'], /no such holder. These take files: EASTVALE-SURGERY/, 1],
    ['a file that there is not', ['LA2', '/nowhere/at-all.json'], /cannot be read/, 2],
    ['a format that there is not', ['LA2', files.fileOf('LA2'), '--format', 'xls'], /--format is one of/, 2],
    ['a file that is called JSON and is none', ['LA2', written('b.json', 'SECRET')], /b\.json is no JSON at line 1/, 1],
    ['a broken one', ['LA2', written('c.json', '{\n "a": SECRET')], /c\.json is no JSON at line 2, column 7/, 1],
    ['an empty one', ['LA2', written('d.json', '{}')], /d\.json .*: format must be wholeview-records\/1\. Nothing/, 1],
    [
      'a list that stands beside the records',
      ['LA2', written('e.json', '{ "format": "wholeview-records/1", "plans": [] }')],
      /plans is nothing that a document has; it has .*people, records/,
      1,
    ],
    ['a file of another kind of agency', ['F1', files.fileOf('LA2')], /another kind of agency/, 1],
  ])('refuses %s', async (_, words, message, code) => {
    const said = await command('import', ...(words.length === 1 ? [...words, files.fileOf('LA2')] : words))
    expect(said.err).toMatch(message)
    expect(said.err).not.toMatch(/SECRET/)
    expect(said.code).toBe(code)
  })

  it('tells every refused line with number and reason, in part done, and quotes nothing of the file', async () => {
    const file = written(
      'secrets.csv',
      'CHILD,SEX,DOB,ETHNIC,UPN\nSECRETCHILD,1,01/02/2012,WBRI,\n,1,01/02/2012,WBRI,SECRETUPN\nSECRET2,1,SECRETDAY,WBRI,UN5\n',
    )
    const report = join(files.folder, 'report.csv')
    const said = await command('import', 'LA2', file, '--report', report)
    expect(said.code).toBe(3)
    expect(said.out).toMatch(/secrets.csv:3 +header +The record names no person/)
    expect(said.out).toMatch(/person.dateOfBirth +1 +secrets.csv:4/)
    expect(readFileSync(report, 'utf8')).toBe(
      [
        '"file","line","where","code","reason"',
        '"secrets.csv","3","header","NO_PERSON","The record names no person, or by what is no plain text of at most 128 characters."',
        '"secrets.csv","4","person.dateOfBirth","VALUE_UNREADABLE","The value cannot be read and is not known."',
        '',
      ].join('\r\n'),
    )
    expect(`${said.out}${said.err}${readFileSync(report, 'utf8')}`).not.toMatch(/SECRET/)
    const again = await command('import', 'LA2', file, '--report', report)
    expect(again.err).toMatch(/give a new file/)
    const { out: help } = await command('import', '--help')
    expect(help).toMatch(/but for lines that are refused/)
    const { out } = await command('--json', 'doctor')
    expect(out).toContain('person.dateOfBirth: 1 in files of LA2 cannot be read and is not known')
  })
})

const census = `<Message><Header><Source><DateTime>2026-05-23T11:14:05</DateTime></Source></Header><Children><Child>
<ChildIdentifiers><LAchildID>77001</LAchildID><UPN>${nia.upn}</UPN><PersonBirthDate>2014-05-02</PersonBirthDate><Sex>2</Sex></ChildIdentifiers>
<CINdetails><CINreferralDate>2026-01-06</CINreferralDate><PrimaryNeedCode>N1</PrimaryNeedCode>
<ChildProtectionPlans><CPPstartDate>2026-02-06</CPPstartDate><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse></ChildProtectionPlans></CINdetails>
</Child></Children></Message>`

describe('a return without names', () => {
  const files = writeStory()
  let store: TestStore
  let environment: Record<string, string> = {}
  beforeAll(async () => {
    store = await newStore()
    environment = { DEMONSTRATION: 'on', LOG_LEVEL: 'silent', REGISTRY_FILE: files.registry, ...store.environment }
  })
  const command = commands(() => environment)
  const written = (name: string, content: string) => {
    writeFileSync(join(files.folder, name), content)
    return join(files.folder, name)
  }
  let gateway: TestGateway | undefined
  afterAll(async () => {
    await gateway?.close()
    rmSync(files.folder, { recursive: true, force: true })
    await store.remove()
  })

  const asked = (by: string) =>
    `{ findChild(${by}) { id names { given } status { level cpCategory responsibleLa } socialCare { referrals { primaryNeed closedOn } } } }`

  it('is found by pupil number and by the id of the authority', async () => {
    const { code, out, err } = await command('--json', 'import', 'LA2', written('census.xml', census))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({ added: 3, refused: [], unread: [], people: { taken: 1, children: 1 } })
    const episodes = 'CHILD,DECOM,LS,PLACE,DEC,REC\n77001,01/04/2026,C2,U1,,\n'
    expect(await command('--json', 'import', 'LA2', written('episodes.csv', episodes))).toMatchObject({ code: 0 })
    gateway = await startTestGateway(environment)
    const answers = []
    for (const by of [`upn: "${nia.upn}"`, 'agencyId: { agency: CHILDRENS_SOCIAL_CARE, value: "77001" }'])
      answers.push((await gateway.ask('social-worker', asked(by), { purpose: 'ASSESSMENT_S17' })).data?.['findChild'])
    expect(answers[0]).toMatchObject({
      status: { level: 'LOOKED_AFTER', cpCategory: 'NEG', responsibleLa: 'LA2' },
      socialCare: { referrals: [{ primaryNeed: 'N1', closedOn: null }] },
    })
    expect(answers[1]).toEqual(answers[0])
  })

  it('is blamed for nothing that a return has no place for', async () => {
    const codes = [
      'FATHER_OR_MALE_CARER_UNKNOWN',
      'NO_LEAD_PROFESSIONAL',
      'UNALLOCATED_HIGH_RISK',
      'VOICE_NOT_RECORDED',
    ]
    const { data } = await (gateway ?? expect.fail()).ask(
      'social-worker',
      `{ findChild(upn: "${nia.upn}") { alerts { code } alertsNotJudged { code without { agency reason } } } }`,
      { purpose: 'ASSESSMENT_S17' },
    )
    const found = data?.['findChild'] as unknown as Record<'alerts' | 'alertsNotJudged', { readonly code: string }[]>
    expect(found.alerts.filter(({ code }) => codes.includes(code))).toEqual([])
    expect(
      found.alertsNotJudged
        .filter(({ code }) => codes.includes(code))
        .map(({ code }) => code)
        .sort(),
    ).toEqual(codes)
    for (const code of codes)
      expect(found.alertsNotJudged.find((one) => one.code === code)).toEqual({
        code,
        without: expect.arrayContaining([{ agency: 'CHILDRENS_SOCIAL_CARE', reason: 'NOT_RECORDED' }]),
      })
  })

  it('takes a row of a return whole or not at all', async () => {
    // The second ends before it begins, and would have made an adoption all the same.
    const rows = ['77001,01/05/2026,C2,U1,01/06/2026,X1', '77001,01/07/2026,C2,U1,30/06/2026,E11']
    const said = await command(
      '--json',
      'import',
      'LA2',
      written('half.csv', ['CHILD,DECOM,LS,PLACE,DEC,REC', ...rows, ''].join('\n')),
    )
    expect(JSON.parse(said.out)).toMatchObject({
      ...{ added: 3, changed: 0 },
      refused: [{ file: 'half.csv', line: 3, fault: 'ENDS_BEFORE_BEGIN', where: 'placements.to' }],
    })
  })

  it('tells a bad code by no INTERNAL, and counts it', async () => {
    const bad = census.replace('2026-02-06', '2026-02-07').replace('<PrimaryNeedCode>N1', '<PrimaryNeedCode>N99')
    await gateway?.close()
    const json = {
      format: 'wholeview-records/1',
      records: {
        plans: [{ id: 'x', person: '77001', fields: { level: 'WORST' } }],
        missing: [
          { id: 'm', person: '77001', eventAt: '2026-05-01T20:00:00Z', fields: { reported: 'perhaps', force: 'F1' } },
        ],
      },
    }
    expect(await command('import', 'LA2', written('bad.xml', bad))).toMatchObject({
      ...{ code: 3, err: '1 value not known. Everything else is in.\n' },
      out: expect.stringMatching(/referrals\.primaryNeed +1 +bad\.xml:\d+/),
    })
    const said = await command('import', 'LA2', written('bad.json', JSON.stringify(json)))
    expect(said).toMatchObject({ code: 3, err: '2 values not known. Everything else is in.\n' })
    gateway = await startTestGateway(environment)
    const { data, errors } = await gateway.ask(
      'social-worker',
      `{ findChild(upn: "${nia.upn}") { socialCare { plans { level } missing { reported } }
        missing { reportNotKnown { completeness without { agency reason } } } careHistory { placementTotal { completeness } } } }`,
      { purpose: 'ASSESSMENT_S17' },
    )
    expect(errors).toEqual([])
    // Refused by its type or unreadable in the file: whoever counts by it is told, and by no other field of the list.
    expect(data?.['findChild']).toMatchObject({
      socialCare: { missing: [{ reported: null }] },
      missing: {
        reportNotKnown: {
          without: expect.arrayContaining([{ agency: 'CHILDRENS_SOCIAL_CARE', reason: 'NOT_READABLE' }]),
        },
      },
      careHistory: { placementTotal: { completeness: 'WHOLE' } },
    })
    expect(JSON.stringify(data)).not.toContain('WORST')
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toMatch(/wholeview_bad_values_total\{[^}]*field="level"[^}]*\} [1-9]/)
  })
})
