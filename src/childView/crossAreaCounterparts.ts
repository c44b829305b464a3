import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { forceOf, type Registry } from '../foundation/registry.ts'
import { requiredByContracts } from '../records/requiredFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import { completenessOf } from './countCompleteness.ts'
import { type Involvement, involvementLists } from './involvements.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'

/** Whose areas are compared. */
export interface Areas {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
}

/** One discipline, with who of it works with the child for each of the two authorities. */
export interface Discipline {
  readonly agency: string
  readonly ofResponsible: readonly Involvement[]
  readonly ofArea: readonly Involvement[]
  readonly elsewhere: readonly Involvement[]
  /** Authorities where nobody of the discipline is involved; null where that cannot be known. */
  readonly missingIn: readonly string[] | null
}

/** Professionals beside their counterparts. */
export interface Counterparts extends Areas {
  readonly disciplines: readonly Discipline[]
  readonly without: readonly Without[]
}

/**
 * Who works with the child in the authority that is responsible and in the one where the child lives, discipline by
 * discipline: a nurse of the one does not know that there is a nurse of the other.
 *
 * @param open involvements that this caller may read.
 */
export function counterparts(
  open: readonly Involvement[],
  ground: Ground,
  registry: Registry,
  { responsibleLa, areaLa }: Areas,
): Counterparts {
  const areas = [...new Set([responsibleLa, areaLa])].filter((la) => la !== null)
  const isOf = (la: string | null) => (one: Involvement) =>
    la !== null && (one.la === la || (one.la === null && one.force !== null && one.force === forceOf(registry, la)))
  const named = [...new Set(open.map(({ agency }) => agency))].sort()
  return {
    responsibleLa,
    areaLa,
    disciplines: named.map((agency): Discipline => {
      const some = open.filter((one) => one.agency === agency)
      return {
        agency,
        ofResponsible: some.filter(isOf(responsibleLa)),
        ofArea: some.filter(isOf(areaLa)),
        elsewhere: some.filter((one) => !isOf(responsibleLa)(one) && !isOf(areaLa)(one)),
        missingIn: isKnown(agency, ground) ? areas.filter((la) => !some.some(isOf(la))) : null,
      }
    }),
    without: agencies.flatMap((agency) => partOf(agency, ground).without),
  }
}

/** Whether nobody else of the discipline can be there: every list that could name one was read whole. */
const isKnown = (service: string, ground: Ground): boolean => {
  const holding = agencies.filter((agency) => speaksFor(ground.contracts[agency], service))
  return holding.length > 0 && holding.every((agency) => partOf(agency, ground).isKnown)
}

const speaksFor = ({ agency, speakers }: SourceContract, service: string): boolean =>
  agency === service || Object.values(speakers).some((services) => services.includes(service))

function partOf(
  agency: AgencyName,
  ground: Ground,
): { readonly isKnown: boolean; readonly without: readonly Without[] } {
  const lists = involvementLists(ground.contracts).filter((each) => each.agency === agency)
  // A force is told from its records: one that has none may still know the child.
  if (lists.length === 0) return { isKnown: false, without: [] }
  const needs = requiredByContracts({ [agency]: Object.fromEntries(lists.map(({ list }) => [list, ['from', 'to']])) })
  const { completeness, without } = completenessOf({ grounds: [needs] }, ground)
  return { isKnown: completeness === 'WHOLE' && isWhollyOpen(needs, ground), without }
}
