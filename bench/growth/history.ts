import type pg from 'pg'
import { contestants } from '../contestants/contestant.ts'
import { chooseSample, openDatabase } from '../database.ts'
import { environmentOf } from '../environment.ts'
import { analyst, openIssuer, type Practitioner, sender } from '../issuer.ts'
import { type Measured, measure } from '../measure.ts'
import { say } from '../progress.ts'
import type { Question, Sample } from '../questions/question.ts'
import { type Running, start } from '../running.ts'
import { warmUp } from '../warmUp.ts'
import { median } from './judge.ts'
import type { GrowthOptions } from './options.ts'

/** One question of the API, asked before and after the child's history has grown. */
interface Asked {
  readonly title: string
  readonly query: string
  readonly who: Practitioner
}

const asked: readonly Asked[] = [
  { title: 'child', who: analyst, query: 'query ($id: ID!) { child(id: $id) { id } }' },
  {
    title: 'chronology, first 50',
    who: analyst,
    query:
      'query ($id: ID!) { child(id: $id) { chronology(first: 50) { events { id eventAt headline } pageInfo { endCursor hasNextPage } } } }',
  },
  {
    title: 'chronology, one month',
    who: analyst,
    query:
      'query ($id: ID!) { child(id: $id) { chronology(first: 50, from: "2026-06-01", to: "2026-06-30") { events { id } } } }',
  },
  { title: 'consents, first 20', who: sender, query: 'query ($id: ID!) { consents(childId: $id, first: 20) { id } }' },
  {
    title: 'relationships, first 20',
    who: sender,
    query: 'query ($id: ID!) { relationships(childId: $id, first: 20) { id } }',
  },
]

/** What a question may cost more once the history is many times as long. */
const goal = 1.2

/** Two gateways on one log, against one: at least so many requests, and at most so much CPU for each. */
const shared = { requests: 0.85, cpu: 1.3 }

/**
 * Measures questions of the API at today's history and at many times of it, and two gateways against one, in one run.
 *
 * @returns the exit code: 1 when a goal is missed.
 */
