import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { startStandaloneServer } from '@apollo/server/standalone'
import { makeExecutableSchema } from '@graphql-tools/schema'
import DataLoader from 'dataloader'
import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver, isObjectType } from 'graphql'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import knex, { type Knex } from 'knex'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { buildModel, coreFiles, loadAgencies, readSdl } from '../../src/graphql/schemaModel.ts'
import { storedLists } from '../questionShape.ts'
import { databaseUrl } from './pipelinedClients.ts'
import { askedFields } from './selectedFields.ts'

/**
 * What a team builds from the documentation of each package: nothing here is made slow, and nothing is tuned beyond it.
 * `CACHE_CONTROL=off` switches off the one plugin of Apollo Server that looks at every field.
 */
const { layouts } = buildModel(await loadAgencies(), [])
const database = knex({ client: 'pg', connection: databaseUrl, pool: { min: 2, max: 10 } })
await database.raw(
  'create table if not exists public.access_log (id bigserial primary key, at timestamptz default now(), subject text, organisation text, purpose text, operation text, children text[])',
)

const issuer: { issuer: string; jwksUri: string }[] = JSON.parse(
  readFileSync(process.env['ISSUERS_FILE'] ?? '', 'utf8'),
)
const keys = createRemoteJWKSet(new URL(issuer[0]?.jwksUri ?? ''))

interface Context {
  readonly claims: JWTPayload
  readonly children: Set<string>
  readonly links: DataLoader<string, readonly Link[]>
  readonly lists: Map<Listed, DataLoader<string, readonly Row[]>>
}
type Link = { readonly agency: AgencyName; readonly person: string }
type Row = Record<string, unknown>

const grouped = <T extends Row>(rows: readonly T[], keys: readonly string[], by: string): T[][] => {
  const groups = new Map<unknown, T[]>(keys.map((key) => [key, []]))
  for (const row of rows) groups.get(row[by])?.push(row)
  return keys.map((key) => groups.get(key) ?? [])
}

const linksLoader = (): Context['links'] =>
  new DataLoader(async (ids) => {
    const rows: (Row & Link)[] = await database('gateway.link')
      .select({ child: 'child_id', agency: 'agency', person: 'person_id' })
      .whereIn('child_id', ids)
      .whereNull('ended_at')
    return grouped(rows, ids, 'child')
  })

interface Listed {
  readonly schema: string
  readonly table: string
  readonly person: string
  readonly columns: readonly Knex.Raw[]
  readonly order: readonly { readonly column: string }[]
}

const listed = new Map<string, Listed>()

/** Where the asked columns of one list are; worked out once, as whoever writes the stack by hand would have. */
function listedOf(agency: AgencyName, list: string, asked: readonly string[]): Listed {
  const key = `${agency} ${list} ${asked.join(' ')}`
  const known = listed.get(key)
  if (known) return known
  const fields = ['eventAt', ...(layouts[agency].lists.get(list)?.columns.keys() ?? [])]
  const [stored] = storedLists(layouts, { [agency]: { [list]: fields.filter((field) => asked.includes(field)) } })
  if (!stored) throw new Error(`${agency} has no list ${list}.`)
  const made = {
    schema: layouts[agency].schema,
    table: stored.table.split('"')[3] ?? '',
    person: stored.person,
    columns: [
      database.raw('?? as ??', [stored.person, '_person']),
      database.raw(`${stored.name} as ??`, ['id']),
      ...stored.columns.map(({ field, sql }) => database.raw(`${sql} as ??`, [field])),
    ],
    order: [{ column: stored.eventAt }, { column: stored.id }],
  }
  listed.set(key, made)
  return made
}

const listLoader = ({ schema, table, person, columns, order }: Listed): DataLoader<string, readonly Row[]> =>
  new DataLoader(async (persons) => {
    const rows = await database
      .withSchema(schema)
      .from<Row, Row[]>(table)
      .select<Row[]>(columns)
      .whereIn(person, persons)
      .orderBy([...order])
    return grouped(rows, persons, '_person')
  })

const loaderOf = (context: Context, from: Listed): DataLoader<string, readonly Row[]> => {
  const loader = context.lists.get(from) ?? listLoader(from)
  context.lists.set(from, loader)
  return loader
}

const childOf = (context: Context, id: string) => {
  context.children.add(id)
  return { id }
}

type Resolver = GraphQLFieldResolver<never, Context>

const listResolvers = (agency: AgencyName): Record<string, Resolver> =>
  Object.fromEntries(
    [...layouts[agency].lists.values()]
      .filter(({ contract }) => !contract.parent)
      .map(({ list }): [string, Resolver] => [
        list,
        async ({ id }: { readonly id: string }, _args, context, info) => {
          const persons = (await context.links.load(id))
            .filter((link) => link.agency === agency)
            .map((link) => link.person)
          return (await loaderOf(context, listedOf(agency, list, askedFields(info))).loadMany(persons)).flat()
        },
      ]),
  )

const schema = makeExecutableSchema<Context>({
  typeDefs: ['shared', ...coreFiles, ...agencies].map(readSdl),
  resolvers: {
    Query: {
      child: (_: unknown, { id }: { id: string }, context: Context) => childOf(context, id),
      children: (_: unknown, { ids }: { ids: string[] }, context: Context) => ids.map((id) => childOf(context, id)),
      findChild: async (_: unknown, { nhsNumber }: { nhsNumber: string }, context: Context) => {
        const row: { child_id: string } | undefined = await database('gateway.identifier')
          .select('child_id')
          .where({ scheme: 'NHS_NUMBER', value: nhsNumber })
          .first()
        return row ? childOf(context, row.child_id) : null
      },
    },
    Child: Object.fromEntries(agencies.map((agency) => [agency, (child: { id: string }) => child])),
    ...Object.fromEntries(agencies.map((agency) => [layouts[agency].recordType, listResolvers(agency)])),
  },
})

/** Rules as such stacks have them: who may read which type, in a table, asked at every field. */
const permitted = new Map<string, ReadonlySet<string>>()
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type) || type.name.startsWith('__')) continue
  permitted.set(type.name, new Set(['MASH_ANALYST', 'SOCIAL_WORKER', 'TEAM_MANAGER']))
  for (const field of Object.values(type.getFields())) {
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = async (parent, args, context: Context, info) => {
      const { role } = context.claims
      if (typeof role !== 'string' || !permitted.get(info.parentType.name)?.has(role))
        throw new GraphQLError('FORBIDDEN')
      return resolve(parent, args, context, info)
    }
  }
}

const server = new ApolloServer<Context>({
  schema,
  introspection: false,
  plugins: [
    ...(process.env['CACHE_CONTROL'] === 'off' ? [ApolloServerPluginCacheControlDisabled()] : []),
    {
      requestDidStart: async () => ({
        willSendResponse: async ({ contextValue: { claims, children }, operationName }) => {
          await database('public.access_log').insert({
            subject: claims.sub,
            organisation: claims['org'],
            purpose: JSON.stringify(claims['authorization_details']),
            operation: operationName,
            children: [...children],
          })
        },
      }),
    },
  ],
})

await startStandaloneServer(server, {
  listen: { port: Number(process.env['PORT']), host: '127.0.0.1' },
  context: async ({ req }) => {
    const token = req.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer[0]?.issuer ?? '',
      audience: process.env['AUDIENCE'] ?? '',
      algorithms: ['ES256'],
    })
    return { claims: payload, children: new Set<string>(), links: linksLoader(), lists: new Map() }
  },
})
console.log('ready')
