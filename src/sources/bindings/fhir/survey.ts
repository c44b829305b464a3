import type { FhirClient } from './client.ts'
import type { CodeBook } from './codeBook.ts'
import type { Reading } from './draft.ts'
import { isObject, type Json, listAt, textAt } from './json.ts'
import { FhirError } from './outcome.ts'
import { bundleOf, everyPage } from './pages.ts'
import { resourceTypes, searchOf } from './searches.ts'
import { subjectsOf } from './subjects.ts'

/** So many patients are looked at: enough to see what has to be mapped. */
const mostPatients = 200
const mostSystemsNamed = 5

/**
 * What of a server's records nobody classified, and which values cannot be read, counted over some patients: a sentence
 * for each type, with code systems and without a code, a value or a name.
 */
export async function surveyOf(
  client: FhirClient,
  reading: Omit<Reading, 'names' | 'onBad' | 'base'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const bad = new Map<string, number>()
  const onBad = (list: string, field: string): void => {
    bad.set(`${list}.${field}`, (bad.get(`${list}.${field}`) ?? 0) + 1)
  }
  const whole: Reading = { ...reading, onBad, base: client.base, names: new Map() }
  const patients = await patientsOf(client, signal)
  if (patients.length === 0) return []
  const parts = await client.batch(
    resourceTypes.map((type) => searchOf(type, patients, null)),
    signal,
  )
  const told: string[] = []
  for (const [nth, type] of resourceTypes.entries()) {
    const part = parts[nth]
    if (!part) throw new FhirError(0, `no answer about ${type.type}`)
    const { matches } = await everyPage(client, type.type, bundleOf(part, type.type), signal)
    const systems = new Map<string, number>()
    let unclassified = 0
    let records = 0
    for (const resource of matches)
      for (const person of subjectsOf(type, resource, client.base))
        for (const { isUnclassified } of type.records(whole, resource, person)) {
          records += 1
          if (!isUnclassified) continue
          unclassified += 1
          const named = uncoveredIn(resource, reading.book)
          for (const system of named.length > 0 ? named : ['no code of any system'])
            systems.set(system, (systems.get(system) ?? 0) + 1)
        }
    if (unclassified > 0)
      told.push(`${type.type}: ${unclassified} of ${records} are not classified (${listed(systems)})`)
  }
  return [
    ...told,
    ...[...bad].map(
      ([field, count]) => `${field}: ${count} cannot be read and ${count === 1 ? 'is' : 'are'} not known`,
    ),
  ]
}

async function patientsOf(client: FhirClient, signal: AbortSignal): Promise<readonly string[]> {
  const page = await client.get(client.address(`Patient?_count=${mostPatients}`), signal)
  const entries: unknown = page['entry'] ?? []
  if (page['resourceType'] !== 'Bundle' || !Array.isArray(entries)) throw new FhirError(0, 'no Bundle of patients')
  return entries
    .flatMap((entry: unknown) => (isObject(entry) ? listAt(entry, 'resource') : []))
    .flatMap((patient) => (patient['resourceType'] === 'Patient' ? (textAt(patient, 'id') ?? []) : []))
    .slice(0, mostPatients)
}

const deepest = 6

/** Systems of a record's codes that nobody looked through. */
function uncoveredIn(resource: Json, book: CodeBook): readonly string[] {
  const found = new Set<string>()
  const walk = (value: unknown, depth: number): void => {
    if (depth > deepest) return
    if (Array.isArray(value)) for (const item of value.slice(0, 200)) walk(item, depth + 1)
    if (!isObject(value)) return
    for (const coding of listAt(value, 'coding')) {
      const system = textAt(coding, 'system')
      if (system !== null && !book.covered.has(system)) found.add(system.slice(0, 120))
    }
    for (const [name, inner] of Object.entries(value)) if (name !== 'contained') walk(inner, depth + 1)
  }
  walk(resource, 0)
  return [...found]
}

const listed = (systems: ReadonlyMap<string, number>): string =>
  [...systems]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostSystemsNamed)
    .map(([system, count]) => `${system}: ${count}`)
    .join(', ')
