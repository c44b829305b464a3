import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { freePort } from '../../src/main.ts'
import { post } from '../support/gateway.ts'
import { checkout, command, type Serving, serve } from './support/processes.ts'

const name = 'youthJustice'
const copied = ['schema', 'resolvers', 'src', 'seeds', 'package.json', 'tsconfig.json']

let folder = ''
let gateway: Serving
let recipe: ReadonlyMap<string, string>

/** The blocks of the recipe by the file that their heading names. */
const blocksOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/^## /m).flatMap((section) => {
      const file = /^\d\. [^`\n]*`([^`\n]+)`/.exec(section)?.[1]
      const block = /^```\w+\n([\s\S]*?)^```/m.exec(section)?.[1]
      return file && block ? [[file, block] as const] : []
    }),
  )

const applyDiff = (text: string, diff: string): string => {
  const lines = (sign: string) =>
    diff
      .split('\n')
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n')
  const [removed, added] = [lines('-'), lines('+')]
  if (removed === '' || added === '') throw new Error('The recipe does not say which line of src/agencies.ts changes.')
  expect(text).toContain(removed)
  return text.replace(removed, added)
}

const environment = async (): Promise<Record<string, string>> => ({
  PORT: '0',
  DATA_DIR: await mkdtemp(join(folder, 'data-')),
  LOG_LEVEL: 'silent',
})

const ask = async (url: string, persona: string, query: string) => {
  const { token } = await requestToken({
    tokenUrl: `${url}/issuer/token`,
    personaId: persona,
    secret: demonstrationSecret,
  })
  return post(url, token, query)
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sixth-agency-')))
  for (const each of copied) await cp(join(checkout, each), join(folder, each), { recursive: true })
  await symlink(await realpath(join(checkout, 'node_modules')), join(folder, 'node_modules'))
  recipe = blocksOf(await readFile(join(checkout, 'docs/add-an-agency.md'), 'utf8'))
  const line = join(folder, 'src/agencies.ts')
  await writeFile(line, applyDiff(await readFile(line, 'utf8'), recipe.get('src/agencies.ts') ?? ''))
})
afterAll(async () => {
  await gateway?.stop()
  await rm(folder, { recursive: true, force: true })
})

const write = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), text)
}
const files = [`schema/${name}.graphql`, `resolvers/${name}.ts`, `src/sources/${name}.ts`, `seeds/${name}.ts`]

