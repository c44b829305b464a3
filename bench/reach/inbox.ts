import { analyst, manager } from '../issuer.ts'
import { statementsPerRequest } from '../measure.ts'
import { question as q5 } from '../questions/findByNhsNumber.ts'
import type { Question } from '../questions/question.ts'
import { atMost, cpuOf, gateway, inTurn, type Place, type Row, ratio } from './measuringPlace.ts'

const question: Question = {
  name: 'q1',
  title: 'A page of the inbox',
  query: '{ inbox(first: 50) { messages { id kind sentAt } hasNextPage endCursor } }',
  connections: q5.connections,
  variables: () => [{}],
  shape: null,
}

/** The first page of a long inbox, beside finding a child by number. */
export const inbox: Row = {
  name: 'inbox',
  title: 'One page of a long inbox',
  measure: async (place) => {
    const { database, issuer, options, sample } = place
    await fill(place)
    const running = await place.start(gateway(), place.environment)
    const tokens = await issuer.tokens(1, manager)
    const all = await statementsPerRequest(running, database, { question, sample, tokens })
    const ofMessages = await statementsOf(place, 'gateway.message')
    const [ofInbox = [], ofQ5 = []] = await inTurn(place, [
      { running, question, who: manager },
      { running, question: q5, who: analyst },
    ])
    return [
      {
        ...{ name: `Inbox of ${options.messages} messages, one page: statements that read messages`, goal: '1' },
        measured: ofMessages === null ? 'not counted here' : `${ofMessages} of ${all?.toFixed(1)} in all`,
        isReached: ofMessages === null ? null : ofMessages <= 1,
      },
      atMost('The same against Q5, CPU', ratio(ofInbox, ofQ5, cpuOf), 2, '×'),
    ]
  },
}

/** How many different statements named a table since they were last reset. */
async function statementsOf({ database }: Place, table: string): Promise<number | null> {
  if ((await database.statements()) === null) return null
  const { rows } = await database.client.query<{ count: string }>(
    `select count(*)::text as count from pg_stat_statements
     where query like $1 and query not like '%pg_stat_statements%' and query ilike 'with%' or query ilike $2`,
    [`%${table}%`, `select%${table}%`],
  )
  return Number(rows[0]?.count)
}

async function fill({ database: { client }, options }: Place): Promise<void> {
  await client.query(
    `insert into gateway.message (id, child_id, kind, kind_version, from_organisation, from_role, from_person, from_mailbox,
       procedures, fields, sent_at, closed_at, content_hash, audit_id)
     select 'bench-' || n, child_id, 'CONCERN_REPORT', 1, 'LA5-CSC', 'RECEIVING_OFFICER', 'x', 'LA5/CASE_TEAM', 'england',
       '{"concerns":["Neglect"],"text":"Seen alone at night"}', timestamptz '2026-01-01' + n * interval '1 minute', null, 'x', 'x'
     from generate_series(1, $1::int) n join (select child_id, row_number() over (order by child_id) - 1 as place,
       count(*) over () as many from gateway.child where area_la = 'LA2' and child_id like 'G%') child
       on child.place = n % child.many`,
    [options.messages],
  )
  await client.query(
    `insert into gateway.message_recipient (message_id, place, seq, mailbox, party, service, duty, added_at, kind)
     select id, 0, seq, 'LA2/CASE_TEAM', 'LA2', 'CASE_TEAM', 'ANSWER', sent_at, kind from gateway.message where id like 'bench-%'`,
  )
  await client.query('analyze gateway.message, gateway.message_recipient')
}
