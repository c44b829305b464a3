import type { Persona } from '../src/auth/persona.ts'
import type { StoredMessage } from '../src/exchange/message.ts'
import type { AgencyName } from '../src/foundation/agencies.ts'
import type { ConsentFact } from '../src/policy/facts.ts'
import type { Label } from '../src/policy/labels.ts'
import type { Value } from '../src/sources/contract.ts'

/**
 * One record as an agency holds it. Field names are those of the record type in `schema/<agency>.graphql`. Where a type
 * has a field of the same name as a common column (`la`, `force`, `service`, `person`, `handling`), the field's own
 * value stands under `field.<name>`; read fields with `fieldOf`, never by key.
 */
export interface SeedRow {
  /** Opaque: no order and no gap in it can tell a reader that a hidden record stands between two visible ones. */
  readonly id: string
  /** The agency's own person id, joined to a child by a gateway link alone. */
  readonly person: string
  /** When the agency knew. */
  readonly recordedAt: string
  /** When it happened. */
  readonly eventAt?: string | null
  readonly recordedBy?: string
  /** Value of the `Agency` enum. */
  readonly service: string
  /** Authority that the record belongs to. */
  readonly la?: string
  /** Force that the record belongs to. */
  readonly force?: string
  readonly organisation?: string
  /** Value of the `Evidence` enum; FACT when left out. */
  readonly evidence?: string
  readonly supersedes?: string
  /** Labels of this row beyond those of its type. */
  readonly labels?: readonly Label[]
  readonly handling?: 'NONE' | 'NCND' | 'CONDITIONS'
  readonly relevance?: 'RELEVANT' | 'UNDECIDED' | 'NOT_RELEVANT'
  /** For a nested list: the id of the record it stands under. */
  readonly parent?: string
  readonly [field: string]: Value | undefined
}

/** Everything one agency holds, by list field of its record type, or by nested list: `invitees`, `actions`. */
export interface AgencySeed {
  readonly records: Readonly<Record<string, readonly SeedRow[]>>
  /**
   * Whose the agency's persons are, when the gateway's own seed does not say: an agency that is added brings its own.
   */
  readonly links?: readonly { readonly child: string; readonly person: string }[]
  /**
   * Its practitioners, and the sharing agreements of their organisations: without one nothing of others' is disclosed.
   */
  readonly personas?: readonly Persona[]
  readonly agreements?: readonly AgreementSeed[]
}

/**
 * Common columns whose value never stands in for a field of the same name: one would disclose an id, the other a
 * marking.
 */
const neverShared = new Set(['person', 'handling'])

/** The value of a record's own field, told apart from the common column of the same name. */
export const fieldOf = (row: SeedRow, field: string): Value | undefined =>
  row[`field.${field}`] ?? (neverShared.has(field) ? undefined : row[field])

/** Joins the parts of one agency's seed, list by list. */
export const joined = (...parts: readonly AgencySeed['records'][]): AgencySeed => {
  const records: Record<string, SeedRow[]> = {}
  for (const part of parts)
    for (const [list, rows] of Object.entries(part)) records[list] = [...(records[list] ?? []), ...rows]
  return { records }
}

/**
 * The records that stand in one place: those of its holders, and where it is the place of a whole kind, those of
 * everybody who keeps none elsewhere.
 */
export function keptBy(
  { records }: AgencySeed,
  here: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
  isOfKind: boolean,
): AgencySeed['records'] {
  const isHere = ({ organisation = '' }: SeedRow) =>
    here.has(organisation) || (isOfKind && !elsewhere.has(organisation))
  return Object.fromEntries(Object.entries(records).map(([list, rows]) => [list, rows.filter(isHere)]))
}

/** What the gateway owns: who is who, who works with whom, and what was consented to or held back. */
export interface GatewaySeed {
  readonly children: readonly ChildSeed[]
  /** One for each holder that has records of the person: each knows the child by an id of its own, be it the same. */
  readonly links: readonly {
    readonly child: string
    readonly agency: AgencyName
    readonly person: string
    readonly holder?: string
  }[]
  readonly identifiers: readonly IdentifierSeed[]
  readonly relationships: readonly RelationshipSeed[]
  readonly consents: readonly ConsentSeed[]
  readonly holds: readonly HoldSeed[]
  readonly agreements: readonly AgreementSeed[]
  /** What agencies have said to each other, oldest first. */
  readonly messages?: readonly StoredMessage[]
}

export interface ChildSeed {
  readonly id: string
  readonly areaLa: string
  /** Empty for an unborn child. */
  readonly bornOn: string | null
}

export interface IdentifierSeed {
  /**
   * The mother's number finds an unborn child only under a scheme of its own, so that it is never taken for the
   * child's.
   */
  readonly scheme: 'NHS_NUMBER' | 'UPN' | 'LA_CHILD_ID' | 'MOTHER_NHS_NUMBER'
  readonly value: string
  readonly child: string
  readonly verified: boolean
}

export interface RelationshipSeed {
  readonly id: string
  readonly child: string
  readonly organisation: string
  readonly kind: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL'
  readonly from: string
  readonly to?: string
  readonly basis: string
}

export interface ConsentSeed {
  readonly id: string
  readonly child: string
  readonly state: ConsentFact['state']
  readonly labels: readonly Label[]
  readonly recipient: string | null
  readonly purpose: string | null
  readonly giver: 'CHILD' | 'PARENT'
  readonly competence: ConsentFact['competence']
  readonly evidence: string | null
  readonly recordedAt: string
  readonly recordedBy: string
  readonly expiresOn: string | null
}

export interface HoldSeed {
  readonly id: string
  readonly child: string
  readonly agency: AgencyName
  readonly organisation: string
  readonly kind: 'DETRIMENT' | 'EMBARGO'
  readonly recordId: string | null
  readonly label: Label | null
  readonly reason: string
  readonly owner: string
  readonly reviewOn: string
  readonly until: string | null
  readonly recordedAt: string
}

export interface AgreementSeed {
  readonly id: string
  readonly organisation: string
  readonly title: string
  readonly from: string
  readonly to?: string
}
