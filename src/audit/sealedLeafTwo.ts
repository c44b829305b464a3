import type { Leaf, LeafAgency } from './leaf.ts'
import { type Persons, type Sealed, withPersons } from './sealedLeaf.ts'

/** The second version of a stored leaf, which says for every agency of every child what was permitted. Read, and not written any more. */
export interface SealedLeafTwo extends Sealed<KeptParts> {
  readonly version: 2
}

type KeptParts = Pick<LeafAgency, 'state' | 'headline' | 'content' | 'redacted' | 'records'>

/** The persons of such a leaf. */
export type PayloadTwo = Persons<Omit<LeafAgency, keyof KeptParts>>

/** As `unseal` does it. */
export const unsealTwo = (sealed: SealedLeafTwo, payload: PayloadTwo | null): Leaf =>
  withPersons(sealed, payload, (kept, parts) => ({ ...kept, ...(parts ?? { digest: null, withheld: [] }) }))
