import type { Leaf, LeafAgency } from './leaf.ts'
import { type CallerPerson, erasedPerson, type Office, type PersonOfChild } from './sealedLeaf.ts'

/** The second version of a stored leaf, which says for every agency of every child what was permitted. Read, and not written any more. */
export interface SealedLeafTwo extends Omit<Leaf, 'version' | 'caller' | 'children' | 'erased'> {
  readonly version: 2
  readonly caller: Office & { readonly person: string }
  readonly children: readonly {
    readonly person: string
    readonly asOf: string
    readonly agencies: Readonly<Record<string, KeptParts>>
  }[]
}

type KeptParts = Pick<LeafAgency, 'state' | 'headline' | 'content' | 'redacted' | 'records'>

/** The persons of such a leaf. */
export interface PayloadTwo {
  readonly caller: CallerPerson & { readonly salt: string }
  readonly children: readonly PersonOfChild<Omit<LeafAgency, keyof KeptParts>>[]
}

/** As `unseal` does it. */
export function unsealTwo({ caller, children, ...rest }: SealedLeafTwo, payload: PayloadTwo | null): Leaf {
  const { person: _person, ...office } = caller
  const { salt: _salt, ...known } = payload?.caller ?? { salt: '', subject: erasedPerson, tokenId: erasedPerson }
  return {
    ...rest,
    version: 1,
    caller: { ...office, ...known },
    children: children.map(({ asOf, agencies }, at) => {
      const person = payload?.children[at]
      return {
        id: person?.id ?? erasedPerson,
        asOf,
        facts: person?.facts ?? {},
        agencies: Object.fromEntries(
          Object.entries(agencies).map(([name, kept]) => [
            name,
            { ...kept, ...(person?.agencies[name] ?? { digest: null, withheld: [] }) },
          ]),
        ),
      }
    }),
    ...(payload === null ? { erased: true as const } : {}),
  }
}
