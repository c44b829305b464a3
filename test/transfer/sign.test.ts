import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileTransfer } from '../../src/transfer/compile.ts'
import { receiptType, sign } from '../../src/transfer/sign.ts'
import { verifySnapshot, verifySnapshotFile } from '../../src/transfer/verifySnapshot.ts'
import { inputOf, movedWithOpenEnquiry } from './fixtures.ts'

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const other = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const key = { kid: 'transfer-1', privateKey: pair.privateKey }
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'transfer-1', alg: 'EdDSA', use: 'sig' }
const otherJwk = { ...(await exportJWK(other.publicKey)), kid: 'transfer-2' }
const content = compileTransfer(inputOf(movedWithOpenEnquiry))
const { fingerprint, jws } = await sign(content, key)
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

describe('a signed record', () => {
  it('verifies with the public key alone and gives back the content', async () => {
    const result = await verifySnapshot(jws, jwk)
    expect(result).toMatchObject({ ok: true, kid: 'transfer-1', fingerprint })
    expect(result.ok && result.content).toEqual(JSON.parse(JSON.stringify(content)))
  })

  it('verifies with a key set, choosing by key id', async () => {
    expect((await verifySnapshot(jws, { keys: [otherJwk, jwk] })).ok).toBe(true)
  })

  it('has a fingerprint that changes with any content', async () => {
    expect((await sign({ ...content, version: '2.0' }, key)).fingerprint).not.toBe(fingerprint)
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('fails when any one byte is changed, also in spare bits of the encoding', async () => {
    const step = Math.max(1, Math.floor(jws.length / 400))
    const places = new Set(
      Array.from({ length: jws.length }, (_, place) => place).filter((place) => place % step === 0),
    )
    for (let place = jws.length - 90; place < jws.length; place += 1) places.add(place)
    for (let place = 0; place < 80; place += 1) places.add(place)
    for (const place of places) {
      const old = jws[place] ?? ''
      const next = old === '.' ? 'A' : (alphabet[(alphabet.indexOf(old) + 1) % 64] ?? 'A')
      const changed = jws.slice(0, place) + next + jws.slice(place + 1)
      expect((await verifySnapshot(changed, jwk)).ok, `byte ${place}`).toBe(false)
    }
    const last = jws.at(-1) ?? ''
    for (const letter of alphabet)
      if (letter !== last) expect((await verifySnapshot(jws.slice(0, -1) + letter, jwk)).ok, letter).toBe(false)
  })

  it.each([
    ['padding', (text: string) => `${text}=`],
    ['a space', (text: string) => ` ${text}`],
    ['a line break', (text: string) => `${text}\n`],
    ['a fourth part', (text: string) => `${text}.AA`],
    ['no signature', (text: string) => text.slice(0, text.lastIndexOf('.') + 1)],
    ['one byte less', (text: string) => text.slice(0, -1)],
    ['nothing at all', () => ''],
  ])('fails with %s', async (_, change) => {
    expect((await verifySnapshot(change(jws), jwk)).ok).toBe(false)
  })

  it.each([
    ['another key', otherJwk],
    ['another key under the same id', { ...otherJwk, kid: 'transfer-1' }],
    ['an empty key set', { keys: [] }],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['no key', null],
  ])('fails with %s', async (_, given) => {
    expect((await verifySnapshot(jws, given)).ok).toBe(false)
  })

  it('is not taken from a receipt, another type or another algorithm name', async () => {
    expect(await verifySnapshot((await sign(content, key, receiptType)).jws, jwk)).toMatchObject({
      ok: false,
      code: 'HEADER',
    })
    const bare = await new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'transfer+jws', kid: 'transfer-1' })
      .sign(pair.privateKey)
    expect(await verifySnapshot(bare, jwk)).toMatchObject({ ok: false, code: 'CONTENT' })
  })
})

describe('a file of a signed record', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'transfer-'))
    await writeFile(join(folder, 'record.jws'), `${jws}\n`)
    await writeFile(
      join(folder, 'altered.jws'),
      `${jws.slice(0, 200)}${jws[200] === 'A' ? 'B' : 'A'}${jws.slice(201)}\n`,
    )
    await writeFile(join(folder, 'key.json'), JSON.stringify({ keys: [jwk] }))
    await writeFile(join(folder, 'nonsense.json'), 'not JSON')
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('verifies offline', async () => {
    expect((await verifySnapshotFile(join(folder, 'record.jws'), join(folder, 'key.json'))).ok).toBe(true)
  })

  it('fails with a sentence when altered, or when the key file is no key', async () => {
    const altered = await verifySnapshotFile(join(folder, 'altered.jws'), join(folder, 'key.json'))
    expect(altered).toMatchObject({ ok: false, code: 'SIGNATURE' })
    expect(await verifySnapshotFile(join(folder, 'record.jws'), join(folder, 'nonsense.json'))).toMatchObject({
      ok: false,
      code: 'KEY',
    })
  })

  it('rejects when a file is not there', async () => {
    await expect(verifySnapshotFile(join(folder, 'none.jws'), join(folder, 'key.json'))).rejects.toThrow()
  })
})
