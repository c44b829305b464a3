import { readFileSync } from 'node:fs'
import {
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { type Catalogue, loadCatalogue } from '../../src/composition/catalogue.ts'
import { operationOf, selectionsOf } from './support/queries.ts'
import { doorsOf } from './support/questionsOfEveryKind.ts'
import { randomFrom } from './support/random.ts'
import { pathOf, shapes } from './support/shapes.ts'
import { targetsOf } from './support/sqlTap.ts'
import { stepsOf } from './support/steps.ts'

// The proofs of leakage reach the whole schema; what is added to it and to no proof is named here.
let model: Catalogue['model']
let schema: GraphQLSchema
beforeAll(async () => {
  model = (await loadCatalogue({ demonstration: true, registryFile: null })).model
  schema = model.schema
})

/** Coordinates of fields and arguments that operations use. */
function usedBy(operations: readonly string[]): ReadonlySet<string> {
  const used = new Set<string>()
  for (const operation of operations) {
    const info = new TypeInfo(schema)
    visit(
      parse(operation),
      visitWithTypeInfo(info, {
        Field: (node) => {
          const at = `${info.getParentType()?.name}.${node.name.value}`
          used.add(at)
          for (const argument of node.arguments ?? []) used.add(`${at}(${argument.name.value}:)`)
        },
        InlineFragment: (node) => {
          if (node.typeCondition) used.add(node.typeCondition.name.value)
        },
      }),
    )
  }
  return used
}

const generated = (): readonly string[] => {
  const next = selectionsOf(schema, randomFrom(2026))
  return Array.from({ length: 400 }, () => operationOf('C04', Array.from({ length: 10 }, next)))
}

const fixed = (): readonly string[] => [...doorsOf('C04', schema), ...stepsOf('C04').map(({ query }) => query)]

/** The transfer has a proof of its own, over the record as it is sent and stored. */
const ofTransfers = ['Query.transferSummary']

test('every field of Query is asked in twin worlds, and every argument of it', () => {
  const used = usedBy(fixed())
  const missing = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    [`Query.${field.name}`, ...field.args.map(({ name }) => `Query.${field.name}(${name}:)`)].filter(
      (coordinate) => !used.has(coordinate),
    ),
  )
  expect(missing).toEqual([])
  expect(ofTransfers.every((coordinate) => used.has(coordinate))).toBe(true)
})

test('every filter, page and date of a view is set where hidden rows would show', () => {
  const used = usedBy(fixed())
  const missing = reachable().flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.map(({ name }) => `${type.name}.${field.name}(${name}:)`).filter((at) => !used.has(at)),
    ),
  )
  expect(missing).toEqual([])
})

test('every field that can be reached below a child is in the generated questions', () => {
  const used = usedBy(generated())
  const missing = reachable().flatMap((type) =>
    Object.keys(type.getFields()).flatMap((field) =>
      used.has(`${type.name}.${field}`) ? [] : [`${type.name}.${field}`],
    ),
  )
  expect(missing).toEqual([])
})

test('every interface and union is a shape in which a field is asked, for each of its types', () => {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType)
  expect(abstract.map(({ name }) => name)).toEqual(['Sourced'])
  const targets = targetsOf(model.layouts)
  const asked = new Set(
    targets.flatMap((target) =>
      shapes
        .filter(({ name }) => name === 'interface')
        .map(({ write }) => write(pathOf(schema, target, 'C04')).query)
        .flatMap((query) => [...query.matchAll(/\.\.\. on Sourced \{ id \.\.\. on (\w+)/g)].map(([, type]) => type)),
    ),
  )
  const implementing = abstract.flatMap((type) => schema.getPossibleTypes(type)).map(({ name }) => name)
  // An event of the chronology stands in no table of its own: it is told by a joined field.
  expect(implementing.filter((name) => !asked.has(name) && name !== 'ChronologyEvent')).toEqual([])
})

test('every connection is paged, from its beginning and after a cursor', () => {
  const used = usedBy(fixed())
  const connections = reachable().flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      getNamedType(field.type).name.endsWith('Connection') ? [`${type.name}.${field.name}`] : [],
    ),
  )
  expect(connections).toEqual(['Child.chronology'])
  for (const connection of connections)
    expect([used.has(`${connection}(first:)`), used.has(`${connection}(after:)`)]).toEqual([true, true])
})

test('every advisory of the list is in the title of a test', () => {
  const titles = readFileSync(new URL('./advisories.test.ts', import.meta.url), 'utf8')
  const advisories =
    'GHSA-mx7m-j9xf-62hw GHSA-m8jr-fxqx-8xx6 GHSA-x33c-7c2v-mrj9 GHSA-g8jh-vg5j-4h3f GHSA-hff2-gcpx-8f4p GHSA-pfjj-6f4p-rvmh CVE-2026-32621 CVE-2025-32032 CVE-2025-32034 CVE-2024-43414 GHSA-q2f9-x4p4-7xmh GHSA-p2q6-pwh5-m6jr CVE-2026-30241 CVE-2026-23897 CVE-2026-35441 GHSA-6q22-g298-grjh CVE-2026-28696'
  const others = ['Cosmo 1832', 'Cosmo 2125', 'graphql-shield 349', 'graphql-shield 483', 'graphql-shield 1553']
  const more = ['Hive 1423', 'drupal-graphql 308', '_entities', 'sibling advisories']
  expect([...advisories.split(' '), ...others, ...more].filter((name) => !titles.includes(name))).toEqual([])
})

/** Object types that a selection below `Child` can reach. */
function reachable() {
  const found = new Map<string, Extract<ReturnType<typeof schema.getType>, { getFields: unknown }>>()
  const walk = (name: string): void => {
    const type = schema.getType(name)
    if (!isObjectType(type) || found.has(name)) return
    found.set(name, type)
    for (const field of Object.values(type.getFields())) walk(getNamedType(field.type).name)
  }
  walk('Child')
  return [...found.values()].filter(isObjectType)
}
