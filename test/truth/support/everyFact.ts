import { existsSync } from 'node:fs'
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import { fieldOf, type SeedRow } from '../../../seeds/seedRecord.ts'
import { type AgencyName, agencies } from '../../../src/foundation/agencies.ts'
import type { Computed } from '../../../src/sources/computedFields.ts'
import type { Row } from '../../../src/sources/contract.ts'
import { publicSchema } from '../../acceptance/support/wholeView.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { type Json, storedRow, today, truths, type World } from './joinedFacts.ts'
import { judgedElsewhere } from './judgedElsewhere.ts'

/** Boolean, Int and Float: what may be a fact or a number, and has no completeness beside it. */
const isPlain = (name: string): boolean => name === 'Boolean' || name === 'Int' || name === 'Float'

/** `Type.field` of every Boolean and number that a type leads to. */
export function everyFact(type = publicSchema.getQueryType(), known = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (of: GraphQLObjectType): void => {
    if (known.has(of.name)) return
    known.add(of.name)
    for (const field of Object.values(of.getFields())) {
      const leads = getNamedType(field.type)
      if (isPlain(leads.name)) found.add(`${of.name}.${field.name}`)
      else if (isObjectType(leads)) walk(leads)
    }
  }
  if (type) walk(type)
  return found
}

/** Which list of which agency a record of a type stands in, its columns, and what is computed from them. */
export interface Lists {
  listOf(agency: AgencyName, field: string): { readonly columns: ReadonlyMap<string, unknown> } | undefined
  computedOf(fact: string): Computed | undefined
}

export const listsIn = (gateway: TestGateway): Lists => ({
  listOf: (agency, field) => gateway.opened.catalogue.model.layouts[agency].lists.get(field),
  computedOf: (fact) => computedFacts(gateway).get(fact),
})

/**
 * What is computed from one record alone and judged nowhere by hand: by its own rule over the whole record, so that
 * what is withheld of it made no other value. Whoever adds an agency has theirs judged by it.
 */
function computedFacts(gateway: TestGateway): ReadonlyMap<string, Computed> {
  const found = new Map<string, Computed>()
  for (const ofAgency of Object.values(gateway.opened.catalogue.model.computed))
    for (const [type, fields] of Object.entries(ofAgency))
      for (const [field, computed] of Object.entries(fields)) {
        const fact = `${type}.${field}`
        const isJudgedByHand = fact in truths || fact in judgedElsewhere
        if (!isJudgedByHand && !computed.siblings && !computed.nested) found.set(fact, computed)
      }
  return found
}

const computedOver = (row: SeedRow, { from, value }: Computed): unknown =>
  value(Object.fromEntries(from.map((field) => [field, fieldOf(row, field) ?? null])) as unknown as Row, {
    ...{ siblings: [], hasAllSiblings: true, nested: {} },
    asOf: `${today}T12:00:00Z`,
  })

/** Types of records, with the columns that they are stored in. */
export function storedFacts(gateway: TestGateway): ReadonlySet<string> {
  const found = new Set<string>()
  const inList = (agency: AgencyName, of: GraphQLObjectType, list: string): void => {
    const { columns } = listsIn(gateway).listOf(agency, list) ?? {}
    for (const field of Object.values(of.getFields())) {
      const leads = getNamedType(field.type)
      if (columns?.has(field.name) && isPlain(leads.name)) found.add(`${of.name}.${field.name}`)
      if (isObjectType(leads) && listsIn(gateway).listOf(agency, field.name)) inList(agency, leads, field.name)
    }
  }
  for (const [agency, of] of agencyTypes())
    for (const field of Object.values(of.getFields())) {
      const leads = getNamedType(field.type)
      if (isObjectType(leads) && listsIn(gateway).listOf(agency, field.name)) inList(agency, leads, field.name)
    }
  return found
}

function agencyTypes(): readonly (readonly [AgencyName, GraphQLObjectType])[] {
  const child = publicSchema.getType('Child') as GraphQLObjectType
  return agencies.map((agency) => [
    agency,
    getNamedType(child.getFields()[agency]?.type) as GraphQLObjectType | undefined as GraphQLObjectType,
  ])
}

/** What stands beside a fact, by which it is judged. */
const beside = new Set([
  ...['id', 'records', 'from', 'to', 'kind', 'code', 'state', 'offered', 'attended', 'possible', 'eventAt', 'sources'],
  ...['completeness', 'value'],
])

