import canonicalize from 'canonicalize'
import type { Leaf } from './leaf.ts'

/**
 * The text of a leaf exactly as it is stored and hashed: canonical JSON (RFC 8785), so that the same leaf is the same bytes
 * wherever it is written again.
 */
export function leafText(leaf: Leaf): string {
  const text = canonicalize(leaf)
  if (text === undefined) throw new TypeError('A leaf must be an object.')
  return text
}

/** A leaf from its stored text. Only text whose hash is in the log is given to this. */
export function leafFrom(text: string): Leaf {
  const value: unknown = JSON.parse(text)
  if (!isLeaf(value)) throw new TypeError('The stored text is not a leaf of version 1.')
  return value
}

/** Looks at what the gateway itself depends on; the rest is vouched for by the hash of the text that `leafText` made. */
const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  value.version === 1 &&
  'id' in value &&
  typeof value.id === 'string' &&
  'children' in value &&
  Array.isArray(value.children)

/** The children whom a leaf concerns, each once. */
export const childrenOf = (leaf: Leaf): readonly string[] => [...new Set(leaf.children.map((child) => child.id))]
