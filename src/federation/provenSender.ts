import type { IncomingMessage } from 'node:http'
import type { JWTVerifyGetKey } from 'jose'
import { rawHeaderValues } from '../auth/bearer.ts'
import { recentlyUsed } from '../auth/replayStore.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Router } from './routerSignature.ts'
import { proofHeader, provenGateway } from './senderProof.ts'

export interface SenderSetting {
  readonly agency: string
  readonly address: URL | null
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
  /** Null where this agency takes nothing from a router. */
  readonly router: Router | null
}

/** Who sent a request, as grants name it, or null: the gateway by its proof, or a router by its signature. */
export const provenSender = ({ router, clock, ...setting }: SenderSetting) => {
  const replay = recentlyUsed()
  return async (
    request: Pick<IncomingMessage, 'rawHeaders'>,
    body: Uint8Array,
    posted: Readonly<Record<string, unknown>>,
  ): Promise<string | null> => {
    const proofs = rawHeaderValues(request.rawHeaders, proofHeader)
    if (proofs.length > 0) return provenGateway({ ...setting, proofs, body, replay, now: clock.now() })
    return router?.sent(posted) ? router.sender : null
  }
}
