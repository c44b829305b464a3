import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import {
  createDevelopmentIssuer,
  type DevelopmentIssuer,
  demonstrationSecret,
} from '../../src/auth/developmentIssuer.ts'
import { issuerRegistry } from '../../src/auth/issuers.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { createVerifier, type Verifier } from '../../src/auth/verifyToken.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { audience, type LoopbackServer, listen } from './support.ts'

let keysFolder: string
let server: LoopbackServer
let issuer: DevelopmentIssuer
let verify: Verifier
const printed: unknown[] = []

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation((...parts) => void printed.push(parts))
  vi.spyOn(console, 'info').mockImplementation((...parts) => void printed.push(parts))
  keysFolder = await mkdtemp(join(tmpdir(), 'issuer-'))
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {}
  server = await listen((request, response) => answer(request, response))
  issuer = await createDevelopmentIssuer({ issuerUrl: `${server.url}/issuer`, keysFolder, personas, production: false })
  answer = issuer.callback
  verify = createVerifier({
    registry: issuerRegistry([issuer.registryEntry], { production: false }),
    audience,
    clock: systemClock(),
  })
})
afterAll(async () => {
  await server.close()
  await rm(keysFolder, { recursive: true })
  vi.restoreAllMocks()
})

const ask = (personaId: string, purpose?: Purpose, secret = demonstrationSecret) =>
  requestToken({ tokenUrl: `${server.url}/issuer/token`, personaId, secret, ...(purpose && { purpose }) })
const post = async (form: Record<string, string>) => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'gp',
    client_secret: demonstrationSecret,
    ...form,
  })
  const response = await fetch(`${server.url}/issuer/token`, { method: 'POST', body })
  const answer: unknown = await response.json()
  return { status: response.status, answer }
}

describe('the development issuer', () => {
  it.each(personas)('gives $id a token over HTTP that the gateway accepts through the JWKS', async (persona) => {
    const { token, expiresInSeconds } = await ask(persona.id)
    expect(expiresInSeconds).toBe(300)
    expect(await verify(`Bearer ${token}`)).toMatchObject({
      ok: true,
      caller: {
        subject: persona.subject,
        clientId: persona.id,
        organisation: persona.organisation,
        agencyType: persona.agencyType,
        la: persona.la,
        force: persona.force,
        role: persona.role,
        purpose: persona.defaultPurpose,
      },
    })
  })

  it('gives every purpose that a role may ask for', async () => {
    for (const purpose of personas[0]?.purposes ?? []) {
      const { token } = await ask('mash-analyst', purpose)
      expect(await verify(`Bearer ${token}`)).toMatchObject({ ok: true, caller: { purpose } })
    }
  })

  it('takes the secret in the body too', async () => {
    expect(await post({})).toMatchObject({ status: 200 })
  })

  it('describes itself at its own address, whatever Host a client names', async () => {
    const described = await new Promise<string>((read, fail) => {
      const headers = { host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example' }
      get(`${server.url}/issuer/.well-known/openid-configuration`, { headers }, (response) => {
        response
          .setEncoding('utf8')
          .toArray()
          .then((chunks) => read(chunks.join('')), fail)
      }).on('error', fail)
    })
    expect(JSON.parse(described)).toMatchObject({
      issuer: `${server.url}/issuer`,
      token_endpoint: `${server.url}/issuer/token`,
      jwks_uri: issuer.registryEntry.jwksUri,
      grant_types_supported: ['client_credentials'],
    })
  })

  it('publishes the public key alone', async () => {
    const published: unknown = await (await fetch(issuer.registryEntry.jwksUri)).json()
    expect(published).toEqual(issuer.jwks)
    expect(JSON.stringify(published)).not.toContain('"d"')
  })

  it.each([
    ['a purpose of another role', { scope: 'purpose:AUDIT' }, 'invalid_scope'],
    ['a purpose that does not exist', { scope: 'purpose:CURIOSITY' }, 'invalid_scope'],
    ['two purposes', { scope: 'purpose:DIRECT_CARE purpose:S47_ENQUIRY' }, 'invalid_scope'],
    ['another scope', { scope: 'openid' }, 'invalid_scope'],
    ['another audience', { resource: 'https://elsewhere.example' }, 'invalid_target'],
    ['a wrong secret', { client_secret: 'guess' }, 'invalid_client'],
    ['a persona that does not exist', { client_id: 'nobody' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_, form, error) => {
    const { status, answer } = await post(form)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(answer).toMatchObject({ error })
  })

  it('lets no parameter change what a token says', async () => {
    const { answer } = await post({ org: 'LA2-CSC', role: 'TEAM_MANAGER', sub: 'someone', authorization_details: '[]' })
    const { access_token: token } = answer as { access_token: string } // the assertion below fails for anything else
    expect(await verify(`Bearer ${token}`)).toMatchObject({
      ok: true,
      caller: { role: 'GP', organisation: 'NHS-LA5-GP' },
    })
  })

  it('prints nothing of its own', () => {
    expect(printed).toEqual([])
  })

  it('is refused in production', async () => {
    const start = createDevelopmentIssuer({ issuerUrl: server.url, keysFolder, personas, production: true })
    await expect(start).rejects.toThrow(StartupError)
    expect(() => issuerRegistry([issuer.registryEntry], { production: true })).toThrow(StartupError)
  })
})

describe('the token client', () => {
  it.each([
    ['the persona', () => ask('nobody'), 'The issuer knows no persona "nobody" with this secret.'],
    ['the secret', () => ask('gp', undefined, 'guess'), 'The issuer knows no persona "gp" with this secret.'],
    ['the purpose', () => ask('gp', 'AUDIT'), 'The role of "gp" may not ask for the purpose AUDIT.'],
  ])('says what was wrong: %s', async (_, asking, message) => {
    await expect(asking()).rejects.toThrow(message)
  })

  it('says when nobody answers', async () => {
    const gone = await listen(() => {})
    await gone.close()
    const asking = requestToken({ tokenUrl: `${gone.url}/issuer/token`, personaId: 'gp', secret: 'x' })
    await expect(asking).rejects.toThrow(/does not answer\. Is the gateway running\?/)
  })

  it('says when the answer is no token', async () => {
    const other = await listen((_, response) => void response.end('<html>'))
    const asking = requestToken({ tokenUrl: other.url, personaId: 'gp', secret: 'x' })
    await expect(asking).rejects.toThrow(/its answer is not a token/)
    await other.close()
  })
})
