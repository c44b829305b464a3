import type { RequestSetting } from '../disclosure/disclosureRequest.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import type { Gateway } from '../server/gatewayDoor.ts'
import type { Blueprint } from './blueprint.ts'

/** The gateway, wired, with what its core subgraph and tests need besides. */
export interface OpenedGateway extends Gateway {
  readonly setting: RequestSetting
  readonly blueprint: Blueprint
  readonly signer: GrantSigner
}
