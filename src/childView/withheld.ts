import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { ruleById } from '../policy/decide.ts'
import type { Elsewhere } from '../policy/elsewhere.ts'
import { allWithheld, type Grant } from '../policy/grant.ts'
import type { Disclosure, Label } from '../policy/labels.ts'
import type { Contracts } from '../records/answered.ts'
import type { SourceContract } from '../sources/contract.ts'

/** `Withheld` of `schema/shared.graphql`. */
export interface Withheld {
  readonly reason: string
  readonly category: Label
  readonly level: Disclosure
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
  return [...byLabel.values()]
}

/** Whether anything is withheld and may be told, be it of one holder alone. */
export const withholds = (grant: Grant): boolean => allWithheld(grant).length > 0

/** `WithheldByReason` of `schema/shared.graphql`. */
export interface WithheldByReason extends Withheld {
  readonly text: string
  readonly categories: readonly WithheldCategory[]
}

/** `WithheldCategory`. What would open it is found when it is asked for. */
export interface WithheldCategory extends Pick<Withheld, 'category' | 'level'> {
  readonly elsewhere: () => Elsewhere
}

/** What would open a label that an agency withholds. */
export type FindElsewhere = (agency: AgencyName, withheld: Pick<Withheld, 'category' | 'level'>) => Elsewhere

/**
 * What every agency withholds from this caller about this child: one row for each agency and reason, requestable first.
 */
export function withheldFromChild(
  grants: Readonly<Record<AgencyName, Grant>>,
  contracts: Contracts,
  find: FindElsewhere,
): readonly WithheldByReason[] {
  const rows = agencies.flatMap((agency) => {
    const all = withheldBy(grants[agency], contracts[agency])
    const reasons = [...new Set(all.map(({ reason }) => reason))]
    return reasons.flatMap((reason) =>
      rowOf(
        grants[agency],
        all.filter((one) => one.reason === reason),
        (one) => find(agency, one),
      ),
    )
  })
  return [...rows.filter(({ requestable }) => requestable), ...rows.filter(({ requestable }) => !requestable)]
}

function rowOf(
  grant: Grant,
  some: readonly Withheld[],
  find: (one: Withheld) => Elsewhere,
): readonly WithheldByReason[] {
  const [first] = some
  if (!first) return []
  const rule = allWithheld(grant).find(({ reason }) => reason === first.reason)?.rule ?? ''
  const categories = some.map((one) => ({ category: one.category, level: one.level, elsewhere: () => find(one) }))
  return [{ ...first, text: ruleById(rule).text, categories }]
}

/** What of one record is withheld: its own labels that the grant withholds and may name. */
export const withheldOfRecord = (
  labels: readonly string[],
  grant: Grant,
  contract: SourceContract,
): readonly Withheld[] => withheldBy(grant, contract).filter(({ category }) => labels.includes(category))
