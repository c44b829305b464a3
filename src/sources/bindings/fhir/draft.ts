import type { ColumnKind } from '../../columnLayout.ts'
import type { Value } from '../../contract.ts'
import type { HeldRecord } from '../../heldRecord.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import type { Classified } from './classify.ts'
import type { CodeBook } from './codeBook.ts'
import { dayOf, instantOf, isFhirDate } from './dates.ts'
import type { FhirHolder } from './holder.ts'
import { goodText, type Json, objectAt, textsAt } from './json.ts'
import type { NameBook } from './names.ts'

/** What the records of one answer are read with. */
export interface Reading {
  readonly layout: SourceLayout
  readonly holder: FhirHolder
  readonly book: CodeBook
  readonly names: NameBook
  /** Address of the server. */
  readonly base: string
  /** When it was read. */
  readonly readAt: string
  /** Told of every value that is not what its field takes, by list and field. */
  readonly onBad: (list: string, field: string) => void
}

/** A record as a resource gives it, before any value was checked. */
export interface Draft {
  readonly list: string
  /** `Condition/abc`, as the server names it. */
  readonly id: string
  readonly person: string
  readonly eventAt?: unknown
  /** When it was recorded, where the resource says. */
  readonly recorded?: unknown
  readonly recordedBy?: unknown
  readonly evidence?: string
  readonly classified: Classified
  readonly fields: Readonly<Record<string, unknown>>
}

/** Administrative: what it says needs no code to be classified. */
export const administrative: Classified = { labels: [], isUnclassified: false }

/** The record of a draft: what is not as its field takes it is not known, and told to the operator. */
export function heldOf(reading: Reading, resource: Json, draft: Draft): HeldRecord {
  const { layout, holder, onBad } = reading
  const list = layout.lists.get(draft.list)
  const ownLabel = list?.type.label
  const fields: Record<string, Value> = {}
  const unread: string[] = []
  for (const [field, given] of Object.entries(draft.fields)) {
    const kind = list?.columns.get(field)?.kind
    if (!kind || given === null || given === undefined) continue
    const value = coerced(kind, given, holder.timeZone)
    if (value === bad) unread.push(field)
    else fields[field] = value
  }
  for (const field of unread) onBad(draft.list, field)
  if (draft.eventAt !== undefined && draft.eventAt !== null && !isFhirDate(draft.eventAt)) onBad(draft.list, 'eventAt')
  const recordedAt = recordedAtOf(resource, draft.recorded, reading.readAt)
  if (recordedAt === null) onBad(draft.list, 'provenance.recordedAt')
  return {
    list: draft.list,
    id: draft.id,
    person: draft.person,
    parent: null,
    common: {
      eventAt: instantOf(draft.eventAt),
      recordedAt,
      recordedBy: goodText(draft.recordedBy),
      service: holder.service,
      la: holder.la,
      force: null,
      organisation: holder.organisation,
      evidence: draft.evidence ?? 'FACT',
      supersedes: null,
    },
    labels: draft.classified.labels.filter((label) => label !== ownLabel),
    handling: 'NONE',
    relevance: 'RELEVANT',
    isUnclassified: draft.classified.isUnclassified,
    fields,
    ...(unread.length === 0 ? {} : { unread }),
  }
}

/**
 * When the holder knew: when it says that it was recorded, unless that is later than the version that says so; else
 * when this version was written. What was read by now was written by now, whatever the server's clock says.
 */
function recordedAtOf(resource: Json, said: unknown, readAt: string): string | null {
  const updated = instantOf(objectAt(resource, 'meta')?.['lastUpdated'])
  const recorded = instantOf(said)
  const known =
    recorded !== null && (updated === null || Date.parse(recorded) <= Date.parse(updated)) ? recorded : updated
  return known !== null && Date.parse(known) > Date.parse(readAt) ? readAt : known
}

const bad = Symbol('bad')

function coerced(kind: ColumnKind, given: unknown, timeZone: string): Value | typeof bad {
  switch (kind) {
    case 'text':
      return goodText(given) ?? bad
    case 'boolean':
      return typeof given === 'boolean' ? given : bad
    case 'integer':
      return typeof given === 'number' && Number.isInteger(given) ? given : bad
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? given : bad
    case 'date':
      return isFhirDate(given) ? dayOf(given, timeZone) : bad
    case 'instant':
      return isFhirDate(given) ? instantOf(given) : bad
    case 'list':
      return textsAt({ given }, 'given')
    case 'objects':
      return bad
  }
}
