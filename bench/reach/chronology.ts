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

/** Makes of each entry of the carers' log five, minutes after it: the first page is the same as before. */
async function lengthen({ database: { client } }: Place, children: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = 'social_care.carer_log'::regclass
     and attnum > 0 and not attisdropped and attname <> 'record_id' order by attnum`,
  )
  const names = rows.map(({ name }) => name)
  const later = names.map((name) => (name === 'event_at' ? `event_at + n * interval '7 minutes'` : name))
  await client.query(
    `insert into social_care.carer_log (record_id, ${names.join(', ')})
     select record_id || '~' || n, ${later.join(', ')} from social_care.carer_log, generate_series(1, 4) n
     where person_id in (select person_id from gateway.link where agency = 'socialCare' and child_id = any($1::text[]))`,
    [children],
  )
  await client.query('vacuum analyze social_care.carer_log')
}
