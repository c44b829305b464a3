import type { Label } from '../policy/labels.ts'
import type { ListDisclosure, SourceContract } from '../sources/contract.ts'

/**
 * Lists of one agency that a transfer reads, and no other: what its contract marks can be sent to another authority.
 * One whose label is not known is not sent.
 */
export const listsTakenFrom = (contract: Pick<SourceContract, 'lists'>): Readonly<Record<string, ListDisclosure>> => {
  const known = taken.get(contract)
  if (known) return known
  const lists = Object.fromEntries(
    Object.entries(contract.lists).flatMap(([list, { disclosure, transferred }]) =>
      transferred && disclosure ? [[list, disclosure] as const] : [],
    ),
  )
  taken.set(contract, lists)
  return lists
}

/** By contract, of which there is one an agency for as long as the process lives. */
const taken = new WeakMap<object, Readonly<Record<string, ListDisclosure>>>()

export const disclosureOf = (contract: Pick<SourceContract, 'lists'>, list: string): ListDisclosure | undefined => {
  const lists = listsTakenFrom(contract)
  return Object.hasOwn(lists, list) ? lists[list] : undefined
}

/** Labels whose rows are never written into a record that leaves the gateway as a file, whoever the recipient is. */
export const neverWritten: ReadonlySet<string> = new Set<Label>(['LEGAL_PRIVILEGE', 'ADOPTION', 'ADDRESS_PROTECTED'])
