import { spokenLanguage } from '../../foundation/codeInWords.ts'
import { always, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, field, phrase, plain } from '../sectionWords.ts'

/** T13. An explicit "none needed" is an answer; an empty form is not. */
export const communication = section({
  code: 'T13',
  title: 'Communication',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH'],
  needs: {
    socialCare: { communication: ['whose', 'language', 'interpreterRequired', 'needs'] },
    education: { person: ['homeLanguage'] },
  },
  fill: (input) => [
    ...ask(input, {
      label: 'Language and needs',
      agency: 'socialCare',
      list: 'communication',
      each: (row) => `Language and needs of ${plain(field(row, 'whose')) ?? 'a person'}`,
      none: 'Nobody has recorded whether an interpreter or other help is needed.',
      expected: true,
      tell: (row) =>
        phrase(
          row.language && spokenLanguage(row.language),
          row.interpreterRequired === true
            ? 'interpreter needed'
            : row.interpreterRequired === false && 'no interpreter needed',
          after('needs', field(row, 'needs')),
        ),
    }),
    ...ask(input, {
      label: 'Home language known to education',
      agency: 'education',
      list: 'person',
      none: 'Not recorded.',
      tell: (row) => (row.homeLanguage ? spokenLanguage(row.homeLanguage) : null),
    }),
  ],
})
