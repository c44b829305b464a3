import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { read } from '../house/files.ts'
import { createTestDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { isWhole } from '../support/sample.ts'
import { type Installation, install, packed } from './installation.ts'

const version = z.object({ version: z.string() }).parse(JSON.parse(read('package.json'))).version

// Whole processes that start from nothing, on a machine that may have other work.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
beforeAll(() => {
  folder = packed()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('holds the program, what it reads and what a reader wants, and no source', () => {
    const files = readdirSync(join(folder, 'package'))
    expect(files.sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'docs', 'package.json'].sort(),
    )
    const all = readdirSync(join(folder, 'package'), { recursive: true, encoding: 'utf8' })
    expect(all.filter((path) => /\.tsx?$|\.env|\.jwk|package-lock/.test(path))).toEqual([])
  })

  it('holds no path of the machine that packed it', () => {
    const dist = join(folder, 'package', 'dist')
    const telling = readdirSync(dist).filter(
      (name) => name.endsWith('.mjs') && readFileSync(join(dist, name), 'utf8').includes(process.cwd()),
    )
    expect(telling).toEqual([])
  })
})

describe('installed in a folder that its user may not write to', () => {
  let installed: Installation
  beforeAll(() => {
    installed = install(folder, { optional: true })
  })
  afterAll(() => installed.remove())

  it('has no compiler beside it', () => {
    expect(installed.packages.filter((name) => /esbuild|typescript|vite|tsx|swc/.test(name))).toEqual([])
    expect(installed.packages).toContain('graphql')
  })

  it('tells its commands and its version', async () => {
    expect(await installed.run(['--help'])).toMatchObject({
      exitCode: 0,
      err: '',
      out: expect.stringContaining('start'),
    })
    expect(await installed.run(['--version'])).toMatchObject({ exitCode: 0, out: `${version}\n` })
  })

  it('checks its configuration, and keeps its data where its user stands', async () => {
    const { exitCode, out } = await installed.run(['config', 'check'])
    expect(exitCode).toBe(0)
    expect(out).toContain(join(installed.home, 'wholeview-data'))
    expect(await installed.run(['config', 'check'], { PORT: 'x' })).toMatchObject({ exitCode: 1 })
  })

  it('serves the demonstration with nothing set, answers a query, and ends when it is told to', async () => {
    const { url, stop } = await installed.serve()
    const given = await fetch(`${url}/issuer/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`mash-analyst:${demonstrationSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const { access_token } = z.object({ access_token: z.string() }).parse(await given.json())
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ child(id: "C04") { missing { total { value completeness } unreported { value } } } }',
      }),
    })
    expect(await answer.json()).toEqual({
      data: { child: { missing: { total: { value: 50, completeness: 'WHOLE' }, unreported: { value: 5 } } } },
    })
    expect((await fetch(`${url}/explorer`)).status).toBe(200)
    const page = await (await fetch(`${url}/workbench/sign-in`)).text()
    expect(page).toContain('Ottilie Branscombe')
    const style = await fetch(`${url}${/href="([^"]+\.css)"/.exec(page)?.[1]}`)
    expect([style.status, (await style.text()).includes('.wv-panel')]).toEqual([200, true])
    expect(await stop()).toMatchObject({ exitCode: 0 })
    expect(readdirSync(installed.home)).toEqual(['wholeview-data'])
  })
})

describe.skipIf(!isWhole)('installed without what only the demonstration needs', () => {
  let installed: Installation
  beforeAll(() => {
    installed = install(folder, { optional: false })
  })
  afterAll(() => installed.remove())

  it('has none of it', () => {
    expect(installed.packages.filter((name) => /oidc-provider|@graphql-yoga|koa/.test(name))).toEqual([])
  })

  it('says what the demonstration lacks, and ends', async () => {
    const { exitCode, err } = await installed.run(['start', '--port', '0'])
    expect(exitCode).toBe(1)
    expect(err).toContain('oidc-provider')
    expect(err).toContain('ISSUERS_FILE')
  })

  it.skipIf(!hasPostgres())(realTitle('starts in production, with no explorer'), async () => {
    const { url: databaseUrl, drop } = await createTestDatabase()
    const keys = installed.own(
      'keys',
      Object.fromEntries(['grant', 'transfer', 'audit'].map((name) => [`${name}.jwk.json`, newKey()])),
    )
    try {
      const settings = {
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        AUDIENCE: 'https://gateway.example/graphql',
        ISSUERS_FILE: join(installed.own('settings', { 'issuers.json': [issuer] }), 'issuers.json'),
        REGISTRY_FILE: join(installed.own('registry', { 'registry.json': registry }), 'registry.json'),
        KEYS_DIR: keys,
        INTROSPECTION: 'on',
      }
      expect(await installed.run(['db', 'migrate'], settings)).toMatchObject({ exitCode: 0 })
      const { url, stop } = await installed.serve(settings)
      expect((await fetch(`${url}/health/live`)).status).toBe(200)
      expect((await fetch(`${url}/explorer`)).status).toBe(404)
      const asked = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      })
      expect(asked.status).toBe(401)
      expect(await stop()).toMatchObject({ exitCode: 0 })
    } finally {
      await drop()
    }
  })
})

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })

const registry = {
  authorities: [
    { code: 'LA2', name: 'Two', dfeCode: '802', gssCode: 'E00000002', force: 'F1', contact: '01632 960001' },
  ],
  forces: [{ code: 'F1', name: 'One', contact: '101' }],
}

const issuer = {
  issuer: 'https://issuer.example',
  jwksUri: 'https://issuer.example/jwks',
  algorithms: ['ES256'],
  audience: 'https://gateway.example/graphql',
  maxLifetimeSeconds: 300,
  organisations: [
    {
      code: 'LA2-CSC',
      agencyType: 'SOCIAL_CARE',
      la: 'LA2',
      force: null,
      roles: [{ role: 'SOCIAL_WORKER', purposes: ['S47_ENQUIRY'] }],
    },
  ],
}
