import type { Caller } from './caller.ts'
import type { Policy } from './compilePolicy.ts'
import type { Grant, WithheldLabel } from './grant.ts'
import { bitOf } from './labels.ts'
import { purposeIn, rulesOf } from './pack.ts'
import { rolesOfPack } from './roleNames.ts'
import { type Purpose, pathOfPurpose, purposes, type Role } from './vocabulary.ts'

/** What would open a label that is withheld now. */
export interface Elsewhere {
  /** Purposes for which the caller's own role would be given it. */
  readonly purposes: readonly Purpose[]
  /** Roles of the caller's type of organisation that are given it for the same purpose. */
  readonly roles: readonly Role[]
}

/**
 * Purposes that are open to the caller's organisation and rest on work that it does. Nobody is pointed to an emergency,
 * to an order of a court or, where the pack asks for an episode, to a search: these are declared when there is one.
 */
const declared = (policy: Policy, { agencyType, purpose }: Caller): readonly Purpose[] =>
  purposes.filter(
    (each) =>
      each !== purpose &&
      each !== 'EMERGENCY' &&
      !(each === 'MISSING_RESPONSE' && rulesOf(policy.pack).missingNeedsEpisode) &&
      !['COURT', 'METADATA', 'CLOSED'].includes(pathOfPurpose[each]) &&
      purposeIn(policy.pack, each).openTo.includes(agencyType),
  )

/**
 * What would open what one agency withholds, on the same facts.
 *
 * @param grantFor what another caller would have of the child and the agency.
 */
export function elsewhereOf(
  policy: Policy,
  caller: Caller,
  grantFor: (caller: Caller) => Grant,
): (withheld: Pick<WithheldLabel, 'label' | 'level'>) => Elsewhere {
  const under = (changes: Partial<Pick<Caller, 'purpose' | 'role'>>): Grant => grantFor({ ...caller, ...changes })
  const roles = [...rolesOfPack(policy.pack)].flatMap(([role, { type }]) =>
    role !== caller.role && type === caller.agencyType ? [role] : [],
  )
  const byPurpose = declared(policy, caller).map((purpose) => [purpose, under({ purpose })] as const)
  const byRole = roles.map((role) => [role, under({ role })] as const)
  return ({ label, level }) => {
    const opens = <Name>([name, grant]: readonly [Name, Grant]): readonly Name[] =>
      ((level === 'CONTENT' ? grant.content : grant.headline) & bitOf(label)) !== 0 ? [name] : []
    return { purposes: byPurpose.flatMap(opens), roles: byRole.flatMap(opens) }
  }
}
