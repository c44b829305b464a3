import { canonicalText } from './canonicalText.ts'
import type { Leaf } from './leaf.ts'
import { type Payload, type SealedLeaf, unseal } from './sealedLeaf.ts'

/**
 * The text of a leaf exactly as it is stored and hashed: canonical JSON (RFC 8785), so that the same leaf is the same bytes
 * wherever it is written again.
 */
export const leafText = (leaf: SealedLeaf): string => canonicalText(leaf)

/** What the log holds: leaves of the first version name their persons, those of the second only seal them. */
export type StoredLeaf = Leaf | SealedLeaf

/** A leaf from its stored text. Only text whose hash is in the log is given to this. */
export function storedLeaf(text: string): StoredLeaf {
  const value: unknown = JSON.parse(text)
  if (!isLeaf(value)) throw new TypeError('The stored text is not a leaf of version 1 or 2.')
  return value
}

/** A leaf for its readers, from what is stored of it. */
export function leafFrom(text: string, payload: string | null): Leaf {
  const leaf = storedLeaf(text)
  return leaf.version === 1 ? leaf : unseal(leaf, payload === null ? null : payloadFrom(payload))
}

/** The persons of a leaf from their stored text, which the leaf's own hashes vouch for. */
export function payloadFrom(text: string): Payload {
  const value: unknown = JSON.parse(text)
  if (!isPayload(value)) throw new TypeError('The stored text is not the payload of a leaf.')
  return value
}

/** Looks at what the gateway itself depends on; the rest is vouched for by the hash of the text that `leafText` made. */
const isLeaf = (value: unknown): value is StoredLeaf =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  (value.version === 1 || value.version === 2) &&
  'id' in value &&
  typeof value.id === 'string' &&
  'actions' in value &&
  Array.isArray(value.actions) &&
  'children' in value &&
  Array.isArray(value.children)

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' &&
  value !== null &&
  'caller' in value &&
  typeof value.caller === 'object' &&
  'children' in value &&
  Array.isArray(value.children)

/** The children whom a leaf concerns, each once. */
export const childrenOf = (leaf: { readonly children: readonly { readonly id: string }[] }): readonly string[] => [
  ...new Set(leaf.children.map((child) => child.id)),
]
