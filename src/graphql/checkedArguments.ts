import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from 'graphql'
import { asDirect, type DirectResolver, isDirect } from '../execution/parentOnlyResolver.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import { millisecondsOf } from '../records/calendarDays.ts'

type Arguments = Readonly<Record<string, unknown>>

/**
 * Refuses, at every field of the schema, what no answer could be true of: a period that ends before it begins, of which
 * nought would be told as whole, and a time yet to come, of which the records of today would be told as what was known.
 * Every field is here by its arguments' names, so that none is forgotten.
 */
export function checkArguments(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const checks = checksOf(field, type.name)
      if (checks.length > 0) field.resolve = checked(checks, field.resolve ?? defaultFieldResolver)
    }
  return schema
}

type Check = (given: Arguments, clock: Clock | undefined) => void

const checksOf = ({ name, args }: GraphQLField<unknown, unknown>, type: string): readonly Check[] => {
  const names = new Set(args.map((argument) => argument.name))
  const mayBeAhead = type === 'Query' && messageFields.has(name)
  return [
    ...(names.has('from') && names.has('to') ? [demandOrder] : []),
    ...(names.has('asOf') && !mayBeAhead ? [demandPast] : []),
  ]
}

/** Of a message it is computed when an answer is due: so it can be told what will be late on a day to come. */
const messageFields: ReadonlySet<string> = new Set(['inbox', 'outbox', 'messages', 'message'])

type Resolver = GraphQLFieldResolver<unknown, { readonly clock?: Clock }>

/** What looks at its parent alone stays so: without arguments it is called as before. */
const checked = (checks: readonly Check[], resolve: Resolver): Resolver | DirectResolver =>
  isDirect(resolve)
    ? asDirect((source: unknown, given?: Arguments) => {
        if (given) for (const check of checks) check(given, undefined)
        return resolve(source, given)
      })
    : (source, given, context, info) => {
        for (const check of checks) check(given, context.clock)
        return resolve(source, given, context, info)
      }

/** Days and instants alike. A period of one day begins and ends on it. */
const demandOrder: Check = ({ from, to }) => {
  const [first, last] = [timeOf(from), timeOf(to)]
  if (first !== null && last !== null && first > last)
    throw new Refusal('BAD_INPUT', { message: 'The period ends before it begins: `to` is earlier than `from`.' })
}

/** By the clock at which records are read: the demonstration's is not the machine's. */
const demandPast: Check = ({ asOf }, clock) => {
  const at = timeOf(asOf)
  if (at !== null && clock && at > clock.today().getTime())
    throw new Refusal('BAD_INPUT', { message: 'The time of `asOf` is yet to come: nobody knows what is known then.' })
}

const timeOf = (value: unknown): number | null => (typeof value === 'string' ? millisecondsOf(value) : null)
