import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { Refusal } from '../foundation/errors.ts'
import { opensList } from '../policy/admits.ts'
import type { Grant } from '../policy/grant.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'

/**
 * The agencies asked for by name of which this caller may read no record, and which say so. To filter by one of them
 * would ask about what is withheld. One whose existence may not be disclosed is not among them: it is answered as one
 * that holds nothing.
 */
export const withheldWhole = (
  asked: readonly string[] | null | undefined,
  grants: Readonly<Record<AgencyName, Grant>>,
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
): readonly AgencyName[] =>
  agencies.filter((name) => {
    const { contract, lists } = layouts[name]
    if (!asked?.includes(contract.agency) || grants[name].withheld.length === 0) return false
    return ![...lists.values()].some((list) => list.list !== 'person' && opensList(grants[name], list))
  })

/** @throws Refusal FILTER_NOT_PERMITTED naming the agency. */
export function refuseWithheldFilter(...question: Parameters<typeof withheldWhole>): void {
  const [name] = withheldWhole(...question)
  if (name) throw new Refusal('FILTER_NOT_PERMITTED', { extensions: { agency: question[2][name].contract.agency } })
}
