import { type GraphQLObjectType, type GraphQLSchema, isListType, isNonNullType, isObjectType } from 'graphql'
import { StartupError } from '../foundation/errors.ts'
import { bitOf, type Disclosure, isLabel, type Label } from './labels.ts'
import { type PlaceGrain, placeGrains } from './placePrecision.ts'
import { type PersonGrain, personGrains } from './whichPersonsNamed.ts'

/** What one field of an agency type needs before it may be read. */
export interface FieldClass {
  readonly label: Label
  readonly bit: number
  readonly level: Disclosure
  /** The noun of the pseudonym that may stand in for the value. */
  readonly pseudonym: string | null
  /** How exactly it says where the child is; null for what says nothing of it. */
  readonly place: PlaceGrain | null
  /** Whom it names; null for what names nobody, or whose label alone decides. */
  readonly person: PersonGrain | null
  /** Field of the same row whose `false` says that whom this one names is no child. */
  readonly adultUnless: string | null
}

/** An agency's own type. `level` is what a record's existence needs. */
export interface TypeClass extends FieldClass {
  readonly name: string
  readonly fields: ReadonlyMap<string, FieldClass>
}

export type Classification = ReadonlyMap<string, TypeClass>

/** Fields that every record has; they take the type's own label and level. */
const recordFields = new Set(['id', 'eventAt', 'provenance', 'sensitivity', 'withheld'])

/**
 * Reads the labels of every type that an agency's `Child` field leads to.
 *
 * @throws StartupError naming every coordinate without a label, and every labelled field that cannot be null when
 * withheld.
 */
export function classify(schema: GraphQLSchema, agencyFields: readonly string[]): Classification {
  const found = new Map<string, TypeClass>()
  const problems: string[] = []
  const child = schema.getType('Child')
  for (const field of agencyFields) {
    const type = isObjectType(child) ? named(child.getFields()[field]?.type) : undefined
    if (isObjectType(type)) visit(schema, type, found, problems)
    else problems.push(`Child.${field} has no object type in the schema.`)
  }
  if (problems.length > 0) throw new StartupError(problems)
  return found
}

function visit(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  found: Map<string, TypeClass>,
  problems: string[],
): void {
  if (found.has(type.name)) return
  const own = directiveOf(type)
  const fields = new Map<string, FieldClass>()
  const record = own ? { ...own, name: type.name, fields } : undefined
  if (record) found.set(type.name, record)
  for (const field of Object.values(type.getFields())) {
    const coordinate = `${type.name}.${field.name}`
    const target = named(field.type)
    // A record without a label of its own is looked into all the same, so that its fields are named and not passed
    // over.
    const item = isObjectType(target) && (directiveOf(target) || isRecord(target)) ? target : undefined
    if (item) visit(schema, item, found, problems)
    const said = directiveOf(field)
    const inherited = recordFields.has(field.name) ? own : own && { ...own, level: memberLevel(type, own) }
    const label = said ?? (item ? found.get(item.name) : inherited)
    if (!label) {
      problems.push(`${coordinate} has no @label, and its type has none.`)
      continue
    }
    fields.set(field.name, {
      label: label.label,
      bit: label.bit,
      level: label.level,
      pseudonym: label.pseudonym,
      place: placeOf(field),
      ...personOf(field),
    })
    if (isNonNullType(field.type) && !recordFields.has(field.name))
      problems.push(`${coordinate} must be nullable: it can be withheld.`)
  }
}

/**
 * An agency's record type (it holds lists of labelled types) gives its own level; a single record's fields are content.
 */
const memberLevel = (type: GraphQLObjectType, own: FieldClass): Disclosure => (isRecord(type) ? 'CONTENT' : own.level)

const isRecord = (type: GraphQLObjectType): boolean => type.getInterfaces().some((face) => face.name === 'Sourced')

interface Labelled {
  readonly astNode?: {
    readonly directives?: readonly {
      readonly name: { readonly value: string }
      readonly arguments?: readonly {
        readonly name: { readonly value: string }
        readonly value: { readonly kind: string; readonly value?: unknown }
      }[]
    }[]
  } | null
}

function directiveOf(node: unknown): FieldClass | undefined {
  const labelled = node as Labelled
  const directive = labelled.astNode?.directives?.find((candidate) => candidate.name.value === 'label')
  if (!directive) return undefined
  const argument = (name: string) =>
    directive.arguments?.find((candidate) => candidate.name.value === name)?.value.value
  const label = String(argument('is'))
  if (!isLabel(label)) return undefined
  const pseudonym = argument('pseudonym')
  return {
    label,
    bit: bitOf(label),
    level: argument('level') === 'HEADLINE' ? 'HEADLINE' : 'CONTENT',
    pseudonym: typeof pseudonym === 'string' ? pseudonym : null,
    place: null,
    person: null,
    adultUnless: null,
  }
}

/** `@place` of a field; alone it means the place itself. */
function placeOf(node: unknown): PlaceGrain | null {
  const directive = (node as Labelled).astNode?.directives?.find((candidate) => candidate.name.value === 'place')
  if (!directive) return null
  const said = directive.arguments?.find((candidate) => candidate.name.value === 'grain')?.value.value
  return placeGrains.find((grain) => grain === said) ?? 'PLACE'
}

/** `@person` of a field. */
function personOf(node: unknown): Pick<FieldClass, 'person' | 'adultUnless'> {
  const directive = (node as Labelled).astNode?.directives?.find((candidate) => candidate.name.value === 'person')
  const argument = (name: string) =>
    directive?.arguments?.find((candidate) => candidate.name.value === name)?.value.value
  const unless = argument('adultUnless')
  return {
    person: personGrains.find((grain) => grain === argument('is')) ?? null,
    adultUnless: typeof unless === 'string' ? unless : null,
  }
}

const named = (type: unknown): unknown => {
  let inner = type
  while (isListType(inner) || isNonNullType(inner)) inner = inner.ofType
  return inner
}
