import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { spoken } from '../foundation/codeInWords.ts'
import { opensList } from '../policy/admits.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { fieldReading } from '../policy/fieldReading.ts'
import type { Grant } from '../policy/grant.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import type { Role } from '../policy/vocabulary.ts'
import type { Row, Value } from '../sources/contract.ts'
import type { SourceAnswer } from '../sources/source.ts'
import type { ListLayout, SourceLayout } from '../sources/sourceLayout.ts'

/** A child's file for the one it is about, before a person has read it through. `SubjectAccess` of the schema. */
export interface SubjectFile {
  readonly sections: readonly SubjectSection[]
  /** Messages that the controller sent of the child, but for those of which the family is not told yet. */
  readonly messages: readonly SubjectMessage[]
  /** What is left out and may be said. */
  readonly absent: readonly { readonly agency: string; readonly category: string; readonly reason: string }[]
  /** Whom to ask for what other controllers hold. */
  readonly elsewhere: readonly { readonly agency: string; readonly contact: string | null }[]
  /** Agencies that did not answer: the file is not complete without them. */
  readonly missing: readonly string[]
}

/** That the controller said something of a child: when and to whom, and nothing of what. */
export interface SubjectMessage {
  readonly sentAt: string
  readonly title: string
  readonly to: readonly string[]
}

export interface SubjectSection {
  readonly agency: string
  readonly title: string
  readonly list: string
  /** What a person has to check before the section leaves. */
  readonly beforeRelease: string
  readonly records: readonly SubjectRecord[]
}

export interface SubjectRecord {
  readonly id: string
  readonly eventAt: string | null
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

/** The one role that puts a subject's file together. */
export const preparesSubjectAccess = 'INFORMATION_GOVERNANCE_OFFICER' satisfies Role

export type MayPrepare = 'ALLOWED' | 'ROLE_NOT_PERMITTED' | 'PURPOSE_NOT_PERMITTED' | 'NOT_RESPONSIBLE'

/**
 * Who may ask: governance of the authority that answers for the child, under this purpose and no other. Role and
 * purpose come first.
 */
export function mayPrepareSubjectAccess(
  caller: Pick<Caller, 'role' | 'purpose' | 'la'>,
  facts: Pick<ChildFacts, 'responsibleLa' | 'areaLa'> | null,
): MayPrepare {
  if (caller.role !== preparesSubjectAccess) return 'ROLE_NOT_PERMITTED'
  if (caller.purpose !== 'SUBJECT_ACCESS') return 'PURPOSE_NOT_PERMITTED'
  if (facts === null || caller.la === null) return 'NOT_RESPONSIBLE'
  return caller.la === facts.responsibleLa || caller.la === facts.areaLa ? 'ALLOWED' : 'NOT_RESPONSIBLE'
}

/** Everything that the layouts know, by list: what is then read is what the grants leave. */
export const wholeFile = (
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =>
  Object.fromEntries(
    agencies.map((agency) => [
      agency,
      Object.fromEntries(
        [...layouts[agency].lists].map(([list, { columns }]) => [list, ['eventAt', ...columns.keys()]]),
      ),
    ]),
  )

export interface FileParts {
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly answers: Readonly<Record<AgencyName, SourceAnswer>>
}

/** The file from the agencies' answers. Every field is held against its grant once more, whatever a source returned. */
export function subjectFileOf({ layouts, grants, answers }: FileParts): Omit<SubjectFile, 'elsewhere' | 'messages'> {
  return {
    sections: agencies.flatMap((agency) => {
      const answer = answers[agency]
      if (answer.state !== 'ANSWERED') return []
      return [...layouts[agency].lists.values()]
        .filter((list) => opensList(grants[agency], list))
        .flatMap((list) => sectionOf(layouts[agency], list, grants[agency], answer.records.rows(list.list)))
    }),
    absent: agencies.flatMap((agency) =>
      grants[agency].withheld.map(({ label, reason }) => ({
        agency: layouts[agency].contract.agency,
        category: label,
        reason,
      })),
    ),
    missing: agencies
      .filter((agency) => answers[agency].state !== 'ANSWERED')
      .map((agency) => layouts[agency].contract.agency),
  }
}

/** An assessment may rest on intelligence and say so: to pass that on would tell that there is some. */
const intelligenceSource = 'INTELLIGENCE'

function sectionOf(
  { contract }: SourceLayout,
  list: ListLayout,
  grant: Grant,
  records: readonly Row[],
): readonly SubjectSection[] {
  if (records.length === 0) return []
  const rows = grantOfSomeRow(grant)
  const fields = [...list.columns.values()].filter(({ label }) => fieldReading(rows, label) !== 'NOTHING')
  return [
    {
      agency: contract.agency,
      title: contract.title,
      list: list.list,
      beforeRelease: contract.beforeRelease,
      records: records.map((row) => ({
        id: row.id,
        eventAt: typeof row['eventAt'] === 'string' ? row['eventAt'] : null,
        fields: fields.flatMap(({ field }) => {
          const value = row[field]
          return value === null || value === undefined || value === intelligenceSource
            ? []
            : [{ name: field, value: wordsOf(value) }]
        }),
      })),
    },
  ]
}

function wordsOf(value: Value): string {
  if (!Array.isArray(value)) return String(value)
  return value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(', ')
}

/** In every file alike, so that it tells of none what is silent there. */
const everyFile =
  'Some kinds of record may be left out where the Data Protection Act 2018 allows it, without saying whether there are any. This stands in every file and tells nothing of this one. You may complain to us, or to the Information Commissioner.'

/** The file to be read by a person, first by the one who checks it and then by the one it is about. */
export function subjectText(
  file: SubjectFile,
  head: { readonly childId: string; readonly preparedAt: string },
): string {
  return [
    `What services hold about child ${head.childId}, as of ${head.preparedAt}.`,
    'Not to leave before a person has read it through. Other people stand in it under names such as PEER-1.',
    everyFile,
    ...file.missing.map((agency) => `MISSING: ${spoken(agency)} did not answer; ask again before this is complete.`),
    ...file.elsewhere.map(
      ({ agency, contact }) =>
        `ELSEWHERE: what others hold of ${spoken(agency)} is asked of them${contact === null ? '' : ` (${contact})`}.`,
    ),
    ...file.absent.map(
      ({ agency, category, reason }) => `LEFT OUT: ${spoken(category)} of ${spoken(agency)} (${reason}).`,
    ),
    ...file.messages.map(({ sentAt, title, to }) => `SAID: ${title}, ${sentAt}, to ${to.join(', ')}.`),
    ...file.sections.flatMap((section) => [
      '',
      `${section.title}: ${section.list}`,
      `  Before release: ${section.beforeRelease}`,
      ...section.records.flatMap((record) => [
        `  ${record.eventAt ?? 'no date'}  ${record.id}`,
        ...record.fields.map(({ name, value }) => `    ${name}: ${value}`),
      ]),
    ]),
    '',
  ].join('\n')
}
