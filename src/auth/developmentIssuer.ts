import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { StartupError } from '../foundation/errors.ts'
import type { Purpose } from '../policy/vocabulary.ts'
import { shortLivedAdapter } from './developmentIssuerStore.ts'
import type { IssuerEntry, RegisteredOrganisation } from './issuers.ts'
import type { Persona } from './persona.ts'
import { type PublicJwk, signingKey } from './signingKeys.ts'
import { quietly } from './silenceProviderNotices.ts'

/** Published on purpose: it protects invented people on loopback, and nothing else may ever use it. */
export const demonstrationSecret = 'demonstration-only'

export const defaultAudience = 'https://wholeview.example/graphql'

const lifetimeSeconds = 300
const scopePrefix = 'purpose:'

export interface DevelopmentIssuerOptions {
  /** Where clients reach it, for example `http://127.0.0.1:4000/issuer`; its path is where it is mounted. */
  readonly issuerUrl: string
  readonly keysFolder: string
  readonly personas: readonly Persona[]
  readonly production: boolean
  readonly audience?: string
}

export interface DevelopmentIssuer {
  /** Serves every request under the issuer's path; takes the request as it came, with its full URL. */
  readonly callback: (request: IncomingMessage, response: ServerResponse) => void
  readonly registryEntry: IssuerEntry
  readonly jwks: { readonly keys: readonly PublicJwk[] }
}

/**
 * A real OAuth 2 issuer for the demonstration: the gateway knows it only through the issuer registry and its JWKS over
 * HTTP, like any other. It gives anyone on the machine a token for any persona, hence it refuses to exist in
 * production.
 */
export const createDevelopmentIssuer = async (options: DevelopmentIssuerOptions): Promise<DevelopmentIssuer> => {
  const { issuerUrl, keysFolder, personas, production, audience = defaultAudience } = options
  if (production) {
    throw new StartupError([
      'The development issuer gives a token to anyone who asks and is refused when NODE_ENV is production. Register your own issuer instead.',
    ])
  }
  const key = await signingKey(keysFolder, 'issuer', { mayCreate: true, algorithm: 'ES256' })
  const clientKey = await signingKey(keysFolder, 'client', { mayCreate: true, algorithm: 'ES256' })
  const privateJwk = { ...key.privateKey.export({ format: 'jwk' }), ...key.publicJwk }
  const configuration = configurationOf({ issuerUrl, personas, audience, privateJwk, clientJwk: clientKey.publicJwk })
  const provider = await quietly(async () => {
    const { Provider } = await import('oidc-provider')
    return new Provider(issuerUrl, configuration)
  })
  const { pathname, host } = new URL(issuerUrl)
  return {
    callback: mounted(pathname.replace(/\/$/, ''), host, provider.callback()),
    registryEntry: registryEntryOf(issuerUrl, personas, audience),
    jwks: { keys: [key.publicJwk] },
  }
}

type Callback = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * The provider reads its mount path from `originalUrl`, as Express sets it. Its own addresses come from the issuer URL,
 * never from a `Host` that a client chose.
 */
const mounted =
  (path: string, host: string, callback: Callback) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const originalUrl = request.url ?? '/'
    const url = originalUrl.startsWith(path) ? originalUrl.slice(path.length) : originalUrl
    request.headers.host = host
    callback(Object.assign(request, { originalUrl, url: url.startsWith('/') ? url : `/${url}` }), response)
  }

interface Setting {
  readonly issuerUrl: string
  readonly personas: readonly Persona[]
  readonly audience: string
  readonly privateJwk: Record<string, unknown>
  readonly clientJwk: PublicJwk
}

