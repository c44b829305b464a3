import type { Decision } from '../../../src/policy/decide.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import { writesGolden } from '../goldenTable.ts'
import { examine } from './exhaustive.ts'
import { type Mutant, mutantsOfPack, mutantsOfRules } from './mutants.ts'
import { profilesOf } from './profiles.ts'
import { walkProfile } from './situationPoint.ts'

export interface Killed {
  readonly total: number
  readonly byGolden: number
  readonly byInvariants: number
  /** Neither found out nor, yet, proved to decide every situation as the product does. */
  readonly left: readonly Mutant[]
}

/** The decision broken in every place once. */
export const everyMutant = (pack: Pack): readonly Mutant[] => [...mutantsOfRules(pack), ...mutantsOfPack(pack)]

/** Sees which of these breaks the golden table and the invariants find. */
export function kill(pack: Pack, golden: string, withInvariants: boolean, all = everyMutant(pack)): Killed {
  const quiet = all.filter((mutant) => writesGolden(golden, mutant.pack, mutant.decide))
  const few = withInvariants ? profilesOf(pack).filter((_, at) => at % 400 === 0) : []
  const left = quiet.filter(
    (mutant) => !withInvariants || Object.keys(examine(mutant.pack, few, mutant.decide, true).violations).length === 0,
  )
  return { total: all.length, byGolden: all.length - quiet.length, byInvariants: quiet.length - left.length, left }
}

/** Mutants that decide as the product does under a pack that says nothing of the rules. */
export const foundByProposal = [
  'rule 7 believes harmPath=true',
  'rule 7 believes harmPath=false',
  'swap rules 11b and 11c',
  'drop rule 11c',
  'flip rule 11c',
  'swap rules 11c and 8a',
  'rule 11c believes notifiedAlone=false',
  'rule 11c believes class=GENERAL',
  'rule 11c believes class=SENSITIVE',
  'rule 15 believes listed=true',
  'rule 15 believes notifiedAlone=false',
  'swap rules 2 and 2a',
  'drop rule 2a',
  'flip rule 2a',
  'swap rules 2a and 3',
  'rule 2a without what follows',
  'rule 2a believes ordered=true',
  'rule 2a believes ordered=false',
  'rule 2a believes hold=COURT_PROHIBITED',
  'rule 2a believes hold=NONE',
  'rule 2a believes path=DUTY',
  'rule 2a believes path=CONSENT',
  'rule 2a believes path=HARM',
  'swap rules 6 and 6a',
  'drop rule 6a',
  'flip rule 6a',
  'rule 6a believes ordered=true',
  'rule 6a believes ordered=false',
  'rule 6a believes path=DUTY',
  'rule 6a believes path=CONSENT',
  'rule 6a believes path=HARM',
  'rule 16c believes path=HARM',
  'drop rule 18a',
  'flip rule 18a',
  'rule 18a without what follows',
  'rule 18a believes path=DUTY',
  'rule 18a believes path=CONSENT',
  'rule 18a believes path=HARM',
  'rule 22 without what follows',
] as const

/**
 * What the mutants that the golden table does not find change: nothing, each for a reason that `survivorsOf` proves.
 */
export const knownEquivalent: readonly string[] = [
  // Conditions that never hold together, or that lead to the same answer.
  'swap rules 1 and 2',
  'swap rules 4 and 5',
  'swap rules 8 and 9',
  'swap rules 12a and 12b',
  'swap rules 13 and 14',
  'swap rules 14 and 15',
  'swap rules 16a and 16b',
  'swap rules 16b and 16c',
  'swap rules 16d and 17',
  'swap rules 6a and 7',
  'swap rules 8a and 8',
  'swap rules 18 and 18a',
  'swap rules 18a and 19',
  // What reaches these rules already stands on that path.
  'rule 19 believes path=CONSENT',
  'rule 21a believes consent=NONE',
  'rule 23 always',
  'rule 23 believes path=CONSENT',
  // What only a pack that says it of the rules can be wrong about: found by the table of such a pack.
  ...foundByProposal,
  // Purposes that this pack does not know are open to nobody by it.
  'DAY_TO_DAY_CARE open to none',
  'LEAVING_CARE open to none',
  'ADULT_SAFEGUARDING open to none',
  // Without openness to anybody a want of a relationship is never asked for alone.
  'ADULT_SAFEGUARDING without relationship',
  // Closed before the pack's rows are asked.
  'AUDIT open to all',
  'AUDIT open to none',
  'AUDIT without relationship',
  'SUBJECT_ACCESS open to all',
  'SUBJECT_ACCESS without relationship',
  'RESEARCH open to all',
  'RESEARCH without relationship',
]

/** What the mutants change nothing of under the proposal, and its table therefore does not find. */
export const equivalentInProposal: readonly string[] = [
  ...['1 and 2', '4 and 5', '6a and 7', '8a and 8', '8 and 9', '12a and 12b', '13 and 14', '14 and 15'].map(
    (pair) => `swap rules ${pair}`,
  ),
  ...['15 and 16a', '16a and 16b', '16b and 16c', '16d and 17', '18 and 18a', '18a and 19'].map(
    (pair) => `swap rules ${pair}`,
  ),
  // An order that is on record is rule 2a's, and one that is not is rule 6a's: nothing of a court comes so far.
  ...['drop rule 16a', 'flip rule 16a', 'rule 16a without what follows', 'COURT_ORDER open to all'],
  ...['DUTY', 'CONSENT', 'HARM'].map((path) => `rule 16a believes path=${path}`),
  // What reaches these rules already stands on that path.
  ...['rule 19 believes path=CONSENT', 'rule 21a believes consent=NONE', 'rule 23 always'],
  'rule 23 believes path=CONSENT',
  // Whoever is on these rows reads the same by another row once there is harm.
  ...['HEALTH_GENERAL entry 5 not on harm', 'HEALTH_MENTAL entry 4 not on harm', 'CHILD_SUBSTANCE entry 3 not on harm'],
  // Closed before the pack's rows are asked.
  ...['AUDIT open to all', 'AUDIT open to none', 'AUDIT without relationship'],
  ...['SUBJECT_ACCESS open to all', 'SUBJECT_ACCESS without relationship'],
  ...['RESEARCH open to all', 'RESEARCH without relationship'],
]

/**
 * Mutants of which some situation is decided otherwise: those survived. The rest are the same function, by proof over
 * every decision.
 */
export function survivorsOf(pack: Pack, mutants: readonly Mutant[], every = 1): readonly string[] {
  const survivors = new Set<string>()
  let at = 0
  for (const group of [mutants.filter((each) => each.pack === pack), mutants.filter((each) => each.pack !== pack)]) {
    if (group.length === 0) continue
    for (const profile of profilesOf(pack, ...new Set(group.map((mutant) => mutant.pack))))
      if (at++ % every === 0)
        walkProfile(pack, profile, (point) => {
          for (const mutant of group)
            if (!survivors.has(mutant.id) && !alike(point.decision, mutant.decide(mutant.pack, point.input)))
              survivors.add(mutant.id)
          return true
        })
  }
  return [...survivors]
}

/** Whether two decisions are the same to whoever they reach. */
export const alike = (one: Decision, other: Decision): boolean =>
  one.outcome === other.outcome &&
  one.code === other.code &&
  (one.rule === other.rule || one.obligations.join() === other.obligations.join())
