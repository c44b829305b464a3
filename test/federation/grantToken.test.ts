import { generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatewayKeys } from '../../src/federation/gatewayKeys.ts'
import { decisionOf } from '../../src/federation/grantClaims.ts'
import { type GrantExpectation, signGrant, verifyGrant } from '../../src/federation/grantToken.ts'
import { maskOf } from '../../src/policy/labels.ts'
import { frozenClock, gatewayIssuer, grantFor, type TestGateway, testGateway } from './support/gateway.ts'

const time = frozenClock()
const now = time.clock.now()
const issuedAt = Math.floor(now.getTime() / 1000)
/** The key of the gateway in these tests, which presents its own grants. */
const sender = 'gateway-1'
let gateway: TestGateway
let token: string
let expected: GrantExpectation

beforeAll(async () => {
  gateway = await testGateway(time.clock)
  token = await signGrant(grantFor('police', 'C04'), sender, gateway.signer)
  expected = {
    agency: 'police',
    childId: 'C04',
    sender,
    issuer: gatewayIssuer,
    keys: await gatewayKeys({ set: gateway.jwks }),
    now,
  }
})

const codeOf = async (given: unknown, changes: Partial<GrantExpectation> = {}): Promise<string> =>
  verifyGrant(given, { ...expected, ...changes }).then(
    () => 'OPENED',
    (error: { code?: string }) => error.code ?? 'NOT_A_REFUSAL',
  )

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A grant with the gateway's own signature and claims that are not as it would write them. */
const signed = (claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({
    ...decisionOf(grantFor('police', 'C04')),
    cnf: { kid: sender },
    iss: gatewayIssuer,
    aud: 'police',
    sub: 'C04',
    iat: issuedAt,
    exp: issuedAt + 60,
    jti: 'one',
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'grant+jwt', kid: 'gateway-1', ...header })
    .sign(gateway.signer.key)

describe('a grant', () => {
  it('comes out as it went in', async () => {
    const { grant } = await verifyGrant(token, expected)
    expect(grant).toEqual(grantFor('police', 'C04'))
  })

  it('names its sender, and nothing of the caller’s own token', () => {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims.cnf).toEqual({ kid: sender })
  })

  it('names labels, not bits, and no person of another agency', () => {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    expect(claims).toContain('"headline":["CORE_IDENTITY","SOCIAL_CARE","POLICE_RECORD"]')
    expect(claims).not.toContain('health-C04')
  })

  it('holds for every label at once within the length that is accepted', async () => {
    const all = maskOf(['CORE_IDENTITY', 'CHILD_CONFIDENCE', 'LEGAL_PRIVILEGE'])
    const long = await signGrant(
      grantFor('police', 'C04', {
        headline: all,
        content: all,
        redact: 0,
        heldRecords: Array.from({ length: 200 }, (_, i) => `record-${i}`),
      }),
      sender,
      gateway.signer,
    )
    expect(await codeOf(long)).toBe('OPENED')
  })

  it('is not issued when no agency would accept its length', async () => {
    const heldRecords = Array.from({ length: 2000 }, (_, index) => `record-${index}`)
    await expect(signGrant(grantFor('police', 'C04', { heldRecords }), sender, gateway.signer)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    })
  })

  it.each([undefined, null, ''])('is required: %s is none', async (none) => {
    expect(await codeOf(none)).toBe('GRANT_REQUIRED')
  })
})

