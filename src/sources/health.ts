import type { SourceContract } from './contract.ts'
import { coded, sentence, span } from './narration.ts'

/** Where the NHS keeps what it holds. */
export const contract: SourceContract = {
  name: 'health',
  title: 'Health',
  agency: 'HEALTH',
  home: 'HEALTH',
  system: 'shared-care-record',
  speakers: {
    HEALTH: ['HEALTH', 'HEALTH_GP', 'HEALTH_ACUTE', 'HEALTH_COMMUNITY', 'HEALTH_MENTAL_HEALTH', 'HEALTH_SARC'],
  },
  beforeRelease:
    'Ask the health professional most lately responsible whether it would cause serious harm (DPA 2018 Sch 3 Part 2).',
  lists: {
    person: {
      transferred: true,
      identifiers: { nhsNumber: 'NHS_NUMBER' },
    },
    registrations: {
      relationship: { kind: 'ON_ROLL' },
      transferred: true,
      involvement: { kind: 'GP_REGISTRATION', service: ['name', 'practice'] },
      chronology: { fields: ['name', 'from'], tell: (row) => ({ headline: sentence`Registered with ${row.name}` }) },
    },
    involvements: {
      relationship: { kind: 'EPISODE' },
      names: ['kind', 'service'],
      transferred: true,
      involvement: {
        kind: { field: 'kind', otherwise: 'HEALTH_SERVICE' },
        service: ['service'],
        professional: 'professional',
      },
      chronology: {
        fields: ['service', 'kind', 'to', 'endReason'],
        tell: (row) => ({
          headline: sentence`Health service involved: ${coded(row.service ?? row.kind)}`,
          action: sentence`${row.endReason}`,
        }),
      },
    },
    unscheduledAttendances: {
      transferred: true,
      chronology: {
        fields: ['setting', 'reason', 'outcome', 'safeguardingRelevance', 'retraction'],
        tell: (row) => ({
          headline: sentence`Unscheduled attendance: ${coded(row.setting)}${row.reason ? `, ${row.reason}` : ''}`,
          action: sentence`${coded(row.outcome)}`,
          impactOnChild: sentence`${row.safeguardingRelevance}`,
        }),
      },
    },
    appointments: {
      names: ['service'],
      rowLabels: ['HEALTH_MENTAL'],
      chronology: {
        fields: ['service', 'outcome', 'reason'],
        tell: (row) => ({
          headline: sentence`Appointment: ${row.service}, ${coded(row.outcome)}`,
          action: sentence`${row.reason}`,
        }),
      },
    },
    gpEntries: {
      chronology: {
        fields: ['text', 'safeguardingRelevance', 'provenance.agency'],
        tell: (row) => ({
          headline: sentence`${row['provenance.agency'] === 'HEALTH_GP' ? 'General practice' : 'Health record'}: ${row.text ?? 'entry'}`,
          impactOnChild: sentence`${row.safeguardingRelevance}`,
        }),
      },
    },
    camhsEpisodes: {
      relationship: { kind: 'EPISODE', begins: 'referredOn', ends: 'closedOn', status: 'status' },
      transferred: true,
      chronology: {
        fields: ['service', 'status', 'referralType', 'referredOn', 'closedOn'],
        tell: (row) => ({
          headline: sentence`Mental health episode: ${row.service}, ${coded(row.status)}${span(row.referredOn, row.closedOn)}`,
        }),
      },
    },
    sexualHealth: {
      chronology: {
        fields: ['safeguardingOutcome', 'text'],
        tell: (row) => ({
          headline: sentence`Sexual health: ${row.text ?? 'item'}`,
          impactOnChild: sentence`${row.safeguardingOutcome}`,
        }),
      },
    },
    sarcAttendances: {
      rowLabels: ['VICTIM_ANONYMITY'],
      chronology: {
        fields: ['safeguardingOutcome'],
        tell: (row) => ({
          headline: 'Attended a sexual assault referral centre',
          impactOnChild: sentence`${row.safeguardingOutcome}`,
        }),
      },
    },
    substanceItems: {
      chronology: {
        fields: ['substance', 'note'],
        tell: (row) => ({
          headline: sentence`Substance use noted${row.substance ? `: ${row.substance}` : ''}`,
          action: sentence`${row.note}`,
        }),
      },
    },
    immunisations: { transferred: true },
    healthAssessments: {
      most: { sdq: 40 },
      transferred: true,
      chronology: {
        fields: ['kind', 'findings'],
        tell: (row) => ({
          headline: sentence`Health assessment: ${coded(row.kind)}`,
          action: sentence`${row.findings}`,
        }),
      },
    },
    historyTransfers: {
      transferred: true,
      chronology: {
        fields: ['fromLa', 'toLa', 'receivedOn'],
        tell: (row) => ({
          headline: sentence`Health history from ${row.fromLa} to ${row.toLa}: ${row.receivedOn ? `received ${row.receivedOn}` : 'not received'}`,
        }),
      },
    },
    liaisonNotes: {
      chronology: {
        fields: ['text'],
        tell: (row) => ({ headline: 'Paediatric liaison note', action: sentence`${row.text}`, positive: true }),
      },
    },
    restraints: {
      chronology: {
        fields: ['technique', 'minutes'],
        tell: (row) => ({ headline: sentence`Restraint in a health setting: ${coded(row.technique)}` }),
      },
    },
    maternityBookings: {
      most: { weeks: 45 },
      chronology: {
        fields: ['unit', 'weeks'],
        tell: (row) => ({ headline: sentence`Maternity booking at ${row.unit}` }),
      },
    },
  },
}
