import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { allWithheld, type Grant } from '../policy/grant.ts'
import { tellsOfUnclassified } from '../policy/unclassified.ts'
import type { Contracts } from '../records/answered.ts'
import type { SourceContract } from '../sources/contract.ts'

/** `Withheld` of `schema/shared.graphql`. */
export interface Withheld {
  readonly reason: string
  /** Null: of no one category. */
  readonly category: string | null
  readonly level: string
  readonly controller: string
  readonly contact: string | null
  readonly requestable: boolean
}

/**
 * What one agency withholds and may say so, one entry for each label. From the grant alone, which never names a label
 * whose existence is hidden; whether the agency holds anything of the label is not looked at.
 */
export function withheldBy(grant: Grant, contract: SourceContract): readonly Withheld[] {
  const byLabel = new Map<string, Withheld>()
  for (const { label, level, reason, requestable } of allWithheld(grant)) {
    const known = byLabel.get(label)
    // What all hold back stands before what one of them does.
    if (known?.level === 'HEADLINE' || known?.level === level) continue
    byLabel.set(label, {
      reason,
      category: label,
      level,
      controller: contract.agency,
      contact: contract.contact ?? null,
      requestable,
    })
  }
  return contract.unclassified && tellsOfUnclassified(grant)
    ? [...byLabel.values(), unclassifiedOf(contract)]
    : [...byLabel.values()]
}

/** That there may be records which nobody classified: the same for every child, whatever the holders have of whom. */
const unclassifiedOf = ({ agency, contact = null }: SourceContract): Withheld => ({
  reason: 'W_UNCLASSIFIED',
  category: null,
  level: 'HEADLINE',
  controller: agency,
  contact,
  requestable: true,
})

/**
 * Whether anything is withheld and may be told, be it of one holder alone.
 *
 * @param unclassified whether there may be records that nobody classified.
 */
export const withholds = (grant: Grant, unclassified: boolean): boolean =>
  allWithheld(grant).length > 0 || (unclassified && tellsOfUnclassified(grant))

/** What every agency withholds from this caller about this child. */
export const withheldFromChild = (
  grants: Readonly<Record<AgencyName, Grant>>,
  contracts: Contracts,
): readonly Withheld[] => agencies.flatMap((agency) => withheldBy(grants[agency], contracts[agency]))

/** What of one record is withheld: its own labels that the grant withholds and may name. */
export const withheldOfRecord = (
  labels: readonly string[],
  grant: Grant,
  contract: SourceContract,
): readonly Withheld[] =>
  withheldBy(grant, contract).filter(({ category }) => category !== null && labels.includes(category))
