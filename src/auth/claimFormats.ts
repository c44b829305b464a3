/**
 * A printable name of bounded length, with no space at either end: a practitioner who is denied may not come back as
 * another spelling. A line break in a `sub` would forge a line of the audit log's export.
 */
export const isName = (value: unknown, shortest = 1, longest = 256): value is string =>
  typeof value === 'string' &&
  value.length >= shortest &&
  value.length <= longest &&
  value.trim() === value &&
  !/[\p{C}\p{Zl}\p{Zp}]/u.test(value)

/** A SHA-256 in base64url, in its one spelling. */
export const isDigest = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length === 43 &&
  /^[A-Za-z0-9_-]+$/.test(value) &&
  Buffer.from(value, 'base64url').toString('base64url') === value
