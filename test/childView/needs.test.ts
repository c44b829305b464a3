import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { resolvers as child } from '../../resolvers/child.ts'
import { resolvers as chronology } from '../../resolvers/chronology.ts'
import { computed as education } from '../../resolvers/education.ts'
import { computed as health } from '../../resolvers/health.ts'
import { resolvers as patterns } from '../../resolvers/patterns.ts'
import { computed as police } from '../../resolvers/police.ts'
import { computed as socialCare } from '../../resolvers/socialCare.ts'
import type { RequiredFields } from '../../src/disclosure/requestContext.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { mergeNeeds } from '../../src/records/mergeNeeds.ts'
import { contractsOf } from './fixtures.ts'

const folder = new URL('../../schema/', import.meta.url)
const schema = buildSchema(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n'),
)
const fieldOf = (type: string, field: string) => {
  const found = schema.getType(type)
  const defined = isObjectType(found) ? found.getFields()[field] : undefined
  return defined && getNamedType(defined.type).name
}
/** Record type of a list; a nested list stands under `meetings` or `plans`. */
const typeOf = (agency: string, list: string) =>
  fieldOf(fieldOf('Child', agency) ?? '', list) ?? fieldOf('Meeting', list) ?? fieldOf('Plan', list)

const fields = { ...child.Child, ...chronology.Child, ...patterns.Child }
const needsOf = (resolver: object): RequiredFields => {
  if (!('extensions' in resolver)) return {}
  const { needs } = resolver.extensions as {
    readonly needs: RequiredFields | ((contracts: unknown, selects: () => boolean) => RequiredFields)
  }
  return typeof needs === 'function' ? needs(contractsOf(), () => true) : needs
}

describe('what joined fields need', () => {
  it.each(Object.keys(fields))('stands in the schema: Child.%s', (name) => {
    expect(fieldOf('Child', name)).toBeDefined()
  })

  it.each(Object.entries(fields))('is in the schema of each agency: Child.%s', (_name, resolver) => {
    const needs = needsOf(resolver)
    const unknown = agencies.flatMap((agency) =>
      Object.entries<readonly string[]>(needs[agency] ?? {})
        .filter(([list]) => list !== 'holdings')
        .flatMap(([list, wanted]) =>
          wanted
            .filter((field) => {
              const type = typeOf(agency, list)
              const [part, sub] = field.split('.')
              return !type || (sub ? !fieldOf('Provenance', sub) : !fieldOf(type, part ?? ''))
            })
            .map((field) => `${agency}.${list}.${field}`),
        ),
    )
    expect(unknown).toEqual([])
  })

  it.each(Object.entries({ education, health, police, socialCare }))(
    'gives every computed field of %s a place and inputs in the schema',
    (_agency, computed) => {
      for (const [type, byField] of Object.entries(computed)) {
        for (const [field, { from, nested }] of Object.entries(byField)) {
          expect(fieldOf(type, field), `${type}.${field}`).toBeDefined()
          for (const input of from) expect(fieldOf(type, input), `${type}.${input}`).toBeDefined()
          for (const [list, wanted] of Object.entries(nested ?? {}))
            for (const input of wanted)
              expect(fieldOf(fieldOf(type, list) ?? '', input), `${list}.${input}`).toBeDefined()
        }
      }
    },
  )

  it('merges to each field once', () => {
    expect(
      mergeNeeds({ police: { events: ['kind', 'finding'] } }, { police: { events: ['finding'], crimes: ['offence'] } }),
    ).toEqual({ police: { events: ['kind', 'finding'], crimes: ['offence'] } })
  })
})
