import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientCredentials } from '../../../src/sources/bindings/fhir/clientCredentials.ts'
import { patient } from './support/children.ts'
import { grantWithout, never, openSource, rowsOf } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

let server: FhirServer
let issuer: Server
let tokenUrl: string
let keyFile: string
let pemFile: string
let verify: (assertion: string) => Promise<unknown>
/** Forms that came, and what answers them. */
const forms: URLSearchParams[] = []
let answer: { status: number; body: unknown }

beforeAll(async () => {
  server = await startFhirServer()
  await server.put(patient('rowan'))
  const folder = mkdtempSync(join(tmpdir(), 'fhir-key-'))
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true })
  keyFile = join(folder, 'key.json')
  pemFile = join(folder, 'key.pem')
  writeFileSync(keyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'gateway-1', alg: 'ES384' }))
  writeFileSync(pemFile, await exportPKCS8(privateKey))
  verify = (assertion) =>
    jwtVerify(assertion, publicKey, { issuer: 'wholeview', subject: 'wholeview', audience: tokenUrl })
  issuer = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      forms.push(new URLSearchParams(body))
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  tokenUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/token`
})
beforeEach(() => {
  forms.length = 0
  answer = { status: 200, body: { access_token: 'first', token_type: 'bearer', expires_in: 300 } }
})
afterAll(async () => {
  issuer?.close()
  await server?.close()
})

const credentials = (more: object = {}) => ({ clientId: 'wholeview', keyFile, tokenUrl, scope: 'system/*.rs', ...more })
const open = (more: object = {}, now?: () => number) =>
  clientCredentials(credentials(more), server.url, { mayBePlain: true, ...(now ? { now } : {}) })

describe('client credentials by a signed assertion', () => {
  it.each(['JWK', 'PEM'])('signs who it is for whom, with a key as %s, and is asked with the token', async (form) => {
    const tokens = open(form === 'PEM' ? { keyFile: pemFile } : {})
    server.exchanges.length = 0
    expect((await rowsOf(openSource(server.url, tokens).source, grantWithout(['rowan'])))['person']).toHaveLength(1)
    const form_ = forms[0]
    expect(form_?.get('grant_type')).toBe('client_credentials')
    expect(form_?.get('scope')).toBe('system/*.rs')
    expect(form_?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    await expect(verify(form_?.get('client_assertion') ?? '')).resolves.toMatchObject({
      protectedHeader: { alg: 'ES384' },
      payload: { jti: expect.any(String), exp: expect.any(Number) },
    })
    expect(server.exchanges.map(({ headers }) => headers.authorization)).toEqual(
      server.exchanges.map(() => 'Bearer first'),
    )
  })

  it('uses a token until it runs out, and one for all who ask meanwhile', async () => {
    let now = 1_000_000
    const tokens = open({}, () => now)
    await Promise.all([tokens.token(never), tokens.token(never), tokens.token(never)])
    now += 260_000
    await tokens.token(never)
    expect(forms).toHaveLength(1)
    now += 20_000
    await tokens.token(never)
    expect(forms).toHaveLength(2)
    expect(forms[0]?.get('client_assertion')).not.toBe(forms[1]?.get('client_assertion'))
  })

  it('gets another where the server takes it no longer, once', async () => {
    const tokens = open()
    const { source } = openSource(server.url, tokens)
    await tokens.token(never)
    answer = { status: 200, body: { access_token: 'second', token_type: 'Bearer', expires_in: 300 } }
    server.instead = (request, response) => {
      if (request.headers.authorization === 'Bearer second') return false
      response.writeHead(401, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"OperationOutcome"}')
      return true
    }
    expect((await rowsOf(source, grantWithout(['rowan'])))['person']).toHaveLength(1)
    server.instead = (_, response) => {
      response.writeHead(401, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"OperationOutcome"}')
      return true
    }
    server.exchanges.length = 0
    await expect(rowsOf(source, grantWithout(['rowan']))).rejects.toThrow('status 401')
    expect(server.exchanges).toHaveLength(2)
    server.instead = null
  })

  it('finds where tokens are given out, where nobody said', async () => {
    server.instead = (request, response) => {
      if (!request.url?.endsWith('/.well-known/smart-configuration')) return false
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token_endpoint: tokenUrl }))
      return true
    }
    expect(await open({ tokenUrl: null }).token(never)).toBe('first')
    server.instead = null
  })

  it.each([
    [
      'a refusal',
      { status: 400, body: { error: 'invalid_client', error_description: 'unknown key' } },
      'no token: invalid_client unknown key',
    ],
    ['no token', { status: 200, body: { token_type: 'bearer' } }, 'an answer that is no token'],
    [
      'a token of another kind',
      { status: 200, body: { access_token: 'x', token_type: 'mac' } },
      'an answer that is no token',
    ],
    ['a redirect', { status: 302, body: {} }, 'status 302'],
  ])('fails with %s', async (_, given, words) => {
    answer = given
    await expect(open().token(never)).rejects.toThrow(words)
  })

  it('sends no assertion in clear but in the demonstration', async () => {
    const tokens = clientCredentials(credentials(), server.url, { mayBePlain: false })
    await expect(tokens.token(never)).rejects.toThrow('not of HTTPS')
    expect(forms).toEqual([])
  })

  it('says of a key file that holds no key what it has to hold, and nothing of what it holds', async () => {
    writeFileSync(join(keyFile, '..', 'other.pem'), 'a secret of somebody else')
    const failure = open({ keyFile: join(keyFile, '..', 'other.pem') }).token(never)
    await expect(failure).rejects.toThrow('holds no private key')
    await expect(failure).rejects.not.toThrow('somebody else')
  })
})
