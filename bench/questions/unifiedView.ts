import { type Shape, selectionOf } from '../questionShape.ts'

/** About four hundred values of a child whom five agencies know, all of which a MASH's analyst may read. */
export const unifiedView: Shape = {
  health: {
    person: ['id', 'nhsNumber', 'family', 'given', 'dateOfBirth', 'sex'],
    registrations: ['id', 'practice', 'name', 'contact', 'from'],
    involvements: ['id', 'kind', 'professional', 'contact', 'from', 'to'],
    unscheduledAttendances: ['id', 'eventAt', 'setting', 'injury', 'safeguardingRelevance'],
    appointments: ['id', 'eventAt', 'service', 'outcome'],
    gpEntries: ['id', 'eventAt', 'safeguardingRelevance'],
  },
  education: {
    person: ['id', 'upn', 'family', 'given', 'dateOfBirth'],
    enrolments: ['id', 'urn', 'school', 'phase', 'contact', 'from', 'to'],
    attendance: ['id', 'school', 'from', 'to', 'possible', 'attended', 'eventAt'],
    absences: ['id', 'date', 'session', 'code'],
    concerns: ['id', 'eventAt', 'category', 'text', 'action'],
  },
  police: {
    person: ['id', 'family', 'given', 'dateOfBirth'],
    events: ['id', 'eventAt', 'kind', 'finding', 'childRole', 'notified'],
    domesticAbuse: ['id', 'eventAt', 'childPresent', 'schoolNotifiedAt'],
    crimes: ['id', 'eventAt', 'offence', 'role', 'outcome'],
  },
  adultServices: {
    services: ['id', 'service', 'relation', 'worker', 'contact', 'from', 'to', 'endReason'],
  },
  socialCare: {
    person: ['id', 'laChildId', 'family', 'given', 'dateOfBirth', 'sex'],
    addresses: ['id', 'display', 'postcode', 'la', 'from', 'to'],
    communication: ['id', 'whose', 'language', 'interpreterRequired'],
    involvements: ['id', 'kind', 'service', 'professional', 'role', 'contact', 'from', 'to'],
    contacts: ['id', 'eventAt', 'fromAgency', 'outcome', 'concerns'],
    referrals: ['id', 'eventAt', 'primaryNeed', 'noFurtherAction', 'closedOn'],
    assessments: ['id', 'kind', 'authorisedAt', 'dueAt', 'childSeen', 'factors'],
    plans: ['id', 'level', 'from', 'to', 'nextReviewOn'],
    visits: ['id', 'eventAt', 'seen', 'seenAlone', 'note'],
  },
}

export const viewSelection = `id ${selectionOf(unifiedView)}`
