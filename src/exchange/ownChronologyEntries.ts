import { type Organisation, partyOf, usualServiceOf } from './mailboxes.ts'
import type { Fields, FieldValue } from './message.ts'

/** Whether a code is one of these parties, or that of an organisation whose post goes to one of them. */
export const isPartyOf =
  (parties: ReadonlySet<string>, organisationOf: (code: string) => Organisation | null) =>
  (code: string): boolean => {
    const organisation = organisationOf(code)
    return (
      parties.has(code) || (organisation !== null && parties.has(partyOf(organisation, usualServiceOf(organisation))))
    )
  }

/**
 * Fields as an addressee reads them: of those that name organisations its own entries alone. Whom else a sender asked,
 * chose or did without tells where a child learns and is treated; that is for the sender.
 */
export function ownEntries(fields: Fields, names: readonly string[], isOwn: (code: string) => boolean): Fields {
  if (names.length === 0) return fields
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): readonly [string, FieldValue][] => {
      if (!names.includes(name)) return [[name, value]]
      if (!Array.isArray(value)) return isOwnEntry(value, isOwn) ? [[name, value]] : []
      const own = value.filter((each: FieldValue) => isOwnEntry(each, isOwn))
      return own.length > 0 ? [[name, own]] : []
    }),
  )
}

function isOwnEntry(value: FieldValue, isOwn: (code: string) => boolean): boolean {
  const code =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields)['organisation'] : value
  return typeof code === 'string' && isOwn(code)
}
