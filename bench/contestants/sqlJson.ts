import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { type Shape, type StoredList, storedLists } from '../questionShape.ts'
import { question as q5 } from '../questions/findByNhsNumber.ts'
import { unifiedView } from '../questions/unifiedView.ts'
import { openPipes } from './pipelinedClients.ts'
import { nameOf, serve, textsOf } from './serve.ts'

const { layouts } = buildModel(await loadAgencies(), [])
const pipe = await openPipes(4)

const listSql = ({ agency, table, person, name, id, eventAt, columns }: StoredList): string => {
  const fields = columns.map(({ field, sql }) => `, ${sql} as "${field}"`).join('')
  const persons = `array(select person_id from gateway.link where link.child_id = child.child_id and agency = '${agency}' and ended_at is null)`
  return `(select coalesce(json_agg(found), '[]') from (select ${name} as "id"${fields} from ${table}
    where "${person}" = any(${persons}) order by "${eventAt}", "${id}") as found)`
}

/** The whole child as one JSON object. */
function childSql(shape: Shape): string {
  const lists = storedLists(layouts, shape)
  const members = Object.keys(shape).map((agency) => {
    const inner = lists.filter((list) => list.agency === agency).map((list) => `'${list.list}', ${listSql(list)}`)
    return `'${agency}', json_build_object(${inner.join(', ')})`
  })
  return `json_build_object('id', child.child_id, ${members.join(', ')})`
}

const view = childSql(unifiedView)
const one = `select ${view}::text from gateway.child where child_id = $1::text`
const many = `select coalesce(json_agg(${view} order by place), '[]')::text
  from unnest($1::text[]) with ordinality as asked (id, place) join gateway.child on child.child_id = asked.id`
const found = `select ${childSql(q5.shape ?? {})}::text from gateway.child
  where child_id = (select child_id from gateway.identifier where scheme = 'NHS_NUMBER' and value = $1::text)`

const text = async (name: string, statement: string, value: unknown): Promise<string> => {
  const { rows } = await pipe().query<string[]>({ name, text: statement, values: [value], rowMode: 'array' })
  return rows[0]?.[0] ?? 'null'
}

serve(async ({ query, variables }) => {
  switch (nameOf(query)) {
    case 'q1':
      return `{"data":{"child":${await text('one', one, variables['id'])}}}`
    case 'q2':
      return `{"data":{"children":${await text('many', many, textsOf(variables['ids']))}}}`
    default:
      return `{"data":{"findChild":${await text('found', found, variables['nhsNumber'])}}}`
  }
})
