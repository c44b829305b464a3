import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const audience = 'https://wholeview.example/graphql'

/** An issuer of access tokens as an authority would register it: keys over HTTP, practitioners of one hub. */
export interface Issuer {
  readonly registryFile: string
  /** So many tokens of different practitioners, valid for ten minutes: the longest the gateway allows. */
  tokens(count: number, who: Practitioner): Promise<string[]>
  close(): void
}

export interface Practitioner {
  readonly organisation: string
  readonly role: string
  readonly purpose: string
}

/** Authorities that have a hub, and in which some of the population lives. */
export const hubs = ['LA2', 'LA5'] as const

/** An analyst of an authority's hub. */
export const analystOf = (la: string): Practitioner => ({
  organisation: `${la}-MASH`,
  role: 'MASH_ANALYST',
  purpose: 'MASH_ENQUIRY',
})
export const analyst: Practitioner = analystOf('LA2')
export const receiver: Practitioner = {
  organisation: 'LA5-CSC',
  role: 'RECEIVING_OFFICER',
  purpose: 'TRANSFER_RECEIVE',
}

export const sender: Practitioner = {
  organisation: 'LA2-CSC',
  role: 'SOCIAL_WORKER',
  purpose: 'TRANSFER_SEND',
}

/** Who asks over many children of the same authority. */
export const manager: Practitioner = {
  organisation: 'LA2-CSC',
  role: 'TEAM_MANAGER',
  purpose: 'ASSESSMENT_S17',
}
export const auditor: Practitioner = { ...manager, purpose: 'PRACTICE_REVIEW' }

export async function openIssuer(folder: string): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const registryFile = `${folder}/issuers.json`
  const organisation = (code: string, agencyType: string, la: string, ...all: readonly Practitioner[]) => ({
    code,
    agencyType,
    la,
    force: null,
    roles: [...new Set(all.map(({ role }) => role))].map((role) => ({
      role,
      purposes: all.filter((each) => each.role === role).map(({ purpose }) => purpose),
    })),
  })
  writeFileSync(
    registryFile,
    JSON.stringify([
      {
        issuer,
        jwksUri: `${issuer}/jwks`,
        algorithms: ['ES256'],
        audience,
        maxLifetimeSeconds: 600,
        organisations: [
          ...hubs.map((la) => organisation(`${la}-MASH`, 'MASH', la, analyst)),
          organisation('LA5-CSC', 'SOCIAL_CARE', 'LA5', receiver),
          organisation('LA2-CSC', 'SOCIAL_CARE', 'LA2', sender, manager, auditor),
        ],
      },
    ]),
  )
  return {
    registryFile,
    tokens: (count, { organisation: org, role, purpose }) =>
      Promise.all(
        Array.from({ length: count }, (_, nth) =>
          new SignJWT({ org, role, client_id: 'bench', authorization_details: [{ type: 'child-disclosure', purpose }] })
            .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
            .setIssuer(issuer)
            .setAudience(audience)
            .setSubject(`practitioner-${nth}`)
            .setJti(randomUUID())
            .setIssuedAt()
            .setExpirationTime('590s')
            .sign(privateKey),
        ),
      ),
    close: () => server.close(),
  }
}
