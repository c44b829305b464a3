import { createHash } from 'node:crypto'
import * as client from 'openid-client'
import { textOf } from '../../src/foundation/settingFile.ts'
import { derive } from '../session/sealedIds.ts'
import type { Person } from '../session/signedInPerson.ts'
import { roleOf, type SignInSetting } from './setting.ts'

export type SignedIn = { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: string }

/** Whoever signs people in: OpenID Connect, authorization code with PKCE. */
export interface Provider {
  readonly name: string
  /** Where the browser goes. @param secret of this browser's cookie: what comes back must be from the same browser. */
  start(redirect: string, secret: string): Promise<string>
  /** What came back. Never throws for what a provider or a browser sends. */
  finish(back: URL, secret: string): Promise<SignedIn>
}

/** @param organisationName of a code, as the registry of issuers or the demonstration names it. */
export const openProvider = (setting: SignInSetting): Provider => {
  let found: Promise<client.Configuration> | undefined
  // Discovered at the first sign-in and again after a failure: a provider that is away keeps nobody from starting.
  const configuration = () => {
    found ??= discover(setting).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    name: setting.provider.name,
    start: async (redirect, secret) => {
      const { verifier, state, nonce } = expected(secret)
      const address = client.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: redirect, scope: setting.provider.scope, state, nonce },
        ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
      })
      return address.href
    },
    finish: async (back, secret) => {
      try {
        const { verifier, state, nonce } = expected(secret)
        const tokens = await client.authorizationCodeGrant(await configuration(), back, {
          ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        })
        return personOf(setting, { ...tokens.claims() })
      } catch (error) {
        return { ok: false, reason: error instanceof Error && 'code' in error ? String(error.code) : 'PROVIDER' }
      }
    },
  }
}

/**
 * Derived and not stored: a browser that did not start cannot finish, and a second start of the same browser is the
 * same.
 */
const expected = (secret: string) => ({
  verifier: derive(secret, 'verifier').toString('base64url'),
  state: derive(secret, 'state').toString('base64url'),
  nonce: derive(secret, 'nonce').toString('base64url'),
})

const discover = ({ provider }: SignInSetting): Promise<client.Configuration> => {
  const secret = provider.clientSecretFile ? textOf(provider.clientSecretFile).trim() : undefined
  const address = new URL(provider.issuer)
  // Plain HTTP stays on this machine; the issuer registry has the same rule.
  const isHere = address.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname)
  return client.discovery(
    address,
    provider.clientId,
    undefined,
    secret === undefined ? client.None() : client.ClientSecretPost(secret),
    isHere ? { execute: [client.allowInsecureRequests] } : {},
  )
}

/**
 * What the claims say, in our words. Whether the provider may say it is asked of its registry entry, at each minting.
 */
export const personOf = (setting: SignInSetting, claims: Readonly<Record<string, unknown>>): SignedIn => {
  const text = (name: string): string | null => {
    const value = claims[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const subject = text(setting.claims.subject)
  const said = text(setting.claims.organisation)
  const role = roleOf(setting, claims[setting.claims.role])
  if (subject === null) return { ok: false, reason: 'SUBJECT' }
  if (said === null) return { ok: false, reason: 'ORGANISATION' }
  if (role === null) return { ok: false, reason: 'ROLE' }
  const organisation = setting.organisations[said] ?? said
  const person = { provider: setting.provider.issuer, subject, name: text(setting.claims.name) ?? subject }
  return { ok: true, person: { ...person, organisation, organisationName: null, role } }
}
