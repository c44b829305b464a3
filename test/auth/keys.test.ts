import { afterEach, describe, expect, it } from 'vitest'
import { readKeySet } from '../../src/auth/fetchKeySet.ts'
import { createKeyRing, type KeyRing, keyRingSettings } from '../../src/auth/issuerKeys.ts'
import { checkJwk } from '../../src/auth/jwk.ts'
import { hasRocaFingerprint } from '../../src/auth/rocaWeakness.ts'
import {
  encode,
  entryFor,
  es256Jwk,
  forge,
  handClock,
  type KeyServer,
  keyServer,
  listen,
  pairs,
  publicJwk,
  verifierFor,
} from './support.ts'

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const strangerJwk = publicJwk(pairs.stranger.publicKey, { kid: 'new', alg: 'ES256' })

const ring = async (keys: readonly unknown[] = [es256Jwk]) => {
  const server: KeyServer = await keyServer(keys)
  open.push(server)
  const clock = handClock()
  const keyRing: KeyRing = createKeyRing(clock)
  const entry = entryFor(server.jwksUri)
  const find = async (kid = 'es', alg = 'ES256') => {
    const found = await keyRing.find(entry, kid, alg)
    return found.ok ? 'FOUND' : found.reason
  }
  const fail = () => {
    server.answer = (response) => response.writeHead(503).end()
  }
  return { server, clock, entry, find, fail }
}

