import type { AuditEntry } from '../audit/entry.ts'
import type { AgencyName } from '../foundation/agencies.ts'

/** What the disclosure list is read from: the audit log. */
export interface DisclosureLog {
  /** Entries that concern a child, latest first, behind one of them. */
  ofChild(childId: string, first: number, behind: { readonly after: string | null }): Promise<readonly AuditEntry[]>
}

/** Someone to whom a record was disclosed that is not the child's, and is to be notified. */
export interface WrongDisclosure {
  readonly leafId: string
  readonly at: string
  readonly organisation: string
  readonly role: string
  readonly subject: string
  readonly purpose: string
  /** How many of the agency's records were read for it. */
  readonly records: number
}

const page = 200

/**
 * Every disclosure of a child that read from one agency between two instants, oldest first: what was disclosed while a
 * wrong link stood. It reads the log to its end rather than stop at a page, for a list that is not complete is worse
 * than none.
 */
export async function disclosuresBetween(
  log: DisclosureLog,
  childId: string,
  agency: AgencyName,
  from: Date,
  until: Date,
): Promise<readonly WrongDisclosure[]> {
  const found: WrongDisclosure[] = []
  for (let after: string | null = null; ; ) {
    const entries: readonly AuditEntry[] = await log.ofChild(childId, page, { after })
    found.push(
      ...entries
        .filter(({ at, outcome }) => outcome === 'DISCLOSED' && isBetween(Date.parse(at), from, until))
        .flatMap((entry) => disclosuresIn(entry, childId, agency)),
    )
    const oldest = entries.at(-1)
    if (entries.length < page || !oldest || Date.parse(oldest.at) < from.getTime())
      return found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    after = oldest.id
  }
}

const isBetween = (at: number, from: Date, until: Date): boolean => at >= from.getTime() && at <= until.getTime()

const disclosuresIn = (entry: AuditEntry, childId: string, agency: AgencyName): readonly WrongDisclosure[] =>
  entry.children
    .filter((child) => child.id === childId && child.agencies[agency] !== undefined)
    .map((child) => ({
      leafId: entry.id,
      at: entry.at,
      organisation: entry.caller.organisation,
      role: entry.caller.role,
      subject: entry.caller.subject,
      purpose: entry.caller.purpose,
      records: child.agencies[agency]?.records ?? 0,
    }))
