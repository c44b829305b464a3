import { type AgencyName, eachAgency } from './agencies.ts'
import { type Holder, holdersOfKinds } from './holder.ts'
import { madeOnce } from './madeOnce.ts'

/** Authorities and forces. The force of a place comes from here, by authority and date, never from prose. */
export interface Authority {
  /** `LA2`. */
  readonly code: string
  readonly name: string
  /** DfE three-digit code, as in a UPN. */
  readonly dfeCode: string
  /** ONS code. */
  readonly gssCode: string
  /** Force whose area it is. */
  readonly force: string
  /** Children's social care front door. */
  readonly contact: string
}

export interface Force {
  readonly code: string
  readonly name: string
  readonly contact: string
}

export interface Registry {
  readonly authorities: ReadonlyMap<string, Authority>
  readonly forces: ReadonlyMap<string, Force>
  /** Whom to ask when something of an agency is withheld or out of reach, by the agency's name. */
  readonly contacts: Readonly<Partial<Record<string, string>>>
  /** Holders of every kind, by id. */
  readonly holders: ReadonlyMap<string, Holder>
}

export const registryOf = (
  authorities: readonly Authority[],
  forces: readonly Force[],
  contacts: Registry['contacts'] = {},
  holders: readonly Holder[] = [],
): Registry => ({
  contacts,
  authorities: new Map(authorities.map((authority) => [authority.code, authority])),
  forces: new Map(forces.map((force) => [force.code, force])),
  holders: new Map(holdersOfKinds(holders).map((holder) => [holder.id, holder])),
})

const byKind = madeOnce((holders: Registry['holders']) =>
  eachAgency((kind) => [...holders.values()].filter((holder) => holder.kind === kind)),
)

/** In the order of the registry. */
export const holdersOfKind = ({ holders }: Pick<Registry, 'holders'>, kind: AgencyName): readonly Holder[] =>
  byKind(holders)[kind]

export const forceOf = (registry: Registry, la: string | null): string | null =>
  (la && registry.authorities.get(la)?.force) || null
