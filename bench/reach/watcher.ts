import { setTimeout as wait } from 'node:timers/promises'
import { analyst } from '../issuer.ts'
import type { Measured } from '../measure.ts'
import { question as q1 } from '../questions/oneChild.ts'
import type { Running } from '../runningContestant.ts'
import { warmUp } from '../warmUp.ts'
import { atMost, gateway, middle, type Place, type Row, windowOf } from './measuringPlace.ts'

/** Children who are due long ago, and those who are due in many years. */
const [due, later] = ['2000-01-01', '2100-01-01']

/** The watcher over children whose records changed, beside Q1 at a quarter of what it can. */
export const watcher: Row = {
  name: 'watcher',
  title: 'The watcher over changed children, and Q1 meanwhile',
  measure: async (place) => {
    const { changed } = place.options
    await put(place, 0)
    const running = await place.start(gateway(), { ...place.environment, BENCH_WATCHES: 'on' })
    const loaded = { running, question: q1, who: analyst }
    await warmUp((length) => windowOf(place, loaded, length), place.options.warmUp)
    const peak = (await windowOf(place, loaded, place.options.seconds)).perSecond
    const alone: Measured[] = []
    for (let round = 0; round < place.options.rounds; round += 1) alone.push(await slowly(place, running, peak / 4))
    await put(place, changed)
    const began = performance.now()
    const beside: Measured[] = []
    while ((await left(place)) > 0) {
      if (beside.length < place.options.rounds) beside.push(await slowly(place, running, peak / 4))
      else await wait(500)
    }
    const minutes = (performance.now() - began) / 60_000
    const p99 = (of: readonly Measured[]) => middle(of.map((each) => each.p99))
    return [
      atMost(
        `Watcher: ${changed} changed children, for 10,000`,
        (minutes * 10_000) / changed,
        5,
        ' min',
        ` (${(minutes * 60).toFixed(0)} s for ${changed})`,
      ),
      atMost(
        `Q1 at ${(peak / 4).toFixed(0)} a second, p99 meanwhile against before`,
        p99(beside) / p99(alone),
        1.5,
        '×',
        ` (${p99(beside).toFixed(1)} and ${p99(alone).toFixed(1)} ms)`,
      ),
    ]
  },
}

const slowly = (place: Place, running: Running, perSecond: number): Promise<Measured> =>
  windowOf(place, { running, question: { ...q1, perSecond }, who: analyst }, place.options.seconds)

/** Puts every child on the list, so many of them due now; what was told before is forgotten. */
async function put({ database: { client } }: Place, changed: number): Promise<void> {
  await client.query('delete from gateway.alert_notified')
  await client.query(
    `insert into gateway.alert_watch (child_id, due_at)
     select child_id, $1::timestamptz from gateway.child on conflict (child_id) do nothing`,
    [later],
  )
  await client.query(
    `update gateway.alert_watch set leased_until = null, due_at = case when child_id in
       (select child_id from gateway.child order by md5(child_id) limit $1::int) then $2::timestamptz else $3::timestamptz end`,
    [changed, due, later],
  )
  await client.query('vacuum analyze gateway.alert_watch')
}

async function left({ database: { client } }: Place): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    'select count(*)::text as count from gateway.alert_watch where due_at = $1::timestamptz',
    [due],
  )
  return Number(rows[0]?.count)
}
