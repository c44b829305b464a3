import { type Count, completenessOf, countOf } from '../childView/countCompleteness.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import type { Label } from '../policy/labels.ts'
import { anyRowsOf } from '../records/agencyAnswers.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { requiredByContracts } from '../records/requiredFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import type { RefusedValues } from '../sources/refusedValues.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { pagesOf } from './candidateChildren.ts'
import { type Asking, demandQuestion } from './oversightQuestion.ts'

export type DataQualityContext = Asking & {
  readonly refusedValues: RefusedValues
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly governance: { readonly policy: Pick<Policy, 'hides'> }
}

/** `HolderQuality` of `schema/oversight.graphql`. */
export interface HolderQuality {
  readonly holder: string
  readonly name: string
  readonly agency: string
  /** Null where it answered for every child. */
  readonly state: string | null
  readonly children: Count
  readonly withoutNhsNumber: Count | null
  readonly withoutUpn: Count | null
  readonly refusedFields: readonly string[]
}

/** Identifiers that each kind's people are to bear. */
const identifiers: Readonly<Partial<Record<AgencyName, readonly ('nhsNumber' | 'upn')[]>>> = {
  health: ['nhsNumber'],
  education: ['upn'],
  socialCare: ['nhsNumber', 'upn'],
}

const needs = requiredByContracts(eachAgency((agency) => ({ person: identifiers[agency] ?? [] })))

interface Tally {
  readonly children: Set<string>
  readonly bearing: Readonly<Record<'nhsNumber' | 'upn', Set<string>>>
}

/**
 * How whole what each holder holds is: of the children with whom the caller's organisation works, how many it holds,
 * how many of them without an identifier, whether it answers, and which of its kind's fields had values that were
 * refused. Nobody is named.
 */
export async function dataQuality(context: DataQualityContext): Promise<readonly HolderQuality[]> {
  demandQuestion(context, 'DATA_QUALITY')
  const { caller, candidates, clock, contracts, registry } = context
  const la = caller.agencyType === 'SOCIAL_CARE' ? caller.la : null
  const tallies = new Map<string, Tally>()
  const states = new Map<string, string>()
  const lacking = new Map<AgencyName, Omit<Count, 'value'>>()
  await context.evaluate(
    pagesOf((last) => candidates.ofOrganisation(caller.organisation, la, ukDay(clock.today()), last)),
    needs,
    (of) => {
      for (const agency of agencies) {
        noteRows(of, agency, tallies)
        for (const { holder, state } of of.answers[agency].gaps ?? []) states.set(holder.id, state)
        if (of.answers[agency].state !== 'ANSWERED') states.set(agency, of.answers[agency].state)
        const ground = { grants: of.child.grants, answers: of.answers, contracts }
        const found = completenessOf({ grounds: [{ [agency]: needs[agency] }] }, ground)
        // One child of whom something is lacking makes the number less than whole.
        if (!lacking.has(agency) || found.completeness !== 'WHOLE') lacking.set(agency, found)
      }
    },
  )
  return agencies.flatMap((agency) =>
    holdersOfKind(registry, agency).map((holder): HolderQuality => {
      const tally = tallies.get(holder.id)
      const completeness = lacking.get(agency) ?? nobodyLookedAt(contracts[agency])
      const children = tally?.children.size ?? 0
      const without = (field: 'nhsNumber' | 'upn') =>
        identifiers[agency]?.includes(field)
          ? countOf(children - (tally?.bearing[field].size ?? 0), completeness)
          : null
      return {
        ...{ holder: holder.id, name: holder.name, agency: contracts[agency].agency },
        state: states.get(holder.id) ?? states.get(agency) ?? null,
        children: countOf(children, completeness),
        withoutNhsNumber: without('nhsNumber'),
        withoutUpn: without('upn'),
        refusedFields: refusedFields(agency, context),
      }
    }),
  )
}

/** Who works with no child has seen nothing of any holder: that is no number of what it holds. */
const nobodyLookedAt = ({ agency, contact = null }: SourceContract): Omit<Count, 'value'> => ({
  completeness: 'NOT_KNOWN',
  without: [{ agency, holder: null, state: 'NOT_LOOKED_FOR', label: null, reason: 'W_NO_RELATIONSHIP', contact }],
})

/** Counts a child once for each holder that has a person for it. */
function noteRows({ child, answers }: ChildAnswers, agency: AgencyName, tallies: Map<string, Tally>): void {
  for (const row of anyRowsOf(answers, agency, 'person')) {
    const holder = row.id.slice(0, row.id.indexOf(':'))
    const tally = tallies.get(holder) ?? { children: new Set(), bearing: { nhsNumber: new Set(), upn: new Set() } }
    tallies.set(holder, tally)
    tally.children.add(child.id)
    for (const field of identifiers[agency] ?? []) if (row[field]) tally.bearing[field].add(child.id)
  }
}

/** Of lists in which nothing can stand whose existence is hidden from the caller: a hidden row moves no word here. */
function refusedFields(
  agency: AgencyName,
  { caller, governance, layouts, contracts, refusedValues }: DataQualityContext,
): readonly string[] {
  const hidden = (label: Label): boolean => governance.policy.hides(caller, label)
  return refusedValues.of(agency).filter((name) => {
    const [list = ''] = name.split('.')
    const layout = layouts[agency].lists.get(list)
    const fields = [...(layout?.type.fields.values() ?? [])].map(({ label }) => label)
    const labels = [
      ...(layout ? [layout.type.label] : []),
      ...fields,
      ...(contracts[agency].lists[list]?.rowLabels ?? []),
    ]
    return layout !== undefined && !labels.some(hidden)
  })
}
