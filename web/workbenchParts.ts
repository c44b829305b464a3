import type { GraphQLSchema } from 'graphql'
import type { Answer, Operation } from '../src/disclosure/answer.ts'
import type { Clock } from '../src/foundation/clock.ts'
import type { Registry } from '../src/foundation/registry.ts'
import type { Caller } from '../src/policy/caller.ts'
import type { OversightQuestion, OversightRow } from '../src/policy/mayAskOversight.ts'
import type { Purpose } from '../src/policy/vocabulary.ts'
import type { ExplorerPage, ExplorerSetting } from '../src/server/explorer.ts'
import type { Log } from '../src/server/log.ts'
import type { GatewayPort } from '../src/server/portToGateway.ts'
import type { Drafts } from './session/drafts.ts'
import type { Sessions } from './session/sessions.ts'
import type { Person } from './session/signedInPerson.ts'
import type { Mint } from './signIn/accessToken.ts'
import type { Provider } from './signIn/provider.ts'

/** Someone whom the demonstration lets anyone be. */
export interface DemonstrationPerson {
  readonly id: string
  readonly title: string
  readonly person: Person
  readonly purpose: Purpose
}

/** What the workbench stands on: the gateway as every caller has it, and what is the workbench's own. */
export interface Parts {
  readonly gateway: Pick<GatewayPort, 'authenticate' | 'challenge' | 'readiness'> & {
    answer(caller: Caller, operation: Operation): Promise<Answer>
  }
  readonly mint: Mint
  readonly sessions: Sessions
  readonly drafts: Drafts
  /** Null in the demonstration without a provider. */
  readonly provider: Provider | null
  readonly demonstration: readonly DemonstrationPerson[]
  /** Names of authorities and forces. */
  readonly registry: Registry
  /** What may be asked: forms take their questions and words from it. */
  readonly schema: GraphQLSchema
  /** Who asks which question over many children; the gateway answers for itself, by the pack in force. */
  readonly oversight: Readonly<Record<OversightQuestion, OversightRow>>
  readonly clock: Clock
  readonly log: Log
  /** Whether people come by https: then cookies are sent on no other way. */
  readonly secure: boolean
  /** Where people reach the gateway, without a slash at the end. */
  readonly origin: string
  /** Public keys of the workbench's tokens. */
  readonly keys: object
  /** A page of the explorer that asks as whoever is signed in; null where none is served. */
  readonly explorer: ((setting: ExplorerSetting) => Promise<ExplorerPage>) | null
}
