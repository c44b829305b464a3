import { connect } from 'node:net'
import { buildSchema, getIntrospectionQuery, getVariableValues, parse, validate } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallerError } from '../../src/disclosure/callerError.ts'
import { callerError } from '../../src/server/callerErrors.ts'
import { type FakeGateway, startFake } from './fakeGateway.ts'

describe('at /graphql', () => {
  let gateway: FakeGateway
  beforeAll(async () => {
    gateway = await startFake()
  })
  afterAll(() => gateway.server.close())
  beforeEach(() => {
    gateway.door.opened.length = 0
    gateway.door.recorded.length = 0
    gateway.door.calls.length = 0
    gateway.door.failRecord = false
    gateway.logged.length = 0
  })

  const codeOf = (text: string) => JSON.parse(text).errors?.[0]?.extensions?.code
  const bomb = (levels: number) =>
    `{ child(id: 1) { ...f0 } } ${Array.from({ length: levels }, (_, i) => `fragment f${i} on Child { ...f${i + 1} friend { ...f${i + 1} } }`).join(' ')} fragment f${levels} on Child { id }`
  const repeat = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => of(i)).join(' ')

  describe('a hostile operation is refused before anything is opened', () => {
    const operations: Record<string, string> = {
      'fragments that double 10 deep': bomb(14),
      'fragments that double 40 deep': bomb(40),
      'fragments that double 100 deep': bomb(100),
      'a fragment that doubles without a field between': `{ child(id: 1) { ...a0 } } ${repeat(30, (i) => `fragment a${i} on Child { ...a${i + 1} ...a${i + 1} }`)} fragment a30 on Child { id note }`,
      'an unused bomb beside an honest operation': `{ child(id: 1) { id } } ${bomb(40).slice(bomb(40).indexOf('fragment'))}`,
      '5,000 aliases': `{ ${repeat(5000, (i) => `a${i}: party`)} }`,
      '201 aliases in fragments': `{ child(id: 1) { ...a friend { ...a } } } fragment a on Child { ${repeat(101, (i) => `a${i}: id`)} }`,
      '16 levels': `{ child(id: 1) ${'{ friend '.repeat(15)} { id } ${'}'.repeat(15)} }`,
      '300 levels': `{ child(id: 1) ${'{ friend '.repeat(300)} { id } ${'}'.repeat(300)} }`,
      '21 fields at the root': `{ ${repeat(21, (i) => `a${i}: party`)} }`,
      '21 fields at the root by fragments': `{ ...q } fragment q on Query { ${repeat(21, (i) => `a${i}: party`)} }`,
      '51 directives': `{ party ${repeat(51, () => '@include(if: true)')} }`,
      '51 aliases of a field with fields': `{ child(id: 1) { ${repeat(51, (i) => `a${i}: friend { id }`)} } }`,
      'the same by fragments': `{ child(id: 1) { ...f ... on Child { ...f friend { ...f } } } } fragment f on Child { ${repeat(17, (i) => `a${i}: friend { id }`)} }`,
      'a field repeated 1,000 times': `{ child(id: 1) { ${repeat(1000, () => 'id')} } }`,
      'more than 4,000 tokens': `{ child(id: 1) { name(style: "${'x'}") ${repeat(4000, (i) => `n${i}`)} } }`,
      'a list nested 3,000 deep': `{ child(id: ${'['.repeat(3000)}${']'.repeat(900)}) { id } }`,
    }
    for (const [title, query] of Object.entries(operations)) {
      it(title, async () => {
        const answer = await gateway.ask(query)
        expect([answer.status, codeOf(answer.text)]).toEqual([
          400,
          title.startsWith('a list') ? expect.stringMatching(/^OPERATION_/) : 'OPERATION_TOO_LARGE',
        ])
        expect(gateway.door.opened).toEqual([])
        expect(gateway.door.calls).toEqual([])
      })
    }

    it('a circle of fragments', async () => {
      const answer = await gateway.ask(
        '{ child(id: 1) { ...a } } fragment a on Child { friend { ...b } } fragment b on Child { friend { ...a } }',
      )
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'OPERATION_INVALID'])
      expect(gateway.door.opened).toEqual([])
    })

    it('one field spread over hundreds of inline fragments', async () => {
      const answer = await gateway.ask(
        `{ child(id: 1) { ${repeat(19, () => `... on Child { ${repeat(19, () => `... on Child { ${repeat(4, () => 'id')} }`)} }`)} } }`,
      )
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'OPERATION_INVALID'])
      expect(gateway.door.calls).toEqual([])
    })
  })

  describe('honest operations pass', () => {
    it('lets the standard introspection query through', async () => {
      const answer = await gateway.ask(getIntrospectionQuery())
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text).data.__schema.queryType.name).toBe('Query')
    })

    it('lets 15 levels, 20 root fields and 200 aliases through', async () => {
      const deep = `{ child(id: 1) ${'{ friend '.repeat(13)} { id } ${'}'.repeat(13)} }`
      expect((await gateway.ask(deep)).status).toBe(200)
      expect((await gateway.ask(`{ ${repeat(20, (i) => `a${i}: child(id: 1) { id }`)} }`)).status).toBe(200)
      expect((await gateway.ask(`{ child(id: 1) { ${repeat(200, (i) => `a${i}: id`)} } }`)).status).toBe(200)
    })
  })

  describe('a request that is not one JSON operation is refused', () => {
    const good = JSON.stringify({ query: '{ child(id: 1) { id } }' })
    const cases: [string, unknown, Record<string, string>, number][] = [
      ['plain text, which any page may post', good, { 'content-type': 'text/plain' }, 415],
      ['a form', 'query=%7Bparty%7D', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['multipart', good, { 'content-type': 'multipart/form-data; boundary=x' }, 415],
      ['application/graphql', '{ party }', { 'content-type': 'application/graphql' }, 415],
      ['no content type', good, { 'content-type': '' }, 415],
      ['UTF-16', good, { 'content-type': 'application/json; charset=utf-16' }, 415],
      ['a charset nobody knows', good, { 'content-type': 'application/json; charset=utf-7' }, 415],
      ['two charsets', good, { 'content-type': 'application/json; charset=utf-8; charset=latin1' }, 415],
      ['a compressed body', good, { 'content-encoding': 'gzip' }, 415],
      ['an answer in HTML alone', good, { accept: 'text/html' }, 406],
      ['a batch', `[${good},${good}]`, {}, 400],
      ['an empty batch', '[]', {}, 400],
      ['no JSON', '{"query": ', {}, 400],
      ['JSON with a comment', `${good} // now`, {}, 400],
      ['a number', '7', {}, 400],
      ['null', 'null', {}, 400],
      ['no query', '{}', {}, 400],
      ['a query that is an object', '{"query": {"kind": "Document"}}', {}, 400],
      ['variables as text', '{"query": "{ party }", "variables": "{}"}', {}, 400],
      ['variables as a list', '{"query": "{ party }", "variables": []}', {}, 400],
      ['an operation name that is a number', '{"query": "{ party }", "operationName": 1}', {}, 400],
      ['extensions that are a text', '{"query": "{ party }", "extensions": "x"}', {}, 400],
      ['a member named __proto__', '{"query": "{ party }", "variables": {"__proto__": {"a": 1}}}', {}, 400],
      ['a member named constructor', '{"query": "{ party }", "variables": {"a": {"constructor": 1}}}', {}, 400],
      [
        'a persisted query without text',
        '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
        {},
        400,
      ],
      ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), {}, 400],
      [
        'variables nested 100,000 deep',
        `{"query":"{party}","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
        {},
        400,
      ],
      ['a body over 256 KB', JSON.stringify({ query: `{ party } #${'x'.repeat(300_000)}` }), {}, 413],
    ]
    for (const [title, body, headers, status] of cases) {
      it(title, async () => {
        const answer = await gateway.post(body, headers)
        expect(answer.status).toBe(status)
        expect(codeOf(answer.text)).toBe(status === 413 ? 'OPERATION_TOO_LARGE' : 'BAD_INPUT')
        expect(answer.headers.get('content-type')).toContain('application/json')
        expect(answer.text).not.toMatch(/at .*\.(ts|js)/)
        expect(gateway.door.opened).toEqual([])
      })
    }

    it('a body that is streamed without an end', async () => {
      const { port, hostname, pathname } = new URL(gateway.address)
      const received = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname)
        let text = ''
        socket.on('data', (part) => {
          text += part
        })
        socket.on('error', () => resolve(text))
        socket.on('close', () => resolve(text))
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
        )
        const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
        for (let sent = 0; sent < 6; sent += 1) socket.write(chunk)
      })
      expect(received).toContain('413')
      expect(received).toContain('OPERATION_TOO_LARGE')
    })

    it('an operation in the address, and other methods', async () => {
      const url = gateway.address
      const get = await fetch(`${url}?query=%7Bparty%7D`, { headers: { authorization: 'Bearer good' } })
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        expect((await fetch(url, { method })).status).toBe(405)
      }
      expect(gateway.door.opened).toEqual([])
    })
  })

  describe('every refused token gets the same bytes', () => {
    const attempt = async (headers: [string, string][]) => {
      const response = await fetch(gateway.address, {
        method: 'POST',
        headers: [['content-type', 'application/json'], ...headers],
        body: JSON.stringify({ query: '{ child(id: 1) { id } }' }),
      })
      const kept = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
      return JSON.stringify([response.status, kept, await response.text()])
    }

    it('whatever is wrong with it, and logs the reason for the operator', async () => {
      const answers = await Promise.all([
        attempt([]),
        attempt([['authorization', 'Bearer bad']]),
        attempt([['authorization', 'Basic eA==']]),
        attempt([['authorization', '']]),
      ])
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]).toContain('401')
      expect(answers[0]).toContain('www-authenticate')
      expect(gateway.logged.join('')).toContain('"reason":"signature"')
      expect(gateway.logged.join('')).not.toContain('Bearer')
      expect(gateway.door.opened).toEqual([])
    })

    it('when the header is sent twice, though one of them is good', async () => {
      const { port, hostname, pathname } = new URL(gateway.address)
      const body = '{"query":"{ party }"}'
      const received = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname)
        let text = ''
        socket.on('data', (part) => {
          text += part
        })
        socket.on('close', () => resolve(text))
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\nauthorization: Bearer good\r\nauthorization: Bearer other\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        )
      })
      expect(received).toMatch(/^HTTP\/1.1 401/)
      expect(gateway.door.opened).toEqual([])
    })

    it('and is refused before its operation is weighed', async () => {
      const answer = await gateway.post({ query: bomb(40) }, { authorization: 'Bearer bad' })
      expect(answer.status).toBe(401)
    })
  })

  describe('errors tell the caller a code and a sentence, and nothing else', () => {
    it('masks what a library says, and gives the request id to quote', async () => {
      const answer = await gateway.ask('{ child(id: 1) { id } broken }')
      expect(answer.status).toBe(200)
      const [error] = JSON.parse(answer.text).errors
      expect(error.extensions).toEqual({ code: 'INTERNAL', requestId: answer.headers.get('x-request-id') })
      expect(answer.text).not.toMatch(/ECONNREFUSED|secret-host|select|nhs_number/)
      const log = gateway.logged.join('')
      expect(log).toContain('FIELD_FAILED')
      expect(log).not.toMatch(/secret-host|nhs_number/)
    })

    it('masks what the executor says about a field that may not be null', async () => {
      const answer = await gateway.ask('{ surprise }')
      expect([answer.status, codeOf(answer.text)]).toEqual([500, 'INTERNAL'])
      expect(answer.text).not.toContain('Query.surprise')
    })

    it('passes a refusal on with its extensions and without its detail', async () => {
      const answer = await gateway.ask('{ party }')
      expect(JSON.parse(answer.text).errors[0]).toMatchObject({
        message: 'Your authority is not a party to this transfer.',
        path: ['party'],
        extensions: { code: 'NOT_A_PARTY', agency: 'socialCare' },
      })
      expect(answer.text).not.toContain('for operators')
    })

    it.each([
      ['an enum', '{ f(e: NIA) }', 'A value in the operation is not valid as Level.'],
      ['an enum in quotes', '{ f(e: "NIA") }', 'A value in the operation is not valid as Level.'],
      ['a number', '{ f(n: "NIA") }', 'A value in the operation is not valid as Int.'],
      ['an input without what it needs', '{ f(i: {}) }', 'A value in the operation is not valid as Wish.'],
    ])('name the type that a value should have been of, and not the value: %s', (_, text, message) => {
      const schema = buildSchema(
        'enum Level { LOW } input Wish { level: Level! } type Query { f(e: Level, n: Int, i: Wish): Int }',
      )
      const [error] = validate(schema, parse(text))
      const formatted = { message: error?.message ?? '', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }
      expect(callerError(formatted, error, new Set(['Level', 'Wish', 'Int'])).message).toBe(message)
    })

    it.each([
      ['{"level":"NIA"}', 'Wish', 'A variable declared as Wish is not valid: its field level is not valid as Level.'],
      ['{"more":[{}]}', 'Wish!', 'A variable declared as Wish! is not valid: its field more[0].n is not valid as Int.'],
      ['{"level":"LOW","NIA":1}', 'Wish', 'A variable declared as Wish is not valid.'],
      ['{"level":{"x at \\"NIA.x\\"":1}}', 'Wish', /: its field level is not valid as Level\.$/],
      ['"x at \\"w.NIA\\""', 'Wish', 'A variable declared as Wish is not valid.'],
    ])('name the field of a variable, and nothing that was sent: %s', (sent, type, message) => {
      const schema = buildSchema(
        'enum Level { LOW } input More { n: Int! } input Wish { level: Level, more: [More!] } type Query { f(i: Wish): Int }',
      )
      const [operation] = parse(`query ($w: ${type}) { f(i: $w) }`).definitions
      const declared = operation?.kind === 'OperationDefinition' ? (operation.variableDefinitions ?? []) : []
      const [error] = getVariableValues(schema, declared, { w: JSON.parse(sent) }).errors ?? []
      const formatted = { message: error?.message ?? '', extensions: { code: 'BAD_USER_INPUT' } }
      const told = callerError(formatted, error, new Set(['Level', 'Wish', 'Int', 'More'])).message
      if (typeof message === 'string') expect(told).toBe(message)
      else expect(told).toMatch(message)
      expect(told).not.toContain('NIA')
    })

    it('never quotes the value of a variable', async () => {
      const answer = await gateway.ask('query ($n: NHSNumber!) { findChild(nhsNumber: $n) { id } }', {
        n: '9434765919',
      })
      expect([answer.status, codeOf(answer.text)]).toEqual([200, 'BAD_INPUT'])
      expect(answer.text).toContain('A variable declared as NHSNumber! is not valid.')
      expect(answer.text + gateway.logged.join('')).not.toContain('9434765919')
    })

    it.each([
      ['query ($n9434765919: NHSNumber!) { findChild(nhsNumber: $n9434765919) { id } }', { n9434765919: 'x' }],
      ['query ($n9434765919: NHSNumber!) { findChild(nhsNumber: $n9434765919) { id } }', {}],
      ['query ($n9434765919: String) { child(id: $n9434765919) { id } }', {}],
      ['query ($n9434765919: N9434765919) { child(id: $n9434765919) { id } }', {}],
      ['{ child(id: $n9434765919) { id } }', {}],
      ['query ($n9434765919: ID) { party }', {}],
    ])('never quotes a made-up name of a variable: %s', async (query, variables) => {
      const answer = await gateway.ask(query, variables)
      expect(['BAD_INPUT', 'OPERATION_INVALID']).toContain(codeOf(answer.text))
      expect(answer.text + gateway.logged.join('')).not.toContain('9434765919')
    })

    it('never quotes a value written into the operation', async () => {
      const literal = await gateway.ask('{ findChild(nhsNumber: "9434765919") { id } }')
      expect(codeOf(literal.text)).toBe('OPERATION_INVALID')
      const syntax = await gateway.ask('{ findChild(nhsNumber: "9434765919" "9434765919") { id } }')
      expect(codeOf(syntax.text)).toBe('OPERATION_INVALID')
      expect(syntax.text).toContain('at line 1')
      expect(literal.text + syntax.text + gateway.logged.join('')).not.toContain('9434765919')
    })

    it('takes many wrong variables for the mistake of the caller', async () => {
      const all = Array.from({ length: 40 }, (_, place) => place)
      const answer = await gateway.ask(
        `query (${all.map((n) => `$v${n}: String`).join(' ')}) { child(id: 1) { ${all.map((n) => `a${n}: name(style: $v${n})`).join(' ')} } }`,
        Object.fromEntries(all.map((n) => [`v${n}`, { a: 'secret' }])),
      )
      const codes: string[] = JSON.parse(answer.text).errors.map((error: CallerError) => error.extensions.code)
      expect([answer.status, new Set(codes), codes.length]).toEqual([200, new Set(['BAD_INPUT']), 21])
      expect(answer.text).not.toContain('secret')
    })

    it('never helps to guess a field', async () => {
      const answer = await gateway.ask('{ child(id: 1) { frend { id } } }')
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'OPERATION_INVALID'])
      expect(answer.text).not.toMatch(/Did you mean|friend/)
    })

    it('tells a refused mutation beside the data of the others', async () => {
      const answer = await gateway.ask('mutation { upload }')
      expect([answer.status, codeOf(answer.text)]).toEqual([200, 'IMAGERY_PROHIBITED'])
    })

    it('asks which operation to run when there are several', async () => {
      const answer = await gateway.ask('query a { party } query b { party }')
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'OPERATION_INVALID'])
    })
  })

  describe('no disclosure without its record', () => {
    it('sends no byte of the answer when the leaf cannot be written', async () => {
      gateway.door.failRecord = true
      const answer = await gateway.ask('{ child(id: 1) { id note } }')
      expect([answer.status, codeOf(answer.text)]).toEqual([503, 'AUDIT_UNAVAILABLE'])
      expect(JSON.parse(answer.text)).not.toHaveProperty('data')
      expect(answer.text).not.toContain('synthetic')
      expect(gateway.logged.join('')).toContain('AUDIT_FAILED')
    })

    it('records what was refused during execution too, with its code', async () => {
      await gateway.ask('{ party }')
      await gateway.ask('{ child(id: 1) { id } }')
      await gateway.ask('{ nothing }')
      expect(gateway.door.recorded).toEqual([
        { errors: [{ code: 'NOT_A_PARTY' }], disclosed: false },
        { errors: [], disclosed: true },
        { errors: [{ code: 'OPERATION_INVALID' }], disclosed: false },
      ])
    })
  })
})
