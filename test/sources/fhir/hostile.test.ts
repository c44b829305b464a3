import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/foundation/clock.ts'
import { GuardedSource } from '../../../src/sources/guardedSource.ts'
import { condition, of, patient, practice, recordOf, snomed } from './support/children.ts'
import { grantWithout, never, openSource, rowsOf, whole } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer()
  for (const resource of [practice, ...recordOf('rowan')]) await server.put(resource)
})
afterEach(() => {
  server.instead = null
  server.exchanges.length = 0
})
afterAll(() => server?.close())

const ask = () => rowsOf(openSource(server.url).source, grantWithout(['rowan']))

/** Answers every exchange with this, once or always. */
const answerWith = (status: number, body: string, headers: Record<string, string> = {}): void => {
  server.instead = (_, response) => {
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(body)
    return true
  }
}
const bundle = (entry: unknown, more: object = {}) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry, ...more })
/** The answer to a batch, in which the search for conditions found this, and all others nothing. */
const batchWith = (conditions: object) => (body: string) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'batch-response',
    entry: (JSON.parse(body).entry as { request: { url: string } }[]).map(({ request }) => ({
      response: { status: '200 OK' },
      resource: {
        resourceType: 'Bundle',
        type: 'searchset',
        ...(request.url.startsWith('Condition') ? conditions : {}),
      },
    })),
  })
const answerBatch = (conditions: object, otherwise: (url: string) => string = () => bundle([])): void => {
  server.instead = (request, response, body) => {
    response
      .writeHead(200, { 'content-type': 'application/fhir+json' })
      .end(request.method === 'POST' ? batchWith(conditions)(body) : otherwise(request.url ?? ''))
    return true
  }
}
const nextAt = (url: string) => ({ link: [{ relation: 'next', url }] })

