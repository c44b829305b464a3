import { afterAll, beforeAll, expect, it } from 'vitest'
import { fhirClient } from '../../../src/sources/bindings/fhir/client.ts'
import { surveyOf } from '../../../src/sources/bindings/fhir/survey.ts'
import { condition, hiddenOf, patient, recordOf, snomed } from './support/children.ts'
import { asOf, book, holder, layout, never } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer()
})
afterAll(() => server?.close())

const survey = () =>
  surveyOf(fhirClient({ base: server.url, tokens: null }), { layout, holder, book, readAt: asOf }, never)

it('says nothing of a server that nobody is in, or of which everything is classified', async () => {
  expect(await survey()).toEqual([])
  for (const resource of recordOf('rowan')) await server.put(resource)
  expect(await survey()).toEqual([])
})

it('counts what nobody classified by type and code system, and what cannot be read, without a value', async () => {
  for (const resource of [patient('ash'), ...hiddenOf('ash')]) await server.put(resource)
  await server.put(condition('odd', 'ash', snomed('195967001', 'Asthma'), { onsetDateTime: 'in her third year' }))
  expect(await survey()).toEqual([
    // Three without a code, one of them restricted; one of a system of the holder's own.
    'Condition: 4 of 10 are not classified (no code of any system: 3, urn:local: 1)',
    'gpEntries.eventAt: 1 cannot be read and is not known',
  ])
})
