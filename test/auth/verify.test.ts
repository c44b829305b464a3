import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { authorizationHeaders } from '../../src/auth/bearer.ts'
import type { Denylist } from '../../src/auth/denylist.ts'
import { preparse } from '../../src/auth/splitToken.ts'
import { createVerifiedTokens } from '../../src/auth/verifiedTokens.ts'
import type { Verifier } from '../../src/auth/verifyToken.ts'
import {
  audience,
  entryFor,
  es256Jwk,
  forge,
  goodPayload,
  handClock,
  issuer,
  type KeyServer,
  keyServer,
  pairs,
  publicJwk,
  start,
  verifierFor,
} from './support.ts'

let server: KeyServer
let verify: Verifier
const clock = handClock()

beforeAll(async () => {
  server = await keyServer([
    es256Jwk,
    publicJwk(pairs.ed25519.publicKey, { kid: 'ed', alg: 'EdDSA', key_ops: ['verify'] }),
    publicJwk(pairs.rsa.publicKey, { kid: 'rsa', alg: 'PS256' }),
  ])
  verify = verifierFor([entryFor(server.jwksUri)], clock)
})
afterAll(() => server.close())

const bearer = (token: string) => `Bearer ${token}`

/** What a kept token says does not matter here. */
const said = { ok: true, header: {}, payload: {} } as const

describe('a good token', () => {
  it('becomes a caller whose type, authority and force come from the registry', async () => {
    expect(await verify(bearer(forge()))).toEqual({
      ok: true,
      caller: {
        issuer,
        subject: 'ottilie.branscombe',
        clientId: 'hub-system',
        tokenId: 'token-0123456789abcdef',
        organisation: 'LA2-MASH',
        agencyType: 'MASH',
        la: 'LA2',
        force: null,
        role: 'MASH_ANALYST',
        purpose: 'MASH_ENQUIRY',
        expiresAt: start + 300,
      },
    })
  })

  it.each([
    ['EdDSA', () => forge({ alg: 'EdDSA', kid: 'ed' }, {}, pairs.ed25519.privateKey)],
    ['PS256', () => forge({ alg: 'PS256', kid: 'rsa' }, {}, pairs.rsa.privateKey)],
    ['one audience in a list', () => forge({}, { aud: [audience] })],
    ['claims that repeat the registry', () => forge({}, { la: 'LA2', force: null, org_type: 'MASH' })],
    ['an nbf that has come', () => forge({}, { nbf: start })],
    ['an iat thirty seconds ahead', () => forge({}, { iat: start + 30 })],
    ['an end four seconds ago', () => forge({}, { iat: start - 100, exp: start - 4 })],
    ['a life of 600 seconds', () => forge({}, { exp: start + 600 })],
  ])('is accepted with %s', async (_, token) => {
    expect(await verify(bearer(token()))).toMatchObject({ ok: true })
  })

  it('is accepted for the audience that the registry names for its issuer, and for no other', async () => {
    const own = verifierFor([entryFor(server.jwksUri, { audience: 'urn:ours' })], clock)
    expect(await own(bearer(forge({}, { aud: 'urn:ours' })))).toMatchObject({ ok: true })
    expect(await own(bearer(forge()))).toEqual({ ok: false, reason: 'AUDIENCE' })
  })
})

describe('the Authorization header', () => {
  it.each([
    [undefined, 'AUTHORIZATION_MISSING'],
    ['', 'AUTHORIZATION_MISSING'],
    [[], 'AUTHORIZATION_MISSING'],
    ['Basic AAAA', 'AUTHORIZATION_NOT_BEARER'],
    ['Bearer', 'AUTHORIZATION_NOT_BEARER'],
    ['DPoP token', 'NOT_THREE_PARTS'],
    ['GNAP token', 'AUTHORIZATION_NOT_BEARER'],
    ['Bearer\ttoken', 'AUTHORIZATION_NOT_BEARER'],
    [['Bearer a', 'Bearer b'], 'AUTHORIZATION_REPEATED'],
    ['Bearer ', 'NOT_THREE_PARTS'],
  ])('%j is refused: %s', async (header, reason) => {
    expect(await verify(header)).toEqual({ ok: false, reason })
  })

  it('is found as often as it came, whatever its case', () => {
    expect(authorizationHeaders(['Host', 'authorization', 'Authorization', 'a', 'AUTHORIZATION', 'b'])).toEqual([
      'a',
      'b',
    ])
  })
})

