import type { SourceContract } from '../../contract.ts'
import type { CodeBook } from './codeBook.ts'
import { resourceTypes } from './searches.ts'

/** Lists that are said of a person without any code: who they are, and where they are registered. */
const uncoded: ReadonlySet<string> = new Set(['person', 'registrations'])

/**
 * The contract of a kind of which a holder is read from a FHIR server: its lists have records of every label that the
 * code sets give, and some that nobody classified. Whoever counts or transfers them goes by this, never by rows.
 */
export function contractBehindFhir(contract: SourceContract, book: CodeBook): SourceContract {
  const labels = book.sets.flatMap(({ label }) => label ?? [])
  const given = new Set(resourceTypes.flatMap(({ lists }) => lists).filter((list) => !uncoded.has(list)))
  const lists = Object.entries(contract.lists).map(([name, list]) => {
    if (!given.has(name)) return [name, list] as const
    return [
      name,
      { ...list, rowLabels: [...new Set([...(list.rowLabels ?? []), ...labels])], unclassified: true },
    ] as const
  })
  return { ...contract, unclassified: true, lists: Object.fromEntries(lists) }
}
