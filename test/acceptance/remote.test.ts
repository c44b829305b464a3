import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signingKey } from '../../src/auth/signingKeys.ts'
import { proofHeader, signSenderProof } from '../../src/federation/senderProof.ts'
import { type AgencyName, agencies, environmentPrefix } from '../../src/foundation/agencies.ts'
import { freePort } from '../../src/main.ts'
import { createLog } from '../../src/server/log.ts'
import { newStore, post, startTestGateway, type TestGateway, type TestStore } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'
import type { Persona } from './support/people.ts'
import { command, type Serving, serve } from './support/processes.ts'
import { wholeView } from './support/wholeView.ts'

interface Recorded {
  readonly body: string
  /** Every header but what belongs to the connection. */
  readonly headers: Readonly<Record<string, string>>
}

let local: TestGateway
let remote: TestGateway
/** Of the agencies' processes, and of the gateway that asks them: of neither anything is in the other. */
let stores: readonly TestStore[] = []
const subgraphs = new Map<AgencyName, Serving>()
const recorded: Recorded[] = []
const logged: string[] = []
/** What becomes of the police's answers on their way. */
let altered = (answer: string): string => answer
let proxy: Server
let police = ''
/** The router's and the agencies'. */
const routerSecret = 'a secret of a router and its agencies'

const subgraphOf = (name: AgencyName): Serving => {
  const found = subgraphs.get(name)
  if (!found) throw new Error(`The subgraph of ${name} was not started.`)
  return found
}
const urlVariables = (names: readonly AgencyName[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${environmentPrefix(name)}_SUBGRAPH_URL`, subgraphOf(name).url]))

/** Passes everything on to the police's process and keeps a copy; answers come back as `altered` makes them. */
const recordingProxy = (): Server =>
  createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value !== 'string' || ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
          ? []
          : [[name, value]],
      ),
    )
    recorded.push({ body, headers })
    const answer = await send({ body, headers })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(altered(answer.text))
  })

const send = async ({ body, headers }: Recorded): Promise<{ status: number; text: string }> => {
  const response = await fetch(subgraphOf('police').url, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text() }
}

beforeAll(async () => {
  local = await startTestGateway()
  stores = [await newStore(), await newStore()]
  const [apart, own] = stores.map((store) => store.environment)
  const port = await freePort('127.0.0.1')
  const environment = {
    ...apart,
    GATEWAY_JWKS: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    ROUTER_SECRET: routerSecret,
  }
  await Promise.all(
    agencies.map(async (name) =>
      subgraphs.set(name, await serve(['subgraph', name], { environment: { ...environment, PORT: '0' } })),
    ),
  )
  proxy = recordingProxy()
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this form.
  police = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/graphql`
  remote = await startTestGateway(
    {
      ...urlVariables(agencies),
      POLICE_SUBGRAPH_URL: police,
      ...own,
      PORT: String(port),
      SOURCE_DEADLINE_MS: '20000',
    },
    { log: createLog('warn', { write: (line) => logged.push(line) }) },
  )
}, 240_000)
afterAll(async () => {
  await remote?.close()
  proxy?.closeAllConnections()
  proxy?.close()
  await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.stop()))
  await local?.close()
  for (const store of stores) await store.remove()
})

const battery: readonly (readonly [Persona, string])[] = [
  ...['C01', 'C02', 'C04', 'C05', 'C07', 'C10', 'C12'].map((id) => ['mash-analyst', id] as const),
  ...(
    [
      'social-worker',
      'school-dsl',
      'gp',
      'police-public-protection',
      'receiving-officer',
      'information-governance',
      'unrelated-officer',
    ] as const
  ).map((persona) => [persona, 'C04'] as const),
]
/** A kind that one process serves whole does not say which of its holders a record is counted for. */
const withoutRequest = (text: string): string =>
  JSON.stringify(JSON.parse(text), (key, value) =>
    key === 'requestId' ? undefined : key === 'holders' && Array.isArray(value) ? [] : value,
  )

describe('every agency in a process of its own', () => {
  it.each(sampled(battery, 5))('is answered to %s about %s byte for byte as in one process', async (persona, id) => {
    const options = { variables: { id } }
    const one = await local.ask(persona, wholeView(), options)
    const other = await remote.ask(persona, wholeView(), options)
    expect(withoutRequest(other.text)).toBe(withoutRequest(one.text))
    expect(logged).toEqual([])
  })
})

