import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { createProofKey, type ProofKey, signProof } from '../../src/auth/signDpopProof.ts'
import { signingKey } from '../../src/auth/signingKeys.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { newDataDir } from '../support/prepared.ts'

let gateway: TestGateway
let dataDir: string
let key: ProofKey
let token: string
beforeAll(async () => {
  dataDir = newDataDir()
  gateway = await startTestGateway({ DATA_DIR: dataDir })
  key = await createProofKey()
  token = await boundToken(key)
})
afterAll(async () => {
  await gateway.close()
  await rm(dataDir, { recursive: true, force: true })
})

const boundToken = async (proofKey: ProofKey): Promise<string> => {
  const asked = {
    tokenUrl: `${gateway.url}/issuer/token`,
    personaId: 'mash-analyst',
    secret: demonstrationSecret,
    proofKey,
  }
  return (await requestToken(asked)).token
}
const proofFor = (change: Partial<Parameters<typeof signProof>[1]> = {}, by = key) =>
  signProof(by, { method: 'POST', url: `${gateway.url}/graphql`, at: new Date(), token, ...change })
const ask = (headers: Record<string, string>, url = gateway.url) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ child(id: "C04") { id } }' }),
  })

describe('a token bound to a key', () => {
  it('is issued by the development issuer and answered with a proof', async () => {
    const response = await ask({ authorization: `DPoP ${token}`, dpop: await proofFor() })
    expect([response.status, await response.json()]).toEqual([200, { data: { child: { id: 'C04' } } }])
  })

  it('is told in the audit leaf by the thumbprint of its key', async () => {
    const leaves = await gateway.opened.setting.audit.ofChild('C04', 5)
    expect(leaves.map(({ caller }) => caller.proven)).toContain(key.thumbprint)
  })

  it('takes every address under which this machine is asked, and no other', async () => {
    const port = new URL(gateway.url).port
    for (const host of ['localhost', '[::1]', '127.0.0.1']) {
      const proof = await proofFor({ url: `http://${host}:${port}/graphql?x=1#y` })
      expect((await ask({ authorization: `DPoP ${token}`, dpop: proof })).status).toBe(200)
    }
    const proof = await proofFor({ url: `http://elsewhere.example:${port}/graphql` })
    expect((await ask({ authorization: `DPoP ${token}`, dpop: proof })).status).toBe(401)
  })

  it.each(['', '/', '/graphql/', '/graphql/native', '/explorer'])(
    'is refused with a proof for another path of this gateway: "%s"',
    async (path) => {
      const proof = await proofFor({ url: `${gateway.url}${path}` })
      expect((await ask({ authorization: `DPoP ${token}`, dpop: proof })).status).toBe(401)
    },
  )

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['as a plain bearer', async () => ({ authorization: `Bearer ${token}` })],
    ['without a proof', async () => ({ authorization: `DPoP ${token}` })],
    [
      'with the proof of another key',
      async () => ({ authorization: `DPoP ${token}`, dpop: await proofFor({}, await createProofKey()) }),
    ],
    [
      'with a proof for another method',
      async () => ({ authorization: `DPoP ${token}`, dpop: await proofFor({ method: 'GET' }) }),
    ],
    [
      'with a proof of an hour ago',
      async () => ({ authorization: `DPoP ${token}`, dpop: await proofFor({ at: new Date(Date.now() - 3_600_000) }) }),
    ],
    [
      'with a proof of another token',
      async () => ({ authorization: `DPoP ${token}`, dpop: await proofFor({ token: `${token}x` }) }),
    ],
    [
      'with two proofs',
      async () => ({ authorization: `DPoP ${token}`, dpop: `${await proofFor()}, ${await proofFor()}` }),
    ],
  ])('is refused %s', async (_, headers) => {
    expect((await ask(await headers())).status).toBe(401)
  })

  it('lets one of twenty requests through that show one proof at once', async () => {
    const headers = { authorization: `DPoP ${token}`, dpop: await proofFor() }
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask(headers)).status))
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 401)])
  })

  it('does not use a proof up when the request is refused for another reason', async () => {
    const proof = await proofFor()
    expect((await ask({ authorization: `Bearer ${token}`, dpop: proof })).status).toBe(401)
    expect((await ask({ authorization: `DPoP ${token}`, dpop: proof })).status).toBe(200)
  })

  it('is not given by the issuer for a proof that was shown before', async () => {
    const dpop = await signProof(key, { method: 'POST', url: `${gateway.url}/issuer/token`, at: new Date() })
    const post = () =>
      fetch(`${gateway.url}/issuer/token`, {
        method: 'POST',
        headers: { dpop },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'gp',
          client_secret: demonstrationSecret,
        }),
      })
    expect((await post()).status).toBe(200)
    expect((await post()).status).toBe(400)
  })
})

