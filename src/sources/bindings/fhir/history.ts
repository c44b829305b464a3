import type { FhirClient } from './client.ts'
import { linkTo } from './client.ts'
import { instantOf } from './dates.ts'
import { idOf, isObject, type Json, objectAt, textAt } from './json.ts'
import { FhirError } from './outcome.ts'
import { bundleOf } from './pages.ts'

const mostPages = 20
const gone = new Set([404, 410])

/**
 * What resources said on a day: each as its latest version up to then, and none that was written later. What was
 * deleted since then no search finds any more.
 *
 * @param patient a child who is asked about: that the server tells no history at all is seen by this one, whatever
 * else it holds.
 * @throws FhirError where the server keeps no history: what it held on that day is then not known.
 */
export async function asOfDay(
  client: FhirClient,
  resources: readonly Json[],
  asOf: string,
  patient: string,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const later = resources.filter((resource) => !isBefore(updatedOf(resource), asOf))
  const names = later.flatMap((resource) => {
    const id = idOf(resource)
    return id === null ? [] : [`${resource['resourceType']}/${id}`]
  })
  const [probe, ...parts] = await client.batch(
    [`Patient/${patient}/_history?_count=1`, ...names.map((name) => `${name}/_history`)],
    signal,
  )
  if (probe && !gone.has(probe.status)) bundleOf(probe, 'no history, so what was held on that day is not known')
  const versions = await Promise.all(
    parts.map(async (part, nth) => {
      const first = bundleOf(
        part,
        `no history of ${names[nth]?.split('/')[0]}, so what was held on that day is not known`,
      )
      return versionAt(await entriesOf(client, first, signal), asOf)
    }),
  )
  return [
    ...resources.filter((resource) => isBefore(updatedOf(resource), asOf)),
    ...versions.filter((version) => version !== null),
  ]
}

async function entriesOf(client: FhirClient, first: Json, signal: AbortSignal): Promise<readonly Json[]> {
  const entries: Json[] = []
  let page = first
  for (let count = 1; ; count += 1) {
    const given: unknown = page['entry']
    if (Array.isArray(given)) entries.push(...given.filter(isObject))
    const next = linkTo(page, 'next')
    if (next === null) return entries
    if (count >= mostPages) throw new FhirError(0, 'more versions of one record than are read')
    page = await client.get(client.address(next), signal)
  }
}

/** The latest version up to a day; null where there was none, or where it had been deleted by then. */
function versionAt(entries: readonly Json[], asOf: string): Json | null {
  let found: { readonly at: number; readonly resource: Json | null } | null = null
  for (const entry of entries) {
    const resource = objectAt(entry, 'resource')
    const at = resource ? updatedOf(resource) : instantOf(objectAt(entry, 'response')?.['lastModified'])
    if (at === null || !isBefore(at, asOf)) continue
    const isDeleted = textAt(objectAt(entry, 'request'), 'method') === 'DELETE'
    const instant = Date.parse(at)
    if (found === null || instant >= found.at) found = { at: instant, resource: isDeleted ? null : resource }
  }
  return found?.resource ?? null
}

const updatedOf = (resource: Json): string | null => instantOf(objectAt(resource, 'meta')?.['lastUpdated'])

const isBefore = (at: string | null, asOf: string): boolean => at !== null && Date.parse(at) <= Date.parse(asOf)
