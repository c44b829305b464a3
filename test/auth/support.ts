import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { IssuerEntry } from '../../src/auth/issuers.ts'
import { issuerRegistry } from '../../src/auth/issuers.ts'
import { createVerifier, type Verifier, type VerifierOptions } from '../../src/auth/verifyToken.ts'
import type { Clock } from '../../src/foundation/clock.ts'

export const audience = 'https://wholeview.example/graphql'
export const issuer = 'https://issuer.example'
export const start = 1_795_000_000

/** A clock that stands still until a test moves it. */
export const handClock = (seconds = start): Clock & { move(by: number): void } => {
  let now = seconds
  return {
    now: () => new Date(now * 1000),
    today: () => new Date(now * 1000),
    move(by) {
      now += by
    },
  }
}

export const pairs = {
  es256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  stranger: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ed25519: generateKeyPairSync('ed25519'),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  smallRsa: generateKeyPairSync('rsa', { modulusLength: 1024 }),
}

export const publicJwk = (key: KeyObject, extra: Record<string, unknown>): Record<string, unknown> => ({
  ...key.export({ format: 'jwk' }),
  ...extra,
})

export const goodHeader = { alg: 'ES256', kid: 'es', typ: 'at+jwt' }
export const goodPayload = {
  iss: issuer,
  aud: audience,
  sub: 'ottilie.branscombe',
  client_id: 'hub-system',
  jti: 'token-0123456789abcdef',
  iat: start,
  exp: start + 300,
  org: 'LA2-MASH',
  role: 'MASH_ANALYST',
  authorization_details: [{ type: 'child-disclosure', purpose: 'MASH_ENQUIRY' }],
}

export const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')

/** Signs exact bytes, so that a test can write what no library would. */
export const signRaw = (
  header: string | Uint8Array,
  payload: string | Uint8Array,
  key = pairs.es256.privateKey,
): string => {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${signatureOf(input, key).toString('base64url')}`
}

const signatureOf = (input: string, key: KeyObject): Buffer => {
  const data = Buffer.from(input)
  if (key.asymmetricKeyType === 'ed25519') return sign(null, data, key)
  if (key.asymmetricKeyType === 'rsa') {
    return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
  }
  return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
}

export const signHmac = (header: object, payload: object, secret: string | Uint8Array): string => {
  const input = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

export const forge = (
  header: Record<string, unknown> = {},
  payload: Record<string, unknown> = {},
  key = pairs.es256.privateKey,
): string => signRaw(JSON.stringify({ ...goodHeader, ...header }), JSON.stringify({ ...goodPayload, ...payload }), key)

export interface LoopbackServer {
  readonly url: string
  readonly close: () => Promise<void>
}

export const listen = async (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LoopbackServer> => {
  const server: Server = createServer(handle)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo // a TCP server that listens has an address with a port
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** A key set over real HTTP whose answer a test may change, and which counts how often it was asked. */
export interface KeyServer extends LoopbackServer {
  readonly jwksUri: string
  asked: number
  answer: (response: ServerResponse) => void
  publish(keys: readonly unknown[]): void
}

export const keyServer = async (keys: readonly unknown[]): Promise<KeyServer> => {
  const server = await listen((_, response) => {
    state.asked += 1
    state.answer(response)
  })
  const state: KeyServer = {
    ...server,
    jwksUri: `${server.url}/jwks`,
    asked: 0,
    answer: () => {},
    publish(published) {
      state.answer = (response) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ keys: published }))
      }
    },
  }
  state.publish(keys)
  return state
}

export const es256Jwk = publicJwk(pairs.es256.publicKey, { kid: 'es', alg: 'ES256', use: 'sig' })

export const entryFor = (jwksUri: string, change: Partial<IssuerEntry> = {}): IssuerEntry => ({
  issuer,
  jwksUri,
  algorithms: ['ES256', 'EdDSA', 'PS256'],
  maxLifetimeSeconds: 600,
  organisations: [
    {
      code: 'LA2-MASH',
      agencyType: 'MASH',
      la: 'LA2',
      force: null,
      roles: [{ role: 'MASH_ANALYST', purposes: ['MASH_ENQUIRY', 'S47_ENQUIRY'] }],
    },
    {
      code: 'F1',
      agencyType: 'POLICE',
      la: null,
      force: 'F1',
      roles: [{ role: 'MISSING_COORDINATOR', purposes: ['MISSING_RESPONSE'] }],
    },
  ],
  ...change,
})

export const verifierFor = (
  entries: readonly IssuerEntry[],
  clock: Clock,
  options: Partial<VerifierOptions> = {},
): Verifier => createVerifier({ registry: issuerRegistry(entries, { production: false }), audience, clock, ...options })
