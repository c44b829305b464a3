import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type FieldDefinitionNode, Kind, parse, type TypeNode } from 'graphql'
import { agencies } from '../foundation/agencies.ts'
import type { SourceContract } from '../sources/contract.ts'

const root = new URL('../../', import.meta.url)

/** Where the types stand: not committed, since the schema says it all. */
const target = new URL('src/records/generated.ts', root)

type Types = ReadonlyMap<string, readonly FieldDefinitionNode[]>

/** Object types of one agency's schema by name; what it adds to `Child` is under that name. */
const typesOf = (sdl: string): Types =>
  new Map(
    parse(sdl, { noLocation: true }).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
        ? [[definition.name.value, definition.fields ?? []] as const]
        : [],
    ),
  )

const innermost = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type))

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))

/** What a source gives for a field; a date, an instant, a code and an id are text. */
const held: Readonly<Record<string, string>> = { Int: 'number', Float: 'number', Boolean: 'boolean' }

/** Of every record, and printed for none. */
const shared = new Set(['id', 'eventAt', 'provenance', 'sensitivity', 'withheld'])

/** The fields of a record that are no records themselves. */
const printedFields = (fields: readonly FieldDefinitionNode[], types: Types): string[] =>
  fields.flatMap(({ name, type }) => {
    const named = innermost(type)
    const isRecord = types.get(named)?.some((field) => field.name.value === 'provenance') ?? false
    if (shared.has(name.value) || isRecord) return []
    const text = isList(type) ? (types.has(named) ? 'Objects' : 'readonly string[]') : (held[named] ?? 'string')
    return [`  readonly ${name.value}: Held<${text}>`]
  })

/**
 * The type of the records of a list; undefined where the schema has no such list, which the gateway says at its start.
 */
function typeOfList(contract: SourceContract, list: string, types: Types): string | undefined {
  const typeOfField = (owner: string | undefined, field: string): string | undefined => {
    const found = types.get(owner ?? '')?.find(({ name }) => name.value === field)
    return found && innermost(found.type)
  }
  const record = typeOfField('Child', contract.name)
  const parent = contract.lists[list]?.parent
  return parent ? typeOfField(typeOfField(record, parent.list), parent.field) : typeOfField(record, list)
}

/** Row types of every list of every agency, as text. */
export async function rowTypes(): Promise<string> {
  const rows = new Map<string, string>()
  const lists: string[] = []
  for (const agency of agencies) {
    const types = typesOf(readFileSync(new URL(`schema/${agency}.graphql`, root), 'utf8'))
    const { contract }: { contract: SourceContract } = await import(`../sources/${agency}.ts`)
    lists.push(`  readonly ${agency}: {`)
    for (const list of Object.keys(contract.lists)) {
      const type = typeOfList(contract, list, types)
      const fields = type === undefined ? undefined : types.get(type)
      if (type === undefined || fields === undefined) continue
      rows.set(type, [`export type ${type}Row = {`, ...printedFields(fields, types), '}'].join('\n'))
      lists.push(`    readonly ${list}: ${type}Row`)
    }
    lists.push('  }')
  }
  return [
    '// Made by src/records/generateRowTypes.ts from schema/ and src/sources/ before type check, tests and start.',
    '// Not committed.',
    "import type { Held } from '../sources/commonRowFields.ts'",
    '',
    'type Objects = readonly Readonly<Record<string, unknown>>[]',
    '',
    [...rows.values()].join('\n\n'),
    '',
    '/** What a record of each list has beside the common fields, by agency. */',
    'export interface AgencyLists {',
    ...lists,
    '}',
    '',
  ].join('\n')
}

/** Writes the types where they are not as they should be. */
export async function generateRowTypes(): Promise<void> {
  const text = await rowTypes()
  if (read() === text) return
  mkdirSync(new URL('.', target), { recursive: true })
  writeFileSync(target, text)
}

const read = (): string | null => {
  try {
    return readFileSync(target, 'utf8')
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generateRowTypes()
