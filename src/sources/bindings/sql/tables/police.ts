import type { KindTables } from '../tables.ts'

/** Where police tables differ from the convention. */
export const police: KindTables = {
  person: {
    table: 'nominal',
    columns: {
      sex: 'sex_code',
    },
  },
  missingEpisodes: {
    table: 'missing_report',
    columns: {
      from: 'missing_from',
      to: 'missing_to',
    },
  },
  crimes: {
    table: 'crime',
    columns: {
      role: 'child_role',
    },
  },
  arrests: {
    table: 'arrest',
  },
  events: {
    table: 'police_event',
  },
  domesticAbuse: {
    table: 'domestic_abuse_incident',
  },
  intelligence: {
    table: 'intelligence_report',
    columns: {
      text: 'item',
      handling: 'handling_conditions',
    },
  },
  notices: {
    table: 'notice',
  },
  managedOffenders: {
    table: 'managed_offender_association',
    columns: {
      contact: 'contact_line',
    },
  },
  personsOfConcern: {
    table: 'person_of_concern',
  },
  onlineIdentifiers: {
    table: 'online_identifier',
  },
  protections: {
    table: 'police_protection',
    columns: {
      from: 'protected_from',
      to: 'protected_to',
    },
  },
  restraints: {
    table: 'restraint',
  },
}
