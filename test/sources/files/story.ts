import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorities, contacts, forces } from '../../../seeds/authoritiesAndForces.ts'

/** An invented child, as six holders have her: two authorities, two forces, a school and a practice. */
export const nia = { nhsNumber: '9991019006', upn: 'F992400114001' }

const person = (id: string, more: object = {}) => ({
  ...{ id, family: 'Varga', given: 'Nia', dateOfBirth: '2014-05-02', sex: 'F', recordedAt: '2026-01-10T09:00:00Z' },
  ...{ nhsNumber: nia.nhsNumber, nhsNumberVerified: true, upn: nia.upn, ...more },
})

const missing = (id: string, from: string, to: string | null) => ({
  ...{ id, person: 'N-77', eventAt: from, recordedAt: from },
  fields: { from, ...(to === null ? {} : { to }), kind: 'M' },
})

/** File by holder. */
export const story: Readonly<Record<string, object>> = {
  LA2: {
    format: 'wholeview-records/1',
    kind: 'socialCare',
    people: [person('EV-90001', { addresses: [{ postcode: 'ZZ2 1NV', from: '2020-02-01', display: '1 Mill Lane' }] })],
    records: {
      plans: [
        {
          ...{ id: 'plan-1', person: 'EV-90001', eventAt: '2026-05-14', recordedAt: '2026-05-14T15:00:00Z' },
          fields: { level: 'CHILD_PROTECTION', category: 'NEG', from: '2026-05-14' },
        },
      ],
      actions: [
        {
          ...{ id: 'action-1', person: 'EV-90001', parent: 'plan-1', recordedAt: '2026-05-15T09:00:00Z' },
          fields: { text: 'Weekly check with the school', owner: 'EDUCATION', due: '2026-06-01', state: 'OPEN' },
        },
      ],
      placements: [
        {
          ...{ id: 'placement-1', person: 'EV-90001', eventAt: '2026-07-01', recordedAt: '2026-07-01T12:00:00Z' },
          fields: { code: 'K2', from: '2026-07-01', la: 'LA5', force: 'F4' },
        },
      ],
    },
  },
  LA5: {
    format: 'wholeview-records/1',
    people: [person('SM-40002')],
    records: {
      contacts: [
        {
          ...{
            id: 'contact-1',
            person: 'SM-40002',
            eventAt: '2026-08-03T10:00:00Z',
            recordedAt: '2026-08-03T11:00:00Z',
          },
          fields: { fromAgency: 'POLICE', outcome: 'CONTACT_ONLY', concerns: ['MISSING'] },
        },
      ],
    },
  },
  F1: {
    format: 'wholeview-records/1',
    people: [person('F1-N-1')],
    records: {
      missingEpisodes: [
        { ...missing('m-1', '2026-03-01T21:00:00Z', '2026-03-02T06:00:00Z'), person: 'F1-N-1' },
        { ...missing('m-2', '2026-04-01T21:00:00Z', '2026-04-02T06:00:00Z'), person: 'F1-N-1' },
      ],
    },
  },
  F4: {
    format: 'wholeview-records/1',
    people: [person('N-77')],
    records: {
      missingEpisodes: [missing('m-1', '2026-08-02T20:00:00Z', '2026-08-03T04:00:00Z')],
      intelligence: [
        {
          ...{ id: 'i-1', person: 'N-77', eventAt: '2026-08-05T09:00:00Z', recordedAt: '2026-08-05T09:30:00Z' },
          ...{ handling: 'NCND', evidence: 'INTELLIGENCE' },
          fields: { text: 'Seen at an address of concern' },
        },
      ],
    },
  },
  'EASTVALE-ACADEMY': {
    format: 'wholeview-records/1',
    people: [person('P-5')],
    records: {
      enrolments: [
        {
          ...{ id: 'e-1', person: 'P-5', eventAt: '2025-09-03', recordedAt: '2025-09-03T08:00:00Z' },
          fields: { urn: '900002', school: 'Eastvale Academy', phase: 'SECONDARY', from: '2025-09-03' },
        },
      ],
    },
  },
  'EASTVALE-SURGERY': {
    format: 'wholeview-records/1',
    people: [person('H-3')],
    records: {
      registrations: [
        {
          ...{ id: 'r-1', person: 'H-3', eventAt: '2015-01-01', recordedAt: '2015-01-01T08:00:00Z' },
          fields: { practice: 'NHS-LA2-GP', name: 'Eastvale Surgery', from: '2015-01-01' },
        },
      ],
    },
  },
}

const holder = (
  id: string,
  kind: string,
  service: string,
  organisation: string,
  la: string | null,
  areas: string[],
) => ({
  ...{ id, kind, service, organisation, la, areas, name: `${id} of the story`, binding: { type: 'files' } },
  contact: { office: `Office of ${id}, 01632 960400` },
})

/** A registry in which these six hand in files. */
export const registry = {
  authorities,
  forces,
  contacts,
  holders: [
    holder('LA2', 'socialCare', 'CHILDRENS_SOCIAL_CARE', 'LA2-CSC', 'LA2', ['LA2']),
    holder('LA5', 'socialCare', 'CHILDRENS_SOCIAL_CARE', 'LA5-CSC', 'LA5', ['LA5']),
    holder('F1', 'police', 'POLICE', 'F1', 'LA2', ['LA1', 'LA2', 'LA6']),
    holder('F4', 'police', 'POLICE', 'F4', 'LA5', ['LA5']),
    holder('EASTVALE-ACADEMY', 'education', 'EDUCATION', '900002', 'LA2', []),
    holder('EASTVALE-SURGERY', 'health', 'HEALTH_GP', 'NHS-LA2-GP', 'LA2', ['LA2']),
  ],
}

/** Writes registry and files into a new folder. */
export function writeStory(): {
  readonly folder: string
  readonly registry: string
  readonly fileOf: (holder: string) => string
} {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-story-'))
  mkdirSync(folder, { recursive: true })
  const place = join(folder, 'registry.json')
  writeFileSync(place, JSON.stringify(registry))
  for (const [name, content] of Object.entries(story))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content, null, 2))
  return { folder, registry: place, fileOf: (name) => join(folder, `${name}.json`) }
}
