import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isObjectType,
  parse,
} from 'graphql'

const folder = fileURLToPath(new URL('../../../schema', import.meta.url))
const sdl = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  .join('\n')

/** The public schema as its files say, without the product's code. */
export const publicSchema = buildASTSchema(parse(sdl))

/** Pages are asked in full, so that no answer is cut short, and what must be named is named. */
const pages: Readonly<Record<string, string>> = {
  'Child.chronology': '(first: 200)',
  'Child.involvements': '(openOnly: false)',
  'Child.knownBy': '(holder: "LA2-CSC")',
  'Child.historySummary': '(audience: "SOCIAL_WORKER")',
  'MissingPattern.episodes': '(first: 200)',
  'RestrictivePracticePattern.incidents': '(first: 200)',
}

/** Every field of a type, to the bottom. Fields that tell requests apart are left out. */
export const wholeSelection = (type: GraphQLObjectType, skip: ReadonlySet<string> = new Set()): string =>
  Object.values(type.getFields())
    .filter((field) => !skip.has(field.name) && !skip.has(`${type.name}.${field.name}`))
    .map((field) => selected(type, field, skip))
    .join(' ')

const selected = (
  owner: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  skip: ReadonlySet<string>,
): string => {
  const type = named(field.type)
  const start = `${field.name}${pages[`${owner.name}.${field.name}`] ?? ''}`
  if (type.name === 'Provenance') return `${start} { ...P }`
  if (type.name === 'Withheld') return `${start} { ...W }`
  return isObjectType(type) ? `${start} { ${wholeSelection(type, skip)} }` : start
}

const named = (type: GraphQLOutputType) => {
  const bare = getNamedType(type)
  if (!isObjectType(bare) && !isLeafType(bare)) throw new TypeError(`${bare} is neither an object nor a leaf.`)
  return bare
}

const typeOf = (name: string): GraphQLObjectType => {
  const type = publicSchema.getType(name)
  if (!isObjectType(type)) throw new TypeError(`${name} is no object type.`)
  return type
}

/** Every field of a type by its name, to the bottom; what tells requests apart is left out by `skip`. */
export const wholeOf = (name: string, skip: readonly string[] = []): string =>
  wholeSelection(typeOf(name), new Set(skip))

const provenance = `fragment P on Provenance { ${wholeSelection(typeOf('Provenance'))} }`
const withheld = `fragment W on Withheld { ${wholeSelection(typeOf('Withheld'))} }`

/**
 * The unified view of one child: all agencies, all lists, all joined fields. `auditId` differs by request and is left
 * out.
 */
export const wholeView = (skip: readonly string[] = []): string =>
  `query Whole($id: ID!) { child(id: $id) { ${wholeSelection(typeOf('Child'), new Set(['auditId', ...skip]))} } }
  ${provenance} ${withheld}`

/** Everything a transfer says, without what tells requests and moments apart. */
export const wholeTransfer = (): string =>
  `query Transfer($id: ID!) { transferSummary(transferId: $id) { ${wholeSelection(typeOf('TransferSummary'), new Set(['auditId', 'child']))} } } ${withheld}`
