import type { Config } from '../foundation/config.ts'
import type { Registry } from '../foundation/registry.ts'
import { personOf } from '../identity/person.ts'
import { type FhirPerson, fhirPeople } from '../sources/bindings/fhir/people.ts'
import type { IndexedPerson } from './agencyPeople.ts'
import { behindFhir, type FhirHolderEntry } from './fhirFiles.ts'
import { clientOf, namedAddress } from './fhirHolders.ts'
import type { PeopleOfHolders } from './registerHolderPeople.ts'

/** A page of patients may take as long as this. */
const pageMs = 60_000

/** Those whom holders behind FHIR servers know. */
export const peopleBehindFhir = (
  registry: Registry,
  config: Pick<Config, 'demonstration' | 'holderUrls'>,
): readonly PeopleOfHolders[] =>
  behindFhir(registry).map((holder) => ({
    ...{ id: holder.id, kind: holder.kind, holders: [holder.id], tellsOfNobody: true },
    count: () => Promise.resolve(0),
    pages: () => pagesOf(holder, config),
  }))

async function* pagesOf(
  holder: FhirHolderEntry,
  config: Pick<Config, 'demonstration' | 'holderUrls'>,
): AsyncGenerator<readonly IndexedPerson[]> {
  const client = clientOf(holder, namedAddress(holder, config), config)
  const { timeZone } = holder
  // A patient who was merged into another is that one.
  for await (const page of fhirPeople(client, { timeZone, signal: () => AbortSignal.timeout(pageMs) }))
    yield page.filter(({ replacedBy }) => replacedBy.length === 0).map((person) => entryOf(holder, person))
}

/** A patient, as the identity register takes people in. */
export function entryOf(holder: Pick<FhirHolderEntry, 'id' | 'kind'>, person: FhirPerson): IndexedPerson {
  const { given, family, formerNames, sex, nhsNumber, addresses, isProtected } = person
  const [first = null, ...others] = given?.split(' ') ?? []
  const current = addresses.find(({ to }) => to === null)
  return {
    agency: holder.kind,
    holder: holder.id,
    localId: person.localId,
    person: personOf({
      ...{ given: first, middle: others.join(' ') || null, family, sex, nhsNumber },
      otherFamily: formerNames.flatMap((name) => name.family ?? []),
      birth: person.dateOfBirth,
      nhsVerified: person.nhsNumberVerified === true,
      postcode: current?.postcode ?? null,
      previousPostcodes: addresses.flatMap((address) => (address === current ? [] : address.postcode)),
    }),
    isProtected,
    hasProtectedPlace: isProtected,
  }
}
