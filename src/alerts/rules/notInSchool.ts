import { dayOf, textOf } from '../../records/currentRows.ts'
import { ageOn } from '../../records/dayAndAge.ts'
import { mash, school, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** Nobody expects a child at a school that the child has left. */
export const notInSchool = rule({
  code: 'NOT_IN_SCHOOL_GAP',
  version: 1,
  rule: 'A child of school age who left one school is on the roll of another within two weeks, holidays aside.',
  source:
    'Children’s Wellbeing and Schools Act 2026, section 38: register of children not in school; multi-agency case audit: missing from education',
  audience: [school, socialWorker, mash],
  clears: 'A school, or an entry in the register of children not in school.',
  needs: { education: { enrolments: ['from', 'to'], person: ['dateOfBirth'] } },
  on: [['education.enrolments'], ['education.person']],
  absent: ['education.enrolments'],
  find: ({ rows, parameters, asOf }) => {
    const born = rows('education', 'person')
      .map((row) => textOf(row, 'dateOfBirth'))
      .find((day) => day !== null)
    const enrolments = rows('education', 'enrolments')
    const last = inOrder(enrolments.filter((row) => textOf(row, 'to') !== null)).at(-1)
    const left = enrolments
      .flatMap((row) => textOf(row, 'to') ?? [])
      .sort()
      .at(-1)
    if (!born || !last || !left || openAt(enrolments, asOf).length > 0) return []
    const age = ageOn(born, dayOf(asOf))
    if (age < 5 || age > 15) return []
    // Who leaves in the summer is expected somewhere when term begins.
    const isSummer = ['07', '08'].includes(left.slice(5, 7))
    const expected = isSummer ? `${left.slice(0, 4)}-09-05` : left
    return [
      found({
        of: [last],
        due: daysLater(expected, parameters.NOT_IN_SCHOOL_GAP.days),
        text: `On no school’s roll since ${dayWords(left)}.`,
      }),
    ]
  },
  unsaid: ({ rows }) => {
    const persons = rows('education', 'person')
    const enrolments = rows('education', 'enrolments')
    return persons.some((row) => textOf(row, 'dateOfBirth') !== null) ? [] : enrolments.slice(0, 1)
  },
})
