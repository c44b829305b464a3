import type { RequestContext } from '../../disclosure/requestContext.ts'
import { agencies } from '../../foundation/agencies.ts'
import { type RequiredFields, requiredByContracts } from '../../records/requiredFields.ts'
import { everyRecord } from '../carriedRows.ts'
import type { Section } from '../section.ts'
import { adults } from './adults.ts'
import { basisOf } from './basis.ts'
import { chronology, chronologyNeeds } from './chronology.ts'
import { communication } from './communication.ts'
import { documents } from './documents.ts'
import { education } from './education.ts'
import { family } from './family.ts'
import { header } from './header.ts'
import { health } from './health.ts'
import { identity } from './identity.ts'
import { justice } from './justice.ts'
import { legal } from './legal.ts'
import { missing } from './missing.ts'
import { outstanding } from './outstanding.ts'
import { plan } from './plan.ts'
import { professionals } from './professionals.ts'
import { risk } from './risk.ts'
import { voice } from './voice.ts'
import { whereabouts } from './whereabouts.ts'

const filled: readonly Section[] = [
  ...[header, identity, whereabouts, family, legal, plan, risk, education, health, missing],
  ...[justice, adults, voice, communication, chronology, professionals, outstanding, documents],
]

/** T0 to T18, in order. The last says what the others had to leave out. */
export const sections: readonly Section[] = [...filled, basisOf(filled)]

/**
 * All that a transfer asks of the agencies, under the names that their contracts give: the wish with which the child is
 * opened for the receiving authority, so that each agency is asked once.
 */
export const transferNeeds = (contracts: RequestContext['contracts']): RequiredFields => {
  const wishes = [...sections.map(({ needs }) => needs), chronologyNeeds(contracts)]
  return requiredByContracts(
    Object.fromEntries(
      agencies.map((agency) => {
        const lists = new Map<string, Set<string>>()
        for (const wish of wishes)
          for (const [list, fields] of Object.entries<readonly string[]>(wish[agency] ?? {})) {
            const all = lists.get(list) ?? new Set<string>(everyRecord)
            for (const name of fields) all.add(name)
            lists.set(list, all)
          }
        return [agency, Object.fromEntries([...lists].map(([list, fields]) => [list, [...fields].toSorted()]))]
      }),
    ),
  )
}
