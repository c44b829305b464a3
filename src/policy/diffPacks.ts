import { type Label, labels } from './labels.ts'
import type { Pack } from './pack.ts'
import { rolesOfPack } from './roleNames.ts'
import { usualHome } from './usualSituation.ts'
import { type Purpose, purposes, type Role } from './vocabulary.ts'
import { ordinaryChild, type WouldSee, whatIf } from './whatIf.ts'

/** One label that a role is given otherwise by another pack. */
export interface PackChange {
  readonly change: 'GAINS' | 'LOSES' | 'OTHER_GROUND'
  readonly role: Role
  readonly purpose: Purpose
  readonly label: Label
  readonly before: string
  readonly after: string
}

const rank: Readonly<Record<WouldSee['given'], number>> = {
  HIDDEN: 0,
  WITHHELD: 1,
  SUBSTITUTE: 2,
  HEADLINE: 3,
  CONTENT: 4,
}

/**
 * Who gains and who loses what, for which purpose, about an ordinary child; without harm, and where there is reasonable
 * cause.
 */
export function diffPacks(before: Pack, after: Pack): readonly PackChange[] {
  const found = new Map<string, PackChange>()
  for (const [role, { type }] of new Map([...rolesOfPack(before), ...rolesOfPack(after)]))
    for (const purpose of purposes)
      for (const harm of ['NONE', 'REASONABLE_CAUSE'] as const) {
        const question = {
          caller: { role, purpose, agencyType: type },
          child: { ...ordinaryChild, harm },
          consentFor: () => 'NONE' as const,
          homeOf: (label: Label) => usualHome[label],
        }
        const [then, now] = [whatIf(before, question), whatIf(after, question)]
        for (const [at, one] of then.entries()) {
          const other = now[at]
          if (!other || saidOf(one) === saidOf(other)) continue
          const change = changeOf(one, other)
          const { label } = one
          found.set(`${role} ${purpose} ${label} ${change}`, {
            change,
            role,
            purpose,
            label,
            before: saidOf(one),
            after: saidOf(other),
          })
        }
      }
  return [...found.values()]
}

const saidOf = ({ given, ownRows, reason }: WouldSee): string => `${given}${ownRows ? ' (own rows)' : ''} ${reason}`

function changeOf(one: WouldSee, other: WouldSee): PackChange['change'] {
  if (rank[one.given] !== rank[other.given]) return rank[one.given] < rank[other.given] ? 'GAINS' : 'LOSES'
  if (one.ownRows !== other.ownRows) return one.ownRows ? 'GAINS' : 'LOSES'
  return 'OTHER_GROUND'
}

/** One line to vote on: the same change of one label for one role, for all the purposes that it is for. */
export interface Motion extends Omit<PackChange, 'purpose'> {
  readonly purposes: readonly Purpose[]
}

/** Changes as a partnership votes on them: by label, then by role; who would lose something before who would gain. */
export function motionsOf(changes: readonly PackChange[]): readonly Motion[] {
  const found = new Map<string, { readonly first: PackChange; readonly purposes: Purpose[] }>()
  for (const change of changes) {
    const key = [change.label, change.change, change.role, change.before, change.after].join('|')
    const known = found.get(key)
    if (!known) found.set(key, { first: change, purposes: [change.purpose] })
    else if (!known.purposes.includes(change.purpose)) known.purposes.push(change.purpose)
  }
  const order = { LOSES: 0, GAINS: 1, OTHER_GROUND: 2 }
  return [...found.values()]
    .map(({ first: { purpose: _purpose, ...rest }, purposes: all }) => ({ ...rest, purposes: all }))
    .toSorted(
      (one, other) =>
        labels.indexOf(one.label) - labels.indexOf(other.label) || order[one.change] - order[other.change],
    )
}
