import { z } from 'zod'
import type { Database } from '../store/database.ts'
import type { CaseStatus } from './caseStatus.ts'

/** Whose child it is and where, as children's social care last said. */
export interface LastKnown {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  readonly areaForce: string | null
  readonly isLookedAfter: boolean
}

const stored = z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable(), z.boolean()])

/** As the statement of facts gives it. */
export function lastKnownIn(json: string | null): LastKnown | null {
  if (json === null) return null
  const [responsibleLa, areaLa, areaForce, isLookedAfter] = stored.parse(JSON.parse(json))
  return { responsibleLa, areaLa, areaForce, isLookedAfter }
}

/** The same of a status that social care has just given. */
export const lastKnownOf = ({ responsibleLa, areaLa, areaForce, level }: CaseStatus): LastKnown => ({
  responsibleLa,
  areaLa,
  areaForce,
  isLookedAfter: level === 'LOOKED_AFTER',
})

export const isSame = (one: LastKnown | null, other: LastKnown): boolean =>
  one !== null &&
  one.responsibleLa === other.responsibleLa &&
  one.areaLa === other.areaLa &&
  one.areaForce === other.areaForce &&
  one.isLookedAfter === other.isLookedAfter

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
    text: `insert into gateway.last_known (child_id, responsible_la, area_la, area_force, is_looked_after, seen_at)
      select child, responsible, area, force, looked_after, $6::timestamptz
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[])
        as said (child, responsible, area, force, looked_after)
      on conflict (child_id) do update set responsible_la = excluded.responsible_la, area_la = excluded.area_la,
        area_force = excluded.area_force, is_looked_after = excluded.is_looked_after, seen_at = excluded.seen_at`,
    values: [
      [...children.keys()],
      known.map(({ responsibleLa }) => responsibleLa),
      known.map(({ areaLa }) => areaLa),
      known.map(({ areaForce }) => areaForce),
      known.map(({ isLookedAfter }) => isLookedAfter),
      at.toISOString(),
    ],
  })
}