describe('a client that proves itself by a key', () => {
  const now = () => Math.floor(Date.now() / 1000)
  let serial = 0
  const assertion = async (
    change: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    by?: Awaited<ReturnType<typeof createProofKey>>,
  ) => {
    const client = await signingKey(join(dataDir, 'keys'), 'client', { mayCreate: false, algorithm: 'ES256' })
    serial += 1
    const claims = {
      iss: 'gp.key',
      sub: 'gp.key',
      aud: `${gateway.url}/issuer`,
      jti: `assertion-${serial}-0123456789`,
      iat: now(),
      exp: now() + 60,
      ...change,
    }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: client.kid, ...header })
      .sign(by?.privateKey ?? client.privateKey)
  }
  const post = async (form: Record<string, string>) => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'gp.key',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      ...form,
    })
    const response = await fetch(`${gateway.url}/issuer/token`, { method: 'POST', body })
    const answer: { access_token?: string; error?: string } = await response.json()
    return { status: response.status, answer }
  }

  it('gets a token that the gateway answers', async () => {
    const { status, answer } = await post({ client_assertion: await assertion() })
    expect(status).toBe(200)
    expect((await ask({ authorization: `Bearer ${answer.access_token}` })).status).toBe(200)
  })

  it('gets none for the same assertion again', async () => {
    const once = await assertion()
    expect((await post({ client_assertion: once })).status).toBe(200)
    expect(await post({ client_assertion: once })).toMatchObject({ status: 401, answer: { error: 'invalid_client' } })
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['the issuer among other audiences', { aud: ['x', 'https://elsewhere.example'] }],
    ['a life of an hour', { exp: Math.floor(Date.now() / 1000) + 3600 }],
    ['a life of 301 seconds', { iat: 1000, exp: 1301 }],
    ['an end in the past', { iat: 1000, exp: 1060 }],
    ['no exp', { exp: undefined }],
    ['no iat', { iat: undefined }],
    ['no jti', { jti: undefined }],
    ['a short jti', { jti: 'short' }],
    ['another client as its issuer', { iss: 'mash-analyst.key' }],
    ['another client as its subject', { sub: 'mash-analyst.key' }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['no audience', { aud: undefined }],
    ['an end as text', { exp: '4102444800' }],
    ['a beginning in the future', { nbf: 4102444800 }],
    ['an end before its beginning', { iat: 4102444800 }],
    ['an unknown kid', {}, { kid: 'unknown' }],
  ])('is refused with %s', async (_, change, header) => {
    const { status } = await post({ client_assertion: await assertion(change, header) })
    expect(status).toBeGreaterThanOrEqual(400)
  })

  it('is refused with the token endpoint as audience, which another server might share', async () => {
    expect(await post({ client_assertion: await assertion({ aud: `${gateway.url}/issuer/token` }) })).toMatchObject({
      status: 401,
    })
    expect(await post({ client_assertion: await assertion({ aud: [`${gateway.url}/issuer`] }) })).toMatchObject({
      status: 401,
    })
  })

  it('is refused with another key, without an assertion, and with the published secret', async () => {
    expect(await post({ client_assertion: await assertion({}, {}, await createProofKey()) })).toMatchObject({
      status: 401,
    })
    expect((await post({ client_assertion: 'a.b.c' })).status).toBeGreaterThanOrEqual(400)
    const secret = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'gp.key',
      client_secret: demonstrationSecret,
    })
    expect(
      (await fetch(`${gateway.url}/issuer/token`, { method: 'POST', body: secret })).status,
    ).toBeGreaterThanOrEqual(400)
  })
})
