import { opensList } from '../../../policy/admits.ts'
import type { Grant, RowsGrant } from '../../../policy/grant.ts'
import { bitOf, type Label } from '../../../policy/labels.ts'
import { readsUnclassified } from '../../../policy/readsUnclassified.ts'
import type { HeldRecord } from '../../heldRecord.ts'
import type { FieldSelection } from '../../source.ts'
import { isCounted, type SourceLayout } from '../../sourceLayout.ts'
import type { CodeBook } from './codeBook.ts'
import type { Reading } from './draft.ts'
import type { Json } from './json.ts'
import { appointmentRecords } from './records/appointment.ts'
import { conditionRecords, documentRecords, flagRecords, observationRecords } from './records/clinical.ts'
import { encounterRecords } from './records/encounter.ts'
import { immunizationRecords } from './records/immunization.ts'
import { careTeamRecords, episodeRecords } from './records/involvement.ts'
import { patientRecords } from './records/patient.ts'

/** One type of resource: which lists it gives, how it is searched for, and what makes records of it. */
export interface ResourceType {
  readonly type: string
  /** Lists of `schema/health.graphql`. */
  readonly lists: readonly string[]
  /** Search parameter for the child, and what stands before the child's id there. */
  readonly patient: { readonly parameter: string; readonly before: string }
  /** Elements that refer to the child. */
  readonly subject: readonly string[]
  /** Search parameters by which items of a withheld label are left out: `code` becomes `code:not`. */
  readonly codedBy: readonly string[]
  /** Labels of which it gives records in a list of their own: their headline is enough to read them. */
  readonly ownLists: readonly Label[]
  readonly records: (reading: Reading, resource: Json, person: string) => readonly HeldRecord[]
}

const ofPatient = { parameter: 'patient', before: 'Patient/' }

export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'Patient',
    lists: ['person', 'registrations'],
    patient: { parameter: '_id', before: '' },
    subject: [],
    codedBy: [],
    ownLists: [],
    records: patientRecords,
  },
  {
    type: 'EpisodeOfCare',
    lists: ['involvements', 'camhsEpisodes'],
    patient: ofPatient,
    subject: ['patient'],
    codedBy: ['type'],
    ownLists: ['HEALTH_MENTAL'],
    records: episodeRecords,
  },
  {
    type: 'CareTeam',
    lists: ['involvements'],
    patient: ofPatient,
    subject: ['subject'],
    codedBy: ['category'],
    ownLists: [],
    records: careTeamRecords,
  },
  {
    type: 'Encounter',
    lists: ['unscheduledAttendances', 'appointments', 'sarcAttendances', 'sexualHealth'],
    patient: ofPatient,
    subject: ['subject'],
    codedBy: ['type', 'reason-code'],
    ownLists: ['HEALTH_SARC', 'HEALTH_SEXUAL'],
    records: encounterRecords,
  },
  {
    type: 'Appointment',
    lists: ['appointments'],
    patient: ofPatient,
    subject: ['participant'],
    codedBy: ['service-type', 'specialty', 'reason-code'],
    ownLists: [],
    records: appointmentRecords,
  },
  {
    type: 'Condition',
    lists: ['gpEntries', 'sexualHealth', 'substanceItems'],
    patient: ofPatient,
    subject: ['subject'],
    codedBy: ['code'],
    ownLists: ['HEALTH_SEXUAL', 'CHILD_SUBSTANCE'],
    records: conditionRecords,
  },
  {
    type: 'Observation',
    lists: ['gpEntries', 'sexualHealth', 'substanceItems'],
    patient: ofPatient,
    subject: ['subject'],
    codedBy: ['code'],
    ownLists: ['HEALTH_SEXUAL', 'CHILD_SUBSTANCE'],
    records: observationRecords,
  },
  {
    type: 'Flag',
    lists: ['gpEntries', 'sexualHealth', 'substanceItems'],
    patient: ofPatient,
    subject: ['subject'],
    // R4 has no search by its code.
    codedBy: [],
    ownLists: ['HEALTH_SEXUAL', 'CHILD_SUBSTANCE'],
    records: flagRecords,
  },
  {
    type: 'DocumentReference',
    lists: ['gpEntries', 'sexualHealth', 'substanceItems'],
    patient: ofPatient,
    subject: ['subject'],
    codedBy: ['type', 'category'],
    ownLists: ['HEALTH_SEXUAL', 'CHILD_SUBSTANCE'],
    records: documentRecords,
  },
  {
    type: 'Immunization',
    lists: ['immunisations'],
    patient: ofPatient,
    subject: ['patient'],
    codedBy: ['vaccine-code'],
    ownLists: [],
    records: immunizationRecords,
  },
]

/** The part of a grant under which a holder's rows stand: all of them are one organisation's. */
export const partOf = (grant: Grant, organisation: string | null): RowsGrant =>
  grant.own !== null && organisation === grant.organisation ? grant.own : grant

/** Types from which something is read that was asked for and is open. */
export const typesFor = (layout: SourceLayout, grant: Grant, selection: FieldSelection): readonly ResourceType[] =>
  resourceTypes.filter(({ lists }) =>
    lists.some((name) => {
      const list = layout.lists.get(name)
      return list && opensList(grant, list) && (selection.lists.has(name) || (selection.holdings && isCounted(list)))
    }),
  )

/** As many as one page may have; a server gives fewer where it has a limit of its own. */
const pageSize = 1000

/**
 * One search: of some children, without what the grant withholds as far as the search can leave it out. Everything
 * that comes is judged all the same.
 */
export function searchOf(
  { type, patient, codedBy, ownLists }: ResourceType,
  persons: readonly string[],
  withheld: Withheld | null,
): string {
  const search = new URLSearchParams()
  search.set(patient.parameter, persons.map((person) => `${patient.before}${person}`).join(','))
  if (withheld) {
    const sets = withheld.sets.filter(({ label, isHeadlineOpen }) => !(isHeadlineOpen && ownLists.includes(label)))
    const codes = sets.flatMap((set) => set.codes)
    for (const parameter of codedBy) if (codes.length > 0) search.set(`${parameter}:not`, codes.join(','))
    const marks = [...sets.flatMap((set) => set.marks), ...withheld.marks]
    if (type !== 'Patient' && marks.length > 0) search.set('_security:not', marks.join(','))
  }
  search.set('_count', String(pageSize))
  return `${type}?${search}`
}

/** What a grant keeps back of a holder's rows, as a search can name it. */
export interface Withheld {
  readonly sets: readonly {
    readonly label: Label
    readonly isHeadlineOpen: boolean
    readonly codes: readonly string[]
    readonly marks: readonly string[]
  }[]
  /** Restrictions that no label stands for. */
  readonly marks: readonly string[]
}

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const sensitivity = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

export function withheldFrom(grant: Grant, organisation: string | null, book: CodeBook): Withheld {
  const { headline, content } = partOf(grant, organisation)
  const shut = book.sets.flatMap(({ label, codes }) => {
    if (label === null || (content & bitOf(label)) !== 0) return []
    const every = [...codes].filter(([system]) => system !== sensitivity)
    return [
      {
        label,
        isHeadlineOpen: (headline & bitOf(label)) !== 0,
        codes: every.flatMap(([system, list]) => [...list].map((code) => `${system}|${code}`)),
        marks: [...(codes.get(sensitivity) ?? [])].map((code) => `${sensitivity}|${code}`),
      },
    ]
  })
  const restricted = ['R', 'V'].map((code) => `${confidentiality}|${code}`)
  return { sets: shut, marks: readsUnclassified(grant, organisation) ? [] : restricted }
}
