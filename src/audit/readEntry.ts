import type { AuditEntry } from './entry.ts'
import { type Payload, type SealedEntry, unseal } from './sealedEntry.ts'
import { type PayloadV2, type SealedEntryV2, unsealV2 } from './sealedEntryV2.ts'

/** What the log holds: entries of the first version name their persons, later ones only seal them. */
export type StoredAuditEntry = AuditEntry | SealedEntryV2 | SealedEntry

/** An entry from its stored text. Only text whose hash is in the log is given to this. */
export function storedAuditEntry(text: string): StoredAuditEntry {
  const value: unknown = JSON.parse(text)
  if (!isEntry(value)) throw new TypeError('The stored text is not an entry of version 1, 2 or 3.')
  return value
}

/** An entry for its readers, from what is stored of it. */
export function entryFrom(text: string, payload: string | null): AuditEntry {
  const entry = storedAuditEntry(text)
  if (entry.version === 1) return entry
  const persons = payload === null ? null : payloadFrom(payload)
  if (entry.version === 2 && (persons === null || !isOfThree(persons))) return unsealV2(entry, persons)
  if (entry.version === 3 && (persons === null || isOfThree(persons))) return unseal(entry, persons)
  throw new TypeError('The stored payload is of an entry of another version.')
}

/** The persons of an entry from their stored text, which the entry's own hashes vouch for. */
export function payloadFrom(text: string): Payload | PayloadV2 {
  const value: unknown = JSON.parse(text)
  if (!isPayload(value)) throw new TypeError('The stored text is not the payload of a leaf.')
  return value
}

/** Looks at what the gateway itself depends on; the rest is vouched for by the hash of the text that was written. */
const isEntry = (value: unknown): value is StoredAuditEntry =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  (value.version === 1 || value.version === 2 || value.version === 3) &&
  'id' in value &&
  typeof value.id === 'string' &&
  'actions' in value &&
  Array.isArray(value.actions) &&
  'children' in value &&
  Array.isArray(value.children)

const isPayload = (value: unknown): value is Payload | PayloadV2 =>
  typeof value === 'object' &&
  value !== null &&
  'caller' in value &&
  typeof value.caller === 'object' &&
  'children' in value &&
  Array.isArray(value.children)

const isOfThree = (payload: Payload | PayloadV2): payload is Payload => 'withheld' in payload

/** The children whom an entry concerns, each once. */
export const childrenOf = (entry: { readonly children: readonly { readonly id: string }[] }): readonly string[] => [
  ...new Set(entry.children.map((child) => child.id)),
]