describe('an agency that answers what its grant does not let be read', () => {
  const query = '{ child(id: "C04") { police { missingEpisodes { id } crimes { id } } missing { total { value } } } }'
  interface Answer {
    readonly child: {
      readonly police: Readonly<Record<'missingEpisodes' | 'crimes', readonly { readonly id: string }[]>>
    }
  }
  const asked = async (): Promise<Answer['child']['police']> => {
    const { data, errors } = await remote.ask('mash-analyst', query)
    expect(errors).toEqual([])
    // As the query asks.
    return (data as unknown as Answer).child.police
  }

  it('costs that record alone, and the log says of which list, why and how many', async () => {
    const honest = await asked()
    altered = (text) => {
      const answer = JSON.parse(text)
      const [first] = answer.data._entities[0].police.missingEpisodes
      first.provenance.recordedAt = '2026-12-24T18:00:00Z'
      return JSON.stringify(answer)
    }
    try {
      const { missingEpisodes, crimes } = await asked()
      expect(honest.missingEpisodes.length).toBeGreaterThan(1)
      expect(missingEpisodes).toEqual(honest.missingEpisodes.slice(1))
      expect(crimes).toEqual(honest.crimes)
      expect(logged.map((line) => JSON.parse(line))).toMatchObject([
        { code: 'RECORD_REFUSED', agency: 'police', list: 'missingEpisodes', reason: 'RECORDED_LATER', count: 1 },
      ])
      expect(logged.join()).not.toContain(honest.missingEpisodes[0]?.id)
    } finally {
      altered = (text) => text
      logged.length = 0
    }
  })
})

