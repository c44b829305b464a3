import {
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  type TypeNode,
  typeFromAST,
} from 'graphql'
import { inWords } from '../words/codes.ts'

interface Named {
  /** Where the value stands in the variables: `input.to.organisation`. */
  readonly name: string
  readonly label: string
  readonly isRequired: boolean
}

interface Option {
  readonly value: string
  readonly text: string
}

/** One question of a form, as the schema asks it. */
export type FormField = Named &
  (
    | { readonly kind: 'line' | 'words' | 'day' | 'time' | 'number' | 'authority' | 'party' | 'lines' }
    /** Yes or no; a tick where no is what nothing means. */
    | { readonly kind: 'yesNo' | 'tick' }
    | { readonly kind: 'choices'; readonly options: readonly Option[] }
    /** `usual`: what the gateway takes where nothing is said, and the form says beforehand. */
    | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly usual?: string | undefined }
    | { readonly kind: 'group'; readonly fields: readonly FormField[] }
    /** The same questions several times; what stays empty is left out. */
    | { readonly kind: 'rows'; readonly rows: readonly (readonly FormField[])[] }
  )

/** Texts of one line, of which the gateway takes 300 characters; every other may be longer. */
const oneLine = new Set([
  ...[
    'absenceCheckedBy',
    'askedBy',
    'basis',
    'controller',
    'register',
    'chair',
    'challenge',
    'childId',
    'concern',
    'decidedBy',
    'describedAs',
  ],
  ...['destinationConfirmedBy', 'disposedBy', 'gap', 'interviewer', 'offeredBy', 'organisation', 'recordId', 'review'],
  ...['role', 'source', 'subject', 'tie', 'to', 'toWhom', 'when', 'where', 'who'],
  ...['name', 'relation', 'identityCheckedBy'],
  ...['court', 'reference', 'holder', 'title', 'issuer'],
])

/** Codes of organisations, offered by name. */
const parties: ReadonlySet<string> = new Set(['organisation', 'recipient', 'recipientOrganisation'])

/** As many rows as a person fills by hand; whoever has more sends a second message. */
const rowsOf = (name: string): number => (name === 'MessageAddressee' ? 6 : 3)

/**
 * The questions of one of the pages' operations, in the words of the schema. So a form asks for what the gateway wants
 * and nothing else, and a new kind of message has its form with its operation.
 *
 * @param given what the page itself fills in.
 */
export const fieldsOf = (
  schema: GraphQLSchema,
  operation: string,
  given: ReadonlySet<string>,
): readonly FormField[] => {
  const [definition] = parse(operation).definitions
  if (definition?.kind !== 'OperationDefinition') return []
  const root = schema.getMutationType()?.getFields() ?? {}
  const [selection] = definition.selectionSet.selections
  const of = selection?.kind === 'Field' ? root[selection.name.value] : undefined
  return (definition.variableDefinitions ?? []).flatMap(({ defaultValue, type, variable }) => {
    const name = variable.name.value
    const typed = typeOf(schema, type)
    if (given.has(name) || !typed) return []
    const bare = getNullableType(typed)
    if (name === 'input' && isInputObjectType(bare)) return within(bare.getFields(), name, given)
    const description = of?.args.find((each) => each.name === name)?.description
    return fieldOf(name, name, typed, description, isNonNullType(typed) && defaultValue === undefined)
  })
}

const typeOf = (schema: GraphQLSchema, node: TypeNode): GraphQLInputType | undefined => {
  const type = typeFromAST(schema, node as never)
  return isInputType(type) ? type : undefined
}

const within = (
  fields: Readonly<Record<string, GraphQLInputField>>,
  path: string,
  given: ReadonlySet<string>,
): readonly FormField[] =>
  Object.values(fields).flatMap((field) =>
    given.has(field.name)
      ? []
      : withUsual(
          fieldOf(`${path}.${field.name}`, field.name, field.type, field.description, isRequiredInputField(field)),
          field.defaultValue,
        ),
  )

const withUsual = (field: FormField, usual: unknown): FormField =>
  field.kind === 'choice' && typeof usual === 'string' ? { ...field, usual } : field

/** In one of several rows nothing is said beforehand: a row that nobody touched is none. */
const withoutUsual = (field: FormField): FormField => (field.kind === 'choice' ? { ...field, usual: undefined } : field)

const nothing: ReadonlySet<string> = new Set()

/** What the pages read besides what the schema asks for. */
const ways: Readonly<Record<string, string>> = {
  childId: ' (an NHS number, a UPN, or a name with the date of birth does too)',
}

const fieldOf = (
  path: string,
  name: string,
  type: GraphQLInputType,
  description: string | null | undefined,
  isRequired: boolean,
): FormField => {
  const base = { name: path, label: `${labelOf(description, name)}${ways[name] ?? ''}`, isRequired }
  const bare = getNullableType(type)
  if (isListType(bare)) return listOf(base, getNullableType(bare.ofType))
  if (isInputObjectType(bare)) return { ...base, kind: 'group', fields: within(bare.getFields(), path, nothing) }
  if (isEnumType(bare)) return { ...base, kind: 'choice', options: optionsOf(bare) }
  switch (bare.name) {
    case 'Boolean':
      return { ...base, kind: isNonNullType(type) && !isRequired ? 'tick' : 'yesNo' }
    case 'Date':
      return { ...base, kind: 'day' }
    case 'DateTime':
      return { ...base, kind: 'time' }
    case 'Int':
      return { ...base, kind: 'number' }
    case 'LaCode':
      return { ...base, kind: 'authority' }
    default:
      if (parties.has(name)) return { ...base, kind: 'party' }
      return { ...base, kind: bare.name === 'ID' || oneLine.has(name) ? 'line' : 'words' }
  }
}

const listOf = (base: Named, item: GraphQLInputType): FormField => {
  if (isEnumType(item)) return { ...base, kind: 'choices', options: optionsOf(item) }
  if (!isInputObjectType(item)) return { ...base, kind: 'lines' }
  const rows = Array.from({ length: rowsOf(item.name) }, (_, row) =>
    within(item.getFields(), `${base.name}.${row}`, nothing).map(withoutUsual),
  )
  return { ...base, kind: 'rows', rows }
}

/** Every value of an enum of the schema, in the schema's words: for a form that is written by hand. */
export const choicesOf = (schema: GraphQLSchema, name: string): readonly Option[] => {
  const type = schema.getType(name)
  return isEnumType(type) ? optionsOf(type) : []
}

/** What an entry becomes by itself, or by an act of its own: no form says it. */
const becomes: ReadonlySet<string> = new Set([
  ...['ConsentState.WITHDRAWN', 'ConsentState.EXPIRED'],
  ...['SupplierState.OUTSTANDING', 'SupplierState.UNAVAILABLE'],
])

const optionsOf = (type: {
  readonly name: string
  getValues(): readonly { readonly name: string; readonly description?: string | null | undefined }[]
}): readonly Option[] =>
  type
    .getValues()
    .filter(({ name }) => !becomes.has(`${type.name}.${name}`))
    .map(({ name, description }) => ({ value: name, text: labelOf(description, name) }))

/** A description is a sentence; a label has no full stop, and names no code of the schema in marks. */
const labelOf = (description: string | null | undefined, name: string): string =>
  description ? description.replace(/\.$/, '').replaceAll('`', '') : inWords(name)
