import { sign, verify } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishedKeys, signingKey, signingKeyFile } from '../../src/auth/signingKeys.ts'
import { StartupError } from '../../src/foundation/errors.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys')
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

describe('a signing key', () => {
  it('is made once and found again', async () => {
    const made = await signingKey(folder, 'grant', { mayCreate: true })
    const found = await signingKey(folder, 'grant', { mayCreate: false })
    expect(found.publicJwk).toEqual(made.publicJwk)
    expect(made.publicJwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: made.kid })
  })

  it('is named by its thumbprint and publishes nothing private', async () => {
    const { kid, publicJwk } = await signingKey(folder, 'audit', { mayCreate: true })
    expect(kid).toBe(await calculateJwkThumbprint({ ...publicJwk }))
    expect(Object.keys(publicJwk)).not.toContain('d')
  })

  it('lies in a file that only its owner may read, in such a folder, and leaves nothing beside it', async () => {
    await signingKey(folder, 'transfer', { mayCreate: true })
    expect((await stat(signingKeyFile(folder, 'transfer'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(await readdir(folder)).toEqual(['transfer.jwk.json'])
  })

  it('is one key when many ask for it at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => signingKey(folder, 'grant', { mayCreate: true })))
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(1)
  })

  it('signs for jose and for node alike', async () => {
    const { privateKey, publicKey, publicJwk } = await signingKey(folder, 'grant', { mayCreate: true })
    const token = await new SignJWT({ a: 1 }).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey)
    expect((await jwtVerify(token, await importJWK({ ...publicJwk }))).payload).toEqual({ a: 1 })
    const bytes = Buffer.from('leaf')
    expect(verify(null, bytes, publicKey, sign(null, bytes, privateKey))).toBe(true)
  })

  it('is not made where that is not allowed: the operator reads which file is missing and what to do', async () => {
    await expect(signingKey(folder, 'grant', { mayCreate: false })).rejects.toThrow(StartupError)
    await expect(signingKey(folder, 'grant', { mayCreate: false })).rejects.toThrow(
      /grant\.jwk\.json does not exist\. Copy it/,
    )
  })

  it('is refused when every user may read it', async () => {
    await signingKey(folder, 'grant', { mayCreate: true })
    await chmod(signingKeyFile(folder, 'grant'), 0o644)
    await expect(signingKey(folder, 'grant', { mayCreate: true })).rejects.toThrow(/chmod 600/)
  })

  it.each([
    ['is not JSON', () => 'key'],
    ['has no private part', (text: string) => JSON.stringify({ ...JSON.parse(text), d: undefined })],
    [
      'has the public part of another key',
      (text: string) => JSON.stringify({ ...JSON.parse(text), x: Buffer.alloc(32, 7).toString('base64url') }),
    ],
    ['is of another kind', () => JSON.stringify({ kty: 'oct', k: 'AA' })],
  ])('is refused, without its content in the message, when its file %s', async (_, spoil) => {
    await signingKey(folder, 'grant', { mayCreate: true })
    const file = signingKeyFile(folder, 'grant')
    const text = await readFile(file, 'utf8')
    await writeFile(file, spoil(text))
    const { d } = JSON.parse(text) as { d: string } // written by signingKey above
    const error: unknown = await signingKey(folder, 'grant', { mayCreate: true }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartupError)
    expect(String(error)).not.toContain(d)
  })

  it('made for one algorithm is refused for another', async () => {
    await signingKey(folder, 'issuer', { mayCreate: true, algorithm: 'ES256' })
    await expect(signingKey(folder, 'issuer', { mayCreate: true })).rejects.toThrow(/Ed25519/)
  })
})

describe('keys that are published', () => {
  it('say what each is for', async () => {
    const keys = {
      grant: await signingKey(folder, 'grant', { mayCreate: true }),
      audit: await signingKey(folder, 'audit', { mayCreate: true }),
    }
    expect(publishedKeys(keys).map(({ kid, purpose }) => [kid, purpose])).toEqual([
      [keys.grant.kid, 'grant'],
      [keys.audit.kid, 'audit'],
    ])
  })

  it('are refused where one key has two uses', async () => {
    const grant = await signingKey(folder, 'grant', { mayCreate: true })
    await writeFile(signingKeyFile(folder, 'audit'), await readFile(signingKeyFile(folder, 'grant')), { mode: 0o600 })
    const audit = await signingKey(folder, 'audit', { mayCreate: false })
    expect(() => publishedKeys({ grant, audit })).toThrow('"audit" and "grant" are one key')
  })
})
