import { hash, randomFillSync } from 'node:crypto'
import type { Leaf, LeafAgency, LeafChild } from './leaf.ts'

/**
 * A leaf as the log keeps it: what was done and under which rule, with a salted hash wherever a person stood. The hash tells nothing once the
 * salt is erased, and binds the gateway to what it recorded while the salt is there.
 */
export interface SealedLeaf extends Omit<Leaf, 'version' | 'caller' | 'children' | 'erased'> {
  readonly version: 2
  readonly caller: Office & { readonly person: string }
  readonly children: readonly SealedChild[]
}

export interface SealedChild {
  readonly person: string
  readonly asOf: string
  readonly agencies: Readonly<Record<string, KeptParts>>
}

/** What stays of a caller: the office that asked. Whatever else a leaf says of a caller is sealed, so that nothing new stays by oversight. */
type Office = Pick<Leaf['caller'], 'issuer' | 'clientId' | 'organisation' | 'role' | 'purpose'>
type CallerPerson = Omit<Leaf['caller'], keyof Office>

/**
 * What stays of an agency's part. The rest is sealed with the child: whoever can guess record ids could confirm them by the digest, and why a
 * label was withheld, or which duty arose, can tell of a hold that the recipient may not know of.
 */
type KeptParts = Pick<LeafAgency, 'state' | 'headline' | 'content' | 'redacted' | 'records'>
type SealedParts = Omit<LeafAgency, keyof KeptParts>

/** The persons of a leaf with the salts of their hashes. Kept beside the log and erased by the retention rule. */
export interface Payload {
  readonly caller: CallerPerson & { readonly salt: string }
  readonly children: readonly {
    readonly salt: string
    readonly id: string
    readonly facts: LeafChild['facts']
    readonly agencies: Readonly<Record<string, SealedParts>>
  }[]
}

/** Parts what may be erased from what must stay. `payload` is the text of a `Payload`. */
export function seal(leaf: Leaf): { readonly sealed: SealedLeaf; readonly payload: string } {
  const { version: _version, erased: _erased, caller, children, ...rest } = leaf
  const { issuer, clientId, organisation, role, purpose, ...person } = caller
  const office: Office = { issuer, clientId, organisation, role, purpose }
  const known: Payload['caller'] = { salt: newSalt(), ...person }
  const callerText = JSON.stringify(known)
  const childTexts = children.map(({ id, facts, agencies }) => {
    const child: Payload['children'][number] = {
      salt: newSalt(),
      id,
      facts,
      agencies: mapValues(agencies, sealedPartsOf),
    }
    return JSON.stringify(child)
  })
  const sealed: SealedLeaf = {
    ...rest,
    version: 2,
    caller: { ...office, person: commitmentTo(callerText) },
    children: children.map(({ asOf, agencies }, at) => ({
      person: commitmentTo(childTexts[at] ?? ''),
      asOf,
      agencies: mapValues(agencies, keptPartsOf),
    })),
  }
  // The very texts that the hashes are of.
  return { sealed, payload: `{"caller":${callerText},"children":[${childTexts.join(',')}]}` }
}

/** What stands where a person stood, after the retention rule has erased who it was. */
export const erasedPerson = 'ERASED'

/** A leaf for its readers: with its persons while they are kept, and marked as erased afterwards. */
export function unseal(sealed: SealedLeaf, payload: Payload | null): Leaf {
  const { caller, children, version: _version, ...rest } = sealed
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
        agencies: mapValues(agencies, (kept, agency) => ({ ...kept, ...(person?.agencies[agency] ?? nothingKept) })),
      }
    }),
    ...(payload === null ? { erased: true as const } : {}),
  }
}

/** Whether these are the persons whom the leaf was made with. */
export const opens = (sealed: SealedLeaf, payload: Payload): boolean =>
  sealed.caller.person === commitment(payload.caller) &&
  sealed.children.length === payload.children.length &&
  sealed.children.every(({ person }, at) => person === commitment(payload.children[at]))

const keptPartsOf = ({ state, headline, content, redacted, records }: LeafAgency): KeptParts => ({
  ...{ state, headline, content, redacted, records },
})

const sealedPartsOf = (agency: LeafAgency): SealedParts => {
  const {
    state: _state,
    headline: _headline,
    content: _content,
    redacted: _redacted,
    records: _records,
    ...rest
  } = agency
  return rest
}

const nothingKept: SealedParts = { digest: null, withheld: [] }

const mapValues = <From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From, key: string) => To,
): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]))

/** So many bytes of salt that nobody finds a name by trying names. */
const saltBytes = 16

/** Random bytes for salts to come: to make some costs as much as to make many. */
const random = Buffer.alloc(saltBytes * 256)
let used = random.length

/** Nothing of a salt stays here, so that it is gone when it is erased. */
function newSalt(): string {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const salt = random.toString('base64url', used, used + saltBytes)
  random.fill(0, used, used + saltBytes)
  used += saltBytes
  return salt
}

/**
 * The salt stands in the hashed value; another first byte keeps it apart from leaves and nodes of the tree. Plain JSON: what is read back
 * from its stored text has its members in the same order.
 */
const commitmentTo = (text: string): string => hash('sha256', `\u0002${text}`, 'base64url')

const commitment = (value: object | undefined): string => commitmentTo(JSON.stringify(value ?? null))
