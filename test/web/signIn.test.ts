import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/foundation/config.ts'
import { freePort } from '../../src/main.ts'
import { personOf } from '../../web/signIn/provider.ts'
import { readSignInSetting } from '../../web/signIn/setting.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type Claims, type RunningProvider, startProvider } from './support/provider.ts'

const folder = mkdtempSync(join(tmpdir(), 'wholeview-sign-in-'))
const write = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
  return join(folder, name)
}

const analyst: Claims = {
  sub: 'o.branscombe',
  name: 'Ottilie Branscombe',
  department: 'Eastvale hub',
  groups: ['staff', 'Hub analysts'],
}

/** A way back of which one thing was changed. */
const changed =
  (change: (asked: URLSearchParams) => void) =>
  (back: URL): URL => {
    change(back.searchParams)
    return back
  }

describe('signing in with a provider', () => {
  let provider: RunningProvider
  let gateway: TestGateway
  beforeAll(async () => {
    const port = await freePort('127.0.0.1')
    provider = await startProvider(`http://127.0.0.1:${port}/workbench/signed-in`)
    const { issuer } = provider
    const organisation = { code: 'LA2-MASH', agencyType: 'MASH', la: 'LA2', force: null }
    gateway = await startTestGateway({
      PORT: String(port),
      DEMONSTRATION: 'on',
      DEMO_AS_OF: '2026-11-20T23:59:59Z',
      ISSUERS_FILE: write('issuers.json', [
        {
          ...{ issuer, jwksUri: `${issuer}/jwks`, algorithms: ['ES256'], maxLifetimeSeconds: 300 },
          organisations: [
            { ...organisation, roles: [{ role: 'MASH_ANALYST', purposes: ['MASH_ENQUIRY', 'S47_ENQUIRY'] }] },
          ],
        },
      ]),
      WORKBENCH_FILE: write('workbench.json', {
        provider: {
          issuer,
          name: 'Eastvale',
          clientId: 'wholeview',
          clientSecretFile: write('secret', 'a secret of the client\n'),
        },
        claims: { organisation: 'department', role: 'groups' },
        organisations: { 'Eastvale hub': 'LA2-MASH' },
        roles: { 'Hub analysts': 'MASH_ANALYST', Doctors: 'GP' },
        purposes: { MASH_ANALYST: ['MASH_ENQUIRY', 'POLICING'] },
      }),
    })
  })
  afterAll(async () => {
    await gateway?.close()
    await provider?.close()
  })

  /** A browser's way there and back: cookies of two hosts, redirects followed. */
  const comeBack = async (claims: Claims, spoil: (back: URL) => URL = (back) => back) => {
    provider.becomes(claims)
    const jars = new Map<string, Map<string, string>>()
    let at = new URL(`${gateway.url}/workbench/sign-in/start`)
    for (let step = 0; step < 12; step += 1) {
      const jar = jars.get(at.host) ?? new Map<string, string>()
      jars.set(at.host, jar)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(at, { redirect: 'manual', headers: cookie ? { cookie } : {} })
      for (const set of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';', 1)[0] ?? '').split('=')
        jar.set(name, value)
      }
      const to = response.headers.get('location')
      if (!to) return { status: response.status, html: await response.text(), address: at.pathname, jar }
      at = new URL(to, at)
      if (at.pathname === '/workbench/signed-in') at = spoil(at)
    }
    throw new Error('It went round and round.')
  }

  it('asks for a code with PKCE, and lets in whom the provider vouches for', async () => {
    const start = await fetch(`${gateway.url}/workbench/sign-in/start`, { redirect: 'manual' })
    const asked = new URL(start.headers.get('location') ?? '')
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      client_id: 'wholeview',
    })
    const shown = await comeBack(analyst)
    expect([shown.status, shown.address]).toEqual([200, '/workbench/'])
    expect(shown.html).toContain('Ottilie Branscombe')
    // The registry lets this role declare two purposes, the file leaves it one of them and cannot add to them.
    expect([...shown.html.matchAll(/<option value="([A-Z_0-9]+)"[^>]*>[^<]*·/g)].map((match) => match[1])).toEqual([
      'MASH_ENQUIRY',
    ])
    expect(shown.html).not.toContain('Choose who you are')
  })

  it.each([
    ['an organisation for which the provider does not speak', { ...analyst, department: 'LA5-MASH' }],
    ['a role that the registry does not list', { ...analyst, groups: ['Doctors'] }],
    ['a role that nobody knows', { ...analyst, groups: ['staff'] }],
    ['two roles at once', { ...analyst, groups: ['Hub analysts', 'Doctors'] }],
    ['no organisation', { ...analyst, department: undefined }],
  ])('lets nobody in with %s', async (_, claims) => {
    const shown = await comeBack(claims)
    expect(shown.status).toBe(403)
    expect(shown.html).not.toContain('Find a child')
  })

  it.each<[string, (back: URL) => URL]>([
    ['another state', changed((asked) => asked.set('state', 'x'))],
    ['no state', changed((asked) => asked.delete('state'))],
    ['another code', changed((asked) => asked.set('code', 'x'))],
    [
      'an error',
      (back) => new URL(`${back.origin}${back.pathname}?error=access_denied&state=${back.searchParams.get('state')}`),
    ],
    ['another issuer', changed((asked) => asked.set('iss', 'https://elsewhere.example'))],
  ])('lets nobody in who comes back with %s', async (_, spoil) => {
    expect((await comeBack(analyst, spoil)).status).toBe(403)
  })

  it('lets nobody in by a way back that another browser began', async () => {
    let stolen = ''
    await comeBack(analyst, (back) => {
      stolen = back.href
      back.searchParams.set('code', 'x')
      return back
    })
    expect((await fetch(stolen, { redirect: 'manual' })).status).toBe(403)
  })
})

