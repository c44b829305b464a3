import type { KindTables } from '../tables.ts'

/** Where adult services tables differ from the convention. */
export const adultServices: KindTables = {
  person: {
    table: 'adult',
  },
  services: {
    table: 'service_episode',
    columns: {
      from: 'open_from',
      to: 'open_to',
    },
  },
  housing: {
    table: 'housing_contact',
    columns: {
      text: 'note',
      named: 'people_named',
    },
  },
  probation: {
    table: 'probation_event',
    columns: {
      text: 'note',
    },
  },
  substanceTreatment: {
    table: 'substance_treatment',
    columns: {
      from: 'treated_from',
      to: 'treated_to',
    },
  },
  requirements: {
    table: 'requirement',
    columns: {
      week: 'week_of',
      text: 'ask',
    },
  },
}
