import { sameHolder } from '../identity/sameHolder.ts'
import type { Database } from '../store/database.ts'

/** What is known of holders beside their records: the same for every child. */
export interface HolderStates {
  /** When the people of a holder were last taken into the register, so that a child could be found among them. */
  readonly indexed: ReadonlyMap<string, Date>
  /** When a holder that hands in files last handed in a new one. */
  readonly lastLoads: ReadonlyMap<string, Date>
  /** Formats of the files that a holder ever handed in. */
  readonly formats: ReadonlyMap<string, ReadonlySet<string>>
  /** Holders of whom a person has yet to say which child some of their people are. */
  readonly unsettled: ReadonlySet<string>
}

export const noStates: HolderStates = {
  indexed: new Map(),
  lastLoads: new Map(),
  formats: new Map(),
  unsettled: new Set(),
}

/** Notes that the people of holders were taken into the register. */
export async function noteIndexed(
  database: Pick<Database, 'rows'>,
  holders: readonly string[],
  at: Date,
): Promise<void> {
  if (holders.length === 0) return
  await database.rows({
    name: 'holder-indexed',
    text: `insert into gateway.holder_index (holder, indexed_at) select holder, $2::timestamptz from unnest($1::text[]) as holder
      on conflict (holder) do update set indexed_at = excluded.indexed_at`,
    values: [holders, at.toISOString()],
  })
}

export async function holderStatesIn(database: Pick<Database, 'rows'>): Promise<HolderStates> {
  return { ...(await loadsIn(database)), unsettled: await unsettledIn(database) }
}

async function loadsIn(database: Pick<Database, 'rows'>): Promise<Omit<HolderStates, 'unsettled'>> {
  const rows = await database.rows({
    name: 'holder-states',
    text: `select 'indexed', holder, extract(epoch from indexed_at)::text from gateway.holder_index
      union all select 'loaded', holder, extract(epoch from max(imported_at))::text from gateway.import group by holder
      union all select distinct 'format', holder, format from gateway.import`,
    values: [],
  })
  const of = (what: string) =>
    new Map(
      rows.flatMap(([kind, holder, seconds]) =>
        kind === what && holder ? [[holder, new Date(Number(seconds) * 1000)] as const] : [],
      ),
    )
  const formats = new Map<string, Set<string>>()
  for (const [kind, holder, format] of rows)
    if (kind === 'format' && holder && format) formats.set(holder, (formats.get(holder) ?? new Set()).add(format))
  return { indexed: of('indexed'), lastLoads: of('loaded'), formats }
}

/**
 * Holders of a record that was asked about and is nobody's. One of the lead agency has a child of its own meanwhile,
 * and is read under that child.
 */
async function unsettledIn(database: Pick<Database, 'rows'>): Promise<ReadonlySet<string>> {
  const rows = await database.rows({
    name: 'holder-unsettled',
    text: `select distinct person.holder from gateway.link_event asked
      join gateway.person_record person on person.id = asked.record
      where asked.verdict = 'asked' and person.holder <> '' and person.child_id is null
        and not exists (select 1 from gateway.link link where link.agency = person.agency
          and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null)`,
    values: [],
  })
  return new Set(rows.flatMap(([holder]) => holder ?? []))
}

/** What was last decided of records: while it is the same, so is who is unsettled. */
const lastDecided = async (database: Pick<Database, 'rows'>): Promise<string> => {
  const rows = await database.rows({
    name: 'holder-last-decided',
    text: 'select max(id)::text from gateway.link_event',
    values: [],
  })
  return rows[0]?.[0] ?? ''
}

/** How often it is looked up anew; what was known stands while the store does not answer. */
const againMs = 2000

/** The states as last known, for whoever may not wait. */
export async function followHolderStates(
  database: Pick<Database, 'rows'>,
): Promise<{ readonly now: () => HolderStates; readonly stop: () => void }> {
  let known = noStates
  let decided: string | null = null
  const look = async (): Promise<void> => {
    const last = await lastDecided(database)
    const unsettled = last === decided ? known.unsettled : await unsettledIn(database)
    known = { ...(await loadsIn(database)), unsettled }
    decided = last
  }
  await look().catch(() => undefined)
  const timer = setInterval(() => {
    look().catch(() => undefined)
  }, againMs)
  timer.unref()
  return { now: () => known, stop: () => clearInterval(timer) }
}
