import type { Database } from '../store/database.ts'

/** What is known of holders beside their records: the same for every child. */
export interface HolderStates {
  /** When the people of a holder were last taken into the register, so that a child could be found among them. */
  readonly indexed: ReadonlyMap<string, Date>
  /** When a holder that hands in files last handed in a new one. */
  readonly lastLoads: ReadonlyMap<string, Date>
}

export const noStates: HolderStates = { indexed: new Map(), lastLoads: new Map() }

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
  const rows = await database.rows({
    name: 'holder-states',
    text: `select 'indexed', holder, extract(epoch from indexed_at)::text from gateway.holder_index
      union all select 'loaded', holder, extract(epoch from max(imported_at))::text from gateway.import group by holder`,
    values: [],
  })
  const of = (what: string) =>
    new Map(
      rows.flatMap(([kind, holder, seconds]) =>
        kind === what && holder ? [[holder, new Date(Number(seconds) * 1000)] as const] : [],
      ),
    )
  return { indexed: of('indexed'), lastLoads: of('loaded') }
}

/** How often it is looked up anew; what was known stands while the store does not answer. */
const againMs = 2000

/** The states as last known, for whoever may not wait. */
export async function followHolderStates(
  database: Pick<Database, 'rows'>,
): Promise<{ readonly now: () => HolderStates; readonly stop: () => void }> {
  let known = await holderStatesIn(database).catch(() => noStates)
  const timer = setInterval(() => {
    holderStatesIn(database).then(
      (states) => {
        known = states
      },
      () => {},
    )
  }, againMs)
  timer.unref()
  return { now: () => known, stop: () => clearInterval(timer) }
}
