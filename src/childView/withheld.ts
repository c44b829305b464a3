import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { isNotSaid, notSaid } from '../policy/cannotBeSaid.ts'
import { ruleById } from '../policy/decide.ts'
import { type Grant, toldAsWithheld } from '../policy/grant.ts'
import type { Disclosure, Label } from '../policy/labels.ts'
import { tokenScope } from '../policy/narrowToToken.ts'
import { tellsOfUnclassified } from '../policy/readsUnclassified.ts'
import type { Elsewhere } from '../policy/whatWouldOpen.ts'
import type { Contracts } from '../records/agencyAnswers.ts'
import type { SourceContract } from '../sources/contract.ts'

/** `Withheld` of `schema/shared.graphql`. */
export interface Withheld {
  readonly reason: string
  /** Null: of no one category. */
  readonly category: Label | null
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
  for (const { label, level, reason, requestable } of toldAsWithheld(grant)) {
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
  toldAsWithheld(grant).length > 0 || (unclassified && tellsOfUnclassified(grant))

/** `WithheldByReason` of `schema/shared.graphql`. */
export interface WithheldByReason extends Withheld {
  readonly text: string
  readonly categories: readonly WithheldCategory[]
}

/** `WithheldCategory`. What would open it is found when it is asked for. */
export interface WithheldCategory {
  readonly category: Label
  readonly level: Disclosure
  readonly elsewhere: () => Elsewhere
}

/** What would open a label that an agency withholds. */
export type FindElsewhere = (agency: AgencyName, withheld: Pick<WithheldCategory, 'category' | 'level'>) => Elsewhere

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
  find: (one: Pick<WithheldCategory, 'category' | 'level'>) => Elsewhere,
): readonly WithheldByReason[] {
  const [first] = some
  if (!first) return []
  const rule = toldAsWithheld(grant).find(({ reason }) => reason === first.reason)?.rule ?? ''
  const categories = some.flatMap(({ category, level }) =>
    category === null
      ? []
      : [{ category, level, elsewhere: () => (isNotSaid(first) ? nowhere : find({ category, level })) }],
  )
  return [{ ...first, text: wordsOf(rule), categories }]
}

/** What would open it depends on holds and consents, which are recorded about something that is there. */
const nowhere: Elsewhere = { purposes: [], roles: [] }

/** What stands in the place of a rule, beside the rules. */
const besideRules = [notSaid, tokenScope]
const wordsOf = (rule: string): string => (besideRules.find(({ id }) => id === rule) ?? ruleById(rule)).text

/** What of one record is withheld: its own labels that the grant withholds and may name. */
export const withheldOfRecord = (
  labels: readonly string[],
  grant: Grant,
  contract: SourceContract,
): readonly Withheld[] =>
  withheldBy(withoutHeldParts(grant), contract).filter(({ category }) => category !== null && labels.includes(category))

/** Of a record that is read another one that is held back says nothing. */
const withoutHeldParts = ({ heldParts: _, ...grant }: Grant): Grant => grant
