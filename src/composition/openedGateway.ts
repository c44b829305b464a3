import type { RegisteredOrganisation } from '../auth/issuers.ts'
import type { IncomingRequest } from '../disclosure/incomingRequest.ts'
import type { AlertNotice } from '../exchange/notifyOfAlert.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import type { Caller } from '../policy/caller.ts'
import type { Gateway } from '../server/gatewayTypes.ts'
import type { Catalogue } from './catalogue.ts'
import type { GatewayRequest, GatewaySetting } from './gatewayRequest.ts'

/** The gateway, wired, with what its core subgraph and tests need besides. */
export interface OpenedGateway extends Gateway {
  readonly setting: GatewaySetting
  readonly catalogue: Catalogue
  readonly signer: GrantSigner
  readonly organisationOf: (code: string) => RegisteredOrganisation | null
  readonly organisations: () => readonly RegisteredOrganisation[]
  /** Tells an audience what a rule found about a child: one message for one key. */
  readonly notify: (notice: AlertNotice) => Promise<string>
  /**
   * Has those decide again who declined something about a child before an enquiry came on record, and tells of what
   * came after a transfer.
   */
  readonly followUp: (childId: string) => Promise<void>
  /** Opens one request of one caller: for the pipeline alone, which records what comes of it. */
  readonly open: (caller: Caller, request: IncomingRequest, callerCleared?: Promise<void>) => GatewayRequest
}
