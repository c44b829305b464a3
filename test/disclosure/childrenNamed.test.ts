import fc from 'fast-check'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { childrenNamed, demandFewChildren } from '../../src/disclosure/childrenNamed.ts'

const named = (text: string, variables: Record<string, unknown> = {}, name: string | null = null): number =>
  childrenNamed(parse(text), name, variables).children
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `C${at}`)

describe('the children that an operation names', () => {
  it.each<[string, string, Record<string, unknown>, number]>([
    ['one', '{ child(id: "C04") { id } }', {}, 1],
    ['none', '{ placedOut(la: "LA2") { id } __typename }', {}, 0],
    ['a list in the text', '{ children(ids: ["a", "b", "a"]) { id } }', {}, 3],
    ['a single value where a list may stand', '{ children(ids: "a") { id } }', {}, 1],
    ['a list in a variable', 'query ($i: [ID!]!) { children(ids: $i) { id } }', { i: ids(7) }, 7],
    ['a single value in a variable', 'query ($i: [ID!]!) { children(ids: $i) { id } }', { i: 'a' }, 1],
    ['a list that a variable has by itself', 'query ($i: [ID!]! = ["a", "b"]) { children(ids: $i) { id } }', {}, 2],
    [
      'the variable before what it has by itself',
      'query ($i: [ID!]! = ["a", "b"]) { children(ids: $i) { id } }',
      { i: ids(5) },
      5,
    ],
    [
      'aliases',
      'query ($i: [ID!]!) { a: children(ids: $i) { id } b: children(ids: $i) { id } c: child(id: "x") { id } }',
      { i: ids(4) },
      9,
    ],
    [
      'fragments',
      'query ($i: [ID!]!) { ...f ... on Query { b: children(ids: $i) { id } } } fragment f on Query { a: children(ids: $i) { id } }',
      { i: ids(4) },
      8,
    ],
    [
      'what a directive may leave out',
      'query ($i: [ID!]!, $w: Boolean!) { children(ids: $i) @include(if: $w) { id } }',
      { i: ids(4), w: false },
      4,
    ],
    [
      'a router’s representations',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { id } } }',
      { r: ids(6) },
      6,
    ],
  ])('are counted: %s', (_, text, variables, count) => {
    expect(named(text, variables)).toBe(count)
  })

  it('are those of the operation that runs', () => {
    const text = 'query a { child(id: "x") { id } } query b { children(ids: ["x", "y"]) { id } }'
    expect([named(text, {}, 'a'), named(text, {}, 'b'), named(text, {}, 'c')]).toEqual([1, 2, 0])
  })

  it('are as many as its fields together name, whichever way and however often it is asked', () => {
    const parts = fc.array(fc.record({ count: fc.nat(150), way: fc.constantFrom('text', 'variable', 'fragment') }), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(parts, (fields) => {
        const field = (at: number, list: string) => `f${at}: children(ids: ${list}) { id }`
        const texts = fields.map(({ count, way }, at) => {
          if (way === 'text') return field(at, JSON.stringify(ids(count)))
          return way === 'variable' ? field(at, `$v${at}`) : `... on Query { ${field(at, `$v${at}`)} }`
        })
        const declared = fields.map((_, at) => `$v${at}: [ID!]`).join(' ')
        const document = parse(`query (${declared}) { ${texts.join(' ')} }`)
        const variables = Object.fromEntries(fields.map(({ count }, at) => [`v${at}`, ids(count)]))
        const whole = fields.reduce((sum, { count }) => sum + count, 0)
        for (let time = 0; time < 2; time += 1) expect(childrenNamed(document, null, variables).children).toBe(whole)
      }),
    )
  })

  it('count each alias below a list for each child of it, fragments unfolded', () => {
    const aliased = (text: string, count: number) => childrenNamed(parse(text), null, { i: ids(count) }).aliased
    const query = (selection: string) =>
      `query ($i: [ID!]!) { x: children(ids: $i) { ${selection} } } fragment f on Child { a: id b: asOf }`
    expect(aliased(query('id names { family }'), 100)).toBe(0)
    expect(aliased(query('a: id names { b: family }'), 100)).toBe(200)
    expect(aliased(query('...f ... on Child { c: id ...f }'), 10)).toBe(50)
    expect(() => demandFewChildren(parse(query('...f')), null, { i: ids(100) })).not.toThrow()
    const many = Array.from({ length: 11 }, (_, at) => `a${at}: id`).join(' ')
    expect(() => demandFewChildren(parse(query(many)), null, { i: ids(100) })).toThrow('Aliases')
    expect(() => demandFewChildren(parse(query(many)), null, { i: ids(90) })).not.toThrow()
  })

  it('refuses a fifth question over many children, whichever they are and however they are written', () => {
    const asked = (text: string) => () => demandFewChildren(parse(text), null, {})
    const many = [
      'worklist { children }',
      'a: worklist { children }',
      'placedIn(la: "LA2") { id }',
      'dataQuality { holder }',
    ]
    expect(asked(`{ ${many.join(' ')} escalations { stage } }`)).not.toThrow()
    for (const more of [
      'b: worklist { children }',
      '...F',
      '... { placedOut { id } }',
      'caseAudit(caseIds: []) { unknown }',
    ])
      expect(asked(`{ ${many.join(' ')} ${more} } fragment F on Query { missingNotices { endCursor } }`)).toThrow(
        expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }),
      )
  })
})
