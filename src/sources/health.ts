import type { SourceContract } from './contract.ts'
import { sentence, span } from './narration.ts'

/** Where the NHS keeps what it holds. */
export const contract: SourceContract = {
  name: 'health',
  title: 'Health',
  agency: 'HEALTH',
  home: 'HEALTH',
  contact: 'Designated nurse for safeguarding children, 01632 960300',
  system: 'shared-care-record',
  speakers: {
    HEALTH: ['HEALTH', 'HEALTH_GP', 'HEALTH_ACUTE', 'HEALTH_COMMUNITY', 'HEALTH_MENTAL_HEALTH', 'HEALTH_SARC'],
  },
  beforeRelease:
    'Ask the health professional most lately responsible whether it would cause serious harm (DPA 2018 Sch 3 Part 2).',
  lists: {
    person: {
      table: 'patient',
      transferred: true,
      columns: { sex: 'sex_code' },
      identifiers: { nhsNumber: 'NHS_NUMBER' },
    },
    registrations: {
      table: 'gp_registration',
      transferred: true,
      involvement: { kind: 'GP_REGISTRATION', service: ['name', 'practice'] },
      columns: { from: 'registered_from', to: 'registered_to' },
      chronology: { fields: ['name', 'from'], tell: (row) => ({ headline: sentence`Registered with ${row.name}` }) },
    },
    involvements: {
      table: 'service_involvement',
      transferred: true,
      involvement: {
        kind: { field: 'kind', otherwise: 'HEALTH_SERVICE' },
        service: ['service'],
        professional: 'professional',
      },
      columns: { from: 'involved_from', to: 'involved_to' },
      chronology: {
        fields: ['service', 'kind', 'to', 'endReason'],
        tell: (row) => ({
          headline: sentence`Health service involved: ${row.service ?? row.kind}`,
          action: sentence`${row.endReason}`,
        }),
      },
    },
    unscheduledAttendances: {
      table: 'unscheduled_attendance',
      transferred: true,
      chronology: {
        fields: ['setting', 'reason', 'outcome', 'safeguardingRelevance', 'retraction'],
        tell: (row) => ({
          headline: sentence`Unscheduled attendance: ${row.setting}${row.reason ? `, ${row.reason}` : ''}`,
          action: sentence`${row.outcome}`,
          impactOnChild: sentence`${row.safeguardingRelevance}`,
        }),
      },
    },
    appointments: {
      table: 'appointment',
      rowLabels: ['HEALTH_MENTAL'],
      chronology: {
        fields: ['service', 'outcome', 'reason'],
        tell: (row) => ({
          headline: sentence`Appointment: ${row.service}, ${row.outcome}`,
          action: sentence`${row.reason}`,
        }),
      },
    },
    gpEntries: {
      table: 'gp_entry',
      columns: { text: 'entry' },
      chronology: {
        fields: ['text', 'safeguardingRelevance'],
        tell: (row) => ({
          headline: sentence`General practice: ${row.text ?? 'entry'}`,
          impactOnChild: sentence`${row.safeguardingRelevance}`,
        }),
      },
    },
    camhsEpisodes: {
      table: 'camhs_episode',
      transferred: true,
      chronology: {
        fields: ['service', 'status', 'referralType', 'referredOn', 'closedOn'],
        tell: (row) => ({
          headline: sentence`Mental health episode: ${row.service}, ${row.status}${span(row.referredOn, row.closedOn)}`,
        }),
      },
    },
    sexualHealth: {
      table: 'sexual_health_item',
      columns: { text: 'item' },
      chronology: {
        fields: ['safeguardingOutcome', 'text'],
        tell: (row) => ({
          headline: sentence`Sexual health: ${row.text ?? 'item'}`,
          impactOnChild: sentence`${row.safeguardingOutcome}`,
        }),
      },
    },
    sarcAttendances: {
      table: 'sarc_attendance',
      chronology: {
        fields: ['safeguardingOutcome'],
        tell: (row) => ({
          headline: 'Attended a sexual assault referral centre',
          impactOnChild: sentence`${row.safeguardingOutcome}`,
        }),
      },
    },
    substanceItems: {
      table: 'substance_item',
      chronology: {
        fields: ['substance', 'note'],
        tell: (row) => ({
          headline: sentence`Substance use noted${row.substance ? `: ${row.substance}` : ''}`,
          action: sentence`${row.note}`,
        }),
      },
    },
    immunisations: { table: 'immunisation', transferred: true },
    healthAssessments: {
      table: 'health_assessment',
      transferred: true,
      chronology: {
        fields: ['kind', 'findings'],
        tell: (row) => ({ headline: sentence`Health assessment: ${row.kind}`, action: sentence`${row.findings}` }),
      },
    },
    historyTransfers: {
      table: 'history_transfer',
      transferred: true,
      chronology: {
        fields: ['fromLa', 'toLa', 'receivedOn'],
        tell: (row) => ({
          headline: sentence`Health history from ${row.fromLa} to ${row.toLa}: ${row.receivedOn ? `received ${row.receivedOn}` : 'not received'}`,
        }),
      },
    },
    liaisonNotes: {
      table: 'liaison_note',
      columns: { text: 'note' },
      chronology: {
        fields: ['text'],
        tell: (row) => ({ headline: 'Paediatric liaison note', action: sentence`${row.text}`, positive: true }),
      },
    },
    restraints: {
      table: 'restraint',
      chronology: {
        fields: ['technique', 'minutes'],
        tell: (row) => ({ headline: sentence`Restraint in a health setting: ${row.technique}` }),
      },
    },
    maternityBookings: {
      table: 'maternity_booking',
      chronology: {
        fields: ['unit', 'weeks'],
        tell: (row) => ({ headline: sentence`Maternity booking at ${row.unit}` }),
      },
    },
  },
}
