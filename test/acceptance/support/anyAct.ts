import fc from 'fast-check'
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { roles } from '../../../src/policy/vocabulary.ts'
import { publicSchema } from './wholeView.ts'

/** What may be said under a name, or of a scalar, wherever the schema asks for it. */
export interface Vocabulary {
  readonly children: readonly string[]
  readonly organisations: readonly string[]
  readonly authorities: readonly string[]
  readonly ids: fc.Arbitrary<string>
}

const quoted = (values: readonly string[]) => fc.constantFrom(...values.map((value) => `"${value}"`))

/** Days before the demonstration's and after it. */
const days = ['2020-01-01', '2026-11-01', '2026-11-20', '2026-12-01', '2027-01-05']

function wordsFor(name: string, type: string, { authorities, children, ids, organisations }: Vocabulary) {
  if (name === 'childId') return quoted(children)
  if (type === 'LaCode' || name === 'controller') return quoted(authorities)
  if (/organisation|recipient|^to$|parties/i.test(name)) return quoted([...organisations, ...authorities])
  if (/^role$|Role$/.test(name)) return quoted(roles)
  if (type === 'ID') return ids.map((id) => `"${id}"`)
  if (type === 'Date') return quoted(days)
  if (type === 'DateTime') return quoted(days.map((day) => `${day}T10:00:00Z`))
  if (type === 'ForceCode') return quoted(['F1', 'F4'])
  if (type === 'Boolean') return fc.constantFrom('true', 'false')
  if (type === 'Int') return fc.constantFrom('1', '30')
  if (type === 'Float') return fc.constant('1')
  return fc.oneof(quoted(['Because we say so']), quoted(children), quoted(organisations))
}

function anyOf(type: GraphQLInputType, name: string, words: Vocabulary): fc.Arbitrary<string> {
  if (isNonNullType(type)) return anyOf(type.ofType, name, words)
  if (isListType(type)) return anyOf(type.ofType, name, words).map((value) => `[${value}]`)
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name))
  if (isInputObjectType(type))
    return saidOf(Object.values(type.getFields()), words).map((said) => `{ ${said.join(', ')} }`)
  return wordsFor(name, type.name, words)
}

/** Whatever must be said, and of the rest now this and now that. */
const saidOf = (
  all: readonly (GraphQLArgument | GraphQLInputField)[],
  words: Vocabulary,
): fc.Arbitrary<readonly string[]> =>
  fc
    .tuple(
      ...all.map(({ defaultValue, name, type }) => {
        const said = anyOf(type, name, words).map((value) => `${name}: ${value}`)
        return isNonNullType(type) && defaultValue === undefined ? said : fc.option(said)
      }),
    )
    .map((said) => said.filter((one) => one !== null))

function actOf({ args, name, type }: GraphQLField<unknown, unknown>, words: Vocabulary): fc.Arbitrary<string> {
  const of = getNamedType(type)
  const hasId = isObjectType(of) && of.getFields()['id'] !== undefined
  const selection = isObjectType(of) ? ` { ${hasId ? 'id' : '__typename'} }` : ''
  return saidOf(args, words).map((said) => `${name}${said.length > 0 ? `(${said.join(', ')})` : ''}${selection}`)
}

/** Every act of the schema by name, with anything that it takes: what the schema gains is among them by itself. */
export const anyAct = (words: Vocabulary): Readonly<Record<string, fc.Arbitrary<string>>> =>
  Object.fromEntries(
    Object.values(publicSchema.getMutationType()?.getFields() ?? {}).map((field) => [field.name, actOf(field, words)]),
  )
