import { makeExecutableSchema } from '@graphql-tools/schema'
import { execute, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { Dice } from '../../seeds/generated/dice.ts'
import { createExecutor } from '../../src/execution/executor.ts'

const later = <T>(value: T): Promise<T> => Promise.resolve(value)
const fails = (): never => {
  throw new Error('it failed')
}
const failsLater = (): Promise<never> => Promise.reject(new Error('it failed later'))

const schema = makeExecutableSchema({
  typeDefs: `
    interface Named { name: String }
    enum Colour { RED GREEN }
    input Point { x: Int = 3, y: Int }
    type AuditEntry implements Named { name: String sure: String! colour: Colour at: Int broken: String brokenSure: String! }
    type Branch { leaf: AuditEntry leaves: [AuditEntry] sureLeaves: [AuditEntry!] sureList: [AuditEntry!]! wrong: Int list: [Int!] echo(text: String = "quiet", point: Point): String called(n: Int): Int self: Branch late: Branch! }
    type Query { branch: Branch branches: [Branch]! sureBranch: Branch! nothing: Branch text: String! }
  `,
  resolvers: {
    Query: {
      branch: () => branch,
      branches: () => [branch, null, later(branch), failsLater()],
      sureBranch: () => later(branch),
      nothing: () => null,
      text: () => later('text'),
    },
    Branch: {
      leaf: () => later({ name: 'leaf', sure: 'yes', colour: 'RED', at: 1 }),
      wrong: () => 'not a number',
      echo: (_: unknown, args: object) => JSON.stringify(args),
      self: (source: unknown) => source,
      late: (source: unknown) => later(source),
    },
    AuditEntry: { broken: fails, brokenSure: failsLater },
  },
})

const branch = {
  leaves: [
    { name: 'one', sure: 'a' },
    null,
    { name: 'two', sure: null },
    later({ name: 'three', sure: 'c', colour: 'BLUE' }),
    new Error('an item'),
  ],
  sureLeaves: [{ name: 'one', sure: 'a' }, null],
  sureList: [{ name: 'only', sure: 'a' }],
  list: [1, 2, 3],
  called: ({ n }: { n?: number }) => n ?? 0,
}

const operations: readonly (readonly [text: string, variables: Record<string, unknown>])[] = [
  ['{ text }', {}],
  ['{ t: text again: text __typename }', {}],
  ['{ branch { leaf { name sure colour at } list } nothing { list } }', {}],
  ['{ branch { leaves { name sure } } }', {}],
  ['{ branch { leaves { name colour } } }', {}],
  ['{ branch { sureLeaves { name } list } text }', {}],
  ['{ branch { sureList { name sure brokenSure } } text }', {}],
  ['{ branch { leaf { broken } } text }', {}],
  ['{ branch { leaf { brokenSure } } text }', {}],
  ['{ branch { wrong } }', {}],
  ['{ branches { list leaf { broken name } } }', {}],
  ['{ sureBranch { leaf { name } late { late { leaf { brokenSure } } } } }', {}],
  ['{ sureBranch { sureList { brokenSure } } text }', {}],
  ['{ branch { echo } }', {}],
  ['{ branch { echo(text: "loud") a: echo(point: { y: 4 }) } }', {}],
  ['query ($t: String, $p: Point) { branch { echo(text: $t, point: $p) } }', { t: 'said', p: { x: 1 } }],
  ['query ($t: String) { branch { echo(text: $t) } }', {}],
  ['query ($t: String) { branch { echo(text: $t) } }', { t: null }],
  ['query ($t: String = "default") { branch { echo(text: $t) } }', {}],
  ['query ($n: Int!) { branch { called(n: $n) } }', {}],
  ['query ($n: Int!) { branch { called(n: $n) } }', { n: 'seven' }],
  ['query ($n: Int!) { branch { called(n: $n) b: called } }', { n: 7 }],
  ['{ branch { ...F } } fragment F on Branch { leaf { ...G name } list } fragment G on AuditEntry { sure name }', {}],
  ['{ branch { leaf { ... on Named { name } ... on AuditEntry { at } ... { sure } } } }', {}],
  ['{ branch { leaf { name } leaf { sure } ...F } } fragment F on Branch { leaf { at } }', {}],
  ['query ($a: Boolean!) { branch { list @include(if: $a) leaf @skip(if: $a) { name } } }', { a: true }],
  ['query ($a: Boolean!) { branch { list @include(if: $a) leaf @skip(if: $a) { name } } }', { a: false }],
  [
    'query ($a: Boolean!) { branch { ...F @include(if: $a) list } } fragment F on Branch { leaf { name } }',
    { a: false },
  ],
  ['{ branch { list @skip(if: true) self { self { list } } } }', {}],
  ['{ __proto__: text branch { constructor: list __proto__: leaf { name } } }', {}],
  ['{ __schema { queryType { name } } text }', {}],
  ['{ __type(name: "AuditEntry") { name } }', {}],
]

describe('the compiled executor', () => {
  const executor = createExecutor(schema)

  test.each(operations)('answers as the reference implementation does: %s', async (text, variables) => {
    const document = parse(text)
    expect(validate(schema, document)).toEqual([])
    const reference = await execute({ schema, document, variableValues: variables })
    for (const round of ['compiled', 'kept']) {
      const answer = await executor({ document, operationName: null, variables, context: {} })
      expect({ round, data: JSON.stringify(answer.data) }).toEqual({ round, data: JSON.stringify(reference.data) })
      expect(told(answer.errors)).toEqual(told(reference.errors))
    }
  })

  test('answers alike whatever waits and fails beside whatever, many at once', async () => {
    const dice = new Dice(2026, 11, 22)
    const texts = Array.from({ length: 300 }, () => `{ a: ${branchField(dice, 3)} b: ${branchField(dice, 2)} text }`)
    const alike = async (text: string) => {
      const document = parse(text)
      const reference = await execute({ schema, document })
      const answer = await executor({ document, operationName: null, variables: {}, context: {} })
      expect({ text, data: JSON.stringify(answer.data) }).toEqual({ text, data: JSON.stringify(reference.data) })
      expect((answer.errors ?? []).length > 0).toBe((reference.errors ?? []).length > 0)
      return reference.data === null ? 'null rose to the root' : reference.errors ? 'failed in part' : 'answered'
    }
    const ends = await Promise.all(texts.map(alike))
    for (const end of ['null rose to the root', 'failed in part', 'answered'])
      expect(ends.filter((each) => each === end).length).toBeGreaterThan(10)
  })

  test('leaves no failure of an item unheard when a later item fails the whole list', async () => {
    const document = parse('{ branch { sureLeaves { brokenSure } list } }')
    const { data, errors } = await executor({ document, operationName: null, variables: {}, context: {} })
    expect(read(data)).toEqual({ branch: { sureLeaves: null, list: [1, 2, 3] } })
    expect(errors).toHaveLength(1)
  })

  test('picks the operation by its name, and refuses none and a wrong one', async () => {
    const document = parse('query A { text } query B { nothing { list } }')
    const run = (operationName: string | null) => executor({ document, operationName, variables: {}, context: {} })
    expect(read((await run('B')).data)).toEqual({ nothing: null })
    expect(read((await run('A')).data)).toEqual({ text: 'text' })
    expect((await run('C')).errors).toHaveLength(1)
    expect((await run(null)).errors).toHaveLength(1)
  })

  test('writes over no prototype, whatever a response key is called', async () => {
    const document = parse('{ __proto__: branch { list } }')
    const { data } = await executor({ document, operationName: null, variables: {}, context: {} })
    expect(JSON.stringify(data)).toBe('{"__proto__":{"list":[1,2,3]}}')
    expect(Object.keys({})).toEqual([])
  })

  test('keeps a plan for each shape that variables give, and no more than it may', async () => {
    const document = parse('query ($a: Boolean!, $n: Int) { branch { called(n: $n) list @include(if: $a) } }')
    for (let n = 0; n < 200; n += 1) {
      const { data } = await executor({ document, operationName: null, variables: { a: n % 2 === 0, n }, context: {} })
      expect(read(data)).toEqual({ branch: { called: n, ...(n % 2 === 0 ? { list: [1, 2, 3] } : {}) } })
    }
  })
})

/** A random selection of fields that are there, wait, fail at once or later, or are null where none may be. */
function branchField(dice: Dice, depth: number): string {
  const field = dice.pick(['branch', 'branch', 'sureBranch', 'nothing', 'branches'])
  return `${field} ${branchSelection(dice, depth)}`
}

function branchSelection(dice: Dice, depth: number): string {
  const fields = Array.from({ length: dice.between(1, 5) }, (_, nth) => {
    const name = depth === 0 ? dice.pick(plain) : dice.pick([...plain, ...nested, ...nested])
    if (name === 'self' || name === 'late') return `f${nth}: ${name} ${branchSelection(dice, depth - 1)}`
    return `f${nth}: ${nested.some((each) => each === name) ? `${name} ${leafSelection(dice, name)}` : name}`
  })
  return `{ ${fields.join(' ')} }`
}

function leafSelection(dice: Dice, list: string): string {
  const fields = Array.from({ length: dice.between(1, 4) }, (_, nth) => {
    const field = dice.pick(leafFields)
    // The reference implementation forgets to wait for an item when a later one fails the whole list.
    return `g${nth}: ${list === 'sureLeaves' && field === 'brokenSure' ? 'broken' : field}`
  })
  return `{ ${fields.join(' ')} }`
}

const plain = ['list', 'wrong', 'echo', 'called', '__typename'] as const
const nested = ['leaf', 'leaves', 'sureLeaves', 'sureList', 'self', 'late'] as const
const leafFields = ['name', 'name', 'name', 'at', 'colour', 'sure', '__typename', 'broken', 'brokenSure'] as const

const read = (data: unknown): unknown => JSON.parse(JSON.stringify(data))

type Errors = Awaited<ReturnType<ReturnType<typeof createExecutor>>>['errors']

/** Errors in the order of their paths: the specification leaves the order of those that wait open. */
const told = (errors: Errors) =>
  (errors ?? [])
    .map(({ path, locations, message }) => ({
      path: JSON.stringify(path),
      locations: locations?.map(({ line, column }) => ({ line, column })),
      // The sentence about a value of the wrong kind is our own: the caller reads INTERNAL for both.
      message: /represent|wrong kind|Enum/.test(message) ? 'a value of the wrong kind' : message,
    }))
    .sort((one, other) => String(one.path).localeCompare(String(other.path)))