describe('one spelling per token', () => {
  it('refuses a good token with any one character changed, added or taken away', async () => {
    const token = forge()
    const change = fc.tuple(
      fc.nat(token.length - 1),
      fc.constantFrom('replace', 'insert', 'remove'),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
    )
    await fc.assert(
      fc.asyncProperty(change, async ([at, kind, character]) => {
        const tail = token.slice(kind === 'insert' ? at : at + 1)
        const changed = token.slice(0, at) + (kind === 'remove' ? '' : character) + tail
        fc.pre(changed !== token)
        expect((await verify(bearer(changed))).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (one, two, three) => {
        const encoded = [one, two, three].map((part) => Buffer.from(part).toString('base64url')).join('.')
        expect(preparse(encoded).ok).toBe(false)
        expect((await verify(bearer(encoded))).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a token seen before', () => {
  it('ends when it ends', async () => {
    const now = handClock()
    const own = verifierFor([entryFor(server.jwksUri)], now)
    expect(await own(bearer(forge()))).toMatchObject({ ok: true })
    now.move(305)
    expect(await own(bearer(forge({}, { jti: 'another-0123456789' })))).toEqual({ ok: false, reason: 'EXPIRED' })
  })

  it('is refused at once when it, its practitioner or its system is revoked', async () => {
    const revoked = new Set<string>()
    const denylist: Denylist = async ({ tokenId, subjects, clients }) =>
      [tokenId, ...subjects, ...clients].some((name) => revoked.has(name))
    const own = verifierFor([entryFor(server.jwksUri)], clock, { denylist })
    const token = bearer(forge())
    for (const name of [goodPayload.jti, goodPayload.sub, goodPayload.client_id]) {
      expect(await own(token)).toMatchObject({ ok: true })
      revoked.add(name)
      expect(await own(token)).toEqual({ ok: false, reason: 'REVOKED' })
      revoked.clear()
    }
  })

  it('is told of meanwhile, when all but its revocation is known and not before', async () => {
    let answer = (_denied: boolean): void => {}
    const denylist = () =>
      new Promise<boolean>((resolve) => {
        answer = resolve
      })
    const own = verifierFor([entryFor(server.jwksUri)], clock, { denylist })
    const told: string[] = []
    const meanwhile = ({ subject }: { readonly subject: string }) => told.push(subject)
    for (const denied of [true, false]) {
      const verdict = own(bearer(forge()), undefined, meanwhile)
      await vi.waitFor(() => expect(told).toHaveLength(1))
      answer(denied)
      expect(await verdict).toMatchObject({ ok: !denied })
      told.length = 0
    }
    const cnf = { jkt: 'A'.repeat(43) }
    for (const payload of [{ exp: 1 }, { aud: 'https://elsewhere.example' }, { role: 'nobody' }, { cnf }])
      expect(await own(bearer(forge({}, payload)), undefined, meanwhile)).toMatchObject({ ok: false })
    expect(await own(bearer(`${forge().slice(0, -4)}AAAA`), undefined, meanwhile)).toMatchObject({ ok: false })
    expect(told).toEqual([])
  })

  it('is refused when nobody can say whether it is revoked', async () => {
    const denylist = () => Promise.reject(new Error('store is down'))
    const own = verifierFor([entryFor(server.jwksUri)], clock, { denylist })
    expect(await own(bearer(forge()))).toEqual({ ok: false, reason: 'REVOCATION_UNKNOWN' })
  })

  it('is not believed in another spelling', async () => {
    const token = forge()
    expect(await verify(bearer(token))).toMatchObject({ ok: true })
    expect(await verify(bearer(`${token}=`))).toEqual({ ok: false, reason: 'SIGNATURE_NOT_BASE64URL' })
  })
})

describe('remembered verdicts', () => {
  it('hold for the same key and until the end of the token', () => {
    const verdicts = createVerifiedTokens()
    verdicts.add('token', 'key', 100, said)
    expect(verdicts.has('token', 'key', 99)).toBe(true)
    expect(verdicts.has('token', 'key', 100)).toBe(false)
  })

  it('end with the key that gave them', () => {
    const verdicts = createVerifiedTokens()
    verdicts.add('token', 'key', 100, said)
    expect(verdicts.has('token', 'another key', 1)).toBe(false)
    expect(verdicts.has('token', 'key', 1)).toBe(false)
  })

  it('are bounded, and the longest unused goes first', () => {
    const verdicts = createVerifiedTokens(2)
    verdicts.add('a', 'key', 100, said)
    verdicts.add('b', 'key', 100, said)
    verdicts.has('a', 'key', 1)
    verdicts.add('c', 'key', 100, said)
    expect(['a', 'b', 'c'].map((token) => verdicts.has(token, 'key', 1))).toEqual([true, false, true])
  })
})
