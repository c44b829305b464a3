import type { RequestListener } from 'node:http'
import type { AuditEntry } from '../audit/entry.ts'
import type { Erased } from '../audit/erasePersons.ts'
import type { Denial } from '../auth/denylist.ts'
import type { Replay } from '../disclosure/replayDecision.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import type { Holder } from '../foundation/holder.ts'
import type { RecordReader } from '../sources/bindings/sql/recordReader.ts'
import type { SourceContract } from '../sources/contract.ts'
import type { AgencySource } from '../sources/source.ts'
import type { Database } from '../store/database.ts'
import type { AuditEndpoint } from './auditRoutes.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { GatewayPort } from './portToGateway.ts'

/** The whole gateway, opened: what the server asks of it, and what commands ask besides. */
export interface Gateway extends GatewayPort {
  readonly config: Config
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  /** The demonstration's token issuer, to be served under `/issuer/`; null when issuers are registered by file. */
  readonly issuer: { readonly callback: RequestListener } | null
  /** The pages for people, to be served under `/workbench/`; null where there are none. */
  readonly workbench: { readonly handle: RequestListener } | null
  /** What the log shows of itself: checkpoints, proofs, keys. */
  readonly audit: AuditEndpoint
  /** Recomputes the audit log from its first entry, and compares it with checkpoints that were kept elsewhere. */
  auditVerify(onProgress: Progress, anchors?: readonly string[]): Promise<AuditVerification>
  /** Erases who stands in entries written before an instant. */
  auditErase(before: Date, by: AuditEntry['caller']): Promise<Erased>
  /** Decides again what an entry recorded, from the entry and the pack alone; null when there is no such entry. */
  auditReplay(leafId: string): Promise<Replay | null>
  /** How each holder of the registry stands now. */
  holders(): Promise<readonly HolderStanding[]>
  /**
   * Reads packs, issuers, safelist, registry and what says where records are read again. Where anything stands in the
   * way, nothing has changed.
   */
  reload(): Reloaded
  close(): Promise<void>
}

/** What came of reading files again. */
export interface Reloaded {
  /** Everything that stands in the way, in whole sentences. */
  readonly problems: readonly string[]
  /** Whether nothing is wrong, and only what is opened at a start is another now. */
  readonly needsOpening: boolean
}

/** How one holder stands, whatever it has of whom. */
export interface HolderStanding {
  readonly id: string
  readonly name: string
  readonly state: 'ASKED' | 'UNAVAILABLE' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR' | 'STALE'
  readonly detail: string
  /** What an operator does about it; null where nothing has to be done. */
  readonly step: string | null
}

/** How far long work has come. `total` is 0 while it is not known. */
export type Progress = (done: number, total: number, what: string) => void

export interface AuditVerification {
  readonly leaves: number
  /** Entries whose persons were erased when their time was over. */
  readonly erased: number
  /** Size of the newest checkpoint that enough witnesses have signed; null when none has. */
  readonly witnessed: number | null
  /** Whole sentences; none when the log is whole. */
  readonly problems: readonly string[]
}

export interface OpenOptions {
  /** Between the check of settings and the opening of stores, which takes far longer. What it throws ends the start. */
  readonly beforeStores?: () => Promise<void>
  readonly log?: Log
  readonly metrics?: Metrics
  readonly onProgress?: Progress
  /** Stands between the gateway and each of its sources, as the demonstration does to switch one agency off. */
  readonly wrapSource?: (agency: AgencyName, source: AgencySource, holders: readonly Holder[]) => AgencySource
  /** Stands between this process and one database that it reads, as a proof does to see every statement. */
  readonly wrapDatabase?: (name: AgencyName | 'gateway', database: Database) => Database
  /** How records are held and written; a proof compares one way with another. */
  readonly records?: RecordReader
  /** Chance, from 0 to below 1. */
  readonly random?: () => number
  /** Whether the demonstration's clock runs from where it begins. It stands still when left out. */
  readonly clockRuns?: boolean
  /** Whether audiences are told of alerts without asking. A proof that counts what is asked leaves it out. */
  readonly watchesAlerts?: boolean
}

/** One store or one agency's tables, as `db status` and `doctor` tell it. */
export interface DatabaseStatus {
  /** `gateway`, or the agency, with the name of the database where it is one of some holders. */
  readonly name: string
  /** Where it is, without secrets. With a mapping, in whose words. */
  readonly place: string
  /** Why nothing is known of it: it does not answer. Names the setting and the holders; null where it answers. */
  readonly away: string | null
  /** Migrations that have not run. */
  readonly waiting: readonly string[]
  /** Tables and columns that are not as the contract says; whole sentences. */
  readonly problems: readonly string[]
  /** How many records there are, where that is cheap to tell. */
  readonly records: number | null
}

/** The databases, for those who run them. */
export interface Databases {
  /** Brings every schema that is in reach up to date. */
  migrate(onProgress: Progress): Promise<{
    /** The names of what it ran. */
    readonly done: readonly string[]
    /** A sentence for each database that did not answer. */
    readonly away: readonly string[]
  }>
  /** Writes the story cases, and a generated population of so many children beside them. */
  seed(children: number, onProgress: Progress): Promise<{ readonly children: number; readonly records: number }>
  status(): Promise<readonly DatabaseStatus[]>
  /** What of an agency's records cannot be read, counted by column; whole sentences, and no value. */
  badValues(place: string): Promise<readonly string[]>
  /** Denies a token, practitioner or system, in every gateway of the database. */
  deny(denial: Denial): Promise<void>
  /** Takes it off the list; tells whether it stood there. */
  allowAgain(denied: Pick<Denial, 'kind' | 'value' | 'issuer'>): Promise<boolean>
  /** Removes every schema of this product. */
  reset(): Promise<void>
  close(): Promise<void>
}

export interface RunningSubgraph {
  readonly url: string
  close(): Promise<void>
}

export type SupergraphResult = { readonly sdl: string } | { readonly problems: readonly string[] }

/** What `src/composition/gateway.ts` exports. */
export interface GatewayModule {
  openGateway(config: Config, options?: OpenOptions): Promise<Gateway>
  openDatabases(config: Config): Promise<Databases>
  /** Serves one agency, one holder, or the core, alone as an Apollo Federation 2 subgraph. */
  openSubgraph(config: Config, name: string, port: number): Promise<RunningSubgraph>
  /** At the addresses that are configured, else at the ports that `wholeview subgraph` takes by default. */
  composeSupergraph(config?: Config): Promise<SupergraphResult>
}
