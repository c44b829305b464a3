import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GatewayKeys, gatewayKeys } from '../../src/federation/gatewayKeys.ts'
import { signGrant, verifyGrant } from '../../src/federation/grantToken.ts'
import { frozenClock, gatewayIssuer, grantFor, type TestGateway, testGateway } from './support/gateway.ts'

const { clock } = frozenClock()
let gateway: TestGateway
let folder: string

beforeAll(async () => {
  gateway = await testGateway(clock)
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

const opensWith = async (source: GatewayKeys): Promise<string> => {
  const keys = await gatewayKeys(source)
  const token = await signGrant(grantFor('police', 'C04'), gateway.signer.kid, gateway.signer)
  const expected = {
    agency: 'police',
    childId: 'C04',
    sender: gateway.signer.kid,
    issuer: gatewayIssuer,
    keys,
    now: clock.now(),
  } as const
  return verifyGrant(token, expected).then(
    () => 'OPENED',
    (error: { code?: string }) => error.code ?? 'NOT_A_REFUSAL',
  )
}

const fileWith = async (text: string): Promise<string> => {
  const file = join(folder, 'jwks.json')
  await writeFile(file, text)
  return file
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

/** An address that publishes a set. */
const publishing = async (set: object): Promise<URL> => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(set))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this form.
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`)
}

describe('an agency takes the keys of its gateway', () => {
  it('from a file it was handed, with keys of other kinds beside them', async () => {
    const keys = [{ kty: 'RSA', kid: 'other', n: 'x', e: 'AQAB' }, ...gateway.jwks.keys]
    expect(await opensWith({ file: await fileWith(JSON.stringify({ keys })) })).toBe('OPENED')
  })

  it('from the address where the gateway publishes them, and fails closed while it is gone', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(gateway.jwks))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address of this form.
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`)
    expect(await opensWith({ url })).toBe('OPENED')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(await opensWith({ url })).toBe('GRANT_REFUSED')
  })

  it.each([
    ['no JSON', '{'],
    ['no set', '[]'],
    ['a set of other keys', '{"keys":[{"kty":"oct","k":"AA"}]}'],
  ])('and does not start on %s', async (_, text) => {
    await expect(gatewayKeys({ file: await fileWith(text) })).rejects.toThrow(
      'has no public Ed25519 key whose purpose is "grant"',
    )
  })

  it.each<[string, (own: object) => object[]]>([
    ['its log', (own) => [{ ...own, purpose: 'audit' }]],
    ['its transfers', (own) => [{ ...own, purpose: 'transfer' }]],
    ['nothing that is said', (own) => [{ ...own, purpose: undefined }]],
    ['grants and its log', (own) => [own, { ...own, purpose: 'audit' }]],
    ['grants and, by another name, its log', (own) => [own, { ...own, purpose: 'audit', kid: 'another' }]],
    ['grants and, by its name, another of its log', (own) => [own, { ...own, purpose: 'audit', x: 'A'.repeat(43) }]],
  ])('and opens nothing with the key of %s', async (_, keysOf) => {
    const [own] = gateway.jwks.keys
    const keys = keysOf({ ...own })
    await expect(opensWith({ set: { keys } })).rejects.toThrow('no Ed25519 key for grants')
    const url = await publishing({ keys })
    expect(await opensWith({ url })).toBe('GRANT_REFUSED')
  })

  it('and does not start without its file', async () => {
    await expect(gatewayKeys({ file: join(folder, 'none.json') })).rejects.toThrow('ENOENT')
  })
})
