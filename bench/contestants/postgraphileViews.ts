import pg from 'pg'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { type StoredList, storedLists } from '../questionShape.ts'
import { unifiedView } from '../questions/unifiedView.ts'

/**
 * What PostGraphile reads, in a schema of its own beside the tables: the children, their NHS numbers, and for each list
 * of the unified view its records under the children that they are linked to. Smart tags give the keys that a view has
 * none of, and the agency and the list that a view is for. PostgreSQL plans each view as the join that it stands for,
 * over the indexes on children and on persons.
 */
export async function makeViews(url: string): Promise<void> {
  const { layouts } = buildModel(await loadAgencies(), [])
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      [
        'drop schema if exists postgraphile cascade',
        'create schema postgraphile',
        ...view('child', 'select child_id as id from gateway.child', ['@primaryKey id']),
        ...view('nhs_number', `select value, child_id from gateway.identifier where scheme = 'NHS_NUMBER'`, [
          '@primaryKey value',
        ]),
        ...storedLists(layouts, unifiedView).flatMap((list) =>
          view(nameOf(list), recordsSql(list), [
            '@primaryKey child_id,id',
            `@agency ${list.agency}`,
            `@list ${list.list}`,
          ]),
        ),
      ].join(';\n'),
    )
  } finally {
    await client.end()
  }
}

const view = (name: string, select: string, tags: readonly string[]): readonly string[] => [
  `create view postgraphile.${name} as ${select}`,
  `comment on view postgraphile.${name} is '${tags.join('\n')}'`,
]

/** `socialCare`, `involvements` → `social_care_involvements`. */
const nameOf = ({ agency, list }: StoredList): string =>
  `${agency}_${list}`.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/**
 * Columns are named as the gateway names its fields; where the links' names would be an agency's too, they are others.
 */
const recordsSql = ({ agency, table, person, name, id, eventAt, columns }: StoredList): string =>
  `select linked_child as child_id, ${name} as id, "${eventAt}" as placed_at, "${id}" as placed_by
    ${columns.map(({ field, sql }) => `, ${sql} as "${field}"`).join('')}
  from (select child_id as linked_child, person_id as linked_person from gateway.link
      where agency = '${agency}' and ended_at is null) as linked
    join ${table} on "${person}" = linked_person`
