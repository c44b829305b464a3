import { createHash } from 'node:crypto'
import { type AgencyName, eachAgency } from '../agencies.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { type GrantSigner, signGrant } from '../federation/grantToken.ts'
import { readSdl } from '../graphql/model.ts'
import type { Log } from '../server/log.ts'
import type { Metrics } from '../server/metrics.ts'
import { GuardedSource } from '../sources/guard.ts'
import type { AgencySource } from '../sources/source.ts'
import { SqlSource } from '../sources/sqlSource.ts'
import { subgraphSource } from '../sources/subgraphSource.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import type { Blueprint } from './blueprint.ts'
import { watchedOf } from './watching.ts'

export interface SourceSetting {
  readonly config: Config
  readonly stores: Stores
  readonly blueprint: Blueprint
  readonly signer: GrantSigner
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly wrapSource?: ((agency: AgencyName, source: AgencySource) => AgencySource) | undefined
  readonly wrapDatabase?: ((agency: AgencyName, database: Database) => Database) | undefined
}

/** Every agency's source: in its own tables here, or in its own process behind grants; each guarded by a deadline. */
export function openSources(setting: SourceSetting): Record<AgencyName, GuardedSource> {
  const { config, clock, log, metrics, wrapSource = (_, source) => source } = setting
  return eachAgency(
    (agency) =>
      new GuardedSource(wrapSource(agency, sourceOf(agency, setting)), {
        deadlineMs: config.sourceDeadlineMs,
        clock,
        onFailure: (name, reason) => log.warn('SOURCE_UNREACHABLE', { agency: name, reason }),
        onAnswers: (name, state, count) => metrics.sources(name, state, count),
      }),
  )
}

function sourceOf(agency: AgencyName, setting: SourceSetting): AgencySource {
  const { config, stores, blueprint, signer, log, wrapDatabase = (_, database) => database } = setting
  const url = config.agencies[agency].subgraphUrl
  if (url === null) {
    const layout = blueprint.model.layouts[agency]
    return new SqlSource(layout, wrapDatabase(agency, stores.agency(agency)), watchedOf(agency, blueprint))
  }
  return subgraphSource({
    layout: blueprint.model.layouts[agency],
    sdls: [readSdl('shared'), readSdl(agency)],
    url: new URL(url),
    sign: (grant, authorization) => signGrant(grant, tokenHashOf(authorization), signer),
    onRefused: (list, reason, count) => log.warn('RECORD_REFUSED', { agency, list, reason, count }),
  })
}

/** SHA-256 of the bearer token, base64url: what the grant is bound to. */
const tokenHashOf = (authorization: string): string =>
  createHash('sha256')
    .update(authorization.replace(/^Bearer /u, ''))
    .digest('base64url')
