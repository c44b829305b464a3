import { family, type KnownRelative, numbersOfRelatives, wholeFamilyNeeds } from '../src/childView/family.ts'
import { status, statusNeeds } from '../src/childView/status.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { joined } from '../src/disclosure/requestContext.ts'
import { mayReadOfRelative } from '../src/facts/registerEntitlement.ts'

/** Field of `Child` in `schema/family.graphql`. */
export const resolvers = {
  Child: {
    family: joined(wholeFamilyNeeds, async (child, answers, _args, context: DisclosureRequest) => {
      const relatives = await relativesOf(numbersOfRelatives(answers), child.asOf, context)
      const { contracts } = context
      return family(answers, { grants: child.grants, contracts }, child.asOf, relatives)
    }),
  },
}

/** Of the children whom the records number, those of whom this caller may know by themselves. */
async function relativesOf(
  numbers: readonly string[],
  asOf: string,
  { find, readRelated, contracts, registry, caller }: DisclosureRequest,
): Promise<ReadonlyMap<string, KnownRelative>> {
  const relatives = new Map<string, KnownRelative>()
  if (numbers.length === 0) return relatives
  const found = await Promise.all(numbers.map(async (number) => ({ number, ids: await find('LA_CHILD_ID', number) })))
  const may = (facts: Parameters<typeof mayReadOfRelative>[1]) => mayReadOfRelative(caller, facts) === 'ALLOWED'
  const known = await readRelated(
    found.flatMap(({ ids }) => ids),
    statusNeeds,
    asOf,
    may,
  )
  for (const { number, ids } of found) {
    const [one, ...others] = known.filter(({ child }) => ids.includes(child.id))
    if (!one || others.length > 0) continue
    const { child, answers } = one
    const keepsCase = caller.la !== null && caller.la === child.facts.responsibleLa
    relatives.set(number, {
      childId: child.id,
      status: status(answers, { grants: child.grants, contracts }, registry, child.asOf, {
        keepsCase,
        lastKnown: null,
      }),
    })
  }
  return relatives
}
