import { type FhirClient, linkTo } from './client.ts'
import { dayOf, instantOf, isFhirDate } from './dates.ts'
import { idOf, isObject, type Json, listAt, localReference, objectAt, textAt } from './json.ts'
import { FhirError } from './outcome.ts'
import { currentName, givenOf, isVerified, nhsIdentifier } from './records/patient.ts'

/** A name in parts. */
export interface PersonName {
  readonly given: string | null
  readonly family: string | null
}

/** What the identity register needs of one person: to find the right child, and for nothing else. */
export interface FhirPerson extends PersonName {
  readonly localId: string
  readonly formerNames: readonly PersonName[]
  /** As much of it as is known: `2014`, `2014-05` or a day. */
  readonly dateOfBirth: string | null
  readonly sex: string | null
  readonly nhsNumber: string | null
  readonly nhsNumberVerified: boolean | null
  readonly addresses: readonly {
    readonly postcode: string
    readonly from: string | null
    readonly to: string | null
  }[]
  /** Where they are must not be found: a postcode of theirs makes no key. */
  readonly isProtected: boolean
  /** Patients that this one was merged into. */
  readonly replacedBy: readonly string[]
  readonly changedAt: string | null
}

export interface PeopleOptions {
  /** Only those whose record was changed since then. */
  readonly changedSince?: string | undefined
  readonly timeZone: string
  /** For each page its own. */
  readonly signal: () => AbortSignal
}

const pageSize = 500
/** A register of a few million patients; a chain that never ends is not followed for ever. */
const mostPages = 20_000

/**
 * Everybody whom the server knows as a patient, page by page and by when they were changed, so that whoever breaks off
 * can begin again where they stopped.
 *
 * @throws FhirError where the pages break off: some people are never taken for all.
 */
export async function* fhirPeople(
  client: FhirClient,
  { changedSince, timeZone, signal }: PeopleOptions,
): AsyncGenerator<readonly FhirPerson[]> {
  const search = new URLSearchParams({ _sort: '_lastUpdated', _count: String(pageSize) })
  if (changedSince !== undefined) search.set('_lastUpdated', `ge${changedSince}`)
  let url: URL | null = client.address(`Patient?${search}`)
  const seen = new Set<string>()
  for (let pages = 1; url !== null; pages += 1) {
    if (seen.has(url.href) || pages > mostPages) throw new FhirError(0, 'pages of patients that do not end')
    seen.add(url.href)
    const page: Json = await client.get(url, signal())
    if (page['resourceType'] !== 'Bundle') throw new FhirError(0, 'a page of patients that is no Bundle')
    yield patientsOf(page).flatMap((patient) => personIn(patient, timeZone, client.base) ?? [])
    const next = linkTo(page, 'next')
    url = next === null ? null : client.address(next)
  }
}

const patientsOf = (page: Json): readonly Json[] => {
  const entries: unknown = page['entry'] ?? []
  if (!Array.isArray(entries)) throw new FhirError(0, 'a Bundle whose entries are no list')
  return entries.flatMap((entry: unknown) => {
    const resource = isObject(entry) ? objectAt(entry, 'resource') : null
    return resource?.['resourceType'] === 'Patient' ? [resource] : []
  })
}

/** Null of a resource that has no id. */
export function personIn(patient: Json, timeZone: string, base: string): FhirPerson | null {
  const localId = idOf(patient)
  if (localId === null) return null
  const name = currentName(patient)
  const number = nhsIdentifier(patient)
  const isProtected = isRestricted(patient)
  return {
    localId,
    ...nameOf(name),
    formerNames: listAt(patient, 'name')
      .filter((each) => each !== name)
      .map(nameOf),
    dateOfBirth: isFhirDate(patient['birthDate']) ? textAt(patient, 'birthDate') : null,
    sex: textAt(patient, 'gender'),
    nhsNumber: textAt(number, 'value'),
    nhsNumberVerified: isVerified(number),
    addresses: isProtected ? [] : addressesOf(patient, timeZone),
    isProtected,
    replacedBy: listAt(patient, 'link')
      .filter((link) => textAt(link, 'type') === 'replaced-by')
      .flatMap((link) => {
        const reference = localReference(textAt(objectAt(link, 'other'), 'reference'), base)
        return reference?.startsWith('Patient/') ? [reference.slice('Patient/'.length)] : []
      }),
    changedAt: instantOf(objectAt(patient, 'meta')?.['lastUpdated']),
  }
}

const nameOf = (name: Json | null): PersonName => ({ given: givenOf(name), family: textAt(name, 'family') })

const addressesOf = (patient: Json, timeZone: string): FhirPerson['addresses'] =>
  listAt(patient, 'address').flatMap((address) => {
    const postcode = textAt(address, 'postalCode')
    const period = objectAt(address, 'period')
    return postcode === null
      ? []
      : [{ postcode, from: dayOf(period?.['start'], timeZone), to: dayOf(period?.['end'], timeZone) }]
  })

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

/** The spine marks whose whereabouts must not be told as restricted, or very restricted. */
const isRestricted = (patient: Json): boolean =>
  listAt(objectAt(patient, 'meta'), 'security').some(
    (mark) => textAt(mark, 'system') === confidentiality && ['R', 'V', 'REDACTED'].includes(textAt(mark, 'code') ?? ''),
  )
