import { type Pack, pathOf, purposeIn } from '../../../src/policy/pack.ts'
import { accessOf } from '../../../src/policy/roleAccess.ts'
import { examine } from './exhaustive.ts'
import { alike } from './killMutants.ts'
import type { Mutant } from './mutants.ts'
import { type Profile, profilesOf } from './profiles.ts'
import { walkProfile } from './situationPoint.ts'

export interface KilledAlone {
  readonly found: number
  readonly planted: number
  /** Mutants that no invariant notices. */
  readonly left: readonly string[]
}

/**
 * What the invariants find of planted mistakes without the golden table and without Cedar, on a few telling profiles. A
 * mistake in the pack's own rows is for the golden table to find: an invariant reads the pack, and takes it at its
 * word.
 *
 * @param few the profiles to look at: `tellingProfiles` of the pack, or some of them.
 */
export function killAlone(
  pack: Pack,
  mutants: readonly Mutant[],
  few: readonly Profile[],
  onEach: () => void = () => undefined,
): KilledAlone {
  const isFound = (mutant: Mutant): boolean => {
    onEach()
    return few.some(
      (profile) =>
        decidesOtherwise(pack, mutant, profile) &&
        Object.keys(examine(mutant.pack, [profile], mutant.decide, true).violations).length > 0,
    )
  }
  const left = mutants.filter((mutant) => !isFound(mutant)).map(({ id }) => id)
  return { found: mutants.length - left.length, planted: mutants.length, left }
}

/** Whether there is anything to find in a profile: where all is decided as before, every sentence holds as before. */
function decidesOtherwise(pack: Pack, { pack: broken, decide: by }: Mutant, profile: Profile): boolean {
  let otherwise = false
  walkProfile(pack, profile, ({ input, decision }) => {
    const other = by(broken, input)
    otherwise = !alike(decision, other) || decision.obligations.join() !== other.obligations.join()
    return !otherwise
  })
  return otherwise
}

/** Purposes that a rule names by themselves. */
const named = new Set(['EMERGENCY', 'MISSING_RESPONSE', 'TRANSFER_RECEIVE', 'CP_CONFERENCE'])

/**
 * For each class of label and path of purpose one profile whose list gives all; fewer where it gives less, for one
 * tells as much as many.
 */
export function tellingProfiles(pack: Pack): readonly Profile[] {
  const found = new Map<string, Profile>()
  for (const profile of profilesOf(pack)) {
    const { caller, label, own } = profile
    const path = pathOf(pack, caller.purpose)
    const given = accessOf(pack, { label, caller, own, path, harmPath: path === 'HARM' })
    const isOpen = purposeIn(pack, caller.purpose).openTo.includes(caller.agencyType)
    const { class: kind, gate } = pack.labels[label]
    const key =
      isOpen && given.content && !own
        ? named.has(caller.purpose)
          ? [caller.purpose, kind === 'SENSITIVE']
          : [kind, gate === 'consent', path]
        : [path, own, isOpen, given.content, given.headline]
    if (!found.has(key.join())) found.set(key.join(), profile)
  }
  return [...found.values()]
}
