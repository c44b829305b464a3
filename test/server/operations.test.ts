import { makeExecutableSchema } from '@graphql-tools/schema'
import { GraphQLScalarType } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Disclosing, Executed } from '../../src/disclosure/answer.ts'
import { startEngine } from '../../src/server/graphqlEngine.ts'
import { createLog } from '../../src/server/log.ts'
import { operationReader } from '../../src/server/operationReader.ts'

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
    read(`{ b }${'\n#'.repeat(22)}`)
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

describe('the engine', () => {
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
    const log = createLog('silent')
    const engine = await startEngine(schema, false, log)
    const read = operationReader()
    const context = { requestId: 'request' }
    const ask = async (query: string, operationName: string | null = null): Promise<Executed> =>
      // What the invented schema resolves needs no more of a request.
      engine.execute({ query, operationName, variables: {} }, read(query), context as Disclosing)
    return { looked, ask, stop: () => engine.stop() }
  }

  it('has a repeated operation validated once, and runs it from its plan', async () => {
    const { looked, ask, stop } = await counted()
    const query = '{ field(of: 7) }'
    const first = JSON.stringify(await ask(query))
    expect(JSON.parse(first)).toEqual({ data: { field: 1 }, errors: [] })
    const times = looked.length
    expect(times).toBeGreaterThan(0)
    for (let time = 0; time < 3; time += 1) expect(JSON.stringify(await ask(query))).toBe(first)
    expect(looked).toHaveLength(times)
    await stop()
  })

  it('has an invalid operation looked at each time, and runs it never', async () => {
    const { ask, stop } = await counted()
    for (let time = 0; time < 3; time += 1) {
      const { data, errors } = await ask('{ nothing }')
      expect([data, errors[0]?.extensions.code]).toEqual([undefined, 'OPERATION_INVALID'])
    }
    await stop()
  })

  it('takes no name for known because another of the same text is', async () => {
    const { ask, stop } = await counted()
    const query = 'query a { field } query b { field }'
    for (let time = 0; time < 2; time += 1) {
      expect((await ask(query, 'a')).errors).toEqual([])
      for (const name of ['c', null])
        expect((await ask(query, name)).errors.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_INVALID'])
    }
    await stop()
  })
})
