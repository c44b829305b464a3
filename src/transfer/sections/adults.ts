import { conditional, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

const revealing = ['ADULT_HEALTH', 'ADULT_JUSTICE'] as const

/** T11. Whom to ring about the adults around the child; what they are treated for is not in it. */
export const adults = section({
  code: 'T11',
  title: 'Adult services',
  mandatory: conditional,
  suppliers: ['ADULT_SOCIAL_CARE', 'SUBSTANCE_SERVICE', 'PROBATION', 'HOUSING'],
  needs: {
    adultServices: {
      services: ['service', 'relation', 'worker', 'contact', 'from', 'to'],
      requirements: ['service', 'week'],
    },
  },
  fieldLabels: { adultServices: revealing },
  fill: (input) => [
    ...ask(input, {
      label: 'Service',
      agency: 'adultServices',
      list: 'services',
      each: (row) => `Service to ${plain(field(row, 'relation')) ?? 'an adult'}`,
      none: 'None is known.',
      // A service that by being there says what it treats is not named to whoever may not know of that.
      fieldLabels: revealing,
      tell: (row) =>
        phrase(
          plain(field(row, 'service')),
          period(day(row, 'from'), day(row, 'to')),
          field(row, 'worker'),
          field(row, 'contact'),
        ),
    }),
    ...ask(input, {
      label: 'Weeks in which services ask something of an adult',
      agency: 'adultServices',
      list: 'requirements',
      none: 'None is recorded.',
      fieldLabels: revealing,
      tell: (row) => phrase(plain(field(row, 'service')), after('week of', day(row, 'week'))),
    }),
  ],
})
