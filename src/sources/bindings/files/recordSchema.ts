import { type GraphQLSchema, isEnumType, isObjectType } from 'graphql'
import { z } from 'zod'
import { labels } from '../../../policy/labels.ts'
import type { ColumnLayout } from '../../columnLayout.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'
import { personShape, recordFormat, recordShape } from './formats/recordJson.ts'
import { handlings, relevances } from './storedRecord.ts'

type Json = Readonly<Record<string, unknown>>

/** What each member of a record says, for whoever writes one. */
const said: Readonly<Record<string, string>> = {
  id: "The holder's own id of the record: the same in every file, and of no other record of the list.",
  person: "The holder's own id of the person, as under `people`.",
  parent: 'Of a list that stands under another: the id of the record it stands under.',
  eventAt: 'When it happened. A time without a zone is local to the holder.',
  recordedAt: 'When the holder knew. Left out: the day of the event, or when the file was made where that was before.',
  recordedBy: 'Who recorded it.',
  service: "Value of `Agency`; the holder's own when left out.",
  la: "Authority that the record belongs to; the holder's own when left out.",
  force: "Force that the record belongs to; the holder's own when left out.",
  evidence: 'Value of `Evidence`; FACT when left out.',
  supersedes: 'The id of the record that this one corrects. A record that is said anew under its own id needs none.',
  labels: 'Labels of this record beside those of its list.',
  handling: 'NCND: its existence is neither confirmed nor denied. CONDITIONS: it is passed on under conditions alone.',
  relevance: 'Whether it matters for safeguarding.',
  withdrawn: 'The holder takes it back: from now on it is not read.',
}

/** JSON Schema of a file of records: lists and fields as the SDL has them. */
export function recordSchema(schema: GraphQLSchema, layouts: Readonly<Record<string, SourceLayout>>): Json {
  const kinds = Object.keys(layouts)
  const lists = Object.entries(layouts).map(([kind, layout]) => [kind, listsOf(schema, layout)] as const)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Records of one holder, to be imported',
    type: 'object',
    required: ['format'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      format: { const: recordFormat },
      kind: { enum: kinds, description: 'Kind of agency; must be that of the holder.' },
      holder: { type: 'string', description: "The holder's id; must be that of the command." },
      madeAt: { type: 'string', description: 'When the file was made.' },
      people: { type: 'array', items: { $ref: '#/$defs/person' }, description: 'Who the records are about.' },
      records: { type: 'object', description: 'Records by list.' },
    },
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { properties: { records: { $ref: `#/$defs/${kind}` } } },
    })),
    $defs: { person: plain(z.toJSONSchema(personShape)), record: commonOf(), ...Object.fromEntries(lists) },
  }
}

/** Without the draft that every schema names. */
const plain = ({ $schema: _, ...rest }: Json): Json => rest

function commonOf(): Json {
  const { properties } = z.toJSONSchema(recordShape.omit({ fields: true }))
  const closed: Readonly<Record<string, Json>> = {
    labels: { type: 'array', items: { enum: labels } },
    handling: { enum: [...handlings] },
    relevance: { enum: [...relevances] },
  }
  return {
    properties: Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, shape]) => [
        name,
        { ...(closed[name] ?? (typeof shape === 'object' ? shape : {})), description: said[name] },
      ]),
    ),
  }
}

const listsOf = (schema: GraphQLSchema, { lists }: SourceLayout): Json => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries([...lists].map(([name, list]) => [name, listOf(schema, list)])),
})

function listOf(schema: GraphQLSchema, { type, columns, contract }: ListLayout): Json {
  const names = Object.keys(said).filter((name) => name !== 'parent' || contract.parent)
  const described = schema.getType(type.name)
  const fields = isObjectType(described) ? described.getFields() : {}
  return {
    type: 'array',
    description: described?.description ?? undefined,
    items: {
      type: 'object',
      required: ['id', 'person', ...(contract.parent ? ['parent'] : [])],
      additionalProperties: false,
      properties: {
        ...Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/record/properties/${name}` }])),
        fields: {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(
            [...columns.values()].map((column) => [
              column.field,
              { ...shapeOf(column), description: fields[column.field]?.description ?? undefined },
            ]),
          ),
        },
      },
    },
  }
}

function shapeOf({ kind, leaf }: ColumnLayout): Json {
  const one = isEnumType(leaf) ? { enum: leaf.getValues().map(({ name }) => name) } : { type: 'string' }
  switch (kind) {
    case 'list':
      return { type: 'array', items: one }
    case 'objects':
      return { type: 'array', items: { type: 'object' } }
    case 'boolean':
    case 'integer':
    case 'number':
      return { type: kind }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    default:
      return one
  }
}
