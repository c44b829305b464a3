import { type Decision, decide } from '../../../src/policy/decide.ts'
import type { DecisionInput } from '../../../src/policy/decisionInput.ts'
import { consentGivers } from '../../../src/policy/facts.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import { Choices } from './lazyChoices.ts'
import type { Profile } from './profiles.ts'

export const relationships = ['ALLOCATED', 'EPISODE', 'ON_ROLL', 'PLACED_IN_AREA', 'NONE'] as const
export const harms = ['NONE', 'CONCERN', 'REASONABLE_CAUSE', 'UNKNOWN'] as const
export const ages = ['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN'] as const
export const holds = ['NONE', 'DETRIMENT', 'EMBARGO', 'COURT_PROHIBITED'] as const
export const relevances = ['RELEVANT', 'UNDECIDED', 'NOT_RELEVANT'] as const
export const states = ['NOT_SOUGHT', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED'] as const
export const givers = consentGivers
const responses = ['SUPPORTED', 'UNSUPPORTED'] as const
export const competences = ['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED'] as const
const levels = ['HEADLINE', 'CONTENT'] as const

const dimension = {
  relationship: 0,
  harm: 1,
  age: 2,
  agreement: 3,
  breakGlass: 4,
  hold: 5,
  ncnd: 6,
  conditions: 7,
  relevance: 8,
  level: 9,
  missing: 10,
  placed: 11,
  ordered: 12,
  knew: 13,
  asked: 14,
  state: 15,
  giver: 16,
  competence: 17,
}
const sizes = [
  relationships.length,
  4,
  5,
  2,
  2,
  holds.length,
  2,
  2,
  3,
  2,
  2,
  2,
  2,
  2,
  2,
  states.length,
  givers.length,
  competences.length,
]

/** What a consent may be, none among it. */
const consentsThereAre = 1 + states.length * givers.length * competences.length

/**
 * Decisions of one profile: 5 relationships, 4 harm levels, 5 ages, agreement, break-glass, missing, placed for
 * adoption, 96 rows, 2 levels, a court's order or none, 91 consents.
 */
export const decisionsOfProfile =
  relationships.length * 4 * 5 * 2 * 2 * 2 * 2 * (holds.length * 2 * 2 * 2 * 3) * 2 * 2 * consentsThereAre

type Decide = (pack: Pack, input: DecisionInput) => Decision
export type Change = {
  readonly child?: Partial<DecisionInput['child']>
  readonly row?: Partial<DecisionInput['row']>
  readonly level?: DecisionInput['level']
  readonly own?: boolean
  readonly ordered?: boolean
  readonly home?: DecisionInput['home']
  readonly consent?: DecisionInput['consent']
}

/** One point of the input space, of which only what was looked at is settled. */
export interface Point {
  readonly pack: Pack
  readonly input: DecisionInput
  readonly profile: Profile
  readonly decision: Decision
  /** The decision had this been otherwise. */
  had(change: Change): Decision
}

export interface Walk {
  /** Runs that were made. */
  readonly runs: number
  /** Decisions that those runs stand for. */
  readonly decisions: number
}

/** Walks every decision of a profile. Stops early when `visit` answers false. */
export function walkProfile(pack: Pack, profile: Profile, visit: (point: Point) => boolean, by: Decide = decide): Walk {
  const choices = new Choices(sizes)
  const look = <T>(list: readonly T[], index: number): T => {
    const value = list[choices.at(index)]
    // The index stays below the size, which is the list's length.
    return value as T
  }
  const child: DecisionInput['child'] = {
    get relationship() {
      return look(relationships, dimension.relationship)
    },
    get harm() {
      return look(harms, dimension.harm)
    },
    get ageBand() {
      return look(ages, dimension.age)
    },
    get agreement() {
      return choices.at(dimension.agreement) === 1
    },
    get breakGlass() {
      return choices.at(dimension.breakGlass) === 1
    },
    get missing() {
      return look(responses, dimension.missing)
    },
    get placedForAdoption() {
      return choices.at(dimension.placed) === 1
    },
  }
  const row: DecisionInput['row'] = {
    get hold() {
      return look(holds, dimension.hold)
    },
    get ncnd() {
      return choices.at(dimension.ncnd) === 1
    },
    get conditions() {
      return choices.at(dimension.conditions) === 1
    },
    get relevance() {
      return look(relevances, dimension.relevance)
    },
    get holdKnewOfHarm() {
      return choices.at(dimension.knew) === 1
    },
  }
  const recorded: Exclude<DecisionInput['consent'], 'NONE'> = {
    get state() {
      return look(states, dimension.state)
    },
    get giver() {
      return look(givers, dimension.giver)
    },
    get competence() {
      return look(competences, dimension.competence)
    },
  }
  const input: DecisionInput = {
    caller: profile.caller,
    label: profile.label,
    home: profile.home,
    own: profile.own,
    child,
    row,
    get level() {
      return look(levels, dimension.level)
    },
    get ordered() {
      return choices.at(dimension.ordered) === 1
    },
    get consent() {
      return choices.at(dimension.asked) === 0 ? 'NONE' : recorded
    },
  }
  let runs = 0
  let decisions = 0
  do {
    runs++
    let decided: Decision | undefined
    const going = visit({
      pack,
      profile,
      input,
      get decision() {
        decided ??= by(pack, input)
        return decided
      },
      had: (change) => by(pack, changed(input, change)),
    })
    decisions += weightOf(choices)
    if (!going) break
  } while (choices.next())
  return { runs, decisions }
}

/** The same lazy input with some of it settled. Whatever is not named is still only read when it is looked at. */
export const changed = (
  input: DecisionInput,
  { child, row, level, consent, own, ordered, home }: Change,
): DecisionInput => ({
  caller: input.caller,
  label: input.label,
  get home() {
    return home ?? input.home
  },
  get own() {
    return own ?? input.own
  },
  child: child ? over(input.child, child) : input.child,
  row: row ? over(input.row, row) : input.row,
  get level() {
    return level ?? input.level
  },
  get ordered() {
    return ordered ?? input.ordered === true
  },
  get consent() {
    return consent ?? input.consent
  },
})

/** The same with some of it settled; the rest is still only read when it is looked at. */
export const over = <T extends object>(base: T, change: Partial<T>): T =>
  // The prototype answers what the change does not.
  Object.create(base, Object.getOwnPropertyDescriptors(change)) as T

/** How many combinations a run stands for. Without a consent on file there is no state, giver or competence to vary. */
function weightOf(choices: Choices): number {
  let weight = 1
  for (let at = 0; at < dimension.asked; at++) if (choices.seen(at) < 0) weight *= sizes[at] ?? 1
  const asked = choices.seen(dimension.asked)
  if (asked < 0) return weight * consentsThereAre
  if (asked === 0) return weight
  for (let at = dimension.state; at < sizes.length; at++) if (choices.seen(at) < 0) weight *= sizes[at] ?? 1
  return weight
}
