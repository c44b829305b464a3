import { analyst } from '../issuer.ts'
import type { Question } from '../questions/question.ts'
import { atMost, cpuOf, gateway, inTurn, type Place, type Row, ratio } from './measuringPlace.ts'

const question: Question = {
  name: 'q1',
  title: 'The first page of a chronology',
  query: `query ($id: ID!) { child(id: $id) {
    chronology(first: 50) { events { id eventAt headline } pageInfo { endCursor hasNextPage } } } }`,
  connections: 4,
  variables: ({ children }) => children.map((id) => ({ id })),
  shape: null,
}

/** A page of a thousand events, and the same page once there are five thousand. */
export const chronology: Row = {
  name: 'chronology',
  title: 'A page of a chronology of 5,000 events against one of 1,000',
  measure: async (place) => {
    const running = await place.start(gateway(), place.environment)
    const sample = { ...place.sample, children: place.sample.long }
    if (sample.children.length === 0)
      throw new Error('No child of the population has a long record: take more children.')
    const loaded = { running, question, who: analyst, sample }
    const [before = []] = await inTurn(place, [loaded])
    await lengthen(place, sample.children)
    const [after = []] = await inTurn(place, [loaded])
    return [atMost('A page of a chronology of 5,000 events against 1,000, CPU', ratio(after, before, cpuOf), 1.3, '×')]
  },
}

/** Makes of each event of the police five, years before it. */
async function lengthen({ database: { client } }: Place, children: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = 'police.police_event'::regclass
     and attnum > 0 and not attisdropped and attname <> 'record_id' order by attnum`,
  )
  const names = rows.map(({ name }) => name)
  const earlier = names.map((name) => (name === 'event_at' ? `event_at - n * interval '7 hours'` : name))
  await client.query(
    `insert into police.police_event (record_id, ${names.join(', ')}) select record_id || '~' || n, ${earlier.join(', ')}
     from police.police_event, generate_series(1, 1 + (4000 / greatest(1, (select count(*) / $2::int from police.police_event
       where person_id in (select person_id from gateway.link where agency = 'police' and child_id = any($1::text[])))))::int) n
     where person_id in (select person_id from gateway.link where agency = 'police' and child_id = any($1::text[]))`,
    [children, children.length],
  )
  await client.query('vacuum analyze police.police_event')
}
