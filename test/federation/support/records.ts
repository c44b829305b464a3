import type { Row } from '../../../src/sources/contract.ts'

const provenance = (agency: string, service: string, recordedAt: string) => ({
  'provenance.agency': service,
  'provenance.la': 'LA2',
  'provenance.force': agency === 'police' ? 'F1' : null,
  'provenance.organisation': agency === 'police' ? 'F1' : 'LA2-CSC',
  'provenance.recordedBy': 'Officer 7',
  'provenance.recordedAt': recordedAt,
  'provenance.evidence': 'FACT',
  'provenance.supersedes': null,
})

const episode = (id: string, childId: string, day: string): Row => ({
  id: `police:${id}`,
  person: `police-${childId}`,
  eventAt: `${day}T20:00:00Z`,
  sensitivity: ['POLICE_RECORD'],
  kind: 'M',
  from: `${day}T20:00:00Z`,
  to: `${day}T23:00:00Z`,
  overnight: false,
  grade: 'MEDIUM',
  safeAndWellCheck: true,
  foundAt: 'a bus station',
  foundWith: 'never to be seen without the label',
  ...provenance('police', 'POLICE', `${day}T23:30:00Z`),
})

export const policeRecords: Readonly<Record<string, readonly Row[]>> = {
  missingEpisodes: [
    episode('m1', 'C04', '2026-10-01'),
    episode('m2', 'C04', '2026-10-09'),
    episode('m3', 'C05', '2026-10-05'),
  ],
  crimes: [
    {
      id: 'police:c1',
      person: 'police-C04',
      eventAt: '2026-09-01T10:00:00Z',
      sensitivity: [],
      offence: 'Theft from shop',
      role: 'SUSPECT',
      otherParty: 'CHILD-~AAAAAAAAAAAAAAAA',
      otherIsChild: null,
      outcome: 'NO_FURTHER_ACTION',
      outcomeAt: null,
      sharedAt: '2026-09-08T10:00:00Z',
      ...provenance('police', 'POLICE', '2026-09-02T10:00:00Z'),
      'provenance.supersedes': 'police:c0',
    },
  ],
}

const invitee = (id: string, meeting: string, service: string, eventAt: string | null): Row => ({
  id: `socialCare:${id}`,
  person: 'socialCare-C04',
  parent: `socialCare:${meeting}`,
  eventAt,
  sensitivity: [],
  agency: service,
  ...provenance('socialCare', 'CHILDRENS_SOCIAL_CARE', '2026-09-01T10:00:00Z'),
})

const meeting = (id: string, eventAt: string): Row => ({
  id: `socialCare:${id}`,
  person: 'socialCare-C04',
  eventAt,
  sensitivity: [],
  type: 'STRATEGY_DISCUSSION',
  otherLabels: ['professionals meeting'],
  status: 'HELD',
  outcome: 'Single assessment',
  ...provenance('socialCare', 'CHILDRENS_SOCIAL_CARE', eventAt),
})

export const socialCareRecords: Readonly<Record<string, readonly Row[]>> = {
  meetings: [meeting('s1', '2026-08-01T10:00:00Z'), meeting('s2', '2026-09-01T10:00:00Z')],
  // In the order of a database: by time, those without one last, then by id. Not in the order of their meetings.
  invitees: [
    invitee('i3', 's2', 'POLICE', '2026-08-01T09:00:00Z'),
    invitee('i1', 's1', 'EDUCATION', '2026-08-01T10:00:00Z'),
    invitee('i2', 's1', 'HEALTH', null),
    invitee('i4', 's2', 'EDUCATION', null),
  ],
}
