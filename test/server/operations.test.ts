import { makeExecutableSchema } from '@graphql-tools/schema'
import { GraphQLScalarType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../src/execution/executor.ts'
import { startApollo } from '../../src/server/apollo.ts'
import { createLog } from '../../src/server/log.ts'
import { nativeEngine } from '../../src/server/nativeEngine.ts'
import { operationReader } from '../../src/server/operations.ts'
import { fakeDoor } from './fakeDoor.ts'

const bounds = { texts: 3, tokens: 30 }

describe('the reader of operations', () => {
  it('gives the same document for the same text, and another for another', () => {
    const read = operationReader()
    expect(read('{ a }')).toBe(read('{ a }'))
    expect(read('{ a }')).not.toBe(read('{  a }'))
  })

  it('forgets what was asked longest ago when there are too many', () => {
    const read = operationReader(bounds)
    const [first, second] = [read('{ a }'), read('{ b }')]
    read('{ c }')
    expect(read('{ a }')).toBe(first)
    read('{ d }')
    expect(read('{ a }')).toBe(first)
    expect(read('{ b }')).not.toBe(second)
  })

  it('forgets when they are too large together, comments too', () => {
    const read = operationReader(bounds)
    const first = read('{ a }')
    read(`{ b }${'\n#'.repeat(26)}`)
    expect(read('{ a }')).not.toBe(first)
  })

  it('keeps no text that is too long', () => {
    const read = operationReader(bounds)
    const text = `{ a } # ${'x'.repeat(33_000)}`
    expect(read(text)).not.toBe(read(text))
  })

  it('refuses what asks for too much as often as it is sent, and forgets nothing for it', () => {
    const read = operationReader(bounds)
    const first = read('{ a }')
    for (let time = 0; time < 10; time += 1) {
      expect(() => read(`{ ${'a '.repeat(21)} }`)).toThrow('repeats')
      expect(() => read('{ a')).toThrow('cannot be read')
    }
    expect(read('{ a }')).toBe(first)
  })
})

describe('the engines', () => {
  const counted = async () => {
    const looked: string[] = []
    const Counted = new GraphQLScalarType({
      name: 'Counted',
      parseValue: (value) => value,
      parseLiteral: () => {
        looked.push('literal')
        return 1
      },
    })
    const typeDefs = 'scalar Counted type Query { field(of: Counted): Int }'
    const schema = makeExecutableSchema({ typeDefs, resolvers: { Counted, Query: { field: () => 1 } } })
    const executor = createExecutor(schema)
    const log = createLog('silent')
    const apollo = await startApollo(schema, executor, false, log)
    const native = nativeEngine(schema, executor, false, log)
    const read = operationReader()
    const door = fakeDoor()
    const known = await door.authenticate(['Bearer good'])
    if (!known.ok) throw new Error('not known')
    const open = () =>
      door.open(known.caller, { requestId: 'request', operationName: null, query: '', authorization: '' })
    const ask = (engine: typeof native, query: string) =>
      engine({ body: { query, operationName: null, variables: {} }, document: read(query) }, open())
    return { looked, apollo, ask, native }
  }

  it('look at a repeated operation once, and compile it once for both', async () => {
    const { looked, apollo, ask, native } = await counted()
    const query = '{ field(of: 7) }'
    expect(JSON.parse(JSON.stringify(await ask(native, query)))).toEqual({ data: { field: 1 }, errors: [] })
    const first = looked.length
    expect(first).toBeGreaterThan(0)
    await ask(native, query)
    await ask(native, query)
    expect(looked).toHaveLength(first)
    await ask(apollo.engine, query)
    // Apollo Server validates for itself; what was compiled is there already.
    const validated = looked.length
    expect(validated - first).toBeLessThan(first)
    await ask(apollo.engine, query)
    expect(looked).toHaveLength(validated)
    await apollo.stop()
  })

  it('look at an invalid operation each time, and run it never', async () => {
    const { apollo, ask, native } = await counted()
    for (let time = 0; time < 3; time += 1) {
      const answers = [await ask(native, '{ nothing }'), await ask(apollo.engine, '{ nothing }')]
      expect(answers.map(({ data }) => data)).toEqual([undefined, undefined])
      expect(answers[0]?.errors).toEqual(answers[1]?.errors)
      expect(answers[0]?.errors[0]?.extensions.code).toBe('OPERATION_INVALID')
    }
    await apollo.stop()
  })
})
