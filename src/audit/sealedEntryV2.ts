import type { AuditEntry, EntryAgency } from './entry.ts'
import { type Persons, type Sealed, withPersons } from './sealedEntry.ts'

/**
 * The second version of a stored entry, which says for every agency of every child what was permitted. Read, and not
 * written any more.
 */
export interface SealedEntryV2 extends Sealed<KeptParts> {
  readonly version: 2
}

type KeptParts = Pick<EntryAgency, 'state' | 'headline' | 'content' | 'redacted' | 'records'>

/** The persons of such an entry. */
export type PayloadV2 = Persons<Omit<EntryAgency, keyof KeptParts>>

/** As `unseal` does it. */
export const unsealV2 = (sealed: SealedEntryV2, payload: PayloadV2 | null): AuditEntry =>
  withPersons(sealed, payload, (kept, parts) => ({ ...kept, ...(parts ?? { digest: null, withheld: [] }) }))
