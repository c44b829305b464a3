import type { SourceContract } from './contract.ts'
import { coded, sentence, span } from './narration.ts'

/**
 * Where adult services keep what they hold about adults in the household. Their persons are adults, linked to the
 * child.
 */
export const contract: SourceContract = {
  name: 'adultServices',
  title: 'Adult services',
  agency: 'ADULT_SERVICES',
  home: 'ADULT',
  system: 'adult-case-management',
  speakers: { ADULT: ['ADULT_SERVICES', 'ADULT_SOCIAL_CARE', 'SUBSTANCE_SERVICE', 'HOUSING', 'PROBATION'] },
  beforeRelease: 'Read it for what is about the adult and not the child (DPA 2018 Sch 2 para 16).',
  lists: {
    person: {},
    services: {
      relationship: { kind: 'EPISODE' },
      transferred: true,
      names: ['service'],
      involvement: { kind: 'ADULT_SERVICE', service: ['service'], professional: 'worker', concerning: 'relation' },
      chronology: {
        fields: ['service', 'relation', 'from', 'to', 'endReason'],
        tell: (row) => ({
          headline: sentence`Adult service for the ${coded(row.relation)}: ${coded(row.service)}${span(row.from, row.to)}`,
          action: sentence`${row.endReason}`,
        }),
      },
    },
    housing: {
      transferred: true,
      chronology: {
        fields: ['kind', 'text', 'tenancyFrom'],
        tell: (row) => ({ headline: sentence`Housing: ${coded(row.kind)}`, action: sentence`${row.text}` }),
      },
    },
    probation: {
      transferred: true,
      chronology: {
        fields: ['kind', 'relation', 'planForChild', 'text'],
        tell: (row) => ({
          headline: sentence`Probation, ${coded(row.relation)}: ${coded(row.kind)}`,
          action: row.planForChild === false ? 'no plan for the child recorded' : sentence`${row.text}`,
        }),
      },
    },
    substanceTreatment: {
      chronology: {
        fields: ['substance', 'relation'],
        tell: (row) => ({ headline: sentence`Substance treatment, ${coded(row.relation)}: ${row.substance}` }),
      },
    },
    requirements: { transferred: true, names: ['service'] },
  },
}
