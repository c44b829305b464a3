import { readdirSync, readFileSync } from 'node:fs'
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { toldAt } from '../../seeds/expectedAnswers.ts'
import gateway from '../../seeds/gateway.ts'
import { fieldOf, type SeedRow } from '../../seeds/seedRecord.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { isLabel } from '../../src/policy/labels.ts'
import { links, seeds } from './records.ts'

const folder = new URL('../../schema/', import.meta.url)
const document = parse(
  readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n'),
)
const types = new Map<string, readonly FieldDefinitionNode[]>()
const enums = new Map<string, ReadonlySet<string>>()
for (const definition of document.definitions) {
  if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) types.set(definition.name.value, definition.fields ?? [])
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION)
    enums.set(definition.name.value, new Set((definition.values ?? []).map((value) => value.name.value)))
}

const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type))
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))

const recordTypeOf = (agency: string) => `${agency[0]?.toUpperCase()}${agency.slice(1)}Record`
const nested: Readonly<Record<string, string>> = { invitees: 'MeetingInvitee', actions: 'PlanAction' }
const typeOfList = (agency: string, list: string): string => {
  const field = types.get(recordTypeOf(agency))?.find((candidate) => candidate.name.value === list)
  return nested[list] ?? (field ? named(field.type) : 'none')
}

const common = new Set([
  'id',
  'person',
  'recordedAt',
  'eventAt',
  'recordedBy',
  'service',
  'la',
  'force',
  'organisation',
  'evidence',
  'supersedes',
  'labels',
  'handling',
  'relevance',
  'parent',
])
const modules = await loadAgencies()
const computed = new Set([
  ...agencies.flatMap((agency) =>
    Object.entries(modules[agency].computed).flatMap(([type, fields]) =>
      Object.keys(fields).map((field) => `${type}.${field}`),
    ),
  ),
])
const isComputed = (type: string, field: string): boolean =>
  computed.has(`${type}.${field}`) || ['provenance', 'sensitivity', 'withheld'].includes(field)

const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  Date: (value) => typeof value === 'string' && value === new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10),
  DateTime: (value) => typeof value === 'string' && new Date(value).toISOString().replace('.000Z', 'Z') === value,
  Int: Number.isInteger,
  Boolean: (value) => typeof value === 'boolean',
  LaCode: (value) => /^LA[1-6]$/.test(String(value)),
  ForceCode: (value) => /^F[1-4]$/.test(String(value)),
  GiasUrn: (value) => /^\d{6}$/.test(String(value)),
}

const fits = (type: TypeNode, value: unknown): boolean => {
  if (value === null) return type.kind !== Kind.NON_NULL_TYPE
  if (isList(type)) return Array.isArray(value) && value.every((item) => fitsName(named(type), item))
  return fitsName(named(type), value)
}
const fitsName = (name: string, value: unknown): boolean => {
  if (name === 'CodeCount') return typeof value === 'object' && value !== null && 'code' in value && 'count' in value
  return forms[name]?.(value) ?? enums.get(name)?.has(String(value)) ?? typeof value === 'string'
}

const everyRow = agencies.flatMap((agency) =>
  Object.entries(seeds[agency].records).flatMap(([list, rows]) => rows.map((row) => ({ agency, list, row }))),
)
const nameOf = ({ agency, list, row }: { agency: string; list: string; row: SeedRow }) =>
  `${agency}.${list} ${row.eventAt}`

describe('the story cases and the schema', () => {
  it('holds only lists that the schema has', () => {
    expect(everyRow.filter(({ agency, list }) => typeOfList(agency, list) === 'none').map(nameOf)).toEqual([])
  })

  it('holds no field that the record type lacks, and none that is computed', () => {
    const strange = everyRow.flatMap((entry) => {
      const fields = new Set((types.get(typeOfList(entry.agency, entry.list)) ?? []).map((field) => field.name.value))
      const keys = Object.keys(entry.row)
        .filter((key) => !common.has(key))
        .map((key) => key.replace(/^field\./, ''))
      const type = typeOfList(entry.agency, entry.list)
      return keys.filter((key) => !fields.has(key) || isComputed(type, key)).map((key) => `${nameOf(entry)} ${key}`)
    })
    expect(strange).toEqual([])
  })

  it('gives every value in the form that the schema asks', () => {
    const wrong = everyRow.flatMap((entry) =>
      (types.get(typeOfList(entry.agency, entry.list)) ?? [])
        .filter((field) => !isComputed(typeOfList(entry.agency, entry.list), field.name.value))
        .filter((field) => {
          const value = fieldOf(entry.row, field.name.value)
          return value !== undefined && !fits(field.type, value)
        })
        .map((field) => `${nameOf(entry)} ${field.name.value}`),
    )
    expect(wrong).toEqual([])
  })

  it('names services, evidence and labels of the shared vocabulary', () => {
    const wrong = everyRow.filter(
      ({ row }) =>
        !enums.get('Agency')?.has(row.service) ||
        (row.evidence !== undefined && !enums.get('Evidence')?.has(row.evidence)) ||
        !(row.labels ?? []).every(isLabel),
    )
    expect(wrong.map(nameOf)).toEqual([])
  })

  it('knows nothing before it happened, and nothing after the day of the demonstration', () => {
    expect(
      everyRow.filter(({ row }) => row.recordedAt < (row.eventAt ?? '') || row.recordedAt > toldAt).map(nameOf),
    ).toEqual([])
  })

  it('never takes the id of a person, or a marking, for a field of the same name', () => {
    const row = { id: '1', person: 'EV-1', recordedAt: toldAt, service: 'POLICE', handling: 'NCND' } as const
    expect([fieldOf(row, 'person'), fieldOf(row, 'handling'), fieldOf(row, 'service')]).toEqual([
      undefined,
      undefined,
      'POLICE',
    ])
  })
})

describe('the ids of the story cases', () => {
  it('are unique within an agency', () => {
    for (const agency of agencies) {
      const ids = everyRow.filter((entry) => entry.agency === agency).map(({ row }) => row.id)
      expect(new Set(ids).size, agency).toBe(ids.length)
    }
  })

  it('tell no order and no case', () => {
    expect(everyRow.filter(({ row }) => !/^[0-9a-f]{10}$/.test(row.id)).map(nameOf)).toEqual([])
  })

  it('place every nested row under a record of the same person', () => {
    for (const [list, above] of [
      ['invitees', 'meetings'],
      ['actions', 'plans'],
    ] as const) {
      const parents = new Map((seeds.socialCare.records[above] ?? []).map((row) => [row.id, row.person]))
      for (const row of seeds.socialCare.records[list] ?? []) expect(parents.get(row.parent ?? '')).toBe(row.person)
    }
  })
})

describe('the links of the story cases', () => {
  it('give every person to exactly one child, and every linked person a record', () => {
    for (const agency of agencies) {
      const linked = links
        .filter((link) => link.agency === agency)
        .map((link) => link.person)
        .sort()
      const held = [...new Set(everyRow.filter((entry) => entry.agency === agency).map(({ row }) => row.person))].sort()
      expect(linked, agency).toEqual(held)
    }
  })

  it('join two agencies by nothing but the link: no person id stands in two agencies', () => {
    const persons = links.map((link) => link.person)
    expect(new Set(persons).size).toBe(persons.length)
  })

  it('put no gateway id into an agency’s record', () => {
    const ids = new Set(gateway.children.map((child) => child.id))
    expect(
      everyRow
        .filter(({ row }) => Object.values(row).some((value) => typeof value === 'string' && ids.has(value)))
        .map(nameOf),
    ).toEqual([])
  })
})
