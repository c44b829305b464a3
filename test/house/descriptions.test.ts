import { type DefinitionNode, Kind, parse, type StringValueNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { agencies } from '../../src/foundation/agencies.ts'
import { labels } from '../../src/policy/labels.ts'
import { agencyTypes, purposes } from '../../src/policy/vocabulary.ts'
import { filesIn, read } from './files.ts'

interface Described {
  readonly coordinate: string
  readonly description: StringValueNode | undefined
}

/** Every type, field, argument, input field and value of one definition. The roots are described by their fields. */
const partsOf = (node: DefinitionNode): Described[] => {
  if (!('name' in node) || !node.name) return []
  const name = node.name.value
  const isExtension = node.kind.endsWith('Extension')
  const isRoot = ['Query', 'Mutation'].includes(name)
  const own =
    isExtension || isRoot || !('description' in node) ? [] : [{ coordinate: name, description: node.description }]
  const fields = 'fields' in node ? (node.fields ?? []) : []
  const inner = fields.flatMap((field) => [
    { coordinate: `${name}.${field.name.value}`, description: field.description },
    ...(field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : []).map((argument) => ({
      coordinate: `${name}.${field.name.value}(${argument.name.value}:)`,
      description: argument.description,
    })),
  ])
  const values = 'values' in node ? (node.values ?? []) : []
  return [
    ...own,
    ...inner,
    ...values.map((value) => ({ coordinate: `${name}.${value.name.value}`, description: value.description })),
  ]
}

const documents = filesIn('schema', '.graphql').map((path) => ({ path, definitions: parse(read(path)).definitions }))
const definitions = documents.flatMap((document) => document.definitions)
const valuesOf = (name: string) =>
  definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === name
      ? (node.values ?? []).map((value) => value.name.value)
      : [],
  )

describe('the schema', () => {
  it('describes every type, field, argument and value', () => {
    const silent = definitions.flatMap(partsOf).filter(({ description }) => !description?.value.trim())
    expect(silent.map(({ coordinate }) => coordinate)).toEqual([])
  })

  it('has one file for each agency, and no other agency in it', () => {
    const typesOf = new Map(
      documents.map(({ path, definitions: nodes }) => [
        path,
        nodes.flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node.name.value] : [])),
      ]),
    )
    for (const agency of agencies) {
      const own = `schema/${agency}.graphql`
      const text = read(own)
      for (const other of agencies.filter((name) => name !== agency)) {
        const foreign = (typesOf.get(`schema/${other}.graphql`) ?? []).filter((type) =>
          new RegExp(`\\b${type}\\b[!\\]]*\\s*($|@)`, 'm').test(text),
        )
        expect([own, foreign]).toEqual([own, []])
      }
    }
  })

  it('has the same words as the policy', () => {
    expect(valuesOf('Sensitivity')).toEqual([...labels])
    expect(valuesOf('Purpose')).toEqual(purposes)
    expect(valuesOf('AgencyType')).toEqual([...agencyTypes])
  })
})
