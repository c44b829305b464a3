import { z } from 'zod'
import type { Database } from '../store/database.ts'
import type { CaseStatus } from './caseStatus.ts'

/** Whose child it is and where, as children's social care last said. */
export interface LastKnown {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  readonly areaForce: string | null
  readonly isLookedAfter: boolean
  /** Whether social care holds anything of the child. */
  readonly isKnown: boolean
  /** Whether an enquiry or plan says that there is reasonable cause to suspect significant harm. */
  readonly hasReasonableCause: boolean
}

const stored = z.tuple([
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.boolean(),
  z.boolean(),
  z.boolean(),
])

/** As the statement of facts gives it. */
export function lastKnownIn(json: string | null): LastKnown | null {
  if (json === null) return null
  const [responsibleLa, areaLa, areaForce, isLookedAfter, isKnown, hasReasonableCause] = stored.parse(JSON.parse(json))
  return { responsibleLa, areaLa, areaForce, isLookedAfter, isKnown, hasReasonableCause }
}

/** The same of a status that social care has just given. */
export const lastKnownOf = ({ responsibleLa, areaLa, areaForce, level, known, harm }: CaseStatus): LastKnown => ({
  responsibleLa,
  areaLa,
  areaForce,
  isLookedAfter: level === 'LOOKED_AFTER',
  isKnown: known,
  hasReasonableCause: harm === 'REASONABLE_CAUSE',
})

export const isSame = (one: LastKnown | null, other: LastKnown): boolean =>
  one !== null &&
  one.responsibleLa === other.responsibleLa &&
  one.areaLa === other.areaLa &&
  one.areaForce === other.areaForce &&
  one.isLookedAfter === other.isLookedAfter &&
  one.isKnown === other.isKnown &&
  one.hasReasonableCause === other.hasReasonableCause

/** Keeps what social care says now: it decides who may know of the child while social care is away. */
export async function keepLastKnown(
  database: Pick<Database, 'rows'>,
  children: ReadonlyMap<string, LastKnown>,
  at: Date,
): Promise<void> {
  if (children.size === 0) return
  const known = [...children.values()]
  await database.rows({
    name: 'last-known-keep',
    text: `insert into gateway.last_known (child_id, responsible_la, area_la, area_force, is_looked_after, is_known,
        has_reasonable_cause, seen_at)
      select child, responsible, area, force, looked_after, known, cause, $8::timestamptz
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[])
        as said (child, responsible, area, force, looked_after, known, cause)
      on conflict (child_id) do update set responsible_la = excluded.responsible_la, area_la = excluded.area_la,
        area_force = excluded.area_force, is_looked_after = excluded.is_looked_after, is_known = excluded.is_known,
        has_reasonable_cause = excluded.has_reasonable_cause, seen_at = excluded.seen_at`,
    values: [
      [...children.keys()],
      known.map(({ responsibleLa }) => responsibleLa),
      known.map(({ areaLa }) => areaLa),
      known.map(({ areaForce }) => areaForce),
      known.map(({ isLookedAfter }) => isLookedAfter),
      known.map(({ isKnown }) => isKnown),
      known.map(({ hasReasonableCause }) => hasReasonableCause),
      at.toISOString(),
    ],
  })
}
