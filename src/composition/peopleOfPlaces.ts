import type { PeoplePage, ReadPeople } from '../federation/peopleEndpoint.ts'
import { serving } from '../sources/servedHolders.ts'
import type { Stores } from '../store/stores.ts'
import { type DescribedPerson, describedPeople } from './agencyPeople.ts'
import type { Place } from './kindTables.ts'

/** Whom the tables know that a process reads itself: place by place, and each by id. */
export const peopleOfPlaces =
  (places: readonly Place[], stores: Stores): ReadPeople =>
  async (after) => {
    const [, at = '0', id = ''] = after === null ? [] : (/^(\d{1,4}) (.*)$/su.exec(after) ?? ['', '-1'])
    const place = places[Number(at)]
    if (!place) return places.length === 0 && after === null ? { people: [], next: null } : undefined
    const { kind, layout, holders, mapping } = place
    const served = serving(kind, holders)
    const page = await describedPeople({ agency: kind, database: stores.owner(place.id), layout, served, mapping }, id)
    const next = Number(at) + 1
    return {
      people: page.people.map(toldOf),
      next: page.last === null ? (next < places.length ? `${next} ` : null) : `${at} ${page.last}`,
    }
  }

function toldOf(person: DescribedPerson): PeoplePage['people'][number] {
  const { localId, holder, isProtected, hasProtectedPlace, ownNumbers = [], described } = person
  const { given = null, middle = null, family = null, birth = null, expected = null, sex = null } = described
  const { upn = null, postcode = null, nhsNumber = null, nhsVerified = false } = described
  const { otherFamily = [], previousPostcodes = [] } = described
  return {
    ...{ localId, holder, isProtected, hasProtectedPlace, ownNumbers: [...ownNumbers] },
    described: {
      ...{ given, middle, family, birth, expected, sex, upn, postcode, nhsNumber, nhsVerified },
      ...{ otherFamily: [...otherFamily], previousPostcodes: [...previousPostcodes] },
    },
  }
}