describe('an answer that is none fails the source, and says to the operator what came', () => {
  it.each([
    [
      'HTML',
      200,
      '<html>Sign in</html>',
      { 'content-type': 'text/html; charset=utf-8' },
      /status 200: not FHIR in JSON but text\/html/,
    ],
    ['a redirect', 302, '', { location: 'http://169.254.169.254/latest' }, /status 302: answered with a redirect/],
    ['text that is cut off', 200, '{"resourceType":"Bun', {}, /not JSON that may be read/],
    ['names that reach a prototype', 200, '{"__proto__":{"resourceType":"Bundle"}}', {}, /not JSON that may be read/],
    ['nesting without end', 200, '['.repeat(200_000), {}, /not JSON that may be read/],
    ['a list', 200, '[]', {}, /no resource/],
    ['another resource', 200, '{"resourceType":"Patient"}', {}, /not as many parts/],
    [
      'a batch with too few parts',
      200,
      '{"resourceType":"Bundle","type":"batch-response","entry":[]}',
      {},
      /not as many parts/,
    ],
    ['bytes that are no text', 200, Buffer.from([0x22, 0xff, 0xfe, 0x22]).toString('latin1'), {}, /./],
    [
      'a refusal',
      403,
      '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden","diagnostics":"No scope for\\n9990000018"}]}',
      {},
      /^status 403: error forbidden No scope for …$/,
    ],
    [
      'a failure without words',
      500,
      '{"resourceType":"OperationOutcome"}',
      {},
      /status 500: an OperationOutcome without an issue/,
    ],
    ['a failure of something else', 502, '{"message":"x"}', {}, /status 502: without an OperationOutcome/],
  ] as const)('%s', async (_, status, body, headers, words) => {
    answerWith(status, body, headers)
    await expect(ask()).rejects.toThrow(words)
  })

  it('follows no redirect', async () => {
    let reached = 0
    const other = createServer((_, response) => {
      reached += 1
      response.end('{}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    answerWith(307, '', { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` })
    await expect(ask()).rejects.toThrow(/redirect/)
    other.close()
    expect(reached).toBe(0)
  })

  it('reads no more than ten megabytes', async () => {
    let sent = 0
    server.instead = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      const more = (): void => {
        if (response.destroyed || sent > 40) return
        sent += 1
        response.write(`"${'x'.repeat(1024 * 1024)}",`, () => setImmediate(more))
      }
      response.write('[')
      more()
      return true
    }
    await expect(ask()).rejects.toThrow('an answer that is too long')
    expect(sent).toBeLessThan(40)
  })

  it('fails as a whole where a part was refused: a list that was not read is never told as one with nothing in it', async () => {
    server.instead = (_, response, body) => {
      const entry = (JSON.parse(body).entry as unknown[]).map((__, nth) =>
        nth === 3
          ? {
              response: {
                status: '403 Forbidden',
                outcome: {
                  resourceType: 'OperationOutcome',
                  issue: [{ code: 'forbidden', diagnostics: 'not for you' }],
                },
              },
            }
          : { response: { status: '200' }, resource: { resourceType: 'Bundle', type: 'searchset' } },
      )
      response
        .writeHead(200, { 'content-type': 'application/fhir+json' })
        .end(JSON.stringify({ resourceType: 'Bundle', entry }))
      return true
    }
    await expect(ask()).rejects.toThrow('Encounter: forbidden not for you')
  })
})

describe('a server that wants to be left alone', () => {
  it('is asked again after the moment that it names', async () => {
    let refused = 0
    server.instead = (_, response) => {
      if (refused > 0) return false
      refused += 1
      response.writeHead(429, { 'content-type': 'application/fhir+json', 'retry-after': '0' }).end('{}')
      return true
    }
    expect((await ask())['person']).toHaveLength(1)
  })

  it('is not asked again by any request while the time that it names lasts', async () => {
    answerWith(429, '{"resourceType":"OperationOutcome","issue":[{"code":"throttled"}]}', { 'retry-after': '120' })
    const { source } = openSource(server.url)
    await expect(rowsOf(source, grantWithout(['rowan']))).rejects.toThrow('status 429: throttled')
    await expect(rowsOf(source, grantWithout(['rowan']))).rejects.toThrow('asked to be left alone')
    expect(server.exchanges).toHaveLength(1)
  })
})

describe('a server that hangs', () => {
  it('costs its own part alone, when its time is over', async () => {
    server.instead = () => true
    const reasons: string[] = []
    const guarded = new GuardedSource(openSource(server.url).source, {
      deadlineMs: 200,
      clock: systemClock(),
      onFailure: (_, reason) => reasons.push(reason),
      onAnswers: () => {},
    })
    const [answer] = await guarded.ask([{ grant: grantWithout(['rowan']), selection: whole } as never])
    expect(answer?.state).toBe('UNAVAILABLE')
    expect(reasons).toHaveLength(1)
  })

  it('is let go of when it is closed', async () => {
    server.instead = () => true
    const { source } = openSource(server.url)
    const asking = rowsOf(source, grantWithout(['rowan']))
    await source.close()
    await expect(asking).rejects.toThrow(/abort/i)
  })
})

describe('pages', () => {
  it('are followed to the last', async () => {
    const paged = await startFhirServer({ pageSize: 2 })
    for (const resource of [practice, ...recordOf('rowan')]) await paged.put(resource)
    for (let nth = 0; nth < 5; nth += 1) await paged.put(condition(`c${nth}`, 'rowan', snomed('195967001', 'Asthma')))
    const rows = await rowsOf(openSource(paged.url).source, grantWithout(['rowan']))
    await paged.close()
    expect(rows['gpEntries']).toHaveLength(9)
  })

  it.each([
    ['at another origin', 'http://169.254.169.254/latest/meta-data', /not of this server/],
    ['at another port', 'http://127.0.0.1:1/fhir/x', /not of this server/],
    ['of another scheme', 'file:///etc/passwd', /not of this server/],
    ['with a password', 'http://user:secret@HOST/fhir/x', /not of this server/],
    ['that is no address', 'http://[', /not of this server/],
  ])('%s are not followed', async (_, url, words) => {
    answerBatch(nextAt(url.replace('HOST', server.url.host)))
    await expect(ask()).rejects.toThrow(words)
    expect(server.exchanges).toHaveLength(1)
  })

  it('that go round, or never end, fail the source', async () => {
    const at = (page: number) => new URL(`Condition?page=${page}`, server.url).href
    answerBatch(nextAt(at(1)), () => bundle([], nextAt(at(1))))
    await expect(ask()).rejects.toThrow(/go round/)
    let page = 1
    server.exchanges.length = 0
    answerBatch(nextAt(at(1)), () => {
      page += 1
      return bundle([], nextAt(at(page)))
    })
    await expect(ask()).rejects.toThrow(/more pages of Condition than are followed/)
    expect(server.exchanges.length).toBeLessThan(110)
  })

  it('that are fewer than announced are not taken for the whole', async () => {
    answerBatch({ total: 7 })
    await expect(ask()).rejects.toThrow('7 of Condition announced, 0 given')
  })
})

describe('a value that is not as it should be costs itself', () => {
  const given = async (resource: unknown) => {
    answerBatch({ entry: [{ resource }, null, 7, {}, { resource: 'x' }, { resource: { resourceType: 'Condition' } }] })
    const opened = openSource(server.url)
    const rows = await rowsOf(opened.source, grantWithout(['rowan']))
    return { rows: rows['gpEntries'] ?? [], bad: opened.bad }
  }
  const asthma = {
    ...condition('c', 'rowan', snomed('195967001', 'Asthma')),
    meta: { lastUpdated: '2026-03-02T09:00:00Z' },
  }

  it('a null byte, half a character, a text without end', async () => {
    for (const display of ['As\u0000thma', 'As\ud800thma', 'x'.repeat(5000)]) {
      const { rows } = await given({ ...asthma, code: snomed('195967001', display) })
      expect(rows.map(({ text }) => text)).toEqual(['195967001'])
    }
  })

  it('wrong types, everywhere', async () => {
    const { rows, bad } = await given({
      ...asthma,
      onsetDateTime: '2026-02-30',
      recordedDate: { at: 'noon' },
      recorder: [[{ reference: 5 }]],
      clinicalStatus: 'active',
      verificationStatus: [1, null],
      category: { coding: { code: true } },
    })
    expect(rows).toMatchObject([
      { id: 'AGS:Condition/c', text: 'Asthma', eventAt: null, 'provenance.recordedBy': null },
    ])
    expect(bad).toEqual(expect.arrayContaining(['gpEntries.eventAt', 'gpEntries.id']))
  })

  it('resources that contain each other, references that lead nowhere', async () => {
    const loop: Record<string, unknown> = {
      ...asthma,
      recorder: { reference: '#a' },
      contained: [
        { resourceType: 'PractitionerRole', id: 'a', practitioner: { reference: '#b' } },
        { resourceType: 'Practitioner', id: 'b', contained: [{ resourceType: 'Practitioner', id: 'a' }], name: '#a' },
      ],
      asserter: { reference: 'Practitioner/../../x' },
    }
    expect((await given(loop)).rows).toHaveLength(1)
  })

  it('nothing is told of somebody else, of another type, or of whom no child is named', async () => {
    for (const resource of [
      { ...asthma, subject: of('ash') },
      { ...asthma, subject: { reference: 'https://elsewhere.example/fhir/Patient/rowan' } },
      { ...asthma, subject: undefined },
      { ...asthma, resourceType: 'Procedure' },
      { ...asthma, id: '../../etc' },
      { ...asthma, id: 17 },
      // Nobody says when it was known: it may be of later than the day that is asked for.
      { ...asthma, meta: {} },
      { ...asthma, meta: { lastUpdated: 'yesterday' } },
    ])
      expect((await given(resource)).rows).toEqual([])
  })

  it('a server whose clock is ahead has told us by now', async () => {
    const { rows } = await given({ ...asthma, meta: { lastUpdated: '2031-01-01T00:00:00Z' } })
    expect(rows).toMatchObject([{ 'provenance.recordedAt': '2026-11-20T12:00:00Z' }])
  })

  it('a part of a day of birth is no day, and an empty name no name', async () => {
    const opened = openSource(server.url)
    await server.put(
      patient('odd', {
        identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999000001' }],
        birthDate: '2014-05',
        name: [{ family: '' }],
        gender: 3,
      }),
    )
    const rows = await rowsOf(opened.source, grantWithout(['odd']))
    expect(rows['person']).toMatchObject([{ family: null, dateOfBirth: null, sex: null }])
    expect(opened.bad).toEqual(expect.arrayContaining(['person.sex']))
  })
})

it('the caller hears of none of it', async () => {
  answerWith(500, '{"resourceType":"OperationOutcome","issue":[{"diagnostics":"table patient is locked"}]}')
  const { source } = openSource(server.url)
  expect((await source.health()).detail).toContain('table patient is locked')
  const guarded = new GuardedSource(source, {
    deadlineMs: 500,
    clock: systemClock(),
    onFailure: () => {},
    onAnswers: () => {},
  })
  const [answer] = await guarded.ask([{ grant: grantWithout(['rowan']), selection: whole } as never])
  expect(Object.keys(answer ?? {})).not.toContain('records')
  expect(answer?.state).toBe('UNAVAILABLE')
  expect(never.aborted).toBe(false)
})
