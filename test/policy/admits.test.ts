import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { admits, type Candidate, type RowClauses, rowClauses } from '../../src/policy/admits.ts'
import type { Grant, RowsGrant } from '../../src/policy/grant.ts'
import { SqlSource } from '../../src/sources/bindings/sql/source.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import type { SourceLayout } from '../../src/sources/sourceLayout.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import type { Database } from '../../src/store/database.ts'
import { modelOf } from '../federation/support/agency.ts'
import { testDatabases } from '../support/postgres.ts'
import { candidateOf, type Made, type MadeRow, madeFor, namedIn, parentIn } from './support/admission.ts'

/** What the statement said of one row under one grant. */
interface Verdict {
  readonly grant: Grant
  readonly candidate: Candidate
  readonly isRead: boolean
}

const never = new AbortController().signal
/** Runs of each agency. The first engine gives the corpus in which every mistake must show. */
const runs = 40
let corpusOf: string | undefined
const layouts = new Map<AgencyName, SourceLayout>()

beforeAll(async () => {
  const modules = await loadAgencies()
  for (const agency of agencies) layouts.set(agency, modelOf(modules[agency].contract, modules[agency].computed).layout)
})

/** The agency's tables, in which everything may be empty, as in tables that are the agency's own. */
async function makeTables(database: Database, layout: SourceLayout): Promise<void> {
  const tables = tablesOf(layout)
  await migrateAgency(database, tables)
  for (const { schema, table, columns, primaryKey } of tables)
    for (const { name, notNull } of columns)
      if (notNull && !primaryKey.includes(name))
        await database.knex.raw(`alter table "${schema}"."${table}" alter column "${name}" drop not null`)
}

/** Ids and persons bear the number of the run, so that nothing need be taken out again. */
const stored = (run: number, text: string | null): string | null => (text === null ? null : `${run}.${text}`)

