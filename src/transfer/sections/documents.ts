import type { AgencyName } from '../../foundation/agencies.ts'
import type { AssessmentRow, ExploitationRow, HealthAssessmentRow, MeetingRow } from '../../records/generated.ts'
import type { Carried } from '../carriedRows.ts'
import { always, section } from '../section.ts'
import { ask, known } from '../sectionItems.ts'
import { after, day, field, phrase, plain } from '../sectionWords.ts'

/** T17. Where a document is, never the document; a photograph or film is neither carried nor pointed to. */
export const documents = section({
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
    const pointer = <Row extends Carried>(agency: AgencyName, label: string, kind: (row: Row) => string | null) => ({
      label,
      each: () => label,
      none: 'None is recorded.',
      tell: (row: Row) =>
        phrase(
          kind(row) ?? label.toLowerCase(),
          after('of', day<Carried>(row, 'eventAt')),
          after('held by', field<Carried>(row, 'provenance.organisation') ?? input.contracts[agency].title),
          after('at', row.id),
        ),
    })
    return [
      ...ask(input, {
        agency: 'socialCare',
        list: 'meetings',
        ...pointer('socialCare', 'Record of a meeting', (row: Carried & Pick<MeetingRow, 'type'>) =>
          plain(field(row, 'type')),
        ),
      }),
      ...ask(input, {
        agency: 'socialCare',
        list: 'assessments',
        ...pointer('socialCare', 'Assessment', (row: Carried & Pick<AssessmentRow, 'kind'>) =>
          plain(field(row, 'kind')),
        ),
      }),
      ...ask(input, {
        agency: 'socialCare',
        list: 'exploitation',
        ...pointer('socialCare', 'Exploitation assessment', (row: Carried & Pick<ExploitationRow, 'tool'>) =>
          field(row, 'tool'),
        ),
      }),
      ...ask(input, {
        agency: 'education',
        list: 'protectionFiles',
        ...pointer('education', 'Child protection file', (_row: Carried) => 'child protection file'),
      }),
      ...ask(input, {
        agency: 'health',
        list: 'healthAssessments',
        ...pointer('health', 'Health assessment', (row: Carried & Pick<HealthAssessmentRow, 'kind'>) =>
          plain(field(row, 'kind')),
        ),
      }),
      known('Photographs and films', 'Never carried.'),
    ]
  },
})
