import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { issuersShape } from '../../src/auth/issuers.ts'
import { run } from '../../src/cli/program.ts'
import * as gatewayModule from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { settingsOf } from '../../src/foundation/configFile.ts'
import { registryShape } from '../../src/foundation/registryFile.ts'
import { type RunningGateway, startGateway } from '../../src/main.ts'
import { createLog } from '../../src/server/log.ts'
import { audience, es256Jwk, goodHeader, type KeyServer, keyServer, signRaw } from '../auth/support.ts'
import { makeSsd, writeSsd } from '../sources/support/ssd.ts'
import { post } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
const section = page.slice(page.indexOf('## From nothing'), page.indexOf('## Settings'))
const blocks = (language: string): readonly string[] =>
  [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)

const folder = mkdtempSync(join(tmpdir(), 'from-nothing-'))
const children = [
  'Amelia Harcastle 2014-05-02 U989900214001',
  'Bram Quillfeather 2012-11-30 L989900212002',
  'Cosmo Ashdown 2017-01-09 E989900217003',
]

describe('what the operator reads', () => {
  it.each([
    ['registry', registryShape],
    ['issuers', issuersShape],
  ])('has the schema of the %s file as it is checked', (name, shape) => {
    const kept: unknown = JSON.parse(readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), 'utf8'))
    expect(kept).toEqual(z.toJSONSchema(shape, { io: 'input' }))
  })
})

