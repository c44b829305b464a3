import { type GrantSigner, signGrant } from '../federation/grantToken.ts'
import { proofHeader, signSenderProof } from '../federation/senderProof.ts'
import { type AgencyName, eachAgency } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { readSdl } from '../graphql/model.ts'
import { filesSource } from '../sources/bindings/files/filesSource.ts'
import { SqlSource } from '../sources/bindings/sql/source.ts'
import { subgraphSource } from '../sources/bindings/subgraph/source.ts'
import { GuardedSource } from '../sources/guard.ts'
import type { AgencySource } from '../sources/source.ts'
import type { Stores } from '../store/stores.ts'
import { openFhirHolder } from './fhirHolders.ts'
import { recordReader } from './records.ts'
import type { Start } from './start.ts'
import { watchedOf } from './watchChanges.ts'

/** Every agency's source: in its own tables here, or in its own process behind grants; each guarded by a deadline. */
export function openSources(start: Start, stores: Stores, signer: GrantSigner): Record<AgencyName, GuardedSource> {
  const { config, clock, log, metrics, options } = start
  const { wrapSource = (_, source) => source } = options
  return eachAgency(
    (agency) =>
      new GuardedSource(wrapSource(agency, sourceOf(agency, start, stores, signer)), {
        deadlineMs: config.sourceDeadlineMs,
        clock,
        onFailure: (name, reason) => log.warn('SOURCE_UNREACHABLE', { agency: name, reason }),
        onAnswers: (name, state, count) => metrics.sources(name, state, count),
      }),
  )
}

function sourceOf(
  agency: AgencyName,
  { config, catalogue, options, log, clock, metrics }: Start,
  stores: Stores,
  signer: GrantSigner,
): AgencySource {
  const { wrapDatabase = (_, database) => database } = options
  const url = config.agencies[agency].subgraphUrl
  const layout = catalogue.model.layouts[agency]
  const connected = holdersOfKind(catalogue.registry, agency).filter(({ binding }) => binding !== null)
  if (connected.length > 0 && connected.every(({ binding }) => binding?.type === 'files')) {
    const holders = connected.map(({ id }) => id)
    return filesSource(layout, holders, wrapDatabase('gateway', stores.gateway), options.records ?? recordReader)
  }
  const [onlyOne, ...others] = connected
  if (onlyOne?.binding?.type === 'fhir' && others.length === 0) {
    const address = onlyOne.binding.url
    if (address === undefined) throw new StartupError([`REGISTRY_FILE: holder ${onlyOne.id} has no url.`])
    return openFhirHolder({ ...onlyOne, binding: onlyOne.binding }, address, { config, catalogue, clock, metrics })
  }
  if (url === null) {
    const database = wrapDatabase(agency, stores.agency(agency))
    return new SqlSource(layout, database, watchedOf(agency, catalogue), options.records ?? recordReader)
  }
  return subgraphSource({
    layout,
    sdls: [readSdl('shared'), readSdl(agency)],
    url: new URL(url),
    sign: (grant) => signGrant(grant, signer.kid, signer),
    prove: async (to, body) => ({ [proofHeader]: await signSenderProof({ agency, url: to, body }, signer) }),
    onRefused: (list, reason, count) => log.warn('RECORD_REFUSED', { agency, list, reason, count }),
  })
}
