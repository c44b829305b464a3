import { type GrantSigner, signGrant } from '../federation/grantToken.ts'
import { proofHeader, signSenderProof } from '../federation/senderProof.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { HolderBinding } from '../foundation/holder.ts'
import { readSdl } from '../graphql/schemaModel.ts'
import { filesSource } from '../sources/bindings/files/filesSource.ts'
import { SqlSource } from '../sources/bindings/sql/source.ts'
import { subgraphSource } from '../sources/bindings/subgraph/source.ts'
import { serving } from '../sources/servedHolders.ts'
import type { AgencySource } from '../sources/source.ts'
import type { Stores } from '../store/stores.ts'
import { type BoundHolders, isOfKind } from './boundHolders.ts'
import { recordReader } from './chooseRecordReader.ts'
import { openFhirHolder } from './fhirHolders.ts'
import { placeOf } from './kindTables.ts'
import type { Start } from './startContext.ts'
import { watchedOf } from './watchChanges.ts'

/** What a binding is opened with, beside whom it is for. */
export interface BindingSetting {
  readonly start: Pick<Start, 'config' | 'catalogue' | 'options' | 'log' | 'clock' | 'metrics'>
  readonly stores: Stores
  /** With which grants to a holder's own process are signed. */
  readonly signer: GrantSigner
}

/**
 * Opens the way to the records of one holder, or where the binding is of tables, of several. It is asked with grants
 * that name these holders' persons alone, and answers with `plainRecords` of rows whose id is `<holder>:<the holder's
 * own id>`, or with the name of the kind in front where the grant keeps places back (`recordPrefix` of
 * `src/sources/servedHolders.ts`). Deadline, breaker, and what becomes of a failure are not its concern: it rejects.
 */
export type OpenBinding = (bound: BoundHolders, setting: BindingSetting) => AgencySource

/** A way for each type of binding. */
const ways: Readonly<Partial<Record<HolderBinding['type'], OpenBinding>>> = {
  sql: (bound, { start, stores }) => {
    const { config, catalogue, options } = start
    const place = placeOf(bound, config, catalogue)
    if (!place) throw new TypeError(`${bound.id} has no tables here.`)
    const { wrapDatabase = (_, database) => database } = options
    const database = wrapDatabase(bound.kind, stores.agency(bound.id))
    const { layout } = place
    const served = serving(bound.kind, bound.holders)
    return new SqlSource(layout, database, watchedOf(layout), options.records ?? recordReader, served)
  },
  files: ({ kind, holders }, { start, stores }) => {
    const { catalogue, options } = start
    return filesSource(catalogue.model.layouts[kind], holders, stores.gateway, options.records ?? recordReader)
  },
  fhir: ({ holders, url }, { start }) => openFhirHolder(holders[0], url, start),
  subgraph: ({ id, kind, holders, url }, { start, signer }) => {
    const { catalogue, log } = start
    const [only] = holders
    // A process at one holder opens no other's; one that serves a kind opens what is for the kind.
    const audience = isOfKind({ id, kind }) ? null : only.id
    return subgraphSource({
      layout: catalogue.model.layouts[kind],
      prefixes: [kind, ...holders.map(({ id }) => id)],
      sdls: [readSdl('shared'), readSdl(kind)],
      url: new URL(url ?? ''),
      sign: (grant) => signGrant(grant, signer.kid, signer, audience),
      prove: async (to, body) => ({ [proofHeader]: await signSenderProof({ agency: kind, url: to, body }, signer) }),
      onRefused: (list, reason, count) => log.warn('RECORD_REFUSED', { agency: kind, list, reason, count }),
    })
  },
}

/** @throws StartupError where this version knows no way of that type. */
export const openBinding: OpenBinding = (bound, setting) => {
  const asConfigured = asSettingsSay(bound, setting.start.config)
  const open = ways[asConfigured.binding.type]
  if (!open)
    throw new StartupError([
      `REGISTRY_FILE: holder ${bound.holders[0].id} has a binding of type ${bound.binding.type}, which is not read yet.`,
    ])
  return open(asConfigured, setting)
}

/** A process that serves a whole kind knows its holders by its own registry, which need not be ours. */
export const tellsApart = (bound: BoundHolders, { agencies }: Config): boolean =>
  bound.binding.type !== 'subgraph' && !(isOfKind(bound) && agencies[bound.kind].subgraphUrl !== null)

/** Where the settings of a kind say that a process serves it, that is where its holders are read that name no place. */
export const asSettingsSay = (bound: BoundHolders, { agencies }: Pick<Config, 'agencies'>): BoundHolders => {
  const url = isOfKind(bound) ? agencies[bound.kind].subgraphUrl : null
  return url === null ? bound : { ...bound, binding: { type: 'subgraph', server: bound.kind }, url }
}
