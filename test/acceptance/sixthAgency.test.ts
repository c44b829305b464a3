import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { freePort } from '../../src/main.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { newStore, post, type TestStore } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'
import { checkout, command, type Serving, serve } from './support/processes.ts'

const name = 'youthJustice'
const folders = ['schema', 'resolvers', 'src', 'seeds', 'test', 'lab', 'docs', 'bench', 'web', 'deploy', '.ci']
const singles = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'biome.json',
  'vitest.config.ts',
  '.gitignore',
  '.npmrc',
  'LICENSE',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]
const copied = [...folders, ...singles, 'README.md'].filter((each) => existsSync(join(checkout, each)))

let folder = ''
/** Data of the processes: not in the checkout, whose files are linted. */
let scratch = ''
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

/** The line that a diff adds, put before the one that follows it there: others may have added theirs above. */
const applyDiff = (text: string, diff: string): string => {
  const lines = diff.split('\n')
  const at = lines.findIndex((line) => line.startsWith('+'))
  const [added, next] = [lines[at]?.slice(1), lines[at + 1]?.slice(1)]
  if (!added || !next) throw new Error('The recipe does not say where a line of src/foundation/agencies.ts is added.')
  expect(text.split(next)).toHaveLength(2)
  return text.replace(next, () => `${added}\n${next}`)
}

/** The recipe's text for another agency, in each way of writing its name. */
const named = (text: string, other: string): string => {
  const parts = (name: string) => name.split(/(?=[A-Z])/).map((part) => part.toLowerCase())
  const written = (name: string): readonly string[] => {
    const words = parts(name)
    const pascal = `${name[0]?.toUpperCase()}${name.slice(1)}`
    const spoken = words.join(' ')
    const sentence = `${spoken[0]?.toUpperCase()}${spoken.slice(1)}`
    return [name, pascal, words.join('_').toUpperCase(), words.join('-'), spoken, sentence]
  }
  const others = written(other)
  return written(name).reduce((made, from, at) => made.replaceAll(from, others[at] ?? from), text)
}

/** Runs a program of the checkout's own packages in the copy, to its end. */
const runs = (program: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('node_modules', program), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' },
  })
  return { status, said: `${stdout}${stderr}` }
}

const fewTests = `
import config from './vitest.config.ts'
export default { ...config, test: { ...config.test, globalSetup: [] } }
`

/** What is read of an agency wherever it is joined: not the tests, tools and measurements, which are longer than it. */
const fewTypes = JSON.stringify({ extends: './tsconfig.json', include: ['src', 'resolvers', 'seeds'] })

/** What a field of the answer gave; each test says what it looks like. */
const of = <Shape>(data: Record<string, unknown> | null, field: string): Shape => {
  expect(data?.[field]).toBeTruthy()
  return (data as Record<string, Shape>)[field] as Shape
}

const environment = async (): Promise<Record<string, string>> => ({
  PORT: '0',
  DATA_DIR: await mkdtemp(join(scratch, 'data-')),
  LOG_LEVEL: 'silent',
})

const stores: TestStore[] = []
/** By default a store that a gateway of five agencies filled before; at full size one in which there is nothing yet. */
const installation = async (): Promise<Record<string, string>> => {
  if (isWhole) return environment()
  const store = await newStore()
  stores.push(store)
  return { ...(await environment()), ...store.environment }
}

const ask = async (url: string, persona: string, query: string, purpose?: Purpose) => {
  const { token } = await requestToken({
    tokenUrl: `${url}/issuer/token`,
    personaId: persona,
    secret: demonstrationSecret,
    ...(purpose ? { purpose } : {}),
  })
  return post(url, token, query)
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sixth-agency-')))
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'sixth-agency-data-')))
  for (const each of copied) await cp(join(checkout, each), join(folder, each), { recursive: true })
  await symlink(await realpath(join(checkout, 'node_modules')), join(folder, 'node_modules'))
  recipe = blocksOf(await readFile(join(checkout, 'docs/add-an-agency.md'), 'utf8'))
  const line = join(folder, 'src/foundation/agencies.ts')
  await writeFile(line, applyDiff(await readFile(line, 'utf8'), recipe.get('src/foundation/agencies.ts') ?? ''))
})
afterAll(async () => {
  await gateway?.stop()
  for (const store of stores) await store.remove()
  for (const each of [folder, scratch]) await rm(each, { recursive: true, force: true })
})

const write = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), text)
}
const files = [`schema/${name}.graphql`, `resolvers/${name}.ts`, `src/sources/${name}.ts`, `seeds/${name}.ts`]

