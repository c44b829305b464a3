import { parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { readOperation } from '../../src/server/operationLimits.ts'
import { openSafelist } from '../../src/server/safelist.ts'
import { operations } from '../../web/operations.ts'
import { filesIn, read } from '../house/files.ts'

describe('the operations of the pages', () => {
  let schema: Awaited<ReturnType<typeof loadCatalogue>>['model']['schema']
  beforeAll(async () => {
    schema = (await loadCatalogue(readConfig({}))).model.schema
  })

  it.each([...operations.keys()])('%s is one operation of the public schema, within its limits', (name) => {
    const text = operations.get(name) ?? ''
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([])
    expect(() => readOperation(text)).not.toThrow()
  })

  it('go on wherever the schema lets a list go on: none ends where its first page ends', () => {
    // What is drawn, and what is due of the latest, is as many as the gateway gives at once.
    const drawn = (name = '') => ['drawn', 'latest'].includes(name)
    const ended: string[] = []
    for (const [name, text] of operations) {
      const types = new TypeInfo(schema)
      visit(
        parse(text),
        visitWithTypeInfo(types, {
          Field: ({ alias, arguments: given = [], name: field }) => {
            const taken = types.getFieldDef()?.args ?? []
            // Where nobody says how many, a list of records comes whole.
            const isCut = taken.some((each) => each.name === 'first' && each.defaultValue !== undefined)
            const takes = isCut && taken.some((each) => each.name === 'after')
            const goesOn = given.some((each) => each.name.value === 'after' && each.value.kind === 'Variable')
            if (takes && !goesOn && !drawn(alias?.value)) ended.push(`${name}: ${field.value}`)
          },
        }),
      )
    }
    expect(ended).toEqual([])
  })

  it('are each asked by a page, and a page asks no other', () => {
    const pages = filesIn('web/pages', '.ts').map(read).join('\n')
    const unused = [...operations.keys()].filter((name) => !pages.includes(`'${name}'`))
    expect(unused).toEqual([])
    const asked = [...pages.matchAll(/\.ask<[\s\S]*?>\(\s*'(\w+)'/g)].map((match) => match[1] ?? '')
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.filter((name) => !operations.has(name))).toEqual([])
  })

  it('are agreed where only agreed operations run, and others are not', () => {
    const safelist = openSafelist({ mode: 'strict', file: null }, [...operations.values()])
    for (const text of operations.values()) expect(safelist.judge(text)).toBe('LISTED')
    expect(safelist.judge('{ child(id: "C04") { id } }')).toBe('REFUSED')
  })
})
