import { type DecisionInput, plainRow } from '../../src/policy/decisionInput.ts'
import type { ConsentGiver } from '../../src/policy/facts.ts'
import type { Label } from '../../src/policy/labels.ts'
import { typeOfRole, usualHome } from '../../src/policy/usualSituation.ts'
import type { Purpose, Role } from '../../src/policy/vocabulary.ts'

export type Facts = Partial<DecisionInput['child'] & DecisionInput['row']> &
  Partial<Pick<DecisionInput, 'home' | 'own' | 'level' | 'consent' | 'ordered'>> & {
    readonly type?: DecisionInput['caller']['agencyType']
  }

/**
 * An everyday question, changed by what a line is about: a child of 14, no sign of harm, an agreement, nothing marked;
 * a record of their own organisation, where one of its type holds it.
 */
export function question(role: Role, purpose: Purpose, label: Label, facts: Facts = {}): DecisionInput {
  const { relationship, harm, ageBand, agreement, breakGlass, hold, ncnd, conditions, relevance } = facts
  const { missing, placedForAdoption, holdKnewOfHarm } = facts
  const agencyType = facts.type ?? typeOfRole[role]
  const home = facts.home ?? usualHome[label]
  return {
    caller: { role, agencyType, purpose },
    label,
    level: facts.level ?? 'CONTENT',
    home,
    own: facts.own ?? agencyType === home,
    child: {
      relationship: relationship ?? 'EPISODE',
      harm: harm ?? 'NONE',
      ageBand: ageBand ?? '13_TO_15',
      agreement: agreement ?? true,
      breakGlass: breakGlass ?? false,
      missing: missing ?? 'SUPPORTED',
      placedForAdoption: placedForAdoption ?? false,
    },
    row: {
      hold: hold ?? plainRow.hold,
      ncnd: ncnd ?? false,
      conditions: conditions ?? false,
      relevance: relevance ?? 'RELEVANT',
      holdKnewOfHarm: holdKnewOfHarm ?? false,
    },
    ordered: facts.ordered ?? false,
    consent: facts.consent ?? 'NONE',
  }
}

export const says = (
  state: 'NOT_SOUGHT' | 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED',
  giver: ConsentGiver,
  competence: 'COMPETENT' | 'NOT_COMPETENT' | 'NOT_ASSESSED' = 'COMPETENT',
): DecisionInput['consent'] => ({ state, giver, competence })

export const ages = ['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN'] as const
export const harms = ['CONCERN', 'REASONABLE_CAUSE', 'UNKNOWN'] as const
export const voices = [
  says('GIVEN', 'CHILD'),
  says('GIVEN', 'CHILD', 'NOT_ASSESSED'),
  says('GIVEN', 'CHILD', 'NOT_COMPETENT'),
  says('GIVEN', 'PARENT', 'NOT_ASSESSED'),
  says('REFUSED', 'CHILD'),
  says('REFUSED', 'PARENT', 'NOT_ASSESSED'),
  says('WITHDRAWN', 'CHILD'),
  says('EXPIRED', 'CHILD'),
  says('NOT_SOUGHT', 'CHILD'),
]

/** Two readers of each kind of opening, asked under every mark that a holder can set. */
export const marked: readonly Facts[] = [
  { hold: 'DETRIMENT' },
  { hold: 'EMBARGO' },
  { ncnd: true },
  { conditions: true },
  { relevance: 'UNDECIDED' },
  { relevance: 'NOT_RELEVANT' },
  { agreement: false },
  { relationship: 'NONE' },
  { relationship: 'NONE', breakGlass: true },
  { agreement: false, breakGlass: true },
  { hold: 'DETRIMENT', breakGlass: true },
]
