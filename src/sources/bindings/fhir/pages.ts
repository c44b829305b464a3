import type { BatchPart, FhirClient } from './client.ts'
import { linkTo } from './client.ts'
import { isObject, type Json, objectAt, textAt } from './json.ts'
import { FhirError } from './outcome.ts'

/** So many pages of one search are followed; an endless chain of them fails the source. */
const mostPages = 100
const mostResources = 50_000

/** What a search found, page after page. */
export interface Found {
  /** Resources of the type that was searched for. */
  readonly matches: readonly Json[]
  /** Others that came with them. */
  readonly included: readonly Json[]
}

/**
 * All of a search, from its first page on. What comes is all there is, or nothing: a chain of pages that breaks off,
 * leaves the server, or goes round is never taken for the whole.
 */
export async function everyPage(client: FhirClient, type: string, first: Json, signal: AbortSignal): Promise<Found> {
  const matches: Json[] = []
  const included: Json[] = []
  const seen = new Set<string>()
  let page = first
  for (let count = 1; ; count += 1) {
    for (const resource of resourcesOf(page)) (resource['resourceType'] === type ? matches : included).push(resource)
    const next = linkTo(page, 'next')
    if (next === null) break
    const url = client.address(next)
    if (seen.has(url.href)) throw new FhirError(0, `pages of ${type} that go round`)
    seen.add(url.href)
    if (count >= mostPages || matches.length > mostResources)
      throw new FhirError(0, `more pages of ${type} than are followed`)
    page = await client.get(url, signal)
  }
  const total = first['total']
  if (typeof total === 'number' && total > matches.length)
    throw new FhirError(0, `${total} of ${type} announced, ${matches.length} given, and no next page`)
  return { matches, included }
}

/** @throws FhirError in the server's words where it refused. */
export function bundleOf({ status, resource, words }: BatchPart, what: string): Json {
  if (status < 200 || status > 299) throw new FhirError(status, `${what}: ${words}`)
  if (resource?.['resourceType'] !== 'Bundle') throw new FhirError(status, `${what}: no Bundle`)
  return resource
}

/** @throws FhirError where an answer is no Bundle of resources. */
function resourcesOf(page: Json): readonly Json[] {
  if (page['resourceType'] !== 'Bundle') throw new FhirError(0, 'a page that is no Bundle')
  const entries: unknown = page['entry'] ?? []
  if (!Array.isArray(entries)) throw new FhirError(0, 'a Bundle whose entries are no list')
  return entries.flatMap((entry: unknown): readonly Json[] => {
    if (!isObject(entry) || textAt(objectAt(entry, 'search'), 'mode') === 'outcome') return []
    const resource = objectAt(entry, 'resource')
    return resource ? [resource] : []
  })
}
