import type { SourceContract } from './contract.ts'
import { said, span } from './telling.ts'

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
          headline: said`Reported missing${span(row.from, row.to)}${row.overnight ? ', overnight' : ''}`,
          action: said`${row.foundAt ? `found at ${row.foundAt}` : null}`,
        }),
      },
    },
    crimes: {
      table: 'crime',
      transferred: true,
      columns: { role: 'child_role' },
      chronology: {
        fields: ['offence', 'role', 'outcome'],
        tell: (row) => ({ headline: said`Crime: ${row.offence}, child as ${row.role}`, action: said`${row.outcome}` }),
      },
    },
    arrests: {
      table: 'arrest',
      transferred: true,
      chronology: {
        fields: ['offence', 'setting', 'outcome'],
        tell: (row) => ({ headline: said`Arrested: ${row.offence}`, action: said`${row.outcome}` }),
      },
    },
    events: {
      table: 'police_event',
      transferred: true,
      chronology: {
        fields: ['kind', 'finding'],
        tell: (row) => ({ headline: said`Police event: ${row.kind}`, action: said`${row.finding}` }),
      },
    },
    domesticAbuse: {
      table: 'domestic_abuse_incident',
      transferred: true,
      chronology: {
        fields: ['summary', 'childPresent', 'schoolNotifiedAt'],
        tell: (row) => ({
          headline: said`Domestic abuse incident${row.childPresent ? ', child present' : ''}`,
          action: said`${row.summary}`,
        }),
      },
    },
    intelligence: {
      table: 'intelligence_report',
      columns: { text: 'item', handling: 'handling_conditions' },
      chronology: { fields: ['text', 'subject'], tell: (row) => ({ headline: said`Intelligence: ${row.text}` }) },
    },
    notices: {
      table: 'notice',
      transferred: true,
      chronology: {
        fields: ['kind', 'servedAt', 'breaches'],
        tell: (row) => ({
          headline: said`Notice issued: ${row.kind}`,
          action: row.servedAt ? said`served ${row.servedAt}` : 'not served',
        }),
      },
    },
    managedOffenders: {
      table: 'managed_offender_association',
      transferred: true,
      columns: { contact: 'contact_line' },
      chronology: {
        fields: ['managingForce', 'contact'],
        tell: (row) => ({ headline: 'Association that police manage', action: said`contact police: ${row.contact}` }),
      },
    },
    personsOfConcern: {
      table: 'person_of_concern',
      transferred: true,
      chronology: {
        fields: ['name', 'link'],
        tell: (row) => ({ headline: said`Person of concern: ${row.name}`, action: said`${row.link}` }),
      },
    },
    onlineIdentifiers: { table: 'online_identifier' },
    protections: {
      table: 'police_protection',
      transferred: true,
      columns: { from: 'protected_from', to: 'protected_to' },
      chronology: {
        fields: ['from', 'to', 'reason'],
        tell: (row) => ({ headline: said`Police protection${span(row.from, row.to)}`, action: said`${row.reason}` }),
      },
    },
    restraints: {
      table: 'restraint',
      chronology: {
        fields: ['technique'],
        tell: (row) => ({ headline: said`Restraint by officers: ${row.technique}` }),
      },
    },
  },
}
