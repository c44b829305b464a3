// PostGraphile over the views that bench/contestants/postgraphileViews.ts makes, asked in the gateway's own words. It runs
// under a Node of its own, so it imports nothing of the repository: what it must know of a view is in the view's smart tags.
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { TYPES } from 'postgraphile/@dataplan/pg'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { parse } from 'postgraphile/graphql'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { extendSchema } from 'postgraphile/utils'

/** One list of one agency: a resource whose view says where it belongs. */
const listsOf = (resources) =>
  Object.values(resources).flatMap((resource) => {
    const { agency, list } = resource.codec.extensions?.tags ?? {}
    return agency && list ? [{ agency, list, resource }] : []
  })

const recordType = (agency) => `${agency[0].toUpperCase()}${agency.slice(1)}Record`

/** The records of a child in order of time. No primary key is added to the order: time and id already make it whole. */
const recordsOf = (resource) => ($child) => {
  const $records = resource.find({ child_id: $child.get('id') })
  $records.orderBy({ attribute: 'placed_at', direction: 'ASC' })
  $records.orderBy({ attribute: 'placed_by', direction: 'ASC' })
  $records.setOrderIsUnique()
  return $records
}

/** The agencies between a child and its lists cost nothing at run time: their plan is the child's own step. */
const gatewayShape = extendSchema(({ dataplanPg, inflection, pgResources, sql }) => {
  const lists = listsOf(pgResources)
  const agencies = [...new Set(lists.map(({ agency }) => agency))]
  const of = (agency) => lists.filter((each) => each.agency === agency)
  const fields = (agency) =>
    of(agency).map(({ list, resource }) => `${list}: [${inflection.tableType(resource.codec)}!]!`)
  return {
    typeDefs: parse(`
      scalar NHSNumber
      extend type Query {
        child(id: ID!): Child
        children(ids: [ID!]!): [Child!]!
        findChild(nhsNumber: NHSNumber!): Child
      }
      extend type Child { ${agencies.map((agency) => `${agency}: ${recordType(agency)}!`).join('\n')} }
      ${agencies.map((agency) => `type ${recordType(agency)} { ${fields(agency).join('\n')} }`).join('\n')}
    `),
    objects: {
      Query: {
        plans: {
          child: (_, { $id }) => pgResources.child.get({ id: $id }),
          children: (_, { $ids }) => {
            const $children = pgResources.child.find()
            const ids = $children.placeholder($ids, dataplanPg.listOfCodec(TYPES.text))
            $children.where(sql`${$children}.id = any(${ids})`)
            return $children
          },
          findChild: (_, { $nhsNumber }) =>
            pgResources.child.get({ id: pgResources.nhs_number.get({ value: $nhsNumber }).get('child_id') }),
        },
      },
      Child: { plans: Object.fromEntries(agencies.map((agency) => [agency, ($child) => $child])) },
      ...Object.fromEntries(
        agencies.map((agency) => [
          recordType(agency),
          { plans: Object.fromEntries(of(agency).map(({ list, resource }) => [list, recordsOf(resource)])) },
        ]),
      ),
    },
  }
})

/** A column `id` is the field `id`, since there are no global ids of Relay's that it would be mistaken for. */
const plainIds = {
  name: 'PlainIds',
  inflection: {
    replace: { _attributeName: (previous, _options, details) => previous({ ...details, skipRowId: true }) },
  },
}

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [gatewayShape, plainIds],
  disablePlugins: ['NodePlugin'],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['postgraphile'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false },
  grafast: { explain: false },
})

const server = createServer()
server.keepAliveTimeout = 600_000
await instance.createServ(grafserv).addTo(server)
await instance.getSchema()
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))
