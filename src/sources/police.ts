import type { SourceContract } from './contract.ts'
import { sentence, span } from './narration.ts'

/** Where the police keep what they hold. */
export const contract: SourceContract = {
  name: 'police',
  title: 'Police',
  agency: 'POLICE',
  home: 'POLICE',
  contact: 'Force safeguarding hub, 01632 960320',
  system: 'records-management-system',
  speakers: { POLICE: ['POLICE'] },
  beforeRelease: 'Ask the force whether it would prejudice an investigation (DPA 2018 Sch 2 para 2).',
  lists: {
    person: { table: 'nominal', columns: { sex: 'sex_code' } },
    missingEpisodes: {
      table: 'missing_report',
      transferred: true,
      columns: { from: 'missing_from', to: 'missing_to' },
      chronology: {
        fields: ['from', 'to', 'grade', 'foundAt', 'overnight'],
        tell: (row) => ({
          headline: sentence`Reported missing${span(row.from, row.to)}${row.overnight ? ', overnight' : ''}`,
          action: sentence`${row.foundAt ? `found at ${row.foundAt}` : null}`,
        }),
      },
    },
    crimes: {
      table: 'crime',
      transferred: true,
      columns: { role: 'child_role' },
      chronology: {
        fields: ['offence', 'role', 'outcome'],
        tell: (row) => ({
          headline: sentence`Crime: ${row.offence}, child as ${row.role}`,
          action: sentence`${row.outcome}`,
        }),
      },
    },
    arrests: {
      table: 'arrest',
      transferred: true,
      chronology: {
        fields: ['offence', 'setting', 'outcome'],
        tell: (row) => ({ headline: sentence`Arrested: ${row.offence}`, action: sentence`${row.outcome}` }),
      },
    },
    events: {
      table: 'police_event',
      transferred: true,
      chronology: {
        fields: ['kind', 'finding'],
        tell: (row) => ({ headline: sentence`Police event: ${row.kind}`, action: sentence`${row.finding}` }),
      },
    },
    domesticAbuse: {
      table: 'domestic_abuse_incident',
      transferred: true,
      chronology: {
        fields: ['summary', 'childPresent', 'schoolNotifiedAt'],
        tell: (row) => ({
          headline: sentence`Domestic abuse incident${row.childPresent ? ', child present' : ''}`,
          action: sentence`${row.summary}`,
        }),
      },
    },
    intelligence: {
      table: 'intelligence_report',
      columns: { text: 'item', handling: 'handling_conditions' },
      chronology: { fields: ['text', 'subject'], tell: (row) => ({ headline: sentence`Intelligence: ${row.text}` }) },
    },
    notices: {
      table: 'notice',
      transferred: true,
      chronology: {
        fields: ['kind', 'servedAt', 'breaches'],
        tell: (row) => ({
          headline: sentence`Notice issued: ${row.kind}`,
          action: row.servedAt ? sentence`served ${row.servedAt}` : 'not served',
        }),
      },
    },
    managedOffenders: {
      table: 'managed_offender_association',
      transferred: true,
      columns: { contact: 'contact_line' },
      chronology: {
        fields: ['managingForce', 'contact'],
        tell: (row) => ({
          headline: 'Association that police manage',
          action: sentence`contact police: ${row.contact}`,
        }),
      },
    },
    personsOfConcern: {
      table: 'person_of_concern',
      transferred: true,
      chronology: {
        fields: ['name', 'link'],
        tell: (row) => ({ headline: sentence`Person of concern: ${row.name}`, action: sentence`${row.link}` }),
      },
    },
    onlineIdentifiers: { table: 'online_identifier' },
    protections: {
      table: 'police_protection',
      transferred: true,
      columns: { from: 'protected_from', to: 'protected_to' },
      chronology: {
        fields: ['from', 'to', 'reason'],
        tell: (row) => ({
          headline: sentence`Police protection${span(row.from, row.to)}`,
          action: sentence`${row.reason}`,
        }),
      },
    },
    restraints: {
      table: 'restraint',
      chronology: {
        fields: ['technique'],
        tell: (row) => ({ headline: sentence`Restraint by officers: ${row.technique}` }),
      },
    },
  },
}
