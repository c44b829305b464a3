import { keepProtectedPlaces } from '../facts/protectedPlace.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Holder } from '../foundation/holder.ts'
import type { IdentityService } from '../identity/identityService.ts'
import type { Household } from '../identity/linkHouseholds.ts'
import { keepOwnNumbers } from '../identity/ownNumbers.ts'
import { type Described, personOf } from '../identity/person.ts'
import { entryName } from '../identity/takeInPeople.ts'
import { noteIndexed } from '../registers/holderStates.ts'
import { countImportedPeople, importedPeople } from '../sources/bindings/files/importedPeople.ts'
import type { ChildDescribed } from '../sources/bindings/files/incoming.ts'
import { serving } from '../sources/servedHolders.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { Database } from '../store/database.ts'
import type { Stores } from '../store/stores.ts'
import { agencyPeople, countPeople, type IndexedPerson } from './agencyPeople.ts'
import type { Place } from './kindTables.ts'

/** Everybody whom some holders of one kind know now, page by page. */
export interface PeopleOfHolders {
  /** For operators. */
  readonly id: string
  readonly kind: AgencyName
  readonly holders: readonly string[]
  /** Whether that there is nobody says so: of a holder whose first file is yet to come it says nothing. */
  readonly tellsOfNobody: boolean
  /** 0 where it is not known before the last page. */
  readonly count: () => Promise<number>
  readonly pages: () => AsyncIterable<readonly IndexedPerson[]>
}

/** Those of tables that are read here. */
export const peopleInTables = ({ id, kind, layout, holders, mapping }: Place, stores: Stores): PeopleOfHolders => ({
  ...{ id, kind, holders: holders.map((holder) => holder.id), tellsOfNobody: true },
  count: () => countPeople(stores.owner(id), layout),
  pages: () =>
    agencyPeople({ agency: kind, database: stores.owner(id), layout, served: serving(kind, holders), mapping }),
})

/** Those of whom a holder handed in files. */
export const peopleInFiles = (
  { id, kind }: Pick<Holder, 'id' | 'kind'>,
  gateway: Database,
  { contract }: Pick<SourceLayout, 'contract'>,
): PeopleOfHolders => ({
  ...{ id, kind, holders: [id], tellsOfNobody: false },
  count: () => countImportedPeople(gateway, id),
  pages: async function* () {
    for await (const people of importedPeople(gateway, id, contract.lists['person']?.ownNumber))
      yield people.map(
        ({ id: localId, isProtected, hasProtectedPlace, child, ownNumbers, ...described }): IndexedPerson => ({
          ...{ agency: kind, localId, holder: id, isProtected, hasProtectedPlace, ownNumbers },
          person: personOf(described),
          ...(child ? { child: childOf(child) } : {}),
        }),
      )
  },
})

const childOf = ({ dateOfBirth, nhsNumberVerified, ...described }: ChildDescribed) =>
  personOf({ ...described, birth: dateOfBirth ?? null, nhsVerified: nhsNumberVerified === true } as Described)

/** Households of a page, with the child whom each matters to. */
export const householdsIn = (
  people: readonly IndexedPerson[],
  records: ReadonlyMap<string, string>,
): readonly Household[] =>
  people.flatMap(({ agency, localId, holder, child }) => {
    const record = records.get(entryName(agency, localId, holder))
    return record === undefined || child === undefined ? [] : [{ record, child }]
  })

export interface TakeInOptions {
  readonly clock: Clock
  readonly onProgress: (done: number, all: number) => void
  /** Told of each page, with the record of each person in the register. */
  readonly onPage?: (people: readonly IndexedPerson[], records: ReadonlyMap<string, string>) => void
}

/**
 * Takes people into the register, keeps whose places must not be found, and at the end that these holders were looked
 * through: until then nothing is said to be held of nobody.
 *
 * @returns how many are in the register.
 */
export async function takeIn(
  service: IdentityService,
  gateway: Database,
  { kind, holders, tellsOfNobody, count, pages }: PeopleOfHolders,
  { clock, onProgress, onPage = () => {} }: TakeInOptions,
): Promise<number> {
  const all = await count()
  let taken = 0
  let done = 0
  for await (const people of pages()) {
    const records = await service.takeIn(people)
    onPage(people, records)
    const guarded = people.flatMap(({ hasProtectedPlace, localId, holder = '' }) =>
      hasProtectedPlace ? { person: localId, holder } : [],
    )
    await keepProtectedPlaces(gateway, kind, guarded, clock.now())
    await keepOwnNumbers(gateway, kind, people)
    taken += records.size
    done += people.length
    onProgress(done, all)
  }
  if (done > 0 || tellsOfNobody) await noteIndexed(gateway, holders, clock.now())
  return taken
}
