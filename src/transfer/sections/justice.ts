import { conditional, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, phrase, plain } from '../sectionWords.ts'

/**
 * T10. The child's role is given with each event: a suspect may be a victim too, and no further action never means no
 * risk.
 */
export const justice = section({
  code: 'T10',
  title: 'Police and justice',
  mandatory: conditional,
  suppliers: ['POLICE', 'YOUTH_JUSTICE', 'PROBATION'],
  needs: {
    police: {
      crimes: ['offence', 'role', 'outcome'],
      arrests: ['offence', 'setting', 'outcome'],
      events: ['kind', 'finding', 'childRole'],
      domesticAbuse: ['schoolNotifiedAt', 'childPresent', 'summary'],
    },
    adultServices: { probation: ['kind', 'relation', 'planForChild'] },
  },
  fill: (input) => [
    ...ask(input, {
      label: 'Crime',
      agency: 'police',
      list: 'crimes',
      each: (row) => `Crime, child ${plain(field(row, 'role')) ?? 'involved'}`,
      none: 'None is recorded.',
      tell: (row) => phrase(day(row, 'eventAt'), field(row, 'offence'), field(row, 'outcome')),
    }),
    ...ask(input, {
      label: 'Arrests of the child',
      agency: 'police',
      list: 'arrests',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(day(row, 'eventAt'), field(row, 'offence'), plain(field(row, 'setting')), field(row, 'outcome')),
    }),
    ...ask(input, {
      label: 'Other police events',
      agency: 'police',
      list: 'events',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(day(row, 'eventAt'), plain(field(row, 'kind')), field(row, 'finding'), plain(field(row, 'childRole'))),
    }),
    ...ask(input, {
      label: 'Domestic abuse in the household',
      agency: 'police',
      list: 'domesticAbuse',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(
          day(row, 'eventAt'),
          row.childPresent === true && 'child present',
          after('school notified', day(row, 'schoolNotifiedAt')) ?? 'school not notified',
        ),
    }),
    ...ask(input, {
      label: 'Probation and custody of adults',
      agency: 'adultServices',
      list: 'probation',
      none: 'None is recorded.',
      tell: (row) =>
        phrase(
          plain(field(row, 'relation')),
          plain(field(row, 'kind')),
          day(row, 'eventAt'),
          row.planForChild === false && 'no plan for the child recorded',
        ),
    }),
  ],
})