// In this order: first nothing but the line, then the files, then a fault in one of them, then the whole.
describe('a sixth agency, by the recipe', () => {
  it('is four new files and one line', () => {
    expect([...recipe.keys()].sort()).toEqual([...files, 'src/foundation/agencies.ts'].sort())
    expect(
      (recipe.get('src/foundation/agencies.ts') ?? '').split('\n').filter((line) => line.startsWith('+')),
    ).toHaveLength(1)
  })

  it.each(['court', 'substanceService'])('is laid out as lint wants it under another name: %s', (other) => {
    for (const [file, text] of recipe) {
      if (!file.endsWith('.ts') || file.startsWith('src/foundation/')) continue
      const renamed = named(text, other)
      const { stdout } = spawnSync(
        process.execPath,
        [join('node_modules', '@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${named(file, other)}`],
        { cwd: folder, encoding: 'utf8', input: renamed },
      )
      expect(stdout).toBe(renamed)
    }
  })

  it('does not start while its files are missing, and names every one', async () => {
    const { code, problems } = await command(['start'], { folder, environment: await environment() })
    expect(code).not.toBe(0)
    for (const file of files) expect(problems).toContain(`The file ${file} is missing.`)
  })

  it.each(sampled(files, 1))('does not start without %s, and names it alone', async (missing) => {
    for (const file of files) {
      if (file === missing) await rm(join(folder, file), { force: true })
      else await write(file, recipe.get(file) ?? '')
    }
    const { code, problems } = await command(['start'], { folder, environment: await environment() })
    expect(code).not.toBe(0)
    expect(problems.match(/The file \S+ is missing\./g)).toEqual([`The file ${missing} is missing.`])
  })

  it('needs no seed in production, where its records and links are not of the demonstration', async () => {
    for (const file of files) if (!file.startsWith('seeds/')) await write(file, recipe.get(file) ?? '')
    await rm(join(folder, `seeds/${name}.ts`), { force: true })
    await writeFile(join(scratch, 'registry.json'), JSON.stringify({ authorities: [], forces: [] }))
    const script = `
      const { loadCatalogue } = await import('./src/composition/catalogue.ts')
      const drawn = await loadCatalogue({ demonstration: false, registryFile: process.argv[1] })
      console.log(Object.keys(drawn.model.layouts).join())`
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', './src/cli/typescript.mjs', '--input-type=module', '-e', script, join(scratch, 'registry.json')],
      { cwd: folder, encoding: 'utf8' },
    )
    expect(status).toBe(0)
    expect(stdout.trim().split(',')).toContain(name)
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
    gateway = await serve(['start'], { folder, environment: await installation() })
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

  it('is listed among those who know the child, while its work goes on', async () => {
    const query = `{ child(id: "C04") { involvements { id kind service agency la contact from to } } }`
    const { data } = await ask(gateway.url, 'social-worker', query)
    const { involvements } = of<{ involvements: { agency: string }[] }>(data, 'child')
    expect(involvements.filter(({ agency }) => agency === 'YOUTH_JUSTICE')).toEqual([
      {
        id: expect.stringMatching(/^youthJustice:/),
        kind: 'VOLUNTARY',
        service: 'YOUTH_JUSTICE',
        agency: 'YOUTH_JUSTICE',
        la: 'LA2',
        contact: '01632 960341',
        from: '2026-10-05',
        to: null,
      },
    ])
  })

  it('has its part in the file of the child whom it is about, with what to do before it leaves', async () => {
    const query = `{ subjectAccess(childId: "C03") { missing sections { agency list beforeRelease records { fields { name value } } } } }`
    const { data, errors } = await ask(gateway.url, 'information-governance', query, 'SUBJECT_ACCESS')
    expect(errors).toEqual([])
    const file = of<{ missing: string[]; sections: { agency: string }[] }>(data, 'subjectAccess')
    expect(file.missing).toEqual([])
    const own = file.sections.filter(({ agency }) => agency === 'YOUTH_JUSTICE')
    expect(own).toHaveLength(2)
    expect(own).toContainEqual({
      agency: 'YOUTH_JUSTICE',
      list: 'interventions',
      beforeRelease: expect.stringContaining('prevention of crime'),
      records: [{ fields: expect.arrayContaining([{ name: 'offence', value: 'Assault on an emergency worker' }]) }],
    })
    expect(file.sections.length).toBeGreaterThan(own.length)
  })

  it('has people of its own, who read its records and, for a purpose, those of others', async () => {
    const query = `{ child(id: "C03") { youthJustice { interventions { offence } } socialCare { state } } }`
    const { data, errors } = await ask(gateway.url, 'youth-justice-worker', query)
    expect(errors).toEqual([])
    expect(data?.['child']).toMatchObject({
      youthJustice: { interventions: [{ offence: 'Assault on an emergency worker' }] },
      socialCare: { state: expect.stringMatching(/COMPLETE|PARTIAL/) },
    })
    const other = '{ child(id: "C08") { id } }'
    expect((await ask(gateway.url, 'youth-justice-worker', other)).data).toEqual({ child: null })
  })

  it('supplies its part of a transfer, for which its own people answer and nobody else', async () => {
    type Summary = { id: string; completeness: { suppliers: { agency: string; la: string; state: string }[] } }
    const shape = 'id completeness { suppliers { agency la state } }'
    const requested = await ask(
      gateway.url,
      'social-worker',
      `mutation { requestTransfer(childId: "C04", type: CLA_PLACED_OUT, fromLa: "LA2", toLa: "LA5") { ${shape} } }`,
      'TRANSFER_SEND',
    )
    expect(requested.errors).toEqual([])
    const { id, completeness } = of<Summary>(requested.data, 'requestTransfer')
    const own = { agency: 'YOUTH_JUSTICE', la: 'LA2' }
    expect(completeness.suppliers).toContainEqual({ ...own, state: 'OUTSTANDING' })
    const confirm = (persona: string) =>
      ask(
        gateway.url,
        persona,
        `mutation { contributeToTransfer(transferId: "${id}", state: CONTRIBUTED) { ${shape} } }`,
      )
    expect((await confirm('unrelated-officer')).errors[0]?.extensions).toMatchObject({ code: 'NOT_A_PARTY' })
    const confirmed = of<Summary>((await confirm('youth-justice-worker')).data, 'contributeToTransfer')
    expect(confirmed.completeness.suppliers).toContainEqual({ ...own, state: 'CONTRIBUTED' })
  })

  it('leaves type check, lint and the rules of the house as they were', async () => {
    // As the script before `npm run typecheck`: the copy has rows of one agency more.
    const { status: rows } = spawnSync(
      process.execPath,
      ['--import', './src/cli/typescript.mjs', 'src/records/generateRowTypes.ts'],
      { cwd: folder },
    )
    expect(rows).toBe(0)
    expect(await readFile(join(folder, 'src/records/generated.ts'), 'utf8')).toContain('YouthJusticeInterventionRow')
    if (!isWhole) await write('tsconfig.few.json', fewTypes)
    const types = ['--noEmit', ...(isWhole ? [] : ['--project', 'tsconfig.few.json'])]
    expect(runs('typescript/bin/tsc', ...types)).toEqual({ status: 0, said: '' })
    const linted = isWhole ? ['.'] : [...recipe.keys()].filter((file) => file.endsWith('.ts'))
    expect(runs('@biomejs/biome/bin/biome', 'check', ...linted).said).toMatch(/No fixes applied/)
    // As here, but without the stores that are made for a run: these tests ask none.
    await write('vitest.few.config.ts', fewTests)
    const house = ['floors', 'columns', 'descriptions', 'orphans', 'rows']
    const few = [
      ...(isWhole ? ['test/house'] : house.map((name) => `test/house/${name}.test.ts`)),
      'test/seeds/schema.test.ts',
      'test/childView/needs.test.ts',
      'test/transfer/sections.test.ts',
    ]
    const config = ['--config', 'vitest.few.config.ts', '--maxWorkers=1']
    const { status, said } = runs('vitest/vitest.mjs', 'run', ...few, ...config)
    expect(said).not.toMatch(/FAIL/)
    expect(status).toBe(0)
  }, 180_000)

  it('answers the same from a process of its own, and is in the supergraph', async () => {
    const query = `{ child(id: "C03") { youthJustice { state withheld { category reason contact } holdings { list count }
      person { given dateOfBirth } interventions { id eventAt kind weeks note substances provenance { agency system recordedAt } } }
      chronology(agencies: [YOUTH_JUSTICE]) { events { id headline } } } }`
    const shared = await installation()
    const port = await freePort('127.0.0.1')
    const url = `http://127.0.0.1:${port}`
    const subgraph = await serve(['subgraph', name], {
      folder,
      environment: { ...shared, GATEWAY_JWKS: `${url}/.well-known/jwks.json` },
    })
    const remote = await serve(['start'], {
      folder,
      environment: { ...(await installation()), PORT: String(port), YOUTH_JUSTICE_SUBGRAPH_URL: subgraph.url },
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
