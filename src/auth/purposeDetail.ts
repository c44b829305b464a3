import type { TokenScope } from '../policy/caller.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { isName } from './claimFormats.ts'
import { isJsonObject, type JsonObject } from './strictJson.ts'

export type PurposeRefusal =
  | 'PURPOSE_MISSING'
  | 'PURPOSE_NOT_SINGLE'
  | 'PURPOSE_DETAIL_TYPE'
  | 'PURPOSE_DETAIL_MEMBER'
  | 'PURPOSE_DETAIL_VALUE'
  | 'PURPOSE_CATEGORY'

export type ReadPurpose =
  | { readonly ok: true; readonly purpose: string; readonly scope: TokenScope | null }
  | { readonly ok: false; readonly reason: PurposeRefusal }

const refuse = (reason: PurposeRefusal): ReadPurpose => ({ ok: false, reason })

const members = ['type', 'purpose', 'basis', 'child', 'transfer', 'episode', 'categories']
const references = ['basis', 'child', 'transfer', 'episode'] as const

/**
 * The one purpose of a token. A member that is not understood may narrow what was granted, so it refuses rather than
 * being passed over (RFC 9396 §5).
 */
export const readPurpose = (details: unknown): ReadPurpose => {
  if (!Array.isArray(details) || details.length === 0) return refuse('PURPOSE_MISSING')
  if (details.length > 1) return refuse('PURPOSE_NOT_SINGLE')
  const detail: unknown = details[0]
  if (!isJsonObject(detail) || detail['type'] !== 'child-disclosure') return refuse('PURPOSE_DETAIL_TYPE')
  if (Object.keys(detail).some((member) => !members.includes(member))) return refuse('PURPOSE_DETAIL_MEMBER')
  if (references.some((member) => Object.hasOwn(detail, member) && !isName(detail[member], 1, 128)))
    return refuse('PURPOSE_DETAIL_VALUE')
  const { purpose } = detail
  if (typeof purpose !== 'string') return refuse('PURPOSE_MISSING')
  const categories = categoriesOf(detail)
  if (categories === 'UNKNOWN') return refuse('PURPOSE_CATEGORY')
  return { ok: true, purpose, scope: scopeOf(detail, categories) }
}

/**
 * An empty list would narrow to nothing, and a word of another vocabulary to something that nobody meant: both refuse.
 */
const categoriesOf = (detail: JsonObject): readonly Label[] | null | 'UNKNOWN' => {
  if (!Object.hasOwn(detail, 'categories')) return null
  const given: unknown = detail['categories']
  if (!Array.isArray(given) || given.length === 0) return 'UNKNOWN'
  const known = given.filter((each): each is Label => typeof each === 'string' && isLabel(each))
  return known.length === given.length && new Set(known).size === known.length ? known : 'UNKNOWN'
}

const scopeOf = (detail: JsonObject, categories: readonly Label[] | null): TokenScope | null => {
  const text = (member: (typeof references)[number]): string | null => {
    const value = detail[member]
    return typeof value === 'string' ? value : null
  }
  const narrows = categories !== null || references.some((member) => Object.hasOwn(detail, member))
  if (!narrows) return null
  return {
    child: text('child'),
    transfer: text('transfer'),
    episode: text('episode'),
    basis: text('basis'),
    categories,
  }
}