describe('the file that says who signs people in', () => {
  it('is refused as a whole, with everything that is wrong', () => {
    const file = write('wrong.json', {
      provider: { issuer: 'no address', name: '' },
      claims: {},
      purposes: { KING: ['X'] },
      more: 1,
    })
    expect(() => readSignInSetting(file)).toThrow(
      /provider\.issuer[\s\S]*provider\.clientId[\s\S]*claims\.organisation/,
    )
    expect(() => readSignInSetting(write('none.json', 'nothing'))).toThrow(/is no JSON/)
  })

  it('has to be there where nobody is a persona', () => {
    expect(() => readConfig({ WORKBENCH: 'on', ISSUERS_FILE: write('i.json', []) })).toThrow(
      /WORKBENCH_FILE is missing/,
    )
    expect(readConfig({ ISSUERS_FILE: write('i.json', []) }).workbench).toBeNull()
    expect(readConfig({}).workbench).toEqual({ file: null })
    expect(readConfig({ WORKBENCH: 'off' }).workbench).toBeNull()
  })

  it('takes claims as texts and lists, and nothing else', () => {
    const setting = readSignInSetting(
      write('right.json', {
        provider: { issuer: 'https://login.example', name: 'X', clientId: 'y' },
        claims: { organisation: 'org', role: 'role' },
      }),
    )
    const person = (claims: Claims) => personOf(setting, claims)
    expect(person({ sub: 'a', org: 'F1', role: 'GP' })).toMatchObject({
      ok: true,
      person: { name: 'a', organisation: 'F1', role: 'GP' },
    })
    for (const claims of [
      {},
      { sub: 1, org: 'F1', role: 'GP' },
      { sub: 'a', org: ['F1'], role: 'GP' },
      { sub: 'a', org: 'F1', role: { GP: true } },
      { sub: '', org: 'F1', role: 'GP' },
    ])
      expect(person(claims).ok).toBe(false)
  })
})
