import type { KindTables } from '../tables.ts'

/** Where education tables differ from the convention. */
export const education: KindTables = {
  person: {
    table: 'pupil',
  },
  enrolments: {
    table: 'enrolment',
    columns: {
      from: 'on_roll_from',
      to: 'on_roll_to',
    },
  },
  attendance: {
    table: 'attendance_period',
    columns: {
      from: 'period_from',
      to: 'period_to',
    },
  },
  absences: {
    table: 'absent_session',
    columns: {
      date: 'session_date',
      session: 'session_half',
    },
  },
  suspensions: {
    table: 'suspension',
    columns: {
      from: 'began_on',
    },
  },
  basicNeedsSupport: {
    table: 'basic_needs_support',
  },
  concerns: {
    table: 'school_concern',
    columns: {
      text: 'account',
      action: 'action_taken',
    },
  },
  penaltyNotices: {
    table: 'penalty_notice',
  },
  specialNeeds: {
    table: 'special_need',
    columns: {
      from: 'provided_from',
      to: 'provided_to',
    },
  },
  protectionFiles: {
    table: 'protection_file_transfer',
  },
  letters: {
    table: 'school_letter',
    columns: {
      language: 'language_used',
    },
  },
  travel: {
    table: 'travel',
  },
  restraints: {
    table: 'restraint',
  },
  referralsMade: {
    table: 'referral_made',
  },
}