// In this order: first nothing but the line, then the files, then a fault in one of them, then the whole.
describe('a sixth agency, by the recipe', () => {
  it('is four new files and one line', () => {
    expect([...recipe.keys()].sort()).toEqual([...files, 'src/agencies.ts'].sort())
    expect((recipe.get('src/agencies.ts') ?? '').split('\n').filter((line) => line.startsWith('+'))).toHaveLength(1)
  })

  it('does not start while its files are missing, and names every one', async () => {
    const { code, problems } = await command(['start'], { folder, environment: await environment() })
    expect(code).not.toBe(0)
    for (const file of files) expect(problems).toContain(`The file ${file} is missing.`)
  })

  it.each(files)('does not start without %s, and names it alone', async (missing) => {
    for (const file of files) {
      if (file === missing) await rm(join(folder, file), { force: true })
      else await write(file, recipe.get(file) ?? '')
    }
    const { code, problems } = await command(['start'], { folder, environment: await environment() })
    expect(code).not.toBe(0)
    expect(problems.match(/The file \S+ is missing\./g)).toEqual([`The file ${missing} is missing.`])
  })

  it('does not start with a field that nobody classified, and names its coordinate', async () => {
    for (const file of files) await write(file, recipe.get(file) ?? '')
    const sdl = recipe.get(files[0] ?? '') ?? ''
    await write(
      files[0] ?? '',
      sdl
        .replace(
          'type YouthJusticeIntervention implements Sourced @label(is: INVOLVEMENT, level: HEADLINE)',
          'type YouthJusticeIntervention implements Sourced',
        )
        .replace('note: String @label(is: SOCIAL_CARE)', 'note: String'),
    )
    const { code, problems } = await command(['start'], { folder, environment: await environment() })
    expect(code).not.toBe(0)
    expect(problems).toContain('YouthJusticeIntervention.note has no @label')
    await write(files[0] ?? '', sdl)
  })

  it('starts, and is joined to the child with its own decision', async () => {
    gateway = await serve(['start'], { folder, environment: await environment() })
    const query = `{ child(id: "C03") { youthJustice { state interventions { kind from to weeks offence note substances withheld { category reason } } }
      sources { agency state recordCount } chronology(agencies: [YOUTH_JUSTICE]) { total events { headline action } } } }`
    const hub = await ask(gateway.url, 'mash-analyst', query)
    expect(hub.errors).toEqual([])
    expect(hub.data?.['child']).toEqual({
      youthJustice: {
        state: 'COMPLETE',
        interventions: [
          {
            kind: 'ORDER',
            from: '2025-03-10',
            to: '2025-09-05',
            weeks: 25,
            offence: 'Assault on an emergency worker',
            note: 'Ended without a review; goes out at night with older people',
            substances: ['Cannabis', 'Alcohol'],
            withheld: [],
          },
        ],
      },
      sources: expect.arrayContaining([{ agency: 'YOUTH_JUSTICE', state: 'COMPLETE', recordCount: 1 }]),
      chronology: {
        total: 4,
        events: expect.arrayContaining([
          {
            headline: 'Youth justice: ORDER from 10 March 2025 to 5 September 2025',
            action: 'Ended without a review; goes out at night with older people',
          },
        ]),
      },
    })
    const lead = await ask(gateway.url, 'school-dsl-eastvale', query)
    expect(lead.data?.['child']).toMatchObject({
      youthJustice: {
        state: 'PARTIAL',
        interventions: [
          {
            kind: 'ORDER',
            weeks: 25,
            offence: null,
            note: null,
            // Hidden from schools: as if there were none.
            substances: [],
            withheld: expect.arrayContaining([{ category: 'SOCIAL_CARE', reason: 'W_ROLE_NOT_PERMITTED' }]),
          },
        ],
      },
      chronology: {
        events: expect.arrayContaining([
          { headline: 'Youth justice: ORDER from 10 March 2025 to 5 September 2025', action: null },
        ]),
      },
    })
    expect(lead.text).not.toContain('Cannabis')
    expect(lead.text).not.toContain('older people')
    expect((await ask(gateway.url, 'unrelated-officer', query)).data).toEqual({ child: null })
  })

  it('answers the same from a process of its own, and is in the supergraph', async () => {
    const query = `{ child(id: "C03") { youthJustice { state withheld { category reason contact } holdings { list count }
      person { given dateOfBirth } interventions { id eventAt kind weeks note substances provenance { agency system recordedAt } } }
      chronology(agencies: [YOUTH_JUSTICE]) { events { id headline } } } }`
    const shared = await environment()
    const port = await freePort('127.0.0.1')
    const url = `http://127.0.0.1:${port}`
    const subgraph = await serve(['subgraph', name], {
      folder,
      environment: { ...shared, GATEWAY_JWKS: `${url}/.well-known/jwks.json` },
    })
    const remote = await serve(['start'], {
      folder,
      environment: { ...shared, PORT: String(port), YOUTH_JUSTICE_SUBGRAPH_URL: subgraph.url },
    })
    try {
      for (const persona of ['mash-analyst', 'social-worker', 'school-dsl-eastvale'])
        expect((await ask(remote.url, persona, query)).text, persona).toBe(
          (await ask(gateway.url, persona, query)).text,
        )
    } finally {
      await Promise.all([remote.stop(), subgraph.stop()])
    }
    const { code, out } = await command(['supergraph'], { folder, environment: shared })
    expect(code).toBe(0)
    expect(out).toContain('type YouthJusticeIntervention')
  }, 180_000)
})
