import { isoText } from '../facts/factsStatement.ts'
import type { Caller } from '../policy/caller.ts'
import type { Database } from '../store/database.ts'
import type { FoundAlert } from './evaluate.ts'
import type { Rule } from './rule.ts'

/** `AlertClearanceReason` of `schema/alerts.graphql`. */
export const clearanceReasons = ['DONE', 'NOT_SO', 'HANDLED_OTHERWISE'] as const
export type ClearanceReason = (typeof clearanceReasons)[number]

/** That somebody looked at an alert and cleared it. */
export interface Clearance {
  readonly code: string
  readonly anchor: string
  /** ISO 8601. */
  readonly at: string
  readonly role: string
  readonly organisation: string
  readonly reason: ClearanceReason
  readonly note: string | null
}

export type MayClear = 'ALLOWED' | 'ROLE_NOT_PERMITTED'

/** Whoever is told of an alert may clear it: a role that the rule names, of an organisation of that type. */
export const mayClear = (
  caller: Pick<Caller, 'agencyType' | 'role'>,
  { audience }: Pick<Rule, 'audience'>,
): MayClear =>
  audience.some(({ agencyType, role }) => agencyType === caller.agencyType && role === caller.role)
    ? 'ALLOWED'
    : 'ROLE_NOT_PERMITTED'

/** The clearance in force of an alert: its last, unless evidence that this reader may read was recorded after it. */
export function clearanceOf(
  { rule, finding, evidence }: Omit<FoundAlert, 'howWhole'>,
  clearances: readonly Clearance[],
  asOf: string,
): Clearance | null {
  const last = clearances
    .filter((each) => each.code === rule.code && each.anchor === finding.anchor)
    .filter(({ at }) => Date.parse(at) <= Date.parse(asOf))
    .at(-1)
  if (!last) return null
  const cleared = Date.parse(last.at)
  return evidence.every(({ recordedAt }) => recordedAt === null || Date.parse(recordedAt) <= cleared) ? last : null
}

/** Clearances: which rule, over which record, by whom and why. Nothing of a record is kept. */
export class ClearanceRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Of one child, oldest first. */
  async ofChild(childId: string): Promise<readonly Clearance[]> {
    return (await this.ofChildren([childId])).get(childId) ?? []
  }

  /** The same of many children, with one statement: by child; none of a child of whom nothing was cleared. */
  async ofChildren(childIds: readonly string[]): Promise<ReadonlyMap<string, readonly Clearance[]>> {
    const text = `select child_id, code, anchor, ${isoText('cleared_at')}, role, organisation, reason, note
      from gateway.alert_clearance where child_id = any($1::text[]) order by cleared_at, id`
    const rows = await this.#database.rows({ name: 'alert_clearances', text, values: [childIds] })
    const found = new Map<string, Clearance[]>()
    for (const [childId, code, anchor, at, role, organisation, reason, note] of rows) {
      const clearance = {
        code: code ?? '',
        anchor: anchor ?? '',
        at: at ?? '',
        role: role ?? '',
        organisation: organisation ?? '',
        reason: clearanceReasons.find((each) => each === reason) ?? 'HANDLED_OTHERWISE',
        note: note ?? null,
      }
      found.set(childId ?? '', [...(found.get(childId ?? '') ?? []), clearance])
    }
    return found
  }

  /** Clears an alert, as of an instant at which its evidence was known. */
  async add(
    childId: string,
    { rule, finding }: Pick<FoundAlert, 'rule' | 'finding'>,
    by: Caller,
    clearance: { readonly reason: ClearanceReason; readonly note: string; readonly at: string },
  ): Promise<Clearance> {
    const { reason, note, at } = clearance
    await this.#database.knex('gateway.alert_clearance').insert({
      child_id: childId,
      code: rule.code,
      version: rule.version,
      anchor: finding.anchor,
      reason,
      note,
      role: by.role,
      organisation: by.organisation,
      cleared_by: `${by.issuer}|${by.subject}`,
      cleared_at: at,
    })
    const { role, organisation } = by
    return { code: rule.code, anchor: finding.anchor, at, role, organisation, reason, note }
  }
}
