import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'

/** What a provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>

export interface RunningProvider {
  readonly issuer: string
  /** Whoever comes next is this person: there is nobody to type a password. */
  becomes(claims: Claims): void
  close(): Promise<void>
}

/** A real OpenID Connect provider, as organisations run them: RS256, `typ: JWT`, an hour's life, roles as a list. */
export async function startProvider(redirect: string): Promise<RunningProvider> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let person: Claims = { sub: 'nobody' }
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'r1' }] },
    clients: [
      {
        client_id: 'wholeview',
        client_secret: 'a secret of the client',
        redirect_uris: [redirect],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub', 'name', 'department', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    ttl: { IdToken: 3600, AccessToken: 3600, Session: 3600, Grant: 3600, Interaction: 3600 },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ ...person, sub: id }) }),
    loadExistingGrant: async (context) => {
      const grant = new provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    interactions: { url: () => '/login' },
  })
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (request.url !== '/login') return callback(request, response)
    provider
      .interactionFinished(request, response, { login: { accountId: String(person['sub']) } })
      .catch(() => response.writeHead(500).end())
  })
  return {
    issuer,
    becomes: (claims) => {
      person = claims
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
