import { fileURLToPath } from 'node:url'
import { buildSubgraphSchema } from '@apollo/subgraph'
import DataLoader from 'dataloader'
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  parse,
} from 'graphql'
import { readSubgraphSdls } from '../../src/federation/subgraphFiles.ts'
import { grantField } from '../../src/federation/subgraphSdl.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { storedLists } from '../questionShape.ts'
import { openPipes } from './pipelinedClients.ts'
import { askedFields } from './selectedFields.ts'
import { textOf } from './serve.ts'

/**
 * The subgraphs behind Hive, as lean as they can be: graphql-js, statements prepared and pipelined, of which none reads
 * a column that is not asked for; no security.
 */
const sdls = await readSubgraphSdls(fileURLToPath(new URL('../../schema', import.meta.url)))
const { layouts } = buildModel(await loadAgencies(), [])
const pipe = await openPipes(4)

type Row = Record<string, unknown>
type Reference = { readonly id: string }
interface Context {
  readonly persons: DataLoader<string, readonly string[]>
  readonly lists: Map<string, DataLoader<string, readonly Row[]>>
}

const grouped = <T>(keys: readonly string[], rows: readonly Row[], by: string, value: (row: Row) => T): T[][] => {
  const groups = new Map<string, T[]>(keys.map((key) => [key, []]))
  for (const row of rows) groups.get(textOf(row[by]))?.push(value(row))
  return keys.map((key) => groups.get(key) ?? [])
}

const personsLoader = (agency: AgencyName): Context['persons'] =>
  new DataLoader(async (ids) => {
    const text = `select child_id, person_id from gateway.link where child_id = any($1::text[]) and agency = '${agency}' and ended_at is null`
    const { rows } = await pipe().query<Row>({ name: `links_${agency}`, text, values: [ids] })
    return grouped(ids, rows, 'child_id', (row) => textOf(row['person_id']))
  })

interface Statement {
  readonly name: string
  readonly text: string
}

const statements = new Map<string, Statement>()

/** Reads the asked columns of one list; written once. */
function statementOf(agency: AgencyName, list: string, asked: readonly string[]): Statement {
  const key = `${agency} ${list} ${asked.join(' ')}`
  const known = statements.get(key)
  if (known) return known
  const fields = ['eventAt', ...(layouts[agency].lists.get(list)?.columns.keys() ?? [])]
  const [stored] = storedLists(layouts, { [agency]: { [list]: fields.filter((field) => asked.includes(field)) } })
  if (!stored) throw new Error(`${agency} has no list ${list}.`)
  const columns = stored.columns.map(({ field, sql }) => `, ${sql} as "${field}"`).join('')
  const text = `select "${stored.person}" as "_p", ${stored.name} as "id"${columns} from ${stored.table} where "${stored.person}" = any($1::text[]) order by "${stored.eventAt}", "${stored.id}"`
  const statement = { name: `list_${statements.size}`, text }
  statements.set(key, statement)
  return statement
}

const listLoader = (statement: Statement): DataLoader<string, readonly Row[]> =>
  new DataLoader(async (persons) => {
    const { rows } = await pipe().query<Row>({ ...statement, values: [persons] })
    return grouped(persons, rows, '_p', (row) => row)
  })

function agencySchema(agency: AgencyName): GraphQLSchema {
  const { recordType, lists } = layouts[agency]
  const fields = [...lists.values()]
    .filter(({ contract }) => !contract.parent)
    .map(({ list }) => [
      list,
      async ({ id }: Reference, _args: unknown, context: Context, info: GraphQLResolveInfo) => {
        const statement = statementOf(agency, list, askedFields(info))
        const loader = context.lists.get(statement.name) ?? listLoader(statement)
        context.lists.set(statement.name, loader)
        return (await loader.loadMany(await context.persons.load(id))).flat()
      },
    ])
  return buildSubgraphSchema([
    {
      typeDefs: parse(sdls[agency]),
      resolvers: {
        Child: { __resolveReference: (reference: Reference) => reference, [agency]: (child: Reference) => child },
        [recordType]: Object.fromEntries(fields),
      },
    },
  ])
}

/** The grants are there, since the schema requires them, and mean nothing. */
const childOf = (id: string) => ({ id, ...Object.fromEntries(agencies.map((agency) => [grantField(agency), [id]])) })

const coreSchema = buildSubgraphSchema([
  {
    typeDefs: parse(sdls.core),
    resolvers: {
      Query: {
        child: (_: unknown, { id }: Reference) => childOf(id),
        children: (_: unknown, { ids }: { readonly ids: readonly string[] }) => ids.map(childOf),
        findChild: async (_: unknown, { nhsNumber }: { readonly nhsNumber: string }) => {
          const text = `select child_id from gateway.identifier where scheme = 'NHS_NUMBER' and value = $1::text`
          const { rows } = await pipe().query<{ child_id: string }>({ name: 'find', text, values: [nhsNumber] })
          return rows[0] ? childOf(rows[0].child_id) : null
        },
      },
      Child: { __resolveReference: ({ id }: Reference) => childOf(id) },
    },
  },
])

const schemas = new Map<string, GraphQLSchema>([
  ['core', coreSchema],
  ...agencies.map((agency) => [agency, agencySchema(agency)] as const),
])

/** One subgraph's answer to one operation. Nothing that a loader holds outlives it. */
export async function executeOn(
  name: string,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): Promise<ExecutionResult> {
  const schema = schemas.get(name)
  if (!schema) throw new Error(`There is no subgraph ${name}.`)
  // The core keeps no lists, so whose persons it would look up is no matter.
  const agency = agencies.find((each) => each === name) ?? 'health'
  const contextValue: Context = { persons: personsLoader(agency), lists: new Map() }
  return execute({ schema, document, variableValues, contextValue })
}
