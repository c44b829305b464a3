import type { AgencyName } from '../src/agencies.ts'
import type { Label } from '../src/policy/labels.ts'
import type { Value } from '../src/sources/contract.ts'

/**
 * One record of an agency, as a seed file says it. Members named here are the common ones; every other member is a field of
 * the record's GraphQL type. Who holds the record stands in `by`, because many types have a `service`, `la` or `force` of
 * their own that means something else (a placement's `la` is where the child lives, `by.la` who keeps the record).
 */
export interface SeedRow {
  readonly id: string
  /** The agency's own person id. */
  readonly person: string
  readonly by: {
    /** Value of the `Agency` enum. */
    readonly service: string
    readonly la?: string
    readonly force?: string
    readonly organisation?: string
  }
  readonly recordedAt: string
  readonly recordedBy?: string
  readonly eventAt?: string | null
  /** FACT when left out. */
  readonly evidence?: string
  readonly supersedes?: string
  /** Labels of this row beyond its type's. */
  readonly labels?: readonly Label[]
  readonly handling?: 'NONE' | 'NCND' | 'CONDITIONS'
  readonly relevance?: 'RELEVANT' | 'UNDECIDED' | 'NOT_RELEVANT'
  /** Of a nested record: the record it stands under. */
  readonly parent?: string
  readonly [field: string]: unknown
}

/** The field values of a row, without the common members. */
export const commonMembers = new Set([
  'id',
  'person',
  'by',
  'recordedAt',
  'recordedBy',
  'eventAt',
  'evidence',
  'supersedes',
  'labels',
  'handling',
  'relevance',
  'parent',
])

export interface AgencySeed {
  /** List → records. */
  readonly records: Readonly<Record<string, readonly SeedRow[]>>
}

/** What the gateway owns at first start. */
export interface GatewaySeed {
  readonly children: readonly { readonly id: string; readonly areaLa: string; readonly bornOn: string | null }[]
  readonly links: readonly { readonly child: string; readonly agency: AgencyName; readonly person: string }[]
  readonly identifiers: readonly {
    readonly scheme: string
    readonly value: string
    readonly child: string
    readonly verified: boolean
  }[]
  readonly relationships: readonly {
    readonly id: string
    readonly child: string
    readonly organisation: string
    readonly kind: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL'
    readonly from: string
    readonly to?: string
    readonly basis: string
  }[]
  readonly consents: readonly {
    readonly id: string
    readonly child: string
    readonly state: 'GIVEN' | 'REFUSED' | 'NOT_SOUGHT'
    readonly labels: readonly Label[]
    readonly recipient?: string
    readonly purpose?: string
    readonly giver: 'CHILD' | 'PARENT'
    readonly competence: 'COMPETENT' | 'NOT_COMPETENT' | 'NOT_ASSESSED'
    readonly evidence?: string
    readonly recordedAt: string
    readonly recordedBy: string
    readonly expiresOn?: string
  }[]
  readonly holds: readonly {
    readonly id: string
    readonly child: string
    readonly kind: 'DETRIMENT' | 'EMBARGO'
    readonly agency: AgencyName
    readonly recordId?: string
    readonly label?: Label
    readonly reason: string
    readonly owner: string
    readonly reviewOn: string
    readonly until?: string
    readonly recordedAt: string
  }[]
  readonly agreements: readonly {
    readonly id: string
    readonly organisation: string
    readonly title: string
    readonly from: string
    readonly to?: string
  }[]
}

/** A value of a field, as a seed may give it. */
export type SeedValue = Value
