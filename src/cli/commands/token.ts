import { createProofKey, signProof } from '../../auth/signDpopProof.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'
import { purposeOf, tokenFor } from '../gatewayClient.ts'

export interface TokenOptions {
  readonly as?: string
  readonly purpose?: string
  readonly url?: string
  readonly dpop?: boolean
}

/**
 * `wholeview token --as mash-analyst`: the token alone on standard output, so that it can stand inside another command.
 * With `--dpop`, the two header lines of one request: `curl -H @<(wholeview token --as mash-analyst --dpop) …`.
 */
export const token = async (context: CommandContext, options: TokenOptions): Promise<void> => {
  const { terminal } = context
  if (options.as === undefined) throw new UsageFailure('Say for whom: --as mash-analyst, for example.')
  const purpose = purposeOf(options.purpose)
  const url = gatewayUrl(context, options.url)
  const asker = { url, persona: options.as, ...(purpose ? { purpose } : {}) }
  if (!options.dpop) {
    const issued = await tokenFor(asker)
    terminal.out(terminal.json ? JSON.stringify({ token: issued }) : issued)
    return
  }
  const key = await createProofKey()
  const issued = await tokenFor({ ...asker, proofKey: key })
  const proof = await signProof(key, { method: 'POST', url: `${url}/graphql`, at: new Date(), token: issued })
  terminal.out(
    terminal.json
      ? JSON.stringify({ token: issued, proof, privateJwk: key.privateKey.export({ format: 'jwk' }) })
      : `Authorization: DPoP ${issued}\nDPoP: ${proof}`,
  )
  terminal.say('The proof is good for one request within a minute. With --json the key is printed too, to sign more.')
}
