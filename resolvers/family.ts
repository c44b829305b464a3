import { keepsCase } from '../src/childView/authoritiesAsDisclosed.ts'
import { status, statusNeeds } from '../src/childView/banner.ts'
import {
  family,
  type KnownRelative,
  type NumberedRelative,
  numberedRelatives,
  relativeKey,
  wholeFamilyNeeds,
} from '../src/childView/family.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { joined } from '../src/disclosure/requestContext.ts'
import { mayReadOfRelative } from '../src/facts/registerEntitlement.ts'
import { leadAgency } from '../src/foundation/agencies.ts'

/** Field of `Child` in `schema/family.graphql`. */
export const resolvers = {
  Child: {
    family: joined(wholeFamilyNeeds, async (child, answers, _args, context: DisclosureRequest) => {
      const relatives = await relativesOf(numberedRelatives(answers), child.asOf, context)
      const { contracts } = context
      return family(answers, { grants: child.grants, contracts }, child.asOf, relatives)
    }),
  },
}

/**
 * Of the children whom the records number, those of whom this caller may know by themselves. A number leads to the
 * child of whom the same holder has a record under it, or who is known to all by it.
 */
async function relativesOf(
  numbered: readonly NumberedRelative[],
  asOf: string,
  { find, findByAgencyId, readRelated, contracts, registry, caller }: DisclosureRequest,
): Promise<ReadonlyMap<string, KnownRelative>> {
  const relatives = new Map<string, KnownRelative>()
  if (numbered.length === 0) return relatives
  const found = await Promise.all(
    numbered.map(async (relative) => {
      const ids = await Promise.all([
        find('LA_CHILD_ID', relative.number),
        findByAgencyId(leadAgency, relative.number, relative.holder),
      ])
      return { key: relativeKey(relative), ids: ids.flat() }
    }),
  )
  const may = (facts: Parameters<typeof mayReadOfRelative>[1]) => mayReadOfRelative(caller, facts) === 'ALLOWED'
  const known = await readRelated(
    found.flatMap(({ ids }) => ids),
    statusNeeds,
    asOf,
    may,
  )
  for (const { key, ids } of found) {
    const [one, ...others] = known.filter(({ child }) => ids.includes(child.id))
    if (!one || others.length > 0) continue
    const { child, answers } = one
    relatives.set(key, {
      childId: child.id,
      status: status(answers, { grants: child.grants, contracts }, registry, child.asOf, {
        keepsCase: keepsCase(child.facts, caller, registry),
        lastKnown: null,
      }),
    })
  }
  return relatives
}
