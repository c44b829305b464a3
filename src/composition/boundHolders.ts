import { type AgencyName, agencies, environmentPrefix } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { addressVariable, type Holder, type HolderBinding, isWholeKind } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'

/** Holders of one kind that are read through one binding: one connection, one deadline, one breaker. */
export interface BoundHolders {
  /** The kind's name where its own settings say where they are read; else with what the binding names. */
  readonly id: string
  readonly kind: AgencyName
  readonly binding: HolderBinding
  readonly holders: readonly [Holder, ...Holder[]]
  /** Address of what the binding names; null where it names nothing, or in the demonstration an embedded database. */
  readonly url: string | null
}

/**
 * Holders that are read where the settings of their kind say: `POLICE_DATABASE_URL`, `POLICE_SUBGRAPH_URL`,
 * `POLICE_MAPPING`.
 */
export const isOfKind = ({ id, kind }: Pick<BoundHolders, 'id' | 'kind'>): boolean => id === kind

/** What says where holders are read. */
export type BindingConfig = Pick<Config, 'demonstration' | 'holderUrls' | 'agencies'>

/**
 * Every binding of the registry's holders, kind by kind. Holders of one kind in one database share one.
 *
 * @throws StartupError naming every address that is missing, of another make, or nobody's.
 */
export function boundHolders({ holders }: Pick<Registry, 'holders'>, config: BindingConfig): readonly BoundHolders[] {
  const bound = new Map<string, { kind: AgencyName; binding: HolderBinding; holders: [Holder, ...Holder[]] }>()
  const isRead = readOf({ holders }, config)
  for (const holder of holders.values()) {
    const { binding, kind } = holder
    if (binding === null || !isRead(holder)) continue
    const id = idOf(holder, binding)
    const known = bound.get(id)
    if (known) known.holders.push(holder)
    else bound.set(id, { kind, binding, holders: [holder] })
  }
  const problems: string[] = []
  const asked = new Set<string>()
  const all = [...bound].map(([id, part]): BoundHolders => {
    const name = nameIn(part.binding)
    if (name === undefined) return { id, ...part, url: null }
    const variable = addressVariable(name)
    asked.add(variable)
    const url = config.holderUrls[variable] ?? null
    const [first] = part.holders
    const isSql = part.binding.type === 'sql'
    if (url === null && !(isSql && config.demonstration))
      problems.push(`${variable} is missing: the registry says that ${first.id} is read there.`)
    if (url !== null && /^https?:/i.test(url) === isSql)
      problems.push(`${variable} is not the address of ${isSql ? 'a PostgreSQL' : 'a server'}, which ${first.id} has.`)
    return { id, ...part, url }
  })
  for (const variable of Object.keys(config.holderUrls))
    if (!asked.has(variable))
      problems.push(`${variable} is the address of nothing that a holder of the registry names.`)
  if (problems.length > 0) throw new StartupError(problems)
  return all.sort((one, other) => agencies.indexOf(one.kind) - agencies.indexOf(other.kind))
}

/** Whether a holder is read anywhere: something binds it, and of a whole kind, something says where. */
export function readOf({ holders }: Pick<Registry, 'holders'>, config: BindingConfig): (holder: Holder) => boolean {
  const namesHolders = [...holders.values()].some((holder) => !isWholeKind(holder))
  return (holder) => holder.binding !== null && !(isWholeKind(holder) && namesHolders && !isSet(config, holder.kind))
}

/** The setting that says where the database or server of a binding is. */
export const addressSetting = ({ kind, holders: [first] }: Pick<BoundHolders, 'kind' | 'holders'>): string => {
  const name = first.binding && nameIn(first.binding)
  return name ? addressVariable(name) : `${environmentPrefix(kind)}_DATABASE_URL`
}

/**
 * Whether something says where a kind is read of which the registry names no holder, though it names others. Else
 * nobody connected it: tables that stand empty in the gateway's own database would say that nothing is held. The
 * demonstration writes what it reads.
 */
const isSet = ({ demonstration, agencies: configured }: BindingConfig, kind: AgencyName): boolean => {
  const { databaseUrl, subgraphUrl, mapping } = configured[kind]
  return demonstration || databaseUrl !== null || subgraphUrl !== null || mapping !== null
}

const nameIn = (binding: HolderBinding): string | undefined =>
  'database' in binding ? binding.database : 'server' in binding ? binding.server : undefined

/** Tables of one make in one database are read together; whatever else is read holder by holder. */
const idOf = ({ id, kind }: Holder, binding: HolderBinding): string => {
  // All stand in the gateway's own store.
  if (binding.type === 'files') return `${kind} files`
  if (binding.type !== 'sql') return `${kind} ${id}`
  const { database, mapping } = binding
  if (mapping !== undefined) return `${kind} ${id}`
  return database === undefined ? kind : `${kind} ${database.toLowerCase()}`
}
