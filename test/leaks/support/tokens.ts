import { demonstrationSecret } from '../../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../../src/auth/tokenClient.ts'
import type { TestGateway } from '../../support/gateway.ts'
import type { Asking } from './gatewayAsClient.ts'

/** Well within the life of a token: a full run outlasts many of them. */
const keptMs = 120_000
const tries = 6

/**
 * Tokens of personas, made one after another and anew before they run out. A proof over refused tokens would prove
 * nothing.
 */
export function tokensOf(gateway: TestGateway): (asking: Asking) => Promise<string> {
  const kept = new Map<string, { readonly token: Promise<string>; readonly at: number }>()
  let last: Promise<unknown> = Promise.resolve()
  return ({ persona, purpose }) => {
    const key = `${persona}|${purpose ?? ''}`
    const known = kept.get(key)
    if (known && Date.now() - known.at < keptMs) return known.token
    const token = last.then(() => made(gateway, { persona, purpose }))
    last = token.catch(() => undefined)
    kept.set(key, { token, at: Date.now() })
    return token
  }
}

/** The issuer may close an idle connection at the moment at which it is used. */
async function made(gateway: TestGateway, { persona, purpose }: Asking): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { token } = await requestToken({
        tokenUrl: `${gateway.url}/issuer/token`,
        personaId: persona,
        secret: demonstrationSecret,
        ...(purpose ? { purpose } : {}),
      })
      return token
    } catch (error) {
      if (attempt >= tries) throw error
    }
  }
}
