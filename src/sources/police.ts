import { concernTagsOf } from './concernTags.ts'
import type { SourceContract } from './contract.ts'
import { coded, sentence, span } from './narration.ts'

/** Where the police keep what they hold. */
export const contract: SourceContract = {
  name: 'police',
  title: 'Police',
  agency: 'POLICE',
  home: 'POLICE',
  system: 'records-management-system',
  speakers: { POLICE: ['POLICE'] },
  beforeRelease: 'Ask the force whether it would prejudice an investigation (DPA 2018 Sch 2 para 2).',
  lists: {
    person: {},
    missingEpisodes: {
      transferred: true,
      chronology: {
        fields: ['from', 'to', 'grade', 'foundAt', 'overnight'],
        tell: (row) => ({
          headline: sentence`Reported missing${span(row.from, row.to)}${row.overnight ? ', overnight' : ''}`,
          action: sentence`${row.foundAt ? `found: ${row.foundAt}` : null}`,
        }),
      },
    },
    crimes: {
      rowLabels: ['VICTIM_ANONYMITY'],
      transferred: true,
      chronology: {
        fields: ['offence', 'role', 'outcome'],
        tell: (row) => ({
          headline: sentence`Crime: ${row.offence}, child as ${coded(row.role)}`,
          action: sentence`${coded(row.outcome)}`,
          concernTags: row.role === 'SUSPECT' ? concernTagsOf(row.offence) : [],
        }),
      },
    },
    arrests: {
      transferred: true,
      chronology: {
        fields: ['offence', 'setting', 'outcome'],
        tell: (row) => ({
          headline: sentence`Arrested: ${row.offence}`,
          action: sentence`${coded(row.outcome)}`,
          concernTags: concernTagsOf(row.offence),
        }),
      },
    },
    events: {
      transferred: true,
      chronology: {
        fields: ['kind', 'finding'],
        tell: (row) => ({ headline: sentence`Police event: ${coded(row.kind)}`, action: sentence`${row.finding}` }),
      },
    },
    domesticAbuse: {
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
      chronology: { fields: ['text', 'subject'], tell: (row) => ({ headline: sentence`Intelligence: ${row.text}` }) },
    },
    notices: {
      transferred: true,
      ownedBy: 'protects',
      chronology: {
        fields: ['kind', 'servedAt', 'breaches'],
        tell: (row) => ({
          headline: sentence`Notice issued: ${coded(row.kind)}`,
          action: row.servedAt ? sentence`served ${row.servedAt}` : 'not served',
        }),
      },
    },
    managedOffenders: {
      transferred: true,
      chronology: {
        fields: ['managingForce', 'contact'],
        tell: (row) => ({
          headline: 'Association that police manage',
          action: sentence`contact police: ${row.contact}`,
        }),
      },
    },
    personsOfConcern: {
      transferred: true,
      chronology: {
        fields: ['name', 'link'],
        tell: (row) => ({ headline: sentence`Person of concern: ${row.name}`, action: sentence`${row.link}` }),
      },
    },
    onlineIdentifiers: {},
    protections: {
      transferred: true,
      chronology: {
        fields: ['from', 'to', 'reason'],
        tell: (row) => ({
          headline: sentence`Police protection${span(row.from, row.to)}`,
          action: sentence`${row.reason}`,
        }),
      },
    },
    restraints: {
      chronology: {
        fields: ['technique'],
        tell: (row) => ({ headline: sentence`Restraint by officers: ${coded(row.technique)}` }),
      },
    },
  },
}
