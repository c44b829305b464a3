import type { DecisionInput } from '../../src/policy/decisionInput.ts'
import { plainRow } from '../../src/policy/decisionInput.ts'
import { readPack } from '../../src/policy/pack.ts'
import { typeOfRole, usualHome } from '../../src/policy/usualSituation.ts'

export const pack = readPack()

export { typeOfRole, usualHome as homeOfLabel }

type Override = Partial<Omit<DecisionInput, 'caller' | 'child' | 'row'>> & {
  readonly caller?: Partial<DecisionInput['caller']>
  readonly child?: Partial<DecisionInput['child']>
  readonly row?: Partial<DecisionInput['row']>
}

/**
 * A social worker who works with a 14-year-old under a section 17 assessment, asking health; each test changes what it
 * tests.
 */
export function asking(override: Override = {}): DecisionInput {
  const role = override.caller?.role ?? 'SOCIAL_WORKER'
  const label = override.label ?? 'HEALTH_GENERAL'
  const home = override.home ?? usualHome[label]
  const caller = { role, agencyType: typeOfRole[role], purpose: 'ASSESSMENT_S17' as const, ...override.caller }
  return {
    label,
    level: override.level ?? 'HEADLINE',
    home,
    // Where an organisation of the caller's type holds it, it is their own unless a test says that it is another's.
    own: override.own ?? caller.agencyType === home,
    consent: override.consent ?? 'NONE',
    ordered: override.ordered ?? false,
    caller,
    child: {
      relationship: 'EPISODE',
      harm: 'NONE',
      ageBand: '13_TO_15',
      agreement: true,
      breakGlass: false,
      ...override.child,
    },
    row: { ...plainRow, ...override.row },
  }
}
