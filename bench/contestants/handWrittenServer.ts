import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { type Shape, type StoredList, storedLists } from '../questionShape.ts'
import { question as q5 } from '../questions/findByNhsNumber.ts'
import { firstScreenShape } from '../questions/firstScreen.ts'
import { unifiedView } from '../questions/unifiedView.ts'
import { chronologyOf } from './handWrittenChronology.ts'
import { openPipes } from './pipelinedClients.ts'
import { nameOf, serve, textOf, textsOf } from './serve.ts'

const { layouts, contracts } = buildModel(await loadAgencies(), [])
const pipe = await openPipes(4)

const linksText =
  'select child_id, agency, person_id from gateway.link where child_id = any($1::text[]) and ended_at is null'
const findText = `select child_id from gateway.identifier where scheme = 'NHS_NUMBER' and value = $1::text`

interface Read {
  readonly list: StoredList
  readonly name: string
  readonly text: string
}

const readsOf = (shape: Shape): readonly Read[] =>
  storedLists(layouts, shape).map((list) => ({
    list,
    name: `read_${list.table.replace(/\W/g, '_')}_${list.columns.length}`,
    text: `select "${list.person}" as "_p", ${list.name} as "id"${list.columns
      .map(({ field, sql }) => `, ${sql} as "${field}"`)
      .join('')} from ${list.table} where "${list.person}" = any($1::text[]) order by "${list.eventAt}", "${list.id}"`,
  }))

type Row = Record<string, unknown>
export type Links = ReadonlyMap<AgencyName, ReadonlyMap<string, readonly string[]>>

/** Which person of each agency stands for which of these children; an adult may stand for several. */
async function linksOf(ids: readonly string[]): Promise<Links> {
  const { rows } = await pipe().query<{ child_id: string; agency: AgencyName; person_id: string }>({
    name: 'links',
    text: linksText,
    values: [ids],
  })
  const links = new Map(agencies.map((name) => [name, new Map<string, string[]>()]))
  for (const row of rows) {
    const persons = links.get(row.agency)
    const children = persons?.get(row.person_id)
    if (children) children.push(row.child_id)
    else persons?.set(row.person_id, [row.child_id])
  }
  return links
}

async function views(ids: readonly string[], shape: Shape, reads: readonly Read[]): Promise<Row[]> {
  const links = await linksOf(ids)
  const children = new Map(ids.map((id) => [id, emptyView(id, shape)]))
  await Promise.all(
    reads.map(async ({ list, name, text }) => {
      const persons = links.get(list.agency)
      if (!persons || persons.size === 0) return
      const { rows } = await pipe().query<Row>({ name, text, values: [[...persons.keys()]] })
      for (const row of rows) {
        const of = persons.get(textOf(row['_p'])) ?? []
        row['_p'] = undefined
        for (const id of of) children.get(id)?.[list.agency]?.[list.list]?.push(row)
      }
    }),
  )
  return ids.flatMap((id) => children.get(id) ?? [])
}

type View = { id: string } & Partial<Record<AgencyName, Record<string, Row[]>>>

const emptyView = (id: string, shape: Shape): View => ({
  id,
  ...Object.fromEntries(
    Object.entries(shape).map(([agency, lists]) => [
      agency,
      Object.fromEntries(Object.keys(lists).map((list) => [list, []])),
    ]),
  ),
})

const viewReads = readsOf(unifiedView)
const identity = q5.shape ?? {}
const identityReads = readsOf(identity)
const screen = firstScreenShape(layouts, contracts)
const screenReads = readsOf(screen)
const chronology = chronologyOf(layouts, contracts, pipe)

serve(async ({ query, variables }) => {
  switch (nameOf(query)) {
    case 'q1':
      return JSON.stringify({ data: { child: (await views([textOf(variables['id'])], unifiedView, viewReads))[0] } })
    case 'q2':
      return JSON.stringify({ data: { children: await views(textsOf(variables['ids']), unifiedView, viewReads) } })
    case 'q3':
      return JSON.stringify({ data: { child: await chronology(textOf(variables['id']), linksOf) } })
    case 'q6':
      return JSON.stringify({ data: { child: (await views([textOf(variables['id'])], screen, screenReads))[0] } })
    default: {
      const found = await pipe().query<{ child_id: string }>({
        name: 'find',
        text: findText,
        values: [variables['nhsNumber']],
      })
      const id = found.rows[0]?.child_id ?? ''
      return JSON.stringify({ data: { findChild: (await views([id], identity, identityReads))[0] } })
    }
  }
})
