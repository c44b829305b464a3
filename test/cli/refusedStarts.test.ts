import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'
import { newDataDir } from '../support/prepared.ts'
import { sampled } from '../support/sample.ts'

const program = fileURLToPath(new URL('../../src/cli/wholeview.mjs', import.meta.url))

interface Ended {
  readonly exitCode: number | null
  readonly said: string
}

/** Runs the command as an operator's supervisor does, and waits until the process is gone. */
const command = (words: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [program, ...words], {
      env: { PATH, HOME, LOG_LEVEL: 'silent', PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 50_000,
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk
      })
    child.once('error', reject)
    child.once('exit', (exitCode) => resolve({ exitCode, said }))
  })

let folder: string
const file = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wholeview-refused-'))
  writeFileSync(file('broken.json'), '{\n  "password": bad')
  writeFileSync(file('list.json'), '[]')
  writeFileSync(file('object.json'), '{}')
  writeFileSync(file('plain.json'), JSON.stringify([{ issuer: 'x', jwksUri: 'http://plain.example/jwks' }]))
  writeFileSync(file('registry.json'), JSON.stringify({ authorities: [], forces: [] }))
  const holder = { id: 'LA2', kind: 'socialCare', service: 'CHILDRENS_SOCIAL_CARE', organisation: 'LA2-CSC', la: null }
  const more = { name: 'Eastvale', areas: [], contact: { office: 'Eastvale, 01632 960012' } }
  const binding = { type: 'sql', database: 'ssd', mapping: 'mapping.yaml' }
  const holders = [{ ...holder, ...more, binding }]
  writeFileSync(file('holders.json'), JSON.stringify({ authorities: [], forces: [], holders }))
  writeFileSync(file('mapping.yaml'), 'extends: ssd\nfoo: 1\n')
  writeFileSync(file('wizards.yaml'), 'extends: ssd\nlists:\n  wizards: {}\n')
  writeFileSync(file('nope.yaml'), 'extends: nope\n')
  writeFileSync(file('wrong-registry.json'), JSON.stringify({ authorities: [{ code: 'LA1' }], forces: [] }))
  writeFileSync(file('issuers.json'), JSON.stringify([issuer]))
  execFileSync('mkfifo', ['-m', '600', file('pipe')])
  symlinkSync('/dev/zero', file('endless.yaml'))
  const aliases = Array.from({ length: 8 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`)
  writeFileSync(file('aliases.yaml'), ['a0: &a0 [x]', ...aliases].join('\n'))
  writeFileSync(file('deep.yaml'), '['.repeat(200_000))
  writeFileSync(file('deeper.yaml'), '- '.repeat(100_000))
  writeFileSync(file('many.yaml'), '- x\n'.repeat(100_000))
  writeFileSync(file('deep.json'), '['.repeat(200_000))
  writeFileSync(file('nested.json'), '['.repeat(200_000) + ']'.repeat(200_000))
  writeFileSync(file('large.json'), ' '.repeat(17 * 1024 * 1024))
  mkdirSync(file('pipe-keys'))
  execFileSync('mkfifo', ['-m', '600', file('pipe-keys/grant.jwk.json')])
  mkdirSync(file('pipe-data'))
  execFileSync('mkfifo', ['-m', '600', file('pipe-data/clock.json')])
  mkdirSync(file('garbage-keys'))
  writeFileSync(file('garbage-keys/grant.jwk.json'), 'garbage', { mode: 0o600 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const issuer = {
  issuer: 'https://issuer.example',
  jwksUri: 'https://issuer.example/jwks',
  algorithms: ['ES256'],
  maxLifetimeSeconds: 300,
  organisations: [
    {
      code: 'LA2-CSC',
      agencyType: 'SOCIAL_CARE',
      la: 'LA2',
      force: null,
      roles: [{ role: 'SOCIAL_WORKER', purposes: ['S17_ASSESSMENT'] }],
    },
  ],
}

const production = () => ({
  NODE_ENV: 'production',
  AUDIENCE: 'https://gateway.example/graphql',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  ISSUERS_FILE: file('issuers.json'),
  REGISTRY_FILE: file('registry.json'),
})

/** Settings of which each names a file. */
const readsFiles = [
  ...['REGISTRY_FILE', 'ISSUERS_FILE', 'AUDIT_WITNESSES_FILE', 'IDENTITY_MODEL', 'POLICY_PACK', 'GATEWAY_JWKS'],
  ...['TLS_CERT', 'SAFELIST_FILE', 'WORKBENCH_FILE', 'HEALTH_MAPPING', 'WHOLEVIEW_CONFIG'],
]

/** What is set, and the words by which the operator finds it. */
const wrong: readonly (readonly [string, () => Record<string, string>, RegExp])[] = [
  ['a misspelt NODE_ENV', () => ({ NODE_ENV: 'Production' }), /NODE_ENV/],
  ['NODE_ENV of other products', () => ({ NODE_ENV: 'prod' }), /NODE_ENV/],
  [
    'an address that the demonstration cannot have',
    () => ({ HOST: '192.0.2.1', PORT: '4997', DEMONSTRATION: 'on' }),
    /HOST/,
  ],
  ['an open address and nothing else', () => ({ HOST: '0.0.0.0' }), /HOST.*DEMONSTRATION=on/],
  [
    'a PostgreSQL and nothing else',
    () => ({ DATABASE_URL: 'postgres://a@127.0.0.1/b' }),
    /DATABASE_URL.*DEMONSTRATION/,
  ],
  ['a misspelt agency', () => ({ SOCIALCARE_DATABASE_URL: 'postgres://a@127.0.0.1/b' }), /SOCIAL_CARE_DATABASE_URL/],
  [
    'an agency in clear',
    () => ({ ...production(), POLICE_SUBGRAPH_URL: 'http://police.example/graphql' }),
    /POLICE_SUBG/,
  ],
  ['no registry in production', () => ({ ...production(), REGISTRY_FILE: '' }), /REGISTRY_FILE is missing/],
  ['issuers that are no JSON', () => ({ ISSUERS_FILE: file('broken.json') }), /ISSUERS_FILE: .*broken\.json.*line 2/],
  ['issuers that are none', () => ({ ISSUERS_FILE: file('list.json') }), /ISSUERS_FILE/],
  ['an issuer without https', () => ({ ISSUERS_FILE: file('plain.json') }), /ISSUERS_FILE, 0\.jwksUri/],
  [
    'a registry that is no JSON',
    () => ({ REGISTRY_FILE: file('broken.json') }),
    /REGISTRY_FILE: .*broken\.json.*line 2/,
  ],
  ['a registry that lacks', () => ({ REGISTRY_FILE: file('wrong-registry.json') }), /authorities\.0\.dfeCode/],
  ['witnesses that are none', () => ({ AUDIT_WITNESSES_FILE: file('list.json') }), /AUDIT_WITNESSES_FILE/],
  ['a safelist that is none', () => ({ SAFELIST_FILE: file('list.json') }), /SAFELIST_FILE/],
  ['a model that is none', () => ({ IDENTITY_MODEL: file('object.json') }), /IDENTITY_MODEL/],
  ['a pack that is none', () => ({ POLICY_PACK: file('object.json') }), /Policy pack/],
  [
    'a certificate that is none',
    () => ({ TLS_CERT: file('list.json'), TLS_KEY: file('list.json') }),
    /TLS_CERT: .*PEM/,
  ],
  ['gateway keys that are none', () => ({ GATEWAY_JWKS: file('object.json') }), /GATEWAY_JWKS/],
  ['a signing key that is none', () => ({ KEYS_DIR: file('garbage-keys') }), /KEYS_DIR: .*grant\.jwk\.json/],
  ['no signing keys in production', production, /KEYS_DIR.*grant[\s\S]*transfer[\s\S]*audit/],
  ...readsFiles.flatMap((name): typeof wrong => [
    [
      `${name} that is a pipe`,
      () => ({ [name]: file('pipe'), ...(name === 'TLS_CERT' ? { TLS_KEY: file('pipe') } : {}) }),
      new RegExp(`${name}: .*pipe.*no regular file`),
    ],
  ]),
  ...['REGISTRY_FILE', 'ISSUERS_FILE', 'HEALTH_MAPPING', 'WHOLEVIEW_CONFIG'].flatMap((name): typeof wrong => [
    [`${name} without end`, () => ({ [name]: file('endless.yaml') }), new RegExp(`${name}: .*no regular file`)],
    [`${name} of nested aliases`, () => ({ [name]: file('aliases.yaml') }), new RegExp(`${name}: .*by aliases`)],
    [`${name} of brackets`, () => ({ [name]: file('deep.yaml') }), new RegExp(`${name}: .*nested too deep`)],
    [`${name} of very many parts`, () => ({ [name]: file('many.yaml') }), new RegExp(`${name}: .*too many parts`)],
    [`${name} of dashes`, () => ({ [name]: file('deeper.yaml') }), new RegExp(`${name}: .*nested too deep`)],
  ]),
  ...['REGISTRY_FILE', 'ISSUERS_FILE'].flatMap((name): typeof wrong => [
    [`${name} of JSON that does not end`, () => ({ [name]: file('deep.json') }), new RegExp(`${name}: .*no`)],
    [`${name} of nested JSON`, () => ({ [name]: file('nested.json') }), new RegExp(name)],
    [`${name} that is too large`, () => ({ [name]: file('large.json') }), new RegExp(`${name}: .*larger than`)],
  ]),
  ['a secret in a pipe', () => ({ DPOP_NONCE_SECRET_FILE: file('pipe') }), /DPOP_NONCE_SECRET_FILE: .*regular/],
  ['a signing key that is a pipe', () => ({ KEYS_DIR: file('pipe-keys') }), /KEYS_DIR: .*grant.*regular/],
  ['a clock that is a pipe', () => ({ DATA_DIR: file('pipe-data') }), /DATA_DIR: .*clock.*regular/],
  ['a DATA_DIR that cannot be made', () => ({ DATA_DIR: '/proc/nothing' }), /DATA_DIR: the folder \/proc\/nothing/],
  ['a KEYS_DIR that cannot be made', () => ({ KEYS_DIR: '/proc/keysx' }), /KEYS_DIR: the folder \/proc\/keysx/],
  ['a DATA_DIR in what is none', () => ({ DATA_DIR: '/dev/null/x' }), /DATA_DIR: the folder \/dev\/null\/x/],
  ['a DATA_DIR of the kernel', () => ({ DATA_DIR: '/sys/x' }), /DATA_DIR: the folder \/sys\/x/],
  ['a public address in clear', () => ({ PUBLIC_URL: 'http://a.example', DEMONSTRATION: 'on' }), /PUBLIC_URL is plain/],
  [
    'a public address with more than a place',
    () => ({ PUBLIC_URL: 'https://a.example/x?y', DEMONSTRATION: 'on' }),
    /PUBLIC_URL has a query/,
  ],
  [
    'a request shorter than a source',
    () => ({ REQUEST_DEADLINE_MS: '100' }),
    /REQUEST_DEADLINE_MS.*SOURCE_DEADLINE_MS/,
  ],
  ['a DATA_DIR that is a file', () => ({ DATA_DIR: file('list.json') }), /DATA_DIR/],
]

/** What settings and files say only together, and what a start finds in no file that a setting names. */
const together: typeof wrong = [
  [
    'procedures and an authority that there are not',
    () => ({ LOCAL_PROCEDURES: 'LA9=england,LA2=foo,LA3=england,LA3=england' }),
    /no authority LA9\. It has: LA1[\s\S]*no procedures foo[\s\S]*LA3 twice/,
  ],
  ['a list of issuers without one', () => ({ ISSUERS_FILE: file('list.json') }), /ISSUERS_FILE names no issuer\. Name/],
  [
    'a registry, a mapping and an address at odds',
    () => ({
      ...production(),
      ISSUERS_FILE: file('list.json'),
      REGISTRY_FILE: file('holders.json'),
      LOCAL_PROCEDURES: 'LA9=england',
    }),
    /names no issuer[\s\S]*HOLDER_SSD_URL is missing[\s\S]*LA9[\s\S]*mapping\.yaml[\s\S]*foo/,
  ],
  [
    'a mapping of a list that there is not',
    () => ({ SOCIAL_CARE_MAPPING: file('wizards.yaml') }),
    /wizards\.yaml[\s\S]*wizards/,
  ],
  ['a mapping that extends nothing', () => ({ SOCIAL_CARE_MAPPING: file('nope.yaml') }), /nope/],
  [
    'a missing setting, and a file beside it',
    () => ({ ...production(), AUDIENCE: '', ISSUERS_FILE: file('list.json') }),
    /AUDIENCE is missing[\s\S]*names no issuer/,
  ],
]

/** The same command line within this process. */
const commandHere = async (words: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ended> => {
  let said = ''
  const write = (text: string) => {
    said += text
    return true
  }
  const env = { LOG_LEVEL: 'silent', PORT: '0', ...settings }
  return { exitCode: await run(words, env, { out: { write }, err: { write } }), said }
}

const expectRefused = ({ exitCode, said }: Ended, reason: RegExp) => {
  expect(said).toMatch(/^The gateway cannot start:\n {2}- /)
  expect(said).toMatch(reason)
  expect(said).not.toMatch(/password|\.ts:\d/)
  expect(exitCode).toBe(1)
  expect(existsSync(file('data/store'))).toBe(false)
}

describe('a start that cannot start', () => {
  it.each(wrong)('ends with 1 and names it: %s', async (_, settings, reason) => {
    expectRefused(await commandHere(['start'], { DATA_DIR: file('data'), ...settings() }), reason)
  })

  it.each(together)('is refused by the check already: %s', async (_, settings, reason) => {
    expectRefused(await commandHere(['config', 'check'], { DATA_DIR: file('data'), ...settings() }), reason)
  })

  it.each(sampled([...wrong, ...together], 3))('is told by the check in the same words: %s', async (_, settings) => {
    const env = { DATA_DIR: file('data'), ...settings() }
    expect(await commandHere(['config', 'check'], env)).toEqual(await commandHere(['start'], env))
  })

  it.each(sampled(wrong, 1))('leaves no process behind: %s', async (_, settings, reason) => {
    expectRefused(await command(['start'], { DATA_DIR: file('data'), ...settings() }), reason)
  })

  it('ends with 1 where no PostgreSQL answers, and names the place without user or password', async () => {
    const settings = { DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:9/none', DEMONSTRATION: 'on' }
    for (const words of [['start'], ['doctor'], ['db', 'status'], ['audit', 'verify']]) {
      const { exitCode, said } = await commandHere(words, { DATA_DIR: file('data'), ...settings })
      expect(said, words.join(' ')).toMatch(/DATABASE_URL: .*127\.0\.0\.1:9\/none: nothing listens there/)
      expect(said).not.toMatch(/hunter2|someone/)
      expect(exitCode, words.join(' ')).toBe(1)
    }
  })
})

describe.skipIf(!hasPostgres())(realTitle('other commands that cannot open the gateway'), () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('end with 1 as well, and leave no connection', async () => {
    const settings = { ...production(), DATABASE_URL: database.url, DATA_DIR: file('production') }
    expect((await commandHere(['db', 'migrate'], settings)).exitCode).toBe(0)
    for (const words of sampled([['audit', 'verify'], ['doctor'], ['start']], 1)) {
      const { exitCode, said } = await command(words, settings)
      expect(said, words.join(' ')).toMatch(/signing key "audit" is missing/)
      expect(exitCode, words.join(' ')).toBe(1)
    }
  })
})

describe('a start on a port that is taken', () => {
  it('opens no store for it', async () => {
    const data = newDataDir()
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const PORT = String(typeof address === 'object' && address ? address.port : 0)
    const refused = await command(['start'], { DATA_DIR: data, PORT })
    await new Promise((resolve) => taken.close(resolve))
    expect(refused).toEqual({ exitCode: 1, said: 'The port is taken. Set another with PORT or --port.\n' })
    expect(existsSync(join(data, 'store/wholeview.lock'))).toBe(false)
    rmSync(data, { recursive: true, force: true })
  })
})
