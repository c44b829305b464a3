import { isoText } from '../facts/factsStatement.ts'
import type { Caller } from '../policy/caller.ts'
import type { Database } from '../store/database.ts'
import type { FoundAlert } from './evaluateRules.ts'
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
export function clearanceOf({ evidence }: Pick<FoundAlert, 'evidence'>, last: Clearance | null): Clearance | null {
  if (!last) return null
  const cleared = Date.parse(last.at)
  return evidence.every(({ recordedAt }) => recordedAt === null || Date.parse(recordedAt) <= cleared) ? last : null
}

/** An alert, as a clearance names it. */
export interface Cleared {
  readonly childId: string
  readonly code: string
  readonly anchor: string
}

/** The same of what a rule found about a child. */
export const clearedBy = (childId: string, { rule, finding }: Pick<FoundAlert, 'rule' | 'finding'>): Cleared => ({
  ...{ childId, code: rule.code, anchor: finding.anchor },
})

/** Clearances: which rule, over which record, by whom and why. Nothing of a record is kept. */
export class ClearanceRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * The last clearance of each of these alerts at an instant, in their order, with one statement; null where nobody
   * cleared it. Of alerts that are no more nothing is read, however many there were.
   */
  async lastOf(alerts: readonly Cleared[], asOf: string): Promise<readonly (Clearance | null)[]> {
    const text = `select wanted.place::text, last.* from unnest($1::text[], $2::text[], $3::text[])
        with ordinality as wanted (child_id, code, anchor, place) cross join lateral (
      select ${isoText('cleared_at')}, role, organisation, reason, note from gateway.alert_clearance each
      where each.child_id = wanted.child_id and each.code = wanted.code and each.anchor = wanted.anchor
        and each.cleared_at <= $4::timestamptz order by each.cleared_at desc, each.id desc limit 1) last`
    const values = [alerts.map(({ childId }) => childId), alerts.map(({ code }) => code)]
    const rows = await this.#database.rows({
      ...{ name: 'alert_clearances', text },
      values: [...values, alerts.map(({ anchor }) => anchor), asOf],
    })
    const found = new Map(rows.map(([place, ...row]) => [Number(place) - 1, row]))
    return alerts.map(({ code, anchor }, place) => {
      const row = found.get(place)
      if (!row) return null
      const [at, role, organisation, reason, note] = row
      return {
        ...{ code, anchor, at: at ?? '', role: role ?? '', organisation: organisation ?? '', note: note ?? null },
        reason: clearanceReasons.find((each) => each === reason) ?? 'HANDLED_OTHERWISE',
      }
    })
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