const configurationOf = ({ issuerUrl, personas, audience, privateJwk, clientJwk }: Setting): Configuration => {
  const byId = new Map(
    personas.flatMap(
      (persona) =>
        [
          [persona.id, persona],
          [keyClientId(persona.id), persona],
        ] as const,
    ),
  )
  return {
    adapter: shortLivedAdapter(),
    jwks: { keys: [privateJwk] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: personas.flatMap((persona) => [secretClient(persona), keyClient(persona, clientJwk)]),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    assertJwtClientAuthClaimsAndHeader: async (_context, claims) => {
      const { errors } = await import('oidc-provider')
      const reason = assertionRefusal(claims, issuerUrl)
      if (reason) throw new errors.InvalidClientAuth(reason)
    },
    scopes: [...new Set(personas.flatMap((persona) => persona.purposes))].map((purpose) => scopePrefix + purpose),
    responseTypes: [],
    ttl: { ClientCredentials: lifetimeSeconds },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256', 'EdDSA', 'Ed25519'],
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: true, allowReplay: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: async (context, resource, client) => {
          const { errors } = await import('oidc-provider')
          if (resource !== audience) throw new errors.InvalidTarget()
          const persona = byId.get(client.clientId)
          if (!persona || !askedPurpose(context, persona))
            throw new errors.InvalidScope('this purpose may not be asked', '')
          return {
            audience,
            scope: scopesOf(persona),
            accessTokenTTL: lifetimeSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
    formats: {
      customizers: {
        jwt: (context, token, parts) => {
          const persona = byId.get(token.clientId ?? '')
          const purpose = persona && askedPurpose(context, persona)
          if (!persona || !purpose) throw new Error('a token was to be made for no persona or purpose')
          Object.assign(parts.payload, claimsOf(persona, purpose))
        },
      },
    },
  }
}

/** The same persona as a client that proves itself by a key instead of the published secret. */
export const keyClientId = (personaId: string): string => `${personaId}.key`

const longestAssertion = 300

/**
 * What the provider leaves to us of a client assertion (RFC 7523): the issuer alone as audience, so that it cannot be
 * played at another server, and five minutes at most. Signature, `iss` and single use it has checked or checks next.
 */
export const assertionRefusal = (claims: Readonly<Record<string, unknown>>, issuerUrl: string): string | null => {
  const { aud, sub, iss, iat, exp, jti } = claims
  if (aud !== issuerUrl) return 'the audience must be the issuer alone'
  if (sub !== iss) return 'subject and issuer must be the client'
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return 'iat and exp must be whole seconds'
  if (Number(exp) - Number(iat) > longestAssertion || Number(exp) <= Number(iat)) return 'it may live five minutes'
  return typeof jti === 'string' && jti.length >= 16 && jti.length <= 256 ? null : 'jti must be at least 16 characters'
}

const keyClient = (persona: Persona, jwk: PublicJwk) => ({
  ...clientOf(persona),
  client_id: keyClientId(persona.id),
  token_endpoint_auth_method: 'private_key_jwt' as const,
  token_endpoint_auth_signing_alg: 'ES256' as const,
  jwks: { keys: [{ ...jwk }] },
})

const secretClient = (persona: Persona) => ({
  ...clientOf(persona),
  client_id: persona.id,
  client_secret: demonstrationSecret,
})

const clientOf = (persona: Persona) => ({
  client_name: persona.title,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  id_token_signed_response_alg: 'ES256' as const,
  scope: scopesOf(persona),
})

const scopesOf = ({ purposes }: Persona): string => purposes.map((purpose) => scopePrefix + purpose).join(' ')

/**
 * The one purpose that the raw `scope` asks for, or the persona's default when it asks for none. Anything else is
 * refused, never passed over.
 */
const askedPurpose = (context: KoaContextWithOIDC, { purposes, defaultPurpose }: Persona): Purpose | null => {
  const scope = context.oidc.params?.['scope']
  if (scope === undefined || scope === '') return defaultPurpose
  return purposes.find((purpose) => scope === scopePrefix + purpose) ?? null
}

const claimsOf = (persona: Persona, purpose: Purpose) => ({
  sub: persona.subject,
  org: persona.organisation,
  role: persona.role,
  authorization_details: [{ type: 'child-disclosure', purpose }],
})

const registryEntryOf = (issuer: string, personas: readonly Persona[], audience: string): IssuerEntry => ({
  issuer,
  jwksUri: `${issuer.replace(/\/$/, '')}/jwks`,
  algorithms: ['ES256'],
  audience,
  maxLifetimeSeconds: lifetimeSeconds,
  development: true,
  organisations: organisationsOf(personas),
})

/** Each organisation with the roles its personas have: the issuer is confined like any other. */
const organisationsOf = (personas: readonly Persona[]): RegisteredOrganisation[] => {
  const organisations = new Map<string, RegisteredOrganisation>()
  for (const { organisation: code, agencyType, la, force, role, purposes } of personas) {
    const organisation = organisations.get(code) ?? { code, agencyType, la, force, roles: [] }
    const known = organisation.roles.some((grant) => grant.role === role)
    if (!known) organisation.roles.push({ role, purposes: [...purposes] })
    organisations.set(code, organisation)
  }
  return [...organisations.values()]
}
