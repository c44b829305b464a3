import { blockedByConsent, type Invariant, isPurpose, kind, leaves, ruled, same } from './situationPredicates.ts'

/** Each compares a decision with the one that another fact would have given. */
export const counterfactuals: readonly Invariant[] = [
  {
    id: 'I15',
    sentence: 'Break-glass never gives less than the same request without it.',
    holds: (p) => p.input.child.breakGlass || !leaves(p.decision) || leaves(p.had({ child: { breakGlass: true } })),
  },
  {
    id: 'I32',
    sentence:
      'Break-glass changes nothing about adoption, privilege, whoever informed, and rows that their holder marked.',
    holds: (p) => {
      if (!p.input.child.breakGlass) return true
      const never = ['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'].includes(kind(p))
      if (!never && !p.input.row.ncnd && !p.input.row.conditions) return true
      return same(p.decision, p.had({ child: { breakGlass: false } }))
    },
  },
  {
    id: 'I31',
    sentence: 'Whoever may read all of something may know that it exists.',
    holds: (p) => p.input.level !== 'CONTENT' || !leaves(p.decision) || leaves(p.had({ level: 'HEADLINE' })),
  },
  {
    id: 'I40',
    sentence: 'Reasonable cause never gives less than a mere concern, and a concern never less than none.',
    holds: (p) => {
      const { harm } = p.input.child
      if (harm === 'REASONABLE_CAUSE' || !leaves(p.decision)) return true
      if (harm === 'NONE') return leaves(p.had({ child: { harm: 'CONCERN' } }))
      return leaves(p.had({ child: { harm: 'REASONABLE_CAUSE' } }))
    },
  },
  {
    id: 'I34',
    sentence:
      'When social care cannot be asked, all is decided as if it knew of no harm; of a concern, where the pack says so.',
    holds: (p) =>
      p.input.child.harm !== 'UNKNOWN' ||
      same(p.decision, p.had({ child: { harm: ruled(p).unknownHarmIsNotNone ? 'CONCERN' : 'NONE' } })),
  },
  {
    id: 'I35',
    sentence:
      'A child of unknown age is decided for as one of 13 to 15, an adult as a young person of 16 unless the pack tells them apart.',
    holds: (p) =>
      p.input.child.ageBand === 'UNKNOWN'
        ? same(p.decision, p.had({ child: { ageBand: '13_TO_15' } }))
        : ruled(p).adultsStandApart === true ||
          isPurpose(p, 'ADULT_SAFEGUARDING') ||
          p.input.child.ageBand !== 'ADULT' ||
          same(p.decision, p.had({ child: { ageBand: '16_TO_17' } })),
  },
  {
    id: 'I36',
    sentence: 'A mark on a row is told only to those to whom the unmarked row would be given.',
    holds: (p) =>
      !['8', '8a', '9', '12a', '12b', '13'].includes(p.decision.rule) ||
      p.decision.outcome === 'SILENT' ||
      leaves(p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } })) ||
      blockedByConsent(p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } })) ||
      p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } }).rule === '21a',
  },
  {
    id: 'I37',
    sentence: 'No mark on a row opens what the unmarked row keeps closed.',
    holds: (p) =>
      !leaves(p.decision) ||
      leaves(p.had({ row: { hold: 'NONE', ncnd: false, relevance: 'RELEVANT', conditions: false } })),
  },
  {
    id: 'I38',
    sentence:
      'Any part in the case serves the decision alike; none, and a placement in the area alone, never open more.',
    holds: (p) =>
      p.input.child.relationship === 'EPISODE' ||
      (p.input.child.relationship === 'NONE' || p.input.child.relationship === 'PLACED_IN_AREA'
        ? !leaves(p.decision) || leaves(p.had({ child: { relationship: 'EPISODE' } }))
        : same(p.decision, p.had({ child: { relationship: 'EPISODE' } }))),
  },
  {
    id: 'I39',
    sentence: 'An agreement never closes anything.',
    holds: (p) => p.input.child.agreement || !leaves(p.decision) || leaves(p.had({ child: { agreement: true } })),
  },
]
