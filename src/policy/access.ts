import type { Label } from './labels.ts'
import type { Access, Pack } from './pack.ts'
import type { Purpose, Role } from './vocabulary.ts'

/** What a pack's list gives one role for one label, before any rule of `rules.ts` speaks. */
export interface RoleAccess {
  readonly headline: boolean
  readonly content: boolean
  /** What is given holds only in rows of the caller's own organisation. */
  readonly ownRows: boolean
  /** The role would be given this label for another purpose. */
  readonly otherPurpose: boolean
  /** The role is answered as if nothing were held, whenever it is given nothing. */
  readonly hidden: boolean
}

export interface AccessQuestion {
  readonly label: Label
  readonly caller: { readonly role: Role; readonly purpose: Purpose }
  /** Purpose on the harm path, or reasonable cause to suspect significant harm. */
  readonly harmPath: boolean
  /** The caller's type of agency is the one whose record this is. */
  readonly isHome: boolean
}

/** Looks one role up in the label's list. Order in the pack does not matter; the widest entry that applies holds. */
export function accessOf(pack: Pack, question: AccessQuestion): RoleAccess {
  const policy = pack.labels[question.label]
  let headline = false
  let content = false
  let everyRow = false
  let listed = false
  for (const entry of policy.access) {
    if (!entry.roles.includes(question.caller.role)) continue
    listed = true
    if (!applies(entry, question)) continue
    headline = true
    if (entry.level === 'CONTENT') content = true
    if (entry.scope !== 'OWN') everyRow = true
  }
  return {
    headline,
    content,
    ownRows: headline && !everyRow,
    otherPurpose: listed && !headline,
    hidden: policy.hiddenFrom === 'ALL_OTHERS' ? !listed : policy.hiddenFrom.includes(question.caller.role),
  }
}

function applies(entry: Access, question: AccessQuestion): boolean {
  if (entry.scope === 'HOME' && !question.isHome) return false
  if (!entry.purposes) return true
  return entry.purposes.includes(question.caller.purpose) || (entry.onHarm === true && question.harmPath)
}
