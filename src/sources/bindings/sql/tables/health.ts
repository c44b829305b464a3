import type { KindTables } from '../tables.ts'

/** Where health tables differ from the convention. */
export const health: KindTables = {
  person: {
    table: 'patient',
    columns: {
      sex: 'sex_code',
    },
  },
  registrations: {
    table: 'gp_registration',
    columns: {
      from: 'registered_from',
      to: 'registered_to',
    },
  },
  involvements: {
    table: 'service_involvement',
    columns: {
      from: 'involved_from',
      to: 'involved_to',
    },
  },
  unscheduledAttendances: {
    table: 'unscheduled_attendance',
  },
  appointments: {
    table: 'appointment',
  },
  gpEntries: {
    table: 'gp_entry',
    columns: {
      text: 'entry',
    },
  },
  camhsEpisodes: {
    table: 'camhs_episode',
  },
  sexualHealth: {
    table: 'sexual_health_item',
    columns: {
      text: 'item',
    },
  },
  sarcAttendances: {
    table: 'sarc_attendance',
  },
  substanceItems: {
    table: 'substance_item',
  },
  immunisations: {
    table: 'immunisation',
  },
  healthAssessments: {
    table: 'health_assessment',
  },
  historyTransfers: {
    table: 'history_transfer',
  },
  liaisonNotes: {
    table: 'liaison_note',
    columns: {
      text: 'note',
    },
  },
  restraints: {
    table: 'restraint',
  },
  maternityBookings: {
    table: 'maternity_booking',
  },
}
