import type { Assurance } from '../../resolvers/governance/assurance.ts'
import type { GovernanceServices } from '../../resolvers/governance/services.ts'
import type { HolderStanding } from '../../resolvers/holders.ts'
import type { ClearanceRegister } from '../alerts/clearances.ts'
import type { ChildAccess } from '../disclosure/childAccess.ts'
import { DisclosureRequest, type DisclosureSetting } from '../disclosure/disclosureRequest.ts'
import type { IncomingRequest } from '../disclosure/incomingRequest.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { IdentityService } from '../identity/identityService.ts'
import type { Candidates } from '../oversight/candidateChildren.ts'
import type { ToldProfiles } from '../oversight/toldProfiles.ts'
import type { Caller } from '../policy/caller.ts'
import type { Pack } from '../policy/pack.ts'
import type { RefusedValues } from '../sources/refusedValues.ts'
import type { TransferService } from '../transfer/service.ts'

/** What every request of this gateway shares: what opens children, and the services beside them. */
export interface GatewaySetting extends DisclosureSetting {
  readonly governance: (caller: Caller, access: ChildAccess) => GovernanceServices
  readonly transfers: (caller: Caller, access: ChildAccess, requestId: string) => TransferService
  readonly clearances: ClearanceRegister
  readonly assurance: Assurance
  readonly holderStandings: () => Promise<readonly HolderStanding[]>
  readonly candidates: Candidates
  readonly toldProfiles: ToldProfiles
  readonly refusedValues: RefusedValues
  readonly exchange: (caller: Caller, access: ChildAccess, requestId: string) => Exchange
  /** Null where this gateway was given no secret to hash the register's keys with. */
  readonly identity: IdentityService | null
}

/** One request with all that the resolvers may ask of it. */
export class GatewayRequest extends DisclosureRequest {
  readonly identity: IdentityService | null
  readonly clearances: ClearanceRegister
  readonly assurance: Assurance
  readonly holderStandings: () => Promise<readonly HolderStanding[]>
  readonly candidates: Candidates
  readonly toldProfiles: ToldProfiles
  readonly refusedValues: RefusedValues
  readonly #services: GatewaySetting
  #governance: GovernanceServices | undefined
  #transfers: TransferService | undefined
  #exchange: Exchange | undefined

  constructor(setting: GatewaySetting, caller: Caller, incoming: IncomingRequest, callerCleared?: Promise<void>) {
    super(setting, caller, incoming, callerCleared)
    this.#services = setting
    this.identity = setting.identity
    this.clearances = setting.clearances
    this.assurance = setting.assurance
    this.holderStandings = setting.holderStandings
    this.candidates = setting.candidates
    this.toldProfiles = setting.toldProfiles
    this.refusedValues = setting.refusedValues
  }

  /** The pack by which this request is decided, from its first decision on. */
  get pack(): Pack {
    return this.access.policy.pack
  }

  /** Made when it is first asked for: most requests look at children alone. */
  get governance(): GovernanceServices {
    this.#governance ??= this.#services.governance(this.caller, this.access)
    return this.#governance
  }

  get transfers(): TransferService {
    this.#transfers ??= this.#services.transfers(this.caller, this.access, this.requestId)
    return this.#transfers
  }

  get exchange(): Exchange {
    this.#exchange ??= this.#services.exchange(this.caller, this.access, this.requestId)
    return this.#exchange
  }
}