/** A selection of everything under a type that is judged, with what it is judged by; empty where nothing is. */
function judgedUnder(of: GraphQLObjectType, isJudged: (fact: string) => boolean, above: readonly string[]): string {
  if (above.includes(of.name)) return ''
  const parts = Object.values(of.getFields()).map((field) => {
    const leads = getNamedType(field.type)
    if (field.args.some(({ type, defaultValue }) => String(type).endsWith('!') && defaultValue === undefined)) return ''
    if (!isObjectType(leads)) return isJudged(`${of.name}.${field.name}`) ? field.name : ''
    if (leads.name === 'Provenance' || leads.name === 'Child') return ''
    if (leads.name === 'Count') return beside.has(field.name) ? `${field.name} { value completeness }` : ''
    const under = judgedUnder(leads, isJudged, [...above, of.name])
    return under === '' ? '' : `${field.name}${pages[`${of.name}.${field.name}`] ?? ''} { ${under} }`
  })
  const own = parts.filter((part) => part !== '')
  if (own.every((part) => part.includes('value completeness'))) return ''
  const with_ = Object.values(of.getFields())
    .filter(({ name, type }) => beside.has(name) && !isObjectType(getNamedType(type)))
    .map(({ name }) => name)
  return [...new Set([...with_, ...own])].join(' ')
}

const pages: Readonly<Record<string, string>> = {
  'Child.chronology': '(first: 200)',
  'MissingPattern.episodes': '(first: 200)',
  'RestrictivePracticePattern.incidents': '(first: 200)',
  'CareHistory.placements': '(first: 200)',
}

/** What is asked of a child, so that each of its facts can be judged. */
export function factsQuery(gateway: TestGateway): string {
  const stored = storedFacts(gateway)
  const computed = computedFacts(gateway)
  const isJudged = (fact: string): boolean => stored.has(fact) || computed.has(fact) || fact in truths
  const child = publicSchema.getType('Child') as GraphQLObjectType
  return `query ($id: ID!) { child(id: $id) { ${judgedUnder(child, isJudged, [])} } }`
}

/** One fact as it was told: empty, or right, or wrong. */
export interface ToldFact {
  readonly fact: string
  readonly how: 'TOLD' | 'EMPTY' | 'WRONG'
  readonly said: string
}

/** Every fact of an answer beside what is held. */
export function factsIn(answer: Json, world: World, lists: Lists): readonly ToldFact[] {
  const found: ToldFact[] = []
  const walk = (of: GraphQLObjectType, object: Json, list: readonly [AgencyName, string] | null): void => {
    const row = list && typeof object['id'] === 'string' ? storedRow(list[0], list[1], object['id']) : null
    for (const field of Object.values(of.getFields())) {
      const value = object[field.name]
      if (value === undefined) continue
      const leads = getNamedType(field.type)
      const fact = `${of.name}.${field.name}`
      if (isPlain(leads.name)) {
        const isStored = list !== null && lists.listOf(...list)?.columns.has(field.name) === true
        const rule = lists.computedOf(fact)
        if (!isStored && !rule && !(fact in truths)) continue
        const held = isStored ? row && fieldOf(row, field.name) : row && rule && computedOver(row, rule)
        const truth = isStored || rule ? (held ?? undefined) : truths[fact]?.(object, world)
        const isRight = value === null || truth === undefined || truth === value
        found.push({
          fact,
          how: value === null ? 'EMPTY' : isRight ? 'TOLD' : 'WRONG',
          said: `${fact} of ${String(object['id'] ?? object['records'] ?? '')} is ${String(value)}, and in truth ${String(truth)}`,
        })
      }
      if (!isObjectType(leads) || leads.name === 'Count') continue
      const agency = of.name === 'Child' ? agencyTypes().find(([name]) => name === field.name)?.[0] : undefined
      const inAgency = list?.[0] ?? agencyTypes().find(([, type]) => type === of)?.[0]
      const under = inAgency && lists.listOf(inAgency, field.name) ? ([inAgency, field.name] as const) : null
      for (const each of [value].flat())
        if (typeof each === 'object' && each !== null) walk(leads, each as Json, agency ? null : under)
    }
  }
  walk(publicSchema.getType('Child') as GraphQLObjectType, answer, null)
  return found
}

/** Facts that are neither judged here nor said to be judged elsewhere, or are both. */
export function unguarded(gateway: TestGateway): readonly string[] {
  const guarding = [storedFacts(gateway), computedFacts(gateway)]
  const all = everyFact()
  const guards = (fact: string) =>
    [...guarding.map((facts) => facts.has(fact)), fact in truths, fact in judgedElsewhere].filter(Boolean).length
  const named = [...Object.keys(truths), ...Object.keys(judgedElsewhere)]
  const tests = Object.values(judgedElsewhere).flatMap((reason) => reason.match(/test\/[\w/]+\.test\.ts/g) ?? [])
  return [
    ...[...all].filter((fact) => guards(fact) !== 1),
    ...named.filter((fact) => !all.has(fact)),
    ...tests.filter((file) => !existsSync(file)),
  ]
}