describe.skipIf(!hasPostgres())(realTitle('from nothing to a right answer, by the page'), () => {
  const databases: TestDatabase[] = []
  let keys: KeyServer
  let gateway: RunningGateway | undefined
  /** What stands on the page, as it is here. */
  let here: (text: string) => string
  let environment: Record<string, string> = {}

  const said: string[] = []
  const sink = { write: (text: string) => said.push(text) > 0 }
  const command = async (line: string) => {
    said.length = 0
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const code = await run(here(words.slice(1).join('\n')).split('\n'), environment, {
      out: sink,
      err: sink,
    } as never)
    return { code, text: said.join('') }
  }

  beforeAll(async () => {
    for (let nth = 0; nth < 2; nth += 1) databases.push(await createTestDatabase())
    const [store, ssd] = databases.map(({ url }) => url)
    keys = await keyServer([es256Jwk])
    await makeSsd(ssd ?? '', 'ssd_development')
    await writeSsd(ssd ?? '', 'ssd_development', {
      ssd_person: children.map((text, at) => {
        const [given, family, born, upn] = text.split(' ')
        return {
          pers_person_id: `${70_001 + at}`,
          pers_forename: given,
          pers_surname: family,
          pers_dob: `${born} 00:00:00`,
          pers_upn: upn,
        }
      }),
      ssd_address: [
        { addr_table_id: 'a1', addr_person_id: '70001', addr_address_postcode: 'ZZ2 1NV', addr_address_type: 'H' },
      ],
      ssd_cp_plans: [
        {
          ...{ cppl_person_id: '70001', cppl_cp_plan_id: '9', cppl_cp_plan_start_date: '2026-07-01 00:00:00' },
          cppl_cp_plan_latest_category: 'NEG',
        },
      ],
    })
    here = (text) =>
      text
        .replace('postgres://wholeview@db.internal/wholeview', store ?? '')
        .replace('postgres://wholeview@ssd.internal/ssd', ssd ?? '')
        .replace('https://login.example/jwks.json', keys.jwksUri)
        .replaceAll(/^wholeview(?=\/|$)/gm, join(folder, 'wholeview'))
  })
  afterAll(async () => {
    await gateway?.close()
    await keys?.close()
    for (const database of databases) await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('does each step, and answers', async () => {
    const [first = '', steps = ''] = blocks('sh')
    environment = { LOG_LEVEL: 'silent' }
    expect(await command(`wholeview init ${join(folder, 'wholeview')}`)).toMatchObject({ code: 0 })
    expect(first.trim()).toBe('wholeview init wholeview')

    const [settings = '', registry = '', mapping = '', issuers = ''] = blocks('yaml').map((text) => here(text))
    const file = (name: string) => join(folder, 'wholeview', name)
    const kept = readFileSync(file('wholeview.yaml'), 'utf8')
    writeFileSync(
      file('wholeview.yaml'),
      `${kept}\n${settings}`.replaceAll('postgres://wholeview@ssd.internal/ssd', databases[1]?.url ?? ''),
    )
    writeFileSync(file('registry.yaml'), registry)
    writeFileSync(file('issuers.yaml'), issuers)
    writeFileSync(file('socialCare.yaml'), mapping)
    writeFileSync(file('pupils.json'), blocks('json')[0] ?? '')

    const lines = steps.trim().split('\n')
    expect(lines[0]).toBe('export WHOLEVIEW_CONFIG=wholeview/wholeview.yaml')
    environment = { ...environment, WHOLEVIEW_CONFIG: file('wholeview.yaml') }
    expect(lines.at(-1)).toBe('wholeview start')
    const answers: string[] = []
    for (const line of lines.slice(1, -1)) {
      const { code, text } = await command(line)
      expect(`${line}\n${code === 0 ? '' : text}`).toBe(`${line}\n`)
      answers.push(text)
    }
    expect(answers.join('\n')).toContain('Took in 3 people. 3 new children, 0 records linked')
    expect(answers.join('\n')).toContain('1 person in the register. 0 new children, 1 record linked')
    // Of the holders, and of the kinds of which nobody is named: an empty table is no answer.
    for (const line of [/^ *EASTVALE-ACADEMY +ASKED/m, /^ *LA2-CSC +ASKED/m, /^ *police +NOT_CONNECTED/m])
      expect(answers.at(-1)).toMatch(line)
    const again = await command('wholeview identity resolve')
    expect(again.text).toContain('Took in 4 people. 0 new children, 0 records linked')

    const config = readConfig(settingsOf(environment), { PORT: '0' })
    expect(config.production).toBe(true)
    gateway = await startGateway(gatewayModule, config, { log: createLog('silent') })
    const now = Math.floor(Date.now() / 1000)
    const token = (organisation: string, purpose: string) =>
      signRaw(
        JSON.stringify(goodHeader),
        JSON.stringify({
          ...{ iss: 'https://login.example', aud: audience, sub: 'worker.one', client_id: 'case-system' },
          ...{ jti: `token-${purpose}-0123456789`, iat: now, exp: now + 200, org: organisation, role: 'SOCIAL_WORKER' },
          authorization_details: [{ type: 'child-disclosure', purpose }],
        }),
      )
    const query = `{ findChild(agencyId: { agency: CHILDRENS_SOCIAL_CARE, value: "70001" }) {
      names { given family } status { level cpCategory } socialCare { plans { from } }
      education { enrolments { school } } sources { agency state contact holders { contact } } missing { total { value completeness } } } }`
    const answer = await post(gateway.url, token('LA2-CSC', 'ASSESSMENT_S17'), query)
    expect(answer.errors ?? []).toEqual([])
    expect(answer.data?.['findChild']).toMatchObject({
      names: Array(2).fill({ given: 'Amelia', family: 'Harcastle' }),
      status: { level: 'CHILD_PROTECTION', cpCategory: 'NEG' },
      socialCare: { plans: [{ from: '2026-07-01' }] },
      education: { enrolments: [{ school: 'Eastvale Academy' }] },
      sources: expect.arrayContaining([
        {
          ...{ agency: 'POLICE', state: 'NOT_CONNECTED', holders: [] },
          contact: 'Force 1 public protection desk, 01632 960021',
        },
        expect.objectContaining({ agency: 'HEALTH', state: 'NOT_CONNECTED' }),
      ]),
      missing: { total: { completeness: 'AT_LEAST' } },
    })
    // Of the demonstration nothing is there: neither whom to ask, nor a place.
    expect(answer.text).toContain('01632 960012')
    expect(answer.text).not.toMatch(/01632 9603/)
    expect((await post(gateway.url, token('LA3-CSC', 'ASSESSMENT_S17'), query)).status).toBe(401)

    // A wrong new file changes nothing and is told; a right one is in force at once.
    writeFileSync(file('issuers.yaml'), issuers.replace('SOCIAL_WORKER', 'WIZARD'))
    expect((await gateway.reload()).join()).toMatch(/ISSUERS_FILE, 0.organisations.0.roles.0.role/)
    expect((await post(gateway.url, token('LA2-CSC', 'S47_ENQUIRY'), query)).status).toBe(200)
    writeFileSync(
      file('issuers.yaml'),
      issuers.replace('code: LA2-CSC', 'code: LA3-CSC').replace('la: LA2', 'la: null'),
    )
    expect(await gateway.reload()).toEqual([])
    expect((await post(gateway.url, token('LA2-CSC', 'S47_ENQUIRY'), query)).status).toBe(401)
    expect((await post(gateway.url, token('LA3-CSC', 'S47_ENQUIRY'), query)).errors?.[0]?.extensions['code']).toBe(
      'NOT_FOUND',
    )
    writeFileSync(file('issuers.yaml'), issuers)

    // The same of where records are read: a gateway over the new files answers, or the old one goes on.
    writeFileSync(file('socialCare.yaml'), `${mapping}  sevrice: POLICE\nlits: {}\n`)
    expect((await gateway.reload()).join()).toMatch(/socialCare.yaml:\d+: .*lits/)
    expect((await post(gateway.url, token('LA2-CSC', 'S47_ENQUIRY'), query)).status).toBe(401)
    writeFileSync(file('socialCare.yaml'), `${mapping}timeZone: Europe/London\n`)
    const force = `  - id: F1\n    kind: police\n    service: POLICE\n    organisation: F1\n    name: Force 1\n    areas: [LA2]
    la: LA2\n    contact: { office: A new desk }\n    binding: { type: files }\n`
    writeFileSync(file('registry.yaml'), `${registry}${force}`)
    expect(await gateway.reload()).toEqual([])
    const anew = await post(gateway.url, token('LA2-CSC', 'S47_ENQUIRY'), query)
    expect(anew.data?.['findChild']).toMatchObject({ socialCare: { plans: [{ from: '2026-07-01' }] } })
    expect(anew.data?.['findChild']).toMatchObject({
      sources: expect.arrayContaining([
        expect.objectContaining({ agency: 'POLICE', holders: [{ contact: 'A new desk' }] }),
      ]),
    })
  }, 120_000)

  it('loses what an agreement gave when it has ended', async () => {
    const { text } = await command('wholeview --json agreements list')
    const [agreement] = JSON.parse(text) as [{ id: string; organisation: string; document: string }]
    expect(agreement).toMatchObject({ organisation: 'LA2-CSC', document: 'DSA-2026-014' })
    expect((await command(`wholeview agreements end ${agreement.id} --by Operator`)).code).toBe(0)
    expect((await command(`wholeview agreements end ${agreement.id} --by Operator`)).code).toBe(1)
    expect(
      (await command('wholeview agreements add la2 --from 2026-02-30 --title t --document d --purposes NOSE --by me'))
        .text,
    ).toMatch(/la2 is not an organisation code.*2026-02-30 is not a day.*NOSE is no purpose/)
  })

  it('rotates keys, and keeps what an earlier one signed verifiable', async () => {
    const before = JSON.parse((await command('wholeview --json keys list')).text) as { use: string; kid: string }[]
    expect((await command('wholeview keys rotate transfer')).code).toBe(0)
    const after = JSON.parse((await command('wholeview --json keys list')).text) as {
      use: string
      state: string
      kid: string
    }[]
    const old = before.find(({ use }) => use === 'transfer')?.kid
    expect(after).toContainEqual({ use: 'transfer', state: 'retired', kid: old })
    expect(after.find(({ use, state }) => use === 'transfer' && state === 'in use')?.kid).not.toBe(old)
    expect((await command('wholeview keys rotate audit')).code).toBe(2)
    expect((await command(`wholeview init ${join(folder, 'wholeview')}`)).text).toContain('is not empty')
  })
})