describe('a key set', () => {
  it('is fetched once, also for many at a time, and kept while fresh', async () => {
    const { server, find } = await ring()
    await Promise.all(Array.from({ length: 20 }, () => find()))
    expect([await find(), server.asked]).toEqual(['FOUND', 1])
  })

  it('lets a new key in as soon as a token names it', async () => {
    const { server, find } = await ring()
    await find()
    server.publish([es256Jwk, strangerJwk])
    expect([await find('new'), server.asked]).toEqual(['FOUND', 2])
  })

  it('drops a retired key, and what was verified with it, when it is no longer fresh', async () => {
    const { server, clock, entry } = await ring()
    const verify = verifierFor([entry], clock)
    const token = `Bearer ${forge({}, { exp: Math.floor(clock.now().getTime() / 1000) + 600 })}`
    expect(await verify(token)).toMatchObject({ ok: true })
    server.publish([publicJwk(pairs.stranger.publicKey, { kid: 'es', alg: 'ES256' })])
    expect(await verify(token)).toMatchObject({ ok: true })
    clock.move(keyRingSettings.freshSeconds)
    expect(await verify(token)).toEqual({ ok: false, reason: 'SIGNATURE' })
  })

  it('is not asked for more than a burst of times on account of invented kids', async () => {
    const { server, clock, find } = await ring()
    await find()
    for (let index = 0; index < 50; index += 1) expect(await find(`invented-${index}`)).toBe('KEY_UNKNOWN')
    expect(server.asked).toBe(1 + keyRingSettings.burst)
    clock.move(keyRingSettings.refillSeconds)
    for (let index = 0; index < 50; index += 1) await find(`invented-${index}`)
    expect(server.asked).toBe(2 + keyRingSettings.burst)
  })

  it('goes on serving known keys during such a burst, and brings a rotation in with its next fetch', async () => {
    const { server, clock, find } = await ring()
    for (let index = 0; index < 10; index += 1) await find(`invented-${index}`)
    expect(await find()).toBe('FOUND')
    server.publish([es256Jwk, strangerJwk])
    clock.move(keyRingSettings.refillSeconds)
    await find('invented-again')
    expect(await find('new')).toBe('FOUND')
  })

  it('is used while its issuer is down, up to a bound', async () => {
    const { clock, find, fail } = await ring()
    await find()
    fail()
    clock.move(keyRingSettings.staleSeconds - 1)
    expect(await find()).toBe('FOUND')
    clock.move(1)
    expect(await find()).toBe('KEY_SET_STATUS')
  })

  it('leaves an issuer that fails alone until the cooldown is over', async () => {
    const { server, clock, find, fail } = await ring()
    fail()
    for (let index = 0; index < 10; index += 1) expect(await find()).toBe('KEY_SET_STATUS')
    expect(server.asked).toBe(1)
    server.publish([es256Jwk])
    clock.move(keyRingSettings.cooldownSeconds)
    expect(await find()).toBe('FOUND')
  })

  it('is not followed to another address', async () => {
    const { server, find } = await ring()
    const elsewhere = await keyServer([es256Jwk])
    open.push(elsewhere)
    server.answer = (response) => response.writeHead(302, { location: elsewhere.jwksUri }).end()
    expect([await find(), elsewhere.asked]).toEqual(['KEY_SET_UNREACHABLE', 0])
  })

  it('is cut off when it grows too large', async () => {
    const { server, find } = await ring()
    server.answer = (response) => {
      response.write('{"keys":[],"filler":"')
      response.end('a'.repeat(100_000))
    }
    expect(await find()).toBe('KEY_SET_TOO_LARGE')
  })

  it('is given up when the issuer never answers', async () => {
    const silent = await listen(() => {})
    open.push(silent)
    const keyRing = createKeyRing(handClock(), { ...keyRingSettings, timeoutMs: 50 })
    const found = await keyRing.find(entryFor(`${silent.url}/jwks`), 'es', 'ES256')
    expect(found).toEqual({ ok: false, reason: 'KEY_SET_UNREACHABLE' })
  })

  it.each([
    ['a page', '<html>', 'KEY_SET_NOT_JSON'],
    ['a list', '[]', 'KEY_SET_NOT_JSON'],
    ['keys twice', '{"keys":[],"keys":[]}', 'KEY_SET_NOT_JSON'],
    ['no keys', '{}', 'KEY_SET_SHAPE'],
    ['a key that is a string', '{"keys":["key"]}', 'KEY_SET_SHAPE'],
    ['one kid twice', JSON.stringify({ keys: [es256Jwk, { ...strangerJwk, kid: 'es' }] }), 'KEY_SET_DUPLICATE_KID'],
    ['33 keys', JSON.stringify({ keys: Array(33).fill({}) }), 'KEY_SET_TOO_MANY_KEYS'],
  ])('is refused when it is %s', async (_, body, reason) => {
    expect(await readKeySet(Buffer.from(body))).toEqual({ ok: false, reason })
  })

  it('passes over keys without a kid', async () => {
    const read = await readKeySet(
      Buffer.from(
        JSON.stringify({
          keys: [
            { ...es256Jwk, kid: undefined },
            { ...es256Jwk, kid: 7 },
          ],
        }),
      ),
    )
    expect(read).toEqual({ ok: true, keys: new Map() })
  })
})

/**
 * A modulus of 2048 bits in the shape that the faulty generator gave: a power of 65537 modulo a product of small
 * primes.
 */
const rocaModulus = (): bigint => {
  const primes = [
    2n,
    3n,
    5n,
    7n,
    11n,
    13n,
    17n,
    19n,
    23n,
    29n,
    31n,
    37n,
    41n,
    43n,
    47n,
    53n,
    59n,
    61n,
    67n,
    71n,
    73n,
    79n,
    83n,
    89n,
    97n,
    101n,
    103n,
    107n,
    109n,
    113n,
    127n,
    131n,
    137n,
    139n,
    149n,
    151n,
    157n,
    163n,
    167n,
  ]
  const product = primes.reduce((left, right) => left * right)
  const power = 65537n ** 12345n % product
  return power + product * ((1n << 2047n) / product + 1n)
}
const base64url = (number: bigint) => Buffer.from(number.toString(16).padStart(512, '0'), 'hex').toString('base64url')

