import type { Caller } from '../policy/caller.ts'
import type { StoredAuditEntry } from './readEntry.ts'

type Reader = Pick<Caller, 'issuer' | 'subject' | 'organisation' | 'role' | 'la'>

/**
 * Whether an entry records a disclosure to the reader's own organisation; for those who govern information in an
 * authority, to any organisation of that authority. Of every other entry the reader sees the hash alone.
 */
export const isOwn = (entry: StoredAuditEntry, reader: Reader): boolean => {
  const { organisation } = entry.caller
  if (organisation === reader.organisation) return true
  return (
    reader.role === 'INFORMATION_GOVERNANCE_OFFICER' && reader.la !== null && organisation.startsWith(`${reader.la}-`)
  )
}

/**
 * Whether the text of an own entry may be read. One of the first version names the child and the practitioner in it, so
 * it is for that practitioner alone; a colleague still gets its hash.
 */
export const mayReadEntry = (entry: StoredAuditEntry, reader: Reader): boolean =>
  isOwn(entry, reader) &&
  (entry.version !== 1 || (entry.caller.subject === reader.subject && entry.caller.issuer === reader.issuer))
