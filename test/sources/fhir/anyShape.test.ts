import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampled } from '../../support/sample.ts'
import { condition, doctor, doctorHere, hiddenOf, of, practice, recordOf, snomed } from './support/children.ts'
import { grantWithout, layout, openSource, rowsOf } from './support/reading.ts'
import { type FhirServer, type Resource, startFhirServer } from './support/server.ts'

/** What stands in the place of a value in resources of others. */
const oddities: readonly unknown[] = [
  ...[null, '', 0, -1, 1e308, true, [], {}, [[]], [null], [{}]],
  ...['2014', '2014-05', '2014-13-45', '2026-02-10T25:61:00Z', '0000-00-00', '#inside', 'Patient/', 'urn:uuid:x'],
  ...[{ reference: '#inside' }, { reference: 5 }, { coding: 'x' }, { coding: [null, { code: 7 }] }, { value: 'x' }],
  ...['x'.repeat(9000), 'A\u0000B', 'A\ud800B', [{ start: 'x', end: 4 }], { start: '2027', end: '2019' }],
]

type Path = readonly (string | number)[]

/** Every place of a value, the outer before the inner; whose it is and what it is called stay. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Object.entries(value).flatMap(([key, each]) =>
    at.length === 0 && (key === 'resourceType' || key === 'id')
      ? []
      : pathsOf(each, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return at.length === 0 ? inner : [at, ...inner]
}

function changedAt(value: unknown, [key, ...rest]: Path, to: (before: unknown) => unknown): unknown {
  if (key === undefined) return to(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  copy[key] = changedAt(copy[key], rest, to)
  return copy
}

const contained = { contained: [{ resourceType: 'Practitioner', id: 'inside', name: [{ text: 'Dr Inside' }] }] }

/** Each resource with one value missing, and with one that is odd; and with its references pointing into itself. */
const shapesOf = (resource: Resource): readonly Resource[] =>
  pathsOf(resource).flatMap((path, nth) =>
    [undefined, ...[0, 1, 2].map((more) => oddities[(nth * 3 + more) % oddities.length])].map(
      (odd, place) =>
        ({
          ...(changedAt(resource, path, () => odd) as Resource),
          ...(place === 3 ? contained : {}),
          id: `${resource.id}-${nth}-${place}`,
        }) as Resource,
    ),
  )

const control = condition('control', 'rowan', snomed('195967001', 'Asthma'), { recordedDate: '2019-06-02' })
const [patientOf, ...records] = [...recordOf('rowan'), ...hiddenOf('rowan')]
const shapes = sampled(records.flatMap(shapesOf), 400)
const somebodyElses = recordOf('other').map((resource) => ({ ...resource, id: `${resource.id}-other` }))

describe('whatever shape resources come in', () => {
  let server: FhirServer
  let answered: Awaited<ReturnType<typeof rowsOf>>
  const bad = new Set<string>()

  /** Hands out resources by type as a server does that filters by nothing. */
  const handOut = (resources: readonly Resource[]): void => {
    server.instead = (_, response, body) => {
      const { entry = [] } = body === '' ? {} : (JSON.parse(body) as { entry?: { request: { url: string } }[] })
      const bundleOf = (url: string) => ({
        ...{ resourceType: 'Bundle', type: 'searchset' },
        entry: resources
          .filter(({ resourceType }) => new RegExp(`^${resourceType}[?/]`).test(url))
          .map((resource) => ({ resource })),
      })
      const parts = entry.map(({ request }) => ({ response: { status: '200 OK' }, resource: bundleOf(request.url) }))
      const text = JSON.stringify({ resourceType: 'Bundle', type: 'batch-response', entry: parts })
      response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(text)
      return true
    }
  }
  beforeAll(async () => {
    server = await startFhirServer()
    handOut([...(patientOf ? [patientOf] : []), practice, doctor, doctorHere, control, ...shapes, ...somebodyElses])
    const opened = openSource(server.url)
    answered = await rowsOf(opened.source, grantWithout(['rowan']))
    for (const each of opened.bad) bad.add(each)
  })
  afterAll(() => server?.close())

  it('none fails the answer, and what is whole is told beside them', () => {
    expect(shapes.length).toBeGreaterThan(300)
    expect(answered['gpEntries']).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'AGS:Condition/control', text: 'Asthma' })]),
    )
  })

  it('every value that is told is one that its type lets through', () => {
    const wrong = Object.entries(answered).flatMap(([list, rows]) =>
      rows.flatMap((row) =>
        [...(layout.lists.get(list)?.columns.values() ?? [])].flatMap(({ field, clean }) => {
          const value = row[field]
          if (!clean || value === null || value === undefined) return []
          return JSON.stringify(clean(value)) === JSON.stringify(value) ? [] : [`${list}.${field}: ${String(value)}`]
        }),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('what was refused is named by list and field, and nothing of anybody else is told', () => {
    expect([...bad].every((name) => /^[a-zA-Z.]+$/.test(name))).toBe(true)
    expect(bad.size).toBeGreaterThan(3)
    expect(JSON.stringify(answered)).not.toContain('-other')
    expect(JSON.stringify(answered)).not.toContain(of('other').reference)
  })

  it('no part of a day is made into a day', () => {
    const days = Object.values(answered).flatMap((rows) => rows.map(({ eventAt }) => eventAt))
    expect(days.filter((day) => typeof day === 'string' && !/^\d{4}-\d{2}-\d{2}/.test(day))).toEqual([])
  })
})
