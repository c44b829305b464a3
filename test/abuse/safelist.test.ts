import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { operationHash, readSafelist } from '../../src/server/safelist.ts'
import { type FakeGateway, startFake } from '../server/fakeGateway.ts'

let folder: string
let list: string
const agreed = 'query Agreed {\n  # what the hub asks\n  child(id: 1) { id, note }\n}\n'
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safelist-'))
  list = join(folder, 'safelist.json')
  await writeFile(list, JSON.stringify({ [operationHash(agreed)]: agreed }))
})
afterAll(() => rm(folder, { recursive: true }))

const withMode = async (mode: 'strict' | 'log' | 'off', work: (gateway: FakeGateway) => Promise<void>) => {
  const gateway = await startFake({ safelist: { mode, file: mode === 'off' ? null : list } })
  try {
    await work(gateway)
  } finally {
    await gateway.server.close()
  }
}
const codeOf = (text: string) => JSON.parse(text).errors?.[0]?.extensions.code

describe('a strict safelist', () => {
  it('runs what was agreed, however it is spaced', () =>
    withMode('strict', async ({ ask }) => {
      expect((await ask(agreed)).status).toBe(200)
      expect((await ask('query Agreed{child(id:1){id note}}')).status).toBe(200)
    }))

  it.each([
    ['a field more', 'query Agreed { child(id: 1) { id note friend { id } } }'],
    ['a field less', 'query Agreed { child(id: 1) { id } }'],
    ['another value', 'query Agreed { child(id: 2) { id note } }'],
    ['another name', 'query agreed { child(id: 1) { id note } }'],
    ['an alias', 'query Agreed { child(id: 1) { id other: note } }'],
    ['an operation beside it', `${agreed} query Other { child(id: 1) { id } }`],
    ['an operation of nobody', '{ child(id: 1) { id } }'],
    ['the schema', '{ __schema { types { name } } }'],
  ])('refuses %s, before anything is opened', (_, query) =>
    withMode('strict', async ({ ask, door, logged }) => {
      const answer = await ask(query)
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'OPERATION_NOT_LISTED'])
      expect(door.opened).toEqual([])
      expect(logged.join('')).toContain(operationHash(query))
    }),
  )

  it('refuses what is not listed each time, also where it was read and weighed before', () =>
    withMode('strict', async ({ ask }) => {
      for (let time = 0; time < 3; time += 1) {
        expect((await ask(agreed)).status).toBe(200)
        expect(codeOf((await ask('{ child(id: 1) { id } }')).text)).toBe('OPERATION_NOT_LISTED')
      }
    }))

  it('believes no hash that a caller sends with another text', () =>
    withMode('strict', async ({ post }) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: operationHash(agreed) } }
      expect(codeOf((await post({ query: '{ child(id: 1) { id } }', extensions })).text)).toBe('OPERATION_NOT_LISTED')
      expect((await post({ extensions })).status).toBe(400)
    }))

  it('weighs what is not listed like the rest, and refuses a token before either', () =>
    withMode('strict', async ({ ask, post }) => {
      const aliases = Array.from({ length: 300 }, (_, index) => `a${index}: id`).join(' ')
      expect(codeOf((await ask(`{ child(id: 1) { ${aliases} } }`)).text)).toBe('OPERATION_TOO_LARGE')
      expect((await post({ query: '{ party }' }, { authorization: 'Bearer bad' })).status).toBe(401)
    }))
})

describe('a safelist that only logs', () => {
  it('runs what is not listed and tells the operator its hash, never its text', () =>
    withMode('log', async ({ ask, logged }) => {
      expect((await ask('{ child(id: "4711") { id } }')).status).toBe(200)
      expect(logged.join('')).toContain('OPERATION_NOT_LISTED')
      expect(logged.join('')).not.toContain('4711')
      logged.length = 0
      await ask(agreed)
      expect(logged.join('')).not.toContain('OPERATION_NOT_LISTED')
    }))
})

describe('the file', () => {
  it('is strict by itself in production, logs elsewhere, and is not looked at without a file', () => {
    const production = {
      NODE_ENV: 'production',
      ISSUERS_FILE: list,
      AUDIENCE: 'https://a.example',
      DATABASE_URL: 'postgres://a@localhost/c',
      REGISTRY_FILE: list,
    }
    expect(readConfig({ ...production, SAFELIST_FILE: list }).safelist).toEqual({ mode: 'strict', file: list })
    expect(readConfig({ SAFELIST_FILE: list }).safelist.mode).toBe('log')
    expect(readConfig({ SAFELIST_FILE: list, SAFELIST: 'off' }).safelist.mode).toBe('off')
    expect(readConfig({}).safelist).toEqual({ mode: 'off', file: null })
  })

  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['a hash of another text', JSON.stringify({ [operationHash(agreed)]: '{ party }' })],
    ['a text that cannot be read', JSON.stringify({ [operationHash(agreed)]: '{ "' })],
    ['a key that is no hash', JSON.stringify({ agreed })],
  ])('refuses to start with %s', async (_, text) => {
    const file = join(folder, 'wrong.json')
    await writeFile(file, text)
    expect(() => readSafelist(file)).toThrow(StartupError)
  })

  it('is written by the command line, for operations that this schema and the limits accept', async () => {
    const made = join(folder, 'made.json')
    const lines: string[] = []
    const stream = { write: (text: string) => lines.push(text) }
    const add = async (text: string) => {
      await writeFile(join(folder, 'operation.graphql'), text)
      return run(
        ['safelist', 'add', join(folder, 'operation.graphql'), '--list', made],
        {},
        { out: stream, err: stream },
      )
    }
    expect(await add('query A($id: ID!) { child(id: $id) { id } }')).toBe(0)
    expect(await add('query B { __typename }')).toBe(0)
    expect(await add('query B { __typename } # again')).toBe(0)
    expect(await add('{ nothing }')).toBe(1)
    expect(await add('{ not an operation')).toBe(1)
    expect(Object.keys(readSafelist(made))).toHaveLength(2)
    expect(await readFile(made, 'utf8')).toContain('query A')
    expect(lines.join('')).toContain('lists 2 operations')
  })
})
