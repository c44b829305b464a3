import type { QuestionName } from '../questions/question.ts'
import type { Peer } from './peerPackage.ts'
import { makeViews } from './postgraphileViews.ts'
import { sessionOptions } from './sessionOptions.ts'

/** Someone who answers the questions, in a process of their own. */
export interface Contestant {
  readonly name: string
  readonly title: string
  /** Arguments to Node, from the top of the repository. */
  readonly command: readonly string[]
  readonly answers: readonly QuestionName[]
  /** What it does not do that the gateway does, or how it was tuned; printed under the table. */
  readonly note: string
  /** Path of its GraphQL endpoint. */
  readonly path: string
  /** What it is given besides the common environment. */
  readonly environment?: Readonly<Record<string, string>>
  readonly peer?: Peer
  /** Makes what it needs in the database besides the population. */
  readonly before?: (url: string) => Promise<void>
}

/** As `npm start` starts the product. */
const own = (file: string): readonly string[] => ['bench/contestants/asBuilt.mjs', `bench/contestants/${file}.ts`]

/** The same with every file as it was written, so that a profile tells of them. */
export const inSource = (contestant: Contestant): Contestant => ({
  ...contestant,
  command: ['--import', './src/cli/typescript.mjs', ...contestant.command.slice(1)],
})

/** The contestant that is the gateway as it runs: it alone holds transfers. */
export const theGateway = 'ours'

export const contestants: readonly Contestant[] = [
  {
    name: 'ours',
    title: 'Wholeview, everything on',
    command: own('wholeGateway'),
    answers: ['q1', 'q2', 'q3', 'q4', 'q5'],
    note: 'the gateway through /graphql: token verified, policy per field and row, audit entry committed before the answer; the same practitioners ask about the same children again and again, so that facts are mostly kept and asked for changes alone',
    path: '/graphql',
  },
  {
    name: 'ours-anew',
    title: 'Wholeview, everything on, every fact looked up for every request',
    command: own('wholeGateway'),
    answers: ['q1', 'q2', 'q3'],
    note: 'the same with FACTS_KEPT=0: what a first look at a child costs, and every look where changes are not noted',
    path: '/graphql',
    environment: { FACTS_KEPT: '0' },
  },
  {
    name: 'limit',
    title: 'The limit: bare node:http, pipelined statements',
    command: own('handWrittenServer'),
    answers: ['q1', 'q2', 'q3', 'q5'],
    note: 'hand-written, prepared and pipelined over as many connections as the gateway’s own store has, records in order of time; no GraphQL, no token, no policy, no audit',
    path: '/graphql',
  },
  {
    name: 'sql-json',
    title: 'The limit: one SQL statement that gives JSON',
    command: own('sqlJson'),
    answers: ['q1', 'q2', 'q5'],
    note: 'the database writes the answer; no GraphQL, no token, no policy, no audit',
    path: '/graphql',
  },
  {
    name: 'ours-open',
    title: 'The same engine without security',
    command: own('gatewayEngineAlone'),
    answers: ['q1', 'q2', 'q3'],
    note: 'what security costs: no token is verified, no fact and no case status is read, no policy decides, no field is checked, no entry is written; its statements still compare labels and dates, which is PostgreSQL’s work; it is put together in this folder, and nothing of the product leads to it',
    path: '/graphql',
  },
  {
    name: 'conventional',
    title: 'Conventional stack: Apollo Server 5, knex, dataloader',
    command: own('conventional'),
    answers: ['q1', 'q2', 'q5'],
    note: 'jose verifies the token and one audit row is inserted in every request; an async wrapper checks the role at every field; plugins of Apollo Server, cacheControl among them, and the pool of ten connections are as the packages bring them, since their documentation advises nothing else',
    path: '/graphql',
  },
  {
    name: 'conventional-lean',
    title: 'The same without the cacheControl plugin',
    command: own('conventional'),
    answers: ['q1', 'q2', 'q5'],
    note: 'the plugin looks at every field, and no type here has a cache hint; the gateway switches it off too',
    path: '/graphql',
    environment: { CACHE_CONTROL: 'off' },
  },
  {
    name: 'hive',
    title: 'Hive Gateway over HTTP subgraphs',
    command: own('hive'),
    answers: ['q1', 'q2', 'q5'],
    note: 'the same supergraph over bare subgraphs on HTTP, which share one process and whose CPU is counted in; no token, no policy, no audit',
    path: '/graphql',
  },
  {
    name: 'hive-rust',
    title: 'Hive Gateway with its Rust planner, over HTTP subgraphs',
    command: own('hive'),
    answers: ['q1', 'q2', 'q5'],
    note: 'the same with its Rust planner',
    path: '/graphql',
    environment: { HIVE_PLANNER: 'rust' },
  },
  {
    name: 'hive-one',
    title: 'Hive Gateway with its Rust planner and the subgraphs in one process',
    command: own('hive'),
    answers: ['q1', 'q2', 'q5'],
    note: 'the same subgraphs behind a transport that calls graphql-js in this process: nothing is printed, parsed again or sent over HTTP (graphql-jit is no dependency of this repository); no token, no policy, no audit',
    path: '/graphql',
    environment: { HIVE_PLANNER: 'rust', HIVE_SUBGRAPHS: 'here' },
  },
  {
    name: 'postgraphile',
    title: 'PostGraphile 5 without security',
    command: ['bench/peers/postgraphile/server.mjs'],
    answers: ['q1', 'q2', 'q5'],
    note: 'its own server and pool of ten connections under Node 22, in production mode, no explorer and no explain, prepared statements and every cache on; over a view for each list, which gives dates as text and joins the links, and with agencies, lists and names put into its schema so that it answers the gateway’s own text; each answer is one statement that it writes itself; no token, no policy, no audit',
    path: '/graphql',
    environment: { GRAPHILE_ENV: 'production', PGOPTIONS: sessionOptions },
    peer: { folder: 'bench/peers/postgraphile', node: 22 },
    before: makeViews,
  },
]
