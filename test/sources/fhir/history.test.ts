import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { condition, patient, snomed } from './support/children.ts'
import { grantWithout, openSource, rowsOf } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer()
})
afterEach(async () => {
  server.refuses = null
  await server.clear()
})
afterAll(() => server?.close())

const textsAsOf = async (day: string) => {
  const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan'], [], { asOf: day }))
  return (rows['gpEntries'] ?? []).map(({ text }) => text)
}

describe('what was held on a day', () => {
  const asthma = (display: string) => condition('c', 'rowan', snomed('195967001', display))

  it('is the version of that day', async () => {
    await server.put(patient('rowan'), '2020-01-01T00:00:00Z')
    await server.put(asthma('Wheeze'), '2024-03-01T10:00:00Z')
    await server.put(asthma('Asthma'), '2025-06-01T10:00:00Z')
    await server.put(condition('later', 'rowan', snomed('3', 'Eczema')), '2025-07-01T10:00:00Z')
    expect(await textsAsOf('2026-11-20T12:00:00Z')).toEqual(['Asthma', 'Eczema'])
    expect(await textsAsOf('2025-06-30T23:59:59Z')).toEqual(['Asthma'])
    expect(await textsAsOf('2024-12-31T23:59:59Z')).toEqual(['Wheeze'])
    expect(await textsAsOf('2024-03-01T10:00:00Z')).toEqual(['Wheeze'])
    expect(await textsAsOf('2024-02-29T23:59:59Z')).toEqual([])
  })

  it('asks for no history where nothing was written since, but of one who is asked about', async () => {
    await server.put(patient('rowan'), '2020-01-01T00:00:00Z')
    await server.put(asthma('Asthma'), '2020-01-02T00:00:00Z')
    server.asked.length = 0
    expect(await textsAsOf('2025-01-01T00:00:00Z')).toEqual(['Asthma'])
    expect(server.asked.filter((url) => url.includes('_history'))).toEqual(['Patient/rowan/_history?_count=1'])
  })

  it('is not known where the server keeps no history, whatever it holds', async () => {
    await server.put(patient('rowan'), '2020-01-01T00:00:00Z')
    server.refuses = /_history/
    await expect(textsAsOf('2025-01-01T00:00:00Z')).rejects.toThrow('what was held on that day is not known')
    await server.put(asthma('Asthma'), '2025-06-01T10:00:00Z')
    await expect(textsAsOf('2025-01-01T00:00:00Z')).rejects.toThrow('what was held on that day is not known')
    expect(await textsAsOf('2026-11-20T12:00:00Z')).toEqual(['Asthma'])
  })
})