describe('a key', () => {
  const rsa = publicJwk(pairs.rsa.publicKey, { alg: 'PS256' })
  const ed = publicJwk(pairs.ed25519.publicKey, { alg: 'Ed25519' })

  it.each([
    ['P-256 for ES256', es256Jwk],
    ['Ed25519', ed],
    ['Ed25519 under its older name', { ...ed, alg: 'EdDSA' }],
    ['RSA of 2048 bits for PS256', rsa],
  ])('is accepted: %s', async (_, jwk) => {
    expect(await checkJwk(jwk)).toMatchObject({ ok: true })
  })

  it.each([
    ['a shared secret', { kty: 'oct', k: 'AA', alg: 'HS256' }, 'KEY_SYMMETRIC'],
    ['a secret beside a public key', { ...es256Jwk, k: 'AA' }, 'KEY_SYMMETRIC'],
    ['a private EC key', publicJwk(pairs.es256.privateKey, { alg: 'ES256' }), 'KEY_PRIVATE'],
    ['a private RSA key', publicJwk(pairs.rsa.privateKey, { alg: 'PS256' }), 'KEY_PRIVATE'],
    ['a type that does not exist', { ...es256Jwk, kty: 'toString' }, 'KEY_TYPE'],
    ['one for encryption', { ...es256Jwk, use: 'enc' }, 'KEY_USE'],
    ['one for signing and verifying', { ...es256Jwk, key_ops: ['sign', 'verify'] }, 'KEY_USE'],
    ['without alg', { ...es256Jwk, alg: undefined }, 'KEY_ALG_MISSING'],
    ['RSA PKCS #1 v1.5', { ...rsa, alg: 'RS256' }, 'KEY_ALG_NOT_FOR_TYPE'],
    ['EC for PS256', { ...es256Jwk, alg: 'PS256' }, 'KEY_ALG_NOT_FOR_TYPE'],
    ['P-384 for ES256', publicJwk(pairs.p384.publicKey, { alg: 'ES256' }), 'KEY_CURVE'],
    ['X25519', { ...ed, crv: 'X25519' }, 'KEY_CURVE'],
    ['a point that is not on the curve', { ...es256Jwk, y: encode(Buffer.alloc(32, 1)) }, 'KEY_MALFORMED'],
    ['a coordinate that is too short', { ...es256Jwk, y: encode(Buffer.alloc(31, 1)) }, 'KEY_MALFORMED'],
    ['a coordinate in another spelling', { ...es256Jwk, x: `${es256Jwk['x']}=` }, 'KEY_MALFORMED'],
    ['RSA of 1024 bits', publicJwk(pairs.smallRsa.publicKey, { alg: 'PS256' }), 'KEY_RSA_TOO_SMALL'],
    [
      'RSA of 1024 bits with zeroes before it',
      { ...rsa, n: encode(Buffer.concat([Buffer.alloc(128), Buffer.alloc(128, 255)])) },
      'KEY_MALFORMED',
    ],
    ['RSA with exponent 1', { ...rsa, e: 'AQ' }, 'KEY_RSA_EXPONENT'],
    ['RSA with exponent 3', { ...rsa, e: 'Aw' }, 'KEY_RSA_EXPONENT'],
    ['RSA with an exponent in another spelling', { ...rsa, e: 'AAEAAQ' }, 'KEY_RSA_EXPONENT'],
    ['RSA with an even modulus', { ...rsa, n: base64url(1n << 2047n) }, 'KEY_MALFORMED'],
    ['RSA from the faulty generator', { ...rsa, n: base64url(rocaModulus()) }, 'KEY_RSA_ROCA'],
  ])('is refused: %s', async (_, jwk, reason) => {
    expect(await checkJwk(jwk)).toEqual({ ok: false, reason })
  })

  it('of a sound generator has no fingerprint', () => {
    const { n } = pairs.rsa.publicKey.export({ format: 'jwk' })
    expect(hasRocaFingerprint(BigInt(`0x${Buffer.from(n ?? '', 'base64url').toString('hex')}`))).toBe(false)
  })
})
