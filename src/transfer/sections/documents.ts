import type { AgencyName } from '../../foundation/agencies.ts'
import type { Row } from '../../sources/contract.ts'
import { ask, known } from '../items.ts'
import { always, type Section } from '../section.ts'
import type { TransferItem } from '../types.ts'
import { after, day, field, phrase, plain } from '../words.ts'

/** T17. Where a document is, never the document; a photograph or film is neither carried nor pointed to. */
export const documents: Section = {
  code: 'T17',
  title: 'Documents',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH'],
  needs: {
    socialCare: { meetings: ['type', 'status'], assessments: ['kind'], exploitation: ['tool'] },
    education: { protectionFiles: ['sentOn'] },
    health: { healthAssessments: ['kind', 'heldOn'] },
  },
  fill: (input) => {
    const pointers = (
      agency: AgencyName,
      list: string,
      label: string,
      kind: (row: Row) => string | null,
    ): TransferItem[] =>
      ask(input, {
        label,
        agency,
        list,
        each: () => label,
        none: 'None is recorded.',
        tell: (row) =>
          phrase(
            kind(row) ?? label.toLowerCase(),
            after('of', day(row, 'eventAt')),
            after('held by', field(row, 'provenance.organisation') ?? input.contracts[agency].title),
            after('at', row.id),
          ),
      })
    return [
      ...pointers('socialCare', 'meetings', 'Record of a meeting', (row) => plain(field(row, 'type'))),
      ...pointers('socialCare', 'assessments', 'Assessment', (row) => plain(field(row, 'kind'))),
      ...pointers('socialCare', 'exploitation', 'Exploitation assessment', (row) => field(row, 'tool')),
      ...pointers('education', 'protectionFiles', 'Child protection file', () => 'child protection file'),
      ...pointers('health', 'healthAssessments', 'Health assessment', (row) => plain(field(row, 'kind'))),
      known('Photographs and films', 'Never carried.'),
    ]
  },
}
