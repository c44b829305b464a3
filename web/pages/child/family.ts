import { type GenogramPerson, type GenogramTie, genogram } from '../../drawings/genogram.ts'
import { type Page, prefix, sealChild } from '../../pageVisit.ts'
import { type Banner, childPage, nameOf } from './childPage.ts'

interface Person {
  readonly key: string
  readonly name: string | null
  readonly nameAs: string
  readonly relation: string
  readonly relationText: string
  readonly generation: number
  readonly sex: string
  readonly inHousehold: boolean | null
  readonly diedOn: string | null
  readonly childId: string | null
  readonly sources: readonly { readonly provenance: { readonly agency: string } }[]
}

type FamilyOfChild = Banner & {
  readonly family: { readonly people: readonly Person[] | null; readonly ties: readonly GenogramTie[] | null } | null
}

const drawn = (person: Person, childName: string): GenogramPerson => {
  const isTheChild = person.relation === 'CHILD'
  return {
    ...{ key: person.key, isTheChild, sex: person.sex, generation: person.generation },
    name: isTheChild ? childName : (person.name ?? (person.nameAs === 'WITHHELD' ? 'Name withheld' : 'No name')),
    relation: isTheChild ? 'The child' : person.relationText,
    died: person.diedOn !== null,
    livesWithChild: person.inHousehold === true && !isTheChild,
  }
}

/** The family as a genogram, with the same as a table. */
export const familyPage: Page = {
  method: 'GET',
  path: '/child/:child/family',
  answer: (visit) =>
    childPage<FamilyOfChild>(visit, 'family', 'childFamily', (child, { purpose }) => {
      const people = child.family?.people ?? []
      const name = nameOf(child)
      return {
        drawing:
          people.length < 2
            ? null
            : genogram(
                people.map((person) => drawn(person, name)),
                child.family?.ties ?? [],
              ),
        people: people
          .filter(({ relation }) => relation !== 'CHILD')
          .map((person) => ({
            ...person,
            agencies: [...new Set(person.sources.map(({ provenance }) => provenance.agency))],
            href: person.childId && `${prefix}/child/${sealChild(visit, { id: person.childId, purpose })}`,
          })),
      }
    }),
}