async function write(database: Database, run: number, made: Made): Promise<void> {
  for (const list of new Set(made.rows.map((row) => row.list))) {
    const { table, common, naming, owner, contract } = list
    const ofList = made.rows.filter((row) => row.list === list)
    const values = ofList.map((row) => {
      const parent = parentIn(row, made)
      return {
        [common.id]: stored(run, row.id),
        [common.person]: stored(run, row.person),
        ...(contract.parent ? { [common.parent]: stored(run, parent === null ? null : idOf(parent)) } : {}),
        [common.recordedAt]: row.recordedAt,
        [common.organisation]: row.organisation,
        [common.evidence]: 'FACT',
        [common.labels]: row.labels,
        [common.handling]: row.handling,
        [common.relevance]: row.relevance,
        ...Object.fromEntries(naming.map((column, place) => [column, namedIn(row)[place]])),
        ...(owner === null ? {} : { [owner]: row.owner }),
      }
    })
    const name = `"${made.layout.schema}"."${table}"`
    await database.knex.raw(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ?::jsonb)`, [
      JSON.stringify(values),
    ])
  }
}

const idOf = (row: MadeRow | 'MISSING'): string => (row === 'MISSING' ? row : row.id)

const asStored = (run: number, grant: Grant): Grant => ({
  ...grant,
  persons: grant.persons.map((person) => `${run}.${person}`),
  heldRecords: grant.heldRecords.map((id) => `${run}.${id}`),
  own: grant.own && { ...grant.own, heldRecords: grant.own.heldRecords.map((id) => `${run}.${id}`) },
})

const summed = (holdings: readonly { readonly list: string; readonly count: number }[]) => {
  const sums = new Map<string, number>()
  for (const { list, count } of holdings) sums.set(list, (sums.get(list) ?? 0) + count)
  return sums
}

/** What the real statement reads of the rows, and what it counts of each list. */
async function readBy(source: SqlSource, grant: Grant, made: Made) {
  const lists = [...new Set(made.rows.map(({ list }) => list))]
  const answer = async (selection: Parameters<SqlSource['fetch']>[1]) =>
    (await source.fetch([grant], selection, never)).get('C')
  const records = await answer({ lists: new Map(lists.map(({ list }) => [list, new Set<string>()])), holdings: false })
  const counts = await answer({ lists: new Map(), holdings: true })
  return {
    ids: new Set(lists.flatMap(({ list }) => (records?.records.rows(list) ?? []).map(({ id }) => id.split('.')[1]))),
    counts: summed(counts?.holdings ?? []),
  }
}

/** Runs every generated row and grant through the statement, and tells what it said. */
async function verdicts(
  database: Database,
  agency: AgencyName,
  runs: number,
  see: (made: Made, verdict: Verdict) => void,
) {
  const layout = layouts.get(agency)
  if (!layout) throw new Error(`No layout of ${agency}.`)
  await makeTables(database, layout)
  const source = new SqlSource(layout, database)
  let run = 0
  await fc.assert(
    fc.asyncProperty(madeFor(layout, agency), async (made) => {
      run += 1
      await write(database, run, made)
      for (const grant of made.grants) {
        const { ids, counts } = await readBy(source, asStored(run, grant), made)
        for (const row of made.rows) see(made, { grant, candidate: candidateOf(row, made), isRead: ids.has(row.id) })
        for (const list of new Set(made.rows.map((row) => row.list)))
          if (list.list !== 'person' && !list.contract.parent)
            expect(counts.get(list.list) ?? 0).toBe(
              made.rows.filter((row) => row.list === list && ids.has(row.id)).length,
            )
      }
    }),
    { numRuns: runs, seed: 2026 },
  )
}

const corpus: Verdict[] = []

testDatabases('a row is admitted where the statement reads it, and nowhere else', ({ kind, open }) => {
  it.each(agencies)('%s', async (agency) => {
    const { database } = await open()
    corpusOf ??= kind
    let decided = 0
    await verdicts(database, agency, runs, (_, verdict) => {
      decided += 1
      if (kind === corpusOf) corpus.push(verdict)
      const said = admits(verdict.grant, verdict.candidate)
      if ((said === 'ADMITTED') !== verdict.isRead)
        throw new Error(`${said}, and ${verdict.isRead ? '' : 'not '}read: ${JSON.stringify(verdict)}`)
    })
    expect(decided).toBeGreaterThan(runs * 3 * 8)
  })
})

/** Every clause by one part of the grant, whoever holds the row. */
const everyClauseOf = (part: (grant: Grant) => RowsGrant): RowClauses =>
  Object.fromEntries(
    Object.entries(rowClauses).map(([reason, holds]) => [
      reason,
      (...[grant, list, head]: Parameters<typeof holds>) => holds(grant, list, head, part(grant)),
    ]),
  )

/** Each clause as it might be got wrong. */
const mistakes: Readonly<Record<string, RowClauses | ((candidate: Candidate) => Candidate)>> = {
  ...Object.fromEntries(Object.keys(rowClauses).map((reason) => [`without ${reason}`, { [reason]: () => true }])),
  ...Object.fromEntries(Object.keys(rowClauses).map((reason) => [`never past ${reason}`, { [reason]: () => false }])),
  'a list by its content alone': { LIST_CLOSED: (_, { type }, __, rows) => (rows.content & type.bit) !== 0 },
  'a list by its headline alone': { LIST_CLOSED: (_, { type }, __, rows) => (rows.headline & type.bit) !== 0 },
  'recorded before, and not at, the date': {
    RECORDED_LATER: (grant, _, { recordedAt }) =>
      recordedAt !== null && Date.parse(recordedAt) < Date.parse(grant.asOf),
  },
  'recorded to the millisecond': {
    RECORDED_LATER: (grant, _, { recordedAt }) =>
      recordedAt !== null && Date.parse(recordedAt) <= Date.parse(grant.asOf),
  },
  'recorded at no time': {
    RECORDED_LATER: (grant, list, head, rows) =>
      head.recordedAt === null || rowClauses.RECORDED_LATER(grant, list, head, rows),
  },
  'places never coarsened': {
    LABEL_CLOSED: (grant, list, head, rows) => rowClauses.LABEL_CLOSED(grant, { ...list, saysArea: false }, head, rows),
  },
  'places coarsened in every list': {
    LABEL_CLOSED: (grant, list, head, rows) => rowClauses.LABEL_CLOSED(grant, { ...list, saysArea: true }, head, rows),
  },
  'labels by their headline': {
    LABEL_CLOSED: (grant, list, head, rows) =>
      rowClauses.LABEL_CLOSED(grant, list, head, { ...rows, content: rows.headline }),
  },
  'labels that are not there': {
    LABEL_CLOSED: (grant, list, head, rows) => head.labels === null || rowClauses.LABEL_CLOSED(grant, list, head, rows),
  },
  'labels that nobody knows': {
    LABEL_CLOSED: (grant, list, head, rows) => {
      const labels = head.labels?.filter((label) => label !== 'OF_TOMORROW') ?? null
      return rowClauses.LABEL_CLOSED(grant, list, { ...head, labels }, rows)
    },
  },
  'handling that is not there': {
    NEITHER_CONFIRMED_NOR_DENIED: (_, __, { handling }, { rows }) => rows.ncnd || handling !== 'NCND',
    HANDLING_CONDITIONS: (_, __, { handling }, { rows }) => rows.conditions || handling !== 'CONDITIONS',
  },
  'relevance that is not there': {
    NOT_RELEVANT: (_, __, { relevance }, { rows }) => rows.notRelevant || relevance !== 'NOT_RELEVANT',
    RELEVANCE_UNDECIDED: (_, __, { relevance }, { rows }) => rows.undecided || relevance !== 'UNDECIDED',
  },
  'every row as another organisation’s': everyClauseOf((grant) => grant),
  'every row as the own organisation’s': everyClauseOf((grant) => grant.own ?? grant),
  'own rows by the holds of others': {
    HELD: (grant, list, head) => rowClauses.HELD(grant, list, head, grant),
  },
  'own rows by the labels of others': {
    LABEL_CLOSED: (grant, list, head) => rowClauses.LABEL_CLOSED(grant, list, head, grant),
  },
  'a row that does not say who holds it, as one’s own': ({ head, ...rest }) => ({
    ...rest,
    head: { ...head, organisation: head.organisation ?? 'ORG-A' },
  }),
  'actions of every service where the content is closed': { OTHER_SERVICE: () => true },
  'actions of the own service alone, whatever is open': {
    OTHER_SERVICE: (grant, list, head, rows) =>
      rowClauses.OTHER_SERVICE(grant, list, head, { ...rows, content: rows.content & ~list.type.bit }),
  },
  'actions of social care for everybody': {
    OTHER_SERVICE: (grant, list, head, rows) =>
      rowClauses.OTHER_SERVICE({ ...grant, callerType: 'SOCIAL_CARE' }, list, head, rows),
  },
  'whatever it stands under': (candidate) => ({ ...candidate, parent: null }),
  'under nothing': (candidate) => (candidate.parent === 'MISSING' ? { ...candidate, parent: null } : candidate),
}

describe('a clause that is got wrong is caught by what the statement reads', () => {
  it.each(Object.keys(mistakes))('%s', (name) => {
    const mistake = mistakes[name]
    if (!mistake) throw new Error(name)
    const wrong = ({ grant, candidate }: Verdict): boolean =>
      (typeof mistake === 'function'
        ? admits(grant, mistake(candidate))
        : admits(grant, candidate, { ...rowClauses, ...mistake })) === 'ADMITTED'
    const caught = corpus.filter((verdict) => wrong(verdict) !== verdict.isRead).length
    expect(caught).toBeGreaterThan(0)
  })
})
