import type { AuditEntry } from '../audit/entry.ts'
import type { Caller } from '../policy/caller.ts'
import { isOfSensitiveSetting } from '../policy/namedParty.ts'
import { pathOfPurpose, type Role } from '../policy/vocabulary.ts'

/** That somebody outside the responsible authority opened a child: who, why and when, never what. */
export interface AccessNotice {
  readonly leafId: string
  readonly childId: string
  /** The authority that is notified. */
  readonly la: string
  readonly at: string
  readonly organisation: string
  readonly role: string
  readonly purpose: string
  readonly breakGlass: boolean
}

/** Names one notice: an entry may notify of several children. */
export const cursorOfNotice = ({ leafId, childId }: Pick<AccessNotice, 'leafId' | 'childId'>): string =>
  `${leafId}:${childId}`

/** The entry and the child of a cursor; null for what is none. */
export function partsOfCursor(cursor: string): readonly [string, string] | null {
  const colon = cursor.indexOf(':')
  return colon < 0 ? null : [cursor.slice(0, colon), cursor.slice(colon + 1)]
}

/**
 * Whether an access is disclosed to nobody, as scheduled and sensitive care is in the national child protection
 * information service. It stands in the log all the same. Break-glass is never silent.
 */
export const isSilent = (caller: Pick<AuditEntry['caller'], 'role' | 'purpose'>, breakGlass: boolean): boolean =>
  !breakGlass && (isOfSensitiveSetting(caller) || (caller.role === 'GP' && caller.purpose === 'DIRECT_CARE'))

/**
 * The notices that one entry brings: to the authority that was responsible then, of whoever is not of that authority.
 */
export function noticesOfEntry(entry: AuditEntry): readonly AccessNotice[] {
  if (entry.outcome !== 'DISCLOSED') return []
  const notices = new Map<string, AccessNotice>()
  for (const child of entry.children) {
    const la = child.facts['responsibleLa']
    const breakGlass = child.facts['breakGlass'] === true
    if (child.facts['barred'] === true) continue
    if (typeof la !== 'string' || la === 'NONE' || ownOf(la, entry.caller.organisation)) continue
    if (isSilent(entry.caller, breakGlass) || notices.has(child.id)) continue
    const { organisation, role, purpose } = entry.caller
    notices.set(child.id, {
      leafId: entry.id,
      childId: child.id,
      la,
      at: entry.at,
      organisation,
      role,
      purpose,
      breakGlass,
    })
  }
  return [...notices.values()]
}

/** An authority's own organisations have codes that begin with the authority's. */
const ownOf = (la: string, organisation: string): boolean => organisation.startsWith(`${la}-`)

const readers: readonly Role[] = [
  'INFORMATION_GOVERNANCE_OFFICER',
  'SOCIAL_WORKER',
  'TEAM_MANAGER',
  'REVIEWING_OFFICER',
  'MASH_ANALYST',
]

/** Those who answer for the authority's children; what is disclosed to one authority is not for another. */
export function mayReadNotices(
  caller: Pick<Caller, 'role' | 'la' | 'purpose'>,
  la: string,
): 'ALLOWED' | 'ROLE_NOT_PERMITTED' | 'NOT_RESPONSIBLE' | 'PURPOSE_NOT_PERMITTED' {
  if (pathOfPurpose[caller.purpose] === 'CLOSED') return 'PURPOSE_NOT_PERMITTED'
  if (!readers.includes(caller.role)) return 'ROLE_NOT_PERMITTED'
  return caller.la === la ? 'ALLOWED' : 'NOT_RESPONSIBLE'
}
