import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verifier } from '../../src/auth/verifyToken.ts'
import { type Config, readConfig } from '../../src/foundation/config.ts'
import { startFake } from '../server/fakeGateway.ts'
import { type Certificate, certify } from './certificates.ts'
import { entryFor, es256Jwk, forge, handClock, type KeyServer, keyServer, verifierFor } from './support.ts'

const authority = certify('partners')
const server = certify('gateway', authority)
const client = certify('hub-system', authority)
const other = certify('other-system', authority)
const ownMade = certify('hub-system', null, false)
const bound = forge({}, { cnf: { 'x5t#S256': client.thumbprint } })

let folder: string
let keys: KeyServer
let verify: Verifier
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'))
  await Promise.all([
    writeFile(join(folder, 'cert.pem'), server.cert),
    writeFile(join(folder, 'key.pem'), server.key),
    writeFile(join(folder, 'ca.pem'), authority.cert),
  ])
  keys = await keyServer([es256Jwk])
  verify = verifierFor([entryFor(keys.jwksUri, { senderConstraint: 'mtls' })], handClock())
})
afterAll(async () => {
  await keys.close()
  await rm(folder, { recursive: true })
})

const start = async (overrides: Partial<Config>) => {
  const fake = await startFake(overrides)
  fake.door.authenticate = (authorization, presented) => verify(authorization, presented)
  return fake
}
const body = JSON.stringify({ query: '{ child(id: 1) { id } }' })

describe('a gateway that serves TLS', () => {
  let fake: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    const files = {
      TLS_CERT: join(folder, 'cert.pem'),
      TLS_KEY: join(folder, 'key.pem'),
      TLS_CLIENT_CA: join(folder, 'ca.pem'),
    }
    fake = await start({ tls: readConfig(files).tls })
  })
  afterAll(() => fake.server.close())

  const ask = (token: string, by: Certificate | null, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        ca: authority.cert,
        agent: false,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        ...(by ? { cert: by.cert, key: by.key } : {}),
      }
      request(`${fake.server.url}/graphql`, options, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end(body)
    })

  it('answers at https', () => {
    expect(fake.server.url).toMatch(/^https:/)
  })

  it('answers the holder of the certificate that the token is bound to', async () => {
    expect(await ask(bound, client)).toBe(200)
  })

  it.each<[string, () => Promise<number>]>([
    ['no certificate', () => ask(bound, null)],
    ['another certificate of the same authority', () => ask(bound, other)],
    [
      'a certificate of nobody’s authority with the same name',
      () => ask(forge({}, { cnf: { 'x5t#S256': ownMade.thumbprint } }), ownMade),
    ],
    ['a token that is not bound, though the certificate is good', () => ask(forge(), client)],
    ['the thumbprint in a header', () => ask(bound, null, { 'client-cert': client.thumbprint })],
  ])('refuses %s', async (_, asking) => {
    expect(await asking()).toBe(401)
  })
})

describe('a gateway behind a proxy that ends TLS', () => {
  const value = {
    digest: client.thumbprint,
    hex: Buffer.from(client.thumbprint, 'base64url').toString('hex'),
    whole: `:${client.der.toString('base64')}:`,
  }
  const ask = async (trustedProxy: Config['trustedProxy'], header: string | null, token = bound) => {
    const fake = await start({ trustedProxy })
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      ...(header === null ? {} : { 'client-cert': header }),
    }
    const answer = await fake.post(body, headers)
    await fake.server.close()
    return answer.status
  }
  const proxy = { address: '127.0.0.1', header: 'client-cert' }

  it.each(Object.entries(value))('believes the proxy’s %s', async (_, header) => {
    expect(await ask(proxy, header)).toBe(200)
  })

  it('knows the proxy by its address in IPv6 too', async () => {
    expect(await ask({ ...proxy, address: '::ffff:127.0.0.1' }, value.digest)).toBe(200)
  })

  it.each<[string, Config['trustedProxy'], string | null, string?]>([
    ['from an address that is not the proxy’s', { ...proxy, address: '192.0.2.1' }, value.digest],
    ['when no proxy is configured', null, value.digest],
    ['in another header than the configured one', { ...proxy, header: 'x-client-cert' }, value.digest],
    ['when the proxy says nothing', proxy, null],
    ['when the proxy tells another certificate', proxy, other.thumbprint],
    ['when it is told twice', proxy, `${value.digest}, ${value.digest}`],
    ['in another spelling', proxy, `${value.digest}=`],
    ['when it is a name and not a thumbprint', proxy, 'CN=hub-system'],
    ['for a token that is not bound', proxy, value.digest, forge()],
  ])('believes nothing %s', async (_, trustedProxy, header, token) => {
    expect(await ask(trustedProxy, header, token)).toBe(401)
  })
})

describe('configuration', () => {
  const problems = (env: Record<string, string>): string => {
    try {
      readConfig(env)
      return ''
    } catch (error) {
      return String(error)
    }
  }
  it.each([
    ['a certificate without a key', { TLS_CERT: import.meta.filename }, /TLS_CERT and TLS_KEY go together/],
    ['client certificates without TLS', { TLS_CLIENT_CA: import.meta.filename }, /TLS_CLIENT_CA needs/],
    ['a proxy without a header', { TRUSTED_PROXY: '10.0.0.1' }, /go together/],
    ['a header without a proxy', { CLIENT_CERTIFICATE_HEADER: 'client-cert' }, /go together/],
    ['a proxy that is not an address', { TRUSTED_PROXY: 'any', CLIENT_CERTIFICATE_HEADER: 'x' }, /not an IP address/],
    [
      'the Authorization header',
      { TRUSTED_PROXY: '10.0.0.1', CLIENT_CERTIFICATE_HEADER: 'Authorization' },
      /not the name/,
    ],
    ['a short secret', { DPOP_NONCE_SECRET: 'short' }, /fewer than 32/],
    ['a strict safelist without a list', { SAFELIST: 'strict' }, /SAFELIST_FILE is missing/],
  ])('refuses %s', (_, env, sentence) => {
    expect(problems(env)).toMatch(sentence)
  })
})
