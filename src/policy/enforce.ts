import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { asDirect, type DirectResolver, isDirect } from '../execution/parentOnlyResolver.ts'
import type { Classification, FieldClass } from './classify.ts'
import { fieldReading } from './fieldReading.ts'
import { type Grant, toldOf } from './grant.ts'
import { grantOfRow, grantOfSomeRow, type HeldRow } from './ownRowGrants.ts'

/**
 * The second wall: every labelled field is checked against the grant of its parent, whatever a source returned and by
 * whatever alias, fragment or list it is reached. Fields without a grant in reach answer nothing.
 */
export function enforce(schema: GraphQLSchema, classification: Classification): GraphQLSchema {
  for (const [typeName, typeClass] of classification) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const label = typeClass.fields.get(field.name)
      if (!label) continue
      const bare = isNonNullType(field.type) ? field.type.ofType : field.type
      field.resolve = guarded(
        label,
        field.resolve ?? defaultFieldResolver,
        isListType(bare) && field.name !== 'withheld',
      )
    }
  }
  return schema
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

function guarded(label: FieldClass, resolve: Resolver, list: boolean): Resolver {
  if (isDirect(resolve)) {
    const read: DirectResolver = (source, given) => {
      const grant = grantAt(source)
      if (!grant) return null
      const answer = checkField(grant, label, list)
      return answer === 'VALUE' ? resolve(source, given) : answer
    }
    return asDirect(read)
  }
  return (source, args, context, info) => {
    const grant = grantAt(source)
    if (!grant) return null
    const answer = checkField(grant, label, list)
    return answer === 'VALUE' ? resolve(source, args, context, info) : answer
  }
}

/**
 * What a labelled field gives under a grant: its value, or what stands for one that is withheld. Reported as withheld:
 * null. Hidden: as a list of which nothing is held.
 */
export function checkField(grant: Grant, label: FieldClass, list: boolean): 'VALUE' | null | readonly never[] {
  if (mayRead(grant, label)) return 'VALUE'
  return list && !toldOf(grant, label.label, label.level) ? [] : null
}

function mayRead(grant: Grant, field: FieldClass): boolean {
  return fieldReading(grant, field) !== 'NOTHING'
}

/**
 * The grant as it stands where a field is read: for a row by who holds it, whatever its view says of that; for a
 * record, whose fields are lists, by whether anything of a list may be read.
 */
function grantAt(source: unknown): Grant | undefined {
  // Record and row views carry their grant; nothing else is a parent of a labelled field.
  if (typeof source !== 'object' || source === null || !('grant' in source)) return undefined
  const grant = source.grant as Grant
  if (grant.own === null) return grant
  return 'row' in source ? grantOfRow(grant, source.row as HeldRow) : grantOfSomeRow(grant)
}
