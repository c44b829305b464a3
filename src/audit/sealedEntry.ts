import type { AuditEntry, EntryAgency, EntryChild } from './entry.ts'

/** What entries that seal their persons have in common. */
export interface Sealed<Kept> extends Omit<AuditEntry, 'version' | 'caller' | 'children' | 'erased'> {
  readonly version: number
  readonly caller: Office & { readonly person: string }
  readonly children: readonly {
    readonly person: string
    readonly asOf: string
    readonly agencies: Readonly<Record<string, Kept>>
  }[]
}

/** The persons of an entry with the salts of their hashes. Kept beside the log and erased by the retention rule. */
export interface Persons<Parts> {
  readonly caller: CallerPerson & { readonly salt: string }
  readonly children: readonly PersonOfChild<Parts>[]
}

/**
 * An entry as the log keeps it: what was done and under which rule, with a salted hash wherever a person stood. The
 * hash tells nothing once the salt is erased, and binds the gateway to what it recorded while the salt is there.
 */
export interface SealedEntry extends Sealed<KeptParts> {
  readonly version: 3
  /** Every way in which labels were permitted, once: the agencies and children of an answer share a few. */
  readonly permitted: readonly Permitted[]
  /** Stands for what was withheld, as `person` stands for a person. */
  readonly withheld: string
}

/**
 * What stays of a caller: the office that asked. Whatever else an entry says of a caller is sealed, so that nothing new
 * stays by oversight.
 */
type Office = Pick<AuditEntry['caller'], 'issuer' | 'clientId' | 'organisation' | 'role' | 'purpose'>
type CallerPerson = Omit<AuditEntry['caller'], keyof Office>

export type Permitted = Pick<EntryAgency, 'headline' | 'content' | 'redacted'>

/**
 * What stays of an agency's part; `permitted` is a place in the entry's list. The rest is sealed: whoever can guess
 * record ids could confirm them by the digest, and why a label was withheld, or which duty arose, can tell of a hold
 * that the recipient may not know of.
 */
type KeptParts = Pick<EntryAgency, 'state' | 'records'> & { readonly permitted: number }

/** `withheld` is a place in the payload's list. */
type SealedParts = Omit<EntryAgency, keyof Permitted | 'state' | 'records' | 'withheld'> & {
  readonly withheld: number
}

/** Who a child is, with what of each agency's part only those may read who may read that. */
interface PersonOfChild<Parts> {
  readonly salt: string
  readonly id: string
  readonly facts: EntryChild['facts']
  readonly agencies: Readonly<Record<string, Parts>>
}

export interface Payload extends Persons<SealedParts> {
  /** Every list of what was withheld, once. */
  readonly withheld: { readonly salt: string; readonly lists: readonly EntryAgency['withheld'][] }
}

/** What stands where a person stood, after the retention rule has erased who it was. */
export const erasedPerson = 'ERASED'

/** An entry for its readers: with its persons while they are kept, and marked as erased afterwards. */
export function unseal(sealed: SealedEntry, payload: Payload | null): AuditEntry {
  const { permitted, withheld: _withheld, ...entry } = sealed
  return withPersons(entry, payload, (kept, parts) => {
    const { headline, content, redacted } = permitted[kept.permitted] ?? nothingPermitted
    const withheld = (parts && payload?.withheld.lists[parts.withheld]) ?? []
    return {
      ...{ state: kept.state, headline, content, redacted, records: kept.records },
      ...(parts ?? { digest: null }),
      withheld,
    }
  })
}

/** @param agencyOf puts together what stays of an agency's part and what was sealed of it. */
export function withPersons<Kept, Parts>(
  { caller, children, version: _version, ...rest }: Sealed<Kept>,
  persons: Persons<Parts> | null,
  agencyOf: (kept: Kept, parts: Parts | undefined) => EntryAgency,
): AuditEntry {
  const { person: _person, ...office } = caller
  const { salt: _salt, ...known } = persons?.caller ?? { salt: '', subject: erasedPerson, tokenId: erasedPerson }
  return {
    ...rest,
    version: 1,
    caller: { ...office, ...known },
    children: children.map(({ asOf, agencies }, at) => {
      const person = persons?.children[at]
      return {
        id: person?.id ?? erasedPerson,
        asOf,
        facts: person?.facts ?? {},
        agencies: Object.fromEntries(
          Object.entries(agencies).map(([name, kept]) => [name, agencyOf(kept, person?.agencies[name])]),
        ),
      }
    }),
    ...(persons === null ? { erased: true as const } : {}),
  }
}

const nothingPermitted: Permitted = { headline: [], content: [], redacted: [] }
