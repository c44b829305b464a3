import type fc from 'fast-check'
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import { kinds } from '../../../src/exchange/kinds/index.ts'
import { publicSchema } from './wholeView.ts'

const common = ['seeMessage', 'assignMessage', 'replyToMessage', 'escalateMessage']
const sending = kinds.flatMap(({ mutation }) => (mutation === null ? [] : [mutation]))
const answering = [...common, ...kinds.flatMap(({ answers }) => answers.map(({ mutation }) => mutation))]

const scalars: Readonly<Record<string, string>> = {
  Date: '"2026-11-20"',
  DateTime: '"2026-11-20T10:00:00Z"',
  Boolean: 'true',
  Int: '1',
  LaCode: '"LA5"',
}

/** A value of a type in a form that it takes: whatever has no default is said. */
function inputOf(type: GraphQLInputType, name: string): string {
  if (isNonNullType(type)) return inputOf(type.ofType, name)
  if (isListType(type)) return `[${inputOf(type.ofType, name)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type))
    return `{ ${Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type) || field.name === 'childId')
      .map((field) => `${field.name}: ${inputOf(field.type, field.name)}`)
      .join(', ')} }`
  if (name === 'childId') return '"$child"'
  return name === 'organisation' ? '"LA2"' : (scalars[type.name] ?? '"x"')
}

const argumentsOf = (mutation: string): string => {
  const field = publicSchema.getMutationType()?.getFields()[mutation]
  return (field?.args ?? [])
    .filter(({ name, type }) => name !== 'id' && isNonNullType(type))
    .map(({ name, type }) => `, ${name}: ${inputOf(type, name)}`)
    .join('')
}

/** Everything that can be said in a message, about any child and any message, as its kinds and the schema have it. */
export const messageActs = (
  child: fc.Arbitrary<string>,
  ids: fc.Arbitrary<string>,
): Readonly<Record<string, fc.Arbitrary<string>>> =>
  Object.fromEntries([
    ...sending.map((name) => [
      name,
      child.map((id) => `${name}(${argumentsOf(name).slice(2).replaceAll('$child', id)}) { id }`),
    ]),
    ...answering.map((name) => [name, ids.map((id) => `${name}(id: "${id}"${argumentsOf(name)}) { id }`)]),
  ])
