import type { Caller } from '../auth/caller.ts'
import type { IncomingRequest, Request, RequestSetting } from '../disclosure/disclosureRequest.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import type { Gateway } from '../server/gatewayDoor.ts'
import type { Blueprint } from './blueprint.ts'

/** The gateway, wired, with what its core subgraph and tests need besides. */
export interface OpenedGateway extends Gateway {
  readonly setting: RequestSetting
  readonly blueprint: Blueprint
  readonly signer: GrantSigner
  /** Opens one request of one caller: for the pipeline alone, which records what comes of it. */
  readonly open: (caller: Caller, request: IncomingRequest, allowed?: Promise<void>) => Request
}
