import type { Label } from './labels.ts'
import type { Access, Pack } from './pack.ts'
import type { Purpose, PurposePath, Role } from './vocabulary.ts'

/** What a pack's list gives one role for one label, before any rule of `rules.ts` speaks. */
export interface RoleAccess {
  readonly headline: boolean
  readonly content: boolean
  /** The role would be given this label for another purpose. */
  readonly otherPurpose: boolean
  /** The role is answered as if nothing were held, whenever it is given nothing. */
  readonly hidden: boolean
}

export interface AccessQuestion {
  readonly label: Label
  readonly caller: { readonly role: Role; readonly purpose: Purpose }
  /** Where the purpose stands by the pack. */
  readonly path: PurposePath
  /** Purpose on the harm path, or reasonable cause to suspect significant harm. */
  readonly harmPath: boolean
  /** The caller's organisation holds the record. */
  readonly own: boolean
  /** The child is under 13 and the label is one that such an age opens. */
  readonly openedByAge?: boolean
  /** The child is placed for adoption and no order is made. */
  readonly beforeOrder?: boolean
}

/** Looks one role up in the label's list. Order in the pack does not matter; the widest entry that applies holds. */
export function accessOf(pack: Pack, question: AccessQuestion): RoleAccess {
  const policy = pack.labels[question.label]
  let headline = false
  let content = false
  let listed = false
  let otherPurpose = false
  for (const entry of entriesOf(policy.access, question.caller.role)) {
    // Not so much as named for the role at any other time, nor in the records of another authority: that there was an
    // adoption would be told by a refusal.
    if (entry.beforeOrder && !(question.beforeOrder === true && (question.own || !entry.scope))) continue
    listed = true
    if (entry.scope && !question.own) continue
    otherPurpose = true
    if (!isFor(pack, entry, question)) continue
    headline = true
    if (entry.level === 'CONTENT') content = true
  }
  return {
    headline,
    content,
    otherPurpose: otherPurpose && !headline,
    hidden: policy.hiddenFrom === 'ALL_OTHERS' ? !listed : policy.hiddenFrom.includes(question.caller.role),
  }
}

/** A pack does not change once it is read: which entries of a list name a role is found once. */
const byRole = new WeakMap<readonly Access[], Map<Role, readonly Access[]>>()

function entriesOf(access: readonly Access[], role: Role): readonly Access[] {
  let known = byRole.get(access)
  if (!known) {
    known = new Map()
    byRole.set(access, known)
  }
  const found = known.get(role)
  if (found) return found
  const entries = access.filter(({ roles }) => roles.includes(role))
  known.set(role, entries)
  return entries
}

function isFor(pack: Pack, entry: Access, question: AccessQuestion): boolean {
  const { purposes, paths, onHarm } = entry
  if (!purposes && !paths) return true
  if (purposes?.includes(question.caller.purpose) || paths?.includes(question.path)) return true
  return onHarm === true && (question.harmPath || isOpenedByAge(pack, question))
}

/**
 * What harm opens an age under 13 opens too, where the pack names the labels; never for the investigation of a crime,
 * where that stands apart.
 */
const isOpenedByAge = ({ rules }: Pack, { openedByAge, path }: AccessQuestion): boolean =>
  rules?.under13Labels !== undefined &&
  openedByAge === true &&
  !(rules.policingStandsApart === true && path === 'POLICING')
