import { type Masks, masksOf } from '../../../src/policy/labelMasks.ts'
import { labels } from '../../../src/policy/labels.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import { agencyTypes, purposes, roles } from '../../../src/policy/vocabulary.ts'
import { randomFacts } from './randomFacts.ts'

/**
 * I17: what is permitted of a label does not depend on what is asked beside it. Asked of every role, type of
 * organisation, purpose and holder, each with facts and a choice of labels drawn anew: how a question is written
 * reaches the decision only as the labels that it names.
 *
 * @returns how many were compared, and the first that differ.
 */
export function shapeless(
  pack: Pack,
  random: () => number,
  every = 1,
): { readonly compared: number; readonly different: readonly string[] } {
  let compared = 0
  let at = 0
  const different: string[] = []
  for (const role of roles)
    for (const purpose of purposes)
      for (const agencyType of agencyTypes)
        for (const home of agencyTypes) {
          if (at++ % every !== 0) continue
          const { child, consent } = randomFacts(random)
          const caller = { agencyType, role, purpose }
          const question = {
            pack,
            caller,
            child,
            home,
            consentFor: () => consent,
            orderedFor: () => false,
            holdOn: () => ({ hold: 'NONE' as const }),
            mayHold: agencyType === home,
          }
          const some = new Set(labels.filter(() => random() < 0.5))
          const whole = masksOf({ ...question, labelsOfSource: new Set(labels) })
          const part = masksOf({ ...question, labelsOfSource: some })
          const same =
            permitted(whole) === permitted(part) &&
            JSON.stringify(part.withheld) === JSON.stringify(whole.withheld.filter(({ label }) => some.has(label))) &&
            JSON.stringify(part.obligations) ===
              JSON.stringify(whole.obligations.filter(({ label }) => some.has(label)))
          compared++
          if (!same && different.length < 5) different.push(JSON.stringify({ caller, home, child }))
        }
  return { compared, different }
}

const permitted = ({ others, own }: Masks): string =>
  JSON.stringify([others, own], (_, value: unknown) => (value instanceof Set ? [...value] : value))
