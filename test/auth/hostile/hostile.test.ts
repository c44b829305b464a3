import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nothingPresented } from '../../../src/auth/presentedCredentials.ts'
import type { Verifier } from '../../../src/auth/verifyToken.ts'
import { type FakeGateway, startFake } from '../../server/fakeGateway.ts'
import { entryFor, forge, handClock, type KeyServer, keyServer, verifierFor } from '../support.ts'
import { algorithm, publishedKeys } from './algorithm.ts'
import type { Attack } from './attack.ts'
import { claims } from './claims.ts'
import { confinement } from './confinement.ts'
import { header } from './header.ts'
import { json } from './json.ts'
import { address, bound, boundToCertificate, proof, sender } from './sender.ts'
import { signature } from './signature.ts'
import { spelling } from './spelling.ts'

const families = { spelling, json, header, algorithm, signature, claims, confinement, sender }
const all: readonly Attack[] = Object.values(families).flat()

let server: KeyServer
let verify: Verifier
let gateway: FakeGateway
beforeAll(async () => {
  server = await keyServer(publishedKeys)
  verify = verifierFor([entryFor(server.jwksUri)], handClock(), { addresses: [address] })
  gateway = await startFake()
  const { door } = gateway
  door.authenticate = async (authorization, presented) => {
    const verdict = await verify(authorization, presented)
    if (!verdict.ok) reasons.push(verdict.reason)
    return verdict
  }
})
afterAll(async () => {
  await gateway.server.close()
  await server.close()
})
const reasons: string[] = []

const present = ({ token, scheme = 'Bearer', proofs = [], certificate }: Attack) =>
  verify(`${scheme} ${token}`, { ...nothingPresented, proofs, certificate: certificate ?? null })

describe.each(Object.entries(families))('hostile tokens: %s', (_family, attacks) => {
  it.each(attacks.map((attack) => [attack.title, attack] as const))('refuses %s', async (_title, attack) => {
    expect(await present(attack)).toEqual({ ok: false, reason: attack.reason })
  })
})

describe('hostile tokens together', () => {
  it('are about seven hundred, each another one', () => {
    const counts = Object.entries(families).map(([family, attacks]) => `${family} ${attacks.length}`)
    const reasonsMet = new Set(all.map(({ reason }) => reason))
    console.info(`hostile tokens: ${all.length} (${counts.join(', ')}), refused for ${reasonsMet.size} reasons`)
    expect(all.length).toBeGreaterThanOrEqual(700)
    const titles = Object.entries(families).flatMap(([family, attacks]) =>
      attacks.map(({ title }) => `${family} ${title}`),
    )
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  it('get the same bytes and headers over HTTP, whatever was wrong, while the operator learns each reason', async () => {
    const answers = new Map<string, string>()
    let sent = 0
    for (const attack of all) {
      const headers = headersOf(attack)
      if (!headers) continue
      sent += 1
      reasons.length = 0
      const answer = await gateway.post({ query: '{ child(id: 1) { id } }' }, headers)
      const kept = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id')
      answers.set(JSON.stringify([answer.status, kept, answer.text]), attack.title)
      // A certificate is no header: without one, these are refused one step earlier.
      if (attack.certificate === undefined) expect([attack.title, ...reasons]).toEqual([attack.title, attack.reason])
    }
    console.info(`sent over HTTP: ${sent}, different answers: ${answers.size}`)
    expect([...answers.values()]).toHaveLength(1)
    expect([...answers.keys()][0]).toContain('[401,')
    expect(sent).toBeGreaterThan(600)
    expect(gateway.door.opened).toEqual([])
  })

  it('leave good ones good', async () => {
    const beside = { ...nothingPresented, method: 'POST' }
    expect(await verify(`Bearer ${forge()}`)).toMatchObject({ ok: true })
    expect(await verify(`DPoP ${bound}`, { ...beside, proofs: [proof()] })).toMatchObject({ ok: true })
    const attack = sender.find(({ title }) => title === 'another certificate')
    expect(attack?.token).toBe(boundToCertificate)
  })
})

/** What `fetch` can send: visible ASCII, and not longer than Node reads of headers. */
const headersOf = ({ token, scheme = 'Bearer', proofs = [] }: Attack): Record<string, string> | null => {
  const [dpop, ...more] = proofs
  const sendable = (text: string) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
  if (!sendable(token) || more.length > 0 || (dpop !== undefined && !sendable(dpop))) return null
  if (token.length + (dpop?.length ?? 0) > 14_000) return null
  return { authorization: `${scheme} ${token}`, ...(dpop === undefined ? {} : { dpop }) }
}
