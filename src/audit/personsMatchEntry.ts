import { commitmentTo } from './commitment.ts'
import type { Payload, SealedEntry } from './sealedEntry.ts'
import type { PayloadV2, SealedEntryV2 } from './sealedEntryV2.ts'

/** Whether these are the persons whom the entry was made with, and nothing beside them: no hash is of anything else. */
export const opens = (sealed: SealedEntry | SealedEntryV2, payload: Payload | PayloadV2): boolean =>
  Object.keys(payload).every((name) => sealedMembers[sealed.version].includes(name)) &&
  sealed.caller.person === commitment(payload.caller) &&
  (sealed.version === 2 || ('withheld' in payload && sealed.withheld === commitment(payload.withheld))) &&
  sealed.children.length === payload.children.length &&
  sealed.children.every(({ person }, at) => person === commitment(payload.children[at]))

/** Members of a payload, each of which the entry has a hash of, by the entry's version. */
const sealedMembers: Readonly<Record<2 | 3, readonly string[]>> = {
  2: ['caller', 'children'] satisfies (keyof PayloadV2)[],
  3: ['caller', 'withheld', 'children'] satisfies (keyof Payload)[],
}

/** Plain JSON: what is read back from its stored text has its members in the same order. */
const commitment = (value: object | undefined): string => commitmentTo(JSON.stringify(value ?? null))