export async function history({ small, times, rounds, seconds, json }: GrowthOptions): Promise<number> {
  const undo: (() => Promise<void> | void)[] = []
  try {
    const database = await openDatabase(small, () => undefined)
    undo.push(database.stop)
    const issuer = await openIssuer(database.scratch)
    undo.push(issuer.close)
    const ours = contestants.find(({ name }) => name === 'ours')
    if (!ours) throw new Error('The gateway is not among the contestants.')
    const environment = await environmentOf(database.url, database.scratch, issuer)
    const sample = await chooseSample(database.client)
    const opened = async (): Promise<Running> => {
      const running = await start(ours, environment)
      undo.push(running.stop)
      return running
    }
    const one = await opened()
    const window = async (running: Running, { query, title, who }: Asked, length: number, connections = 4) => {
      const question: Question = {
        ...{ name: 'q1', title, query, connections, shape: null },
        variables: ({ children }: Sample) => children.slice(0, 16).map((id) => ({ id })),
      }
      return measure(running, database, { question, sample, tokens: await issuer.tokens(16, who), seconds: length })
    }
    const all = async (): Promise<ReadonlyMap<string, number>> => {
      const cpu = new Map<string, number>()
      for (const each of asked) {
        await warmUp((length) => window(one, each, length), 12)
        const windows: Measured[] = []
        for (let round = 0; round < rounds; round += 1) windows.push(await window(one, each, seconds))
        cpu.set(each.title, median(windows.map(({ node, postgres }) => node + postgres)))
        say(`${each.title}: ${cpu.get(each.title)?.toFixed(2)} ms of CPU a request.`)
      }
      return cpu
    }
    const before = await all()
    say(`The history of ${Math.min(16, sample.children.length)} children grows ${times} times.`)
    await grow(database.client, sample.children.slice(0, 16), times)
    const after = await all()
    const lines = asked.map(({ title }) => ({
      title,
      before: before.get(title) ?? 0,
      after: after.get(title) ?? 0,
      ratio: (after.get(title) ?? 0) / (before.get(title) ?? 1),
    }))
    const [small1] = asked
    const two = small1
      ? await together(one, await opened(), (...of) => window(of[0], small1, seconds, of[1]), rounds)
      : null
    const isReached =
      lines.every(({ ratio }) => ratio <= goal) &&
      (two === null || (two.requests >= shared.requests && two.cpu <= shared.cpu))
    console.log(json ? JSON.stringify({ times, lines, two, isReached }, null, 2) : tableOf(times, lines, two))
    return isReached ? 0 : 1
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

interface Two {
  readonly requests: number
  readonly cpu: number
}

/** The same load on one gateway and on two that share a log, in turns. */
async function together(
  one: Running,
  other: Running,
  load: (running: Running, connections: number) => Promise<Measured>,
  rounds: number,
): Promise<Two> {
  await warmUp((_) => load(other, 16), 12)
  const ratios: Two[] = []
  for (let round = 0; round < rounds; round += 1) {
    const alone = await load(one, 16)
    const [left, right] = await Promise.all([load(one, 8), load(other, 8)])
    const perSecond = left.perSecond + right.perSecond
    // What PostgreSQL used stands in both: each counts the whole of it for its own requests.
    const node = (left.node * left.perSecond + right.node * right.perSecond) / perSecond
    const postgres = 1 / (1 / left.postgres + 1 / right.postgres)
    ratios.push({
      requests: perSecond / alone.perSecond,
      cpu: (node + postgres) / (alone.node + alone.postgres),
    })
  }
  return { requests: median(ratios.map(({ requests }) => requests)), cpu: median(ratios.map(({ cpu }) => cpu)) }
}

function tableOf(
  times: number,
  lines: readonly { title: string; before: number; after: number; ratio: number }[],
  two: Two | null,
): string {
  return [
    `| question | CPU ms | at ${times} times the history | ratio (goal: at most ${goal}) |`,
    '|---|---|---|---|',
    ...lines.map(
      ({ title, before, after, ratio }) =>
        `| ${title} | ${before.toFixed(2)} | ${after.toFixed(2)} | ${ratio.toFixed(2)} |`,
    ),
    ...(two
      ? [
          '',
          `Two gateways on one log against one, ${asked[0]?.title}: ${two.requests.toFixed(2)} of the requests (goal: at least ${shared.requests}), ${two.cpu.toFixed(2)} of the CPU for each (goal: at most ${shared.cpu}).`,
        ]
      : []),
  ].join('\n')
}

/** Makes each of these children's events so many times as many, and as many entries of registers that are over. */
async function grow(client: pg.Client, children: readonly string[], times: number): Promise<void> {
  const persons = `select person_id from gateway.link where agency = 'police' and child_id = any($1::text[])`
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = 'police.police_event'::regclass and attnum > 0 and not attisdropped and attname <> 'record_id' order by attnum`,
  )
  const columns = rows.map(({ name }) => name).join(', ')
  const shifted = columns
    .split(', ')
    .map((name) => (name === 'event_at' ? `event_at - n * interval '7 hours'` : name))
    .join(', ')
  await client.query(
    `insert into police.police_event (record_id, ${columns}) select record_id || '~' || n, ${shifted}
     from police.police_event, generate_series(1, $2::int) n where person_id in (${persons})`,
    [children, times],
  )
  await client.query(
    `insert into gateway.consent (id, child_id, state, giver, competence, recorded_at, recorded_by, withdrawn_at)
     select 'grown ' || child || ' ' || n, child, 'GIVEN', 'CHILD', 'COMPETENT', now() - n * interval '1 day',
       'SOCIAL_WORKER, LA2-CSC', now() from unnest($1::text[]) child, generate_series(1, $2::int) n`,
    [children, times * 20],
  )
  await client.query(
    `insert into gateway.relationship (id, child_id, organisation, kind, from_on, to_on, recorded_by)
     select 'grown ' || child || ' ' || n, child, 'LA2-CSC', 'EPISODE', current_date - n, current_date - n + 1,
       'SOCIAL_WORKER, LA2-CSC' from unnest($1::text[]) child, generate_series(1, $2::int) n`,
    [children, times * 20],
  )
  await client.query('analyze police.police_event, gateway.consent, gateway.relationship')
}