describe('a grant that was caught on its way to the police', () => {
  const query = '{ child(id: "C04") { police { missingEpisodes { id grade } crimes { offence } } } }'
  let caught: Recorded
  let grant = ''
  const released = () => subgraphOf('police').written().split('"RELEASED"').length

  beforeAll(async () => {
    recorded.length = 0
    await remote.ask('mash-analyst', query)
    const found = recorded.find(({ body }) => body.includes('policeGrants'))
    if (!found) throw new Error('No grant went by.')
    caught = found
    grant = /"policeGrants":\["([^"]+)"/.exec(caught.body)?.[1] ?? ''
    // A process writes its log when it has time: lines about what went before are not counted below.
    for (let seen = -1; seen !== released(); await wait(300)) seen = released()
  })

  /** With the gateway's own proof of it: what is refused is refused for the grant. */
  const provenBody = async (body: string): Promise<Recorded> => ({
    body,
    headers: {
      ...caught.headers,
      [proofHeader]: await signSenderProof({ agency: 'police', url: new URL(police), body }, remote.opened.signer),
    },
  })
  const withGrant = (other: string): Promise<Recorded> => provenBody(caught.body.replace(grant, other))
  const signed = (
    changes: Record<string, unknown>,
    key = remote.opened.signer.key,
    kid = decodeProtectedHeader(grant).kid ?? '',
  ): Promise<string> =>
    new SignJWT({ ...decodeJwt(grant), ...changes })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'grant+jwt', kid })
      .sign(key)

  it('comes with nothing of the caller’s own token', async () => {
    const token = await remote.token('mash-analyst')
    for (const { body, headers } of recorded) {
      expect(headers).not.toHaveProperty('authorization')
      expect(`${body}${JSON.stringify(headers)}`).not.toContain(token.slice(-40))
    }
  })

  it('serves again within its minute, from its gateway, for the same child', async () => {
    const before = released()
    expect((await send(await provenBody(caught.body))).text).toContain('"grade"')
    await expect.poll(released).toBe(before + 1)
  })

  const refusals: readonly (readonly [string, string, () => Promise<Recorded>])[] = [
    [
      'no grant',
      'GRANT_REQUIRED',
      async () => provenBody(caught.body.replace(`"policeGrants":["${grant}"]`, '"policeGrants":null')),
    ],
    [
      'one that has run out',
      'GRANT_REFUSED',
      async () => {
        const now = Math.floor(Date.now() / 1000)
        return withGrant(await signed({ iat: now - 120, exp: now - 60 }))
      },
    ],
    [
      'one that would live for an hour',
      'GRANT_REFUSED',
      async () => withGrant(await signed({ exp: Math.floor(Date.now() / 1000) + 3600 })),
    ],
    ['one for another agency', 'GRANT_REFUSED', async () => withGrant(await signed({ aud: 'health' }))],
    ['one for another child', 'GRANT_REFUSED', async () => provenBody(caught.body.replaceAll('"C04"', '"C05"'))],
    ['one with the proof that went with it', 'GRANT_REFUSED', async () => caught],
    [
      'one with the caller’s access token and no proof',
      'GRANT_REFUSED',
      async () => ({
        body: caught.body,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await remote.token('mash-analyst')}`,
        },
      }),
    ],
    [
      'one with its proof, in another body',
      'GRANT_REFUSED',
      async () => ({ ...caught, body: caught.body.replace('AgencyRecords', 'Another') }),
    ],
    ...(['transfer', 'audit'] as const).map(
      (name) =>
        [
          `one that the gateway’s key for ${name} signed, under its own id`,
          'GRANT_REFUSED',
          async () => {
            const { kid, privateKey } = await signingKey(remote.opened.config.keysDir, name, { mayCreate: false })
            return withGrant(await signed({}, privateKey, kid))
          },
        ] as const,
    ),
    [
      'one that was widened on its way',
      'GRANT_REFUSED',
      async () => {
        const [head, , tail] = grant.split('.')
        const payload = Buffer.from(JSON.stringify({ ...decodeJwt(grant), heldRecords: ['x'] })).toString('base64url')
        return withGrant([head, payload, tail].join('.'))
      },
    ],
    [
      'one that another key signed',
      'GRANT_REFUSED',
      async () => {
        const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
        return withGrant(await signed({}, privateKey))
      },
    ],
  ]

  it.each(refusals)('yields null and a coded refusal as %s, and nothing is released', async (_title, code, make) => {
    const before = released()
    const { text } = await send(await make())
    const answer = JSON.parse(text)
    expect(JSON.stringify(answer.data ?? null)).not.toContain('grade')
    expect(answer.data?._entities ?? [null]).toEqual([null])
    expect(answer.errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual([code])
    expect(text).not.toContain(grant)
    expect(released()).toBe(before)
  })
})

describe('an existing router over the composed supergraph', () => {
  it('gives the same unified view as one process', async () => {
    const token = await remote.token('mash-analyst', 'S47_ENQUIRY')
    // The core stands beside the gateway, with its keys and its issuer, so that the agencies know its grants.
    const core = await serve(['subgraph', 'core'], {
      environment: {
        ...stores[1]?.environment,
        KEYS_DIR: join(remote.dataDir, 'keys'),
        GATEWAY_JWKS: `${remote.url}/.well-known/jwks.json`,
        PORT: '0',
        ROUTER_SECRET: routerSecret,
        SOURCE_DEADLINE_MS: '20000',
        ...urlVariables(agencies),
      },
    })
    try {
      const { out, code } = await command(['supergraph'], { environment: urlVariables(agencies) })
      expect(code).toBe(0)
      const supergraph = out.replace(/http:\/\/127\.0\.0\.1:4100\/graphql/, core.url)
      const router = createGatewayRuntime({
        supergraph,
        logging: false,
        maskedErrors: false,
        landingPage: false,
        hmacSignature: { secret: routerSecret },
        propagateHeaders: {
          fromClientToSubgraphs: ({ request, subgraphName }) =>
            subgraphName.toLowerCase() === 'core' ? { authorization: request.headers.get('authorization') ?? '' } : {},
        },
      })
      const server = createServer(router)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      try {
        // As above.
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const view = `{ child(id: "C04") { id names { given family agency } status { level responsibleLa areaLa }
          missing { total { value completeness without { agency state label reason contact } } reported { value completeness without { agency state label reason contact } } unreported { value completeness without { agency state label reason contact } } byForce { force count { value completeness } } } restrictivePractice { total { value completeness without { agency state label reason contact } } }
          police { missingEpisodes { id grade } notices { kind daysUnserved } } education { attendance { school percentage } }
          health { unscheduledAttendances { setting } } socialCare { plans { level actions { text } } } adultServices { services { service } } } }`
        const other = await post(url, token, view)
        const one = await local.ask('mash-analyst', view, { purpose: 'S47_ENQUIRY' })
        expect(other.errors).toEqual([])
        expect(other.data).toEqual(one.data)
      } finally {
        server.closeAllConnections()
        server.close()
        await router[Symbol.asyncDispose]()
      }
    } finally {
      await core.stop()
    }
  }, 180_000)
})
