import type { Decision } from '../../../src/policy/decide.ts'
import type { DecisionInput } from '../../../src/policy/decisionInput.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import { askedAlone, askedTogether } from './invariants.ts'
import type { Profile } from './profiles.ts'
import { walkProfile } from './situationPoint.ts'
import type { Invariant } from './situationPredicates.ts'

export interface Examined {
  readonly runs: number
  /** Decisions of the whole input space that the runs stand for. */
  readonly decisions: number
  /** The first counter-examples of each invariant that does not hold. */
  readonly violations: Readonly<Record<string, readonly string[]>>
}

type By = (pack: Pack, input: DecisionInput) => Decision

/**
 * Walks every decision of these profiles and asks every invariant of each. With `untilFirst` it stops at the first
 * violation.
 */
export function examine(pack: Pack, profiles: readonly Profile[], by?: By, untilFirst = false): Examined {
  let runs = 0
  let decisions = 0
  const violations: Record<string, string[]> = {}
  const ask = (profile: Profile, group: readonly Invariant[]): number => {
    const walk = walkProfile(
      pack,
      profile,
      (point) => {
        for (const invariant of group) {
          if (invariant.holds(point)) continue
          const found = violations[invariant.id] ?? []
          if (found.length < 3) found.push(exampleOf(point.input, point.decision))
          violations[invariant.id] = found
          if (untilFirst) return false
        }
        return true
      },
      by,
    )
    runs += walk.runs
    return walk.decisions
  }
  for (const profile of profiles) {
    decisions += ask(profile, askedTogether) * profile.stands
    for (const invariant of askedAlone) {
      if (untilFirst && Object.keys(violations).length > 0) break
      ask(profile, [invariant])
    }
    if (untilFirst && Object.keys(violations).length > 0) break
  }
  return { runs, decisions, violations }
}

/** A counter-example as a person reads it. */
const exampleOf = (
  { caller, label, level, home, own, child, row, consent }: DecisionInput,
  decision: Decision,
): string =>
  JSON.stringify({
    caller,
    label,
    level,
    home,
    own,
    relationship: child.relationship,
    harm: child.harm,
    ageBand: child.ageBand,
    agreement: child.agreement,
    breakGlass: child.breakGlass,
    hold: row.hold,
    ncnd: row.ncnd,
    conditions: row.conditions,
    relevance: row.relevance,
    consent: consent === 'NONE' ? 'NONE' : `${consent.state} ${consent.giver} ${consent.competence}`,
    decided: `${decision.outcome} ${decision.code} by rule ${decision.rule}`,
  })
