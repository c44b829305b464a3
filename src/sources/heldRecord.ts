import type { AdmittedList, Candidate, RowHead } from '../policy/admits.ts'
import type { Value } from './contract.ts'
import type { SourceLayout } from './sourceLayout.ts'

/**
 * Members that every record has beside its own fields, by the names of a mapping. ISO 8601 in UTC where they are
 * instants.
 */
export interface HeldCommon {
  readonly eventAt: string | null
  readonly recordedAt: string | null
  readonly recordedBy: string | null
  /** Value of the `Agency` enum. */
  readonly service: string | null
  readonly la: string | null
  readonly force: string | null
  readonly organisation: string | null
  readonly evidence: string | null
  readonly supersedes: string | null
}

/**
 * One record as a binding that is no statement read it, whole. Nothing of it is disclosed before a grant admitted it.
 */
export interface HeldRecord {
  readonly list: string
  /** The holder's own id. */
  readonly id: string
  /** The holder's own id of the person. */
  readonly person: string | null
  readonly parent: string | null
  readonly common: HeldCommon
  /** Labels beside those of its list's type. */
  readonly labels: readonly string[] | null
  readonly handling: string | null
  readonly relevance: string | null
  /** Its holder has not said what it is: `src/policy/readsUnclassified.ts`. */
  readonly isUnclassified: boolean
  /** Fields of the list by name; one that is not here is not known. */
  readonly fields: Readonly<Record<string, Value>>
  /** Fields that came and are not what they should be; absent: none. */
  readonly unread?: readonly string[]
}

/** By list and id: where a nested record finds the one that it stands under. */
export type HeldById = ReadonlyMap<string, HeldRecord>

const keyOf = (list: string, id: string): string => `${list} ${id}`

export const heldById = (records: readonly HeldRecord[]): HeldById =>
  new Map(records.map((record) => [keyOf(record.list, record.id), record]))

/** The record as `admits` is asked about it; null where its list is not one of the layout's. */
export function candidateOf(layout: SourceLayout, record: HeldRecord, known: HeldById): Candidate | null {
  const list = layout.lists.get(record.list)
  if (!list) return null
  const { contract } = list
  const text = (field: string | undefined): string | null => {
    const value = field === undefined ? null : record.fields[field]
    return typeof value === 'string' ? value : null
  }
  const head: RowHead = {
    id: record.id,
    person: record.person,
    recordedAt: record.common.recordedAt,
    labels: record.labels,
    handling: record.handling,
    relevance: record.relevance,
    organisation: record.common.organisation,
    owner: list.owner === null ? null : text(contract.ownedBy),
    named: [...(contract.names ?? []).map((field) => text(field)), record.common.service],
  }
  return { list: list satisfies AdmittedList, head, parent: parentOf(layout, record, known) }
}

function parentOf(layout: SourceLayout, record: HeldRecord, known: HeldById): Candidate['parent'] {
  const above = layout.lists.get(record.list)?.contract.parent?.list
  if (above === undefined) return null
  const parent = record.parent === null ? undefined : known.get(keyOf(above, record.parent))
  return (parent && candidateOf(layout, parent, known)) ?? 'MISSING'
}