describe('a grant is refused', () => {
  it('a little over a minute after it was signed', async () => {
    const at = (seconds: number) => ({ now: new Date(now.getTime() + seconds * 1000) })
    expect(await codeOf(token, at(60))).toBe('OPENED')
    expect(await codeOf(token, at(66))).toBe('GRANT_REFUSED')
  })

  it.each([
    ['at another agency', { agency: 'health' as const }],
    ['for another child', { childId: 'C05' }],
    ['from another sender', { sender: 'router:another' }],
    ['from a sender with no name', { sender: '' }],
    ['from a sender who proved nothing', { sender: null }],
    ['from a gateway that is not this agency’s', { issuer: 'https://other.example' }],
    ['before it was issued', { now: new Date(now.getTime() - 30_000) }],
  ])('%s', async (_, changes) => {
    expect(await codeOf(token, changes)).toBe('GRANT_REFUSED')
  })

  it('when one character of any part is changed', async () => {
    const parts = token.split('.')
    for (const index of [0, 1, 2]) {
      const part = parts[index] ?? ''
      const changed = part.slice(0, 10) + (part[10] === 'A' ? 'B' : 'A') + part.slice(11)
      expect(await codeOf(parts.map((each, at) => (at === index ? changed : each)).join('.'))).toBe('GRANT_REFUSED')
    }
  })

  it('when its encoding is not the only one of its bytes', async () => {
    expect(await codeOf(`${token}=`)).toBe('GRANT_REFUSED')
    expect(await codeOf(` ${token}`)).toBe('GRANT_REFUSED')
    // The last character of 64 bytes carries four bits that mean nothing.
    const last = token.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    expect(await codeOf(token.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1])).toBe('GRANT_REFUSED')
  })

  it.each([
    ['without a signature', { alg: 'none', typ: 'grant+jwt', kid: 'gateway-1' }],
    ['signed by a shared secret', { alg: 'HS256', typ: 'grant+jwt', kid: 'gateway-1' }],
    ['that is an access token', { alg: 'EdDSA', typ: 'at+jwt', kid: 'gateway-1' }],
    ['without a key id', { alg: 'EdDSA', typ: 'grant+jwt' }],
    ['that brings its key', { alg: 'EdDSA', typ: 'grant+jwt', kid: 'gateway-1', jwk: {} }],
    [
      'that brings an address of keys',
      { alg: 'EdDSA', typ: 'grant+jwt', kid: 'gateway-1', jku: 'https://evil.example' },
    ],
  ])('%s', async (_, header) => {
    const [, payload, signature] = token.split('.')
    expect(await codeOf(`${encode(header)}.${payload}.${signature}`)).toBe('GRANT_REFUSED')
    expect(await codeOf(`${encode(header)}.${payload}.`)).toBe('GRANT_REFUSED')
  })

  it('when a member of its header stands twice', async () => {
    const [, payload, signature] = token.split('.')
    const header = '{"alg":"none","alg":"EdDSA","typ":"grant+jwt","kid":"gateway-1"}'
    expect(await codeOf(`${encode(header)}.${payload}.${signature}`)).toBe('GRANT_REFUSED')
  })

  it.each([
    ['of the right key but an unknown id', {}, { kid: 'gateway-2' }],
    ['for several agencies', { aud: ['police', 'health'] }, {}],
    ['that lives longer than a minute', { exp: issuedAt + 3600 }, {}],
    ['that never expires', { exp: undefined }, {}],
    ['that names no sender', { cnf: undefined }, {}],
    ['that is bound to a caller’s token, as grants once were', { cnf: { ath: 'A'.repeat(43) } }, {}],
    ['with a label that this agency does not know', { headline: ['EVERYTHING'] }, {}],
    ['with content whose headline is not granted', { content: ['ADOPTION'] }, {}],
    ['with a label both in full and redacted', { redact: ['POLICE_RECORD'] }, {}],
    ['with a claim that was not agreed', { admin: true }, {}],
    ['without the row gate', { rows: undefined }, {}],
  ])('%s', async (_, claims, header) => {
    expect(await codeOf(await signed(claims, header))).toBe('GRANT_REFUSED')
  })

  it('when another key signed it under the same id', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    const forged = await signGrant(grantFor('police', 'C04'), sender, { ...gateway.signer, key: privateKey })
    expect(await codeOf(forged)).toBe('GRANT_REFUSED')
  })

  it.each([[42], [{ policeGrants: 'x' }], [['a']], ['a.b'], ['....'], ['x'.repeat(17_000)]])(
    'when it is no token: %j',
    async (given) => {
      expect(await codeOf(given)).toBe('GRANT_REFUSED')
    },
  )

  it('with one sentence, whatever the fault', async () => {
    const message = await verifyGrant(token, { ...expected, childId: 'C05' }).catch((error: Error) => error.message)
    expect(message).toBe('The grant is not valid for this agency, child, caller or time.')
  })
})
