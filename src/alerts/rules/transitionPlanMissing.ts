import { effectiveLevel } from '../../childView/effectiveRiskLevel.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { ageOn } from '../../records/dayAndAge.ts'
import { textsOf } from '../../records/textList.ts'
import { adultServices, manager, socialWorker } from '../audience.ts'
import { found, listWords } from '../findingWords.ts'
import { lookedAfterCodes, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** Months between two dates, whole ones alone. */
const monthLength = 30.4375

/** Needs of the school census: moderate, severe, and profound and multiple learning difficulty. */
const learningDifficulties: ReadonlySet<unknown> = new Set(['MLD', 'SLD', 'PMLD'])

/** Nearly eighteen, and no adult service has heard of him. */
export const transitionPlanMissing = rule({
  code: 'TRANSITION_PLAN_MISSING',
  version: 2,
  rule: 'From sixteen and a half, adult services know of a child who is looked after, disabled, has an education, health and care plan, or is at risk of exploitation.',
  source: 'Multi-agency case audit, case 4',
  audience: [socialWorker, manager, adultServices],
  clears: 'A referral to adult services, or a meeting about what comes after eighteen.',
  needs: {
    socialCare: {
      person: ['dateOfBirth'],
      legalStatuses: ['code', 'from', 'to'],
      plans: ['level', 'from', 'to'],
      assessments: ['factors'],
      exploitation: ['toolLevel', 'professionalLevel'],
      meetings: ['type'],
    },
    education: { specialNeeds: ['need', 'provision', 'to'] },
  },
  on: [
    ['socialCare.person'],
    [
      'socialCare.legalStatuses',
      'socialCare.plans',
      'socialCare.assessments',
      'socialCare.exploitation',
      'education.specialNeeds',
    ],
  ],
  absent: ['socialCare.meetings'],
  // A referral stands on social care’s own record; an adult service that answers and knows the child shows one too.
  also: { adultServices: { services: ['relation'] } },
  find: ({ rows, parameters, asOf }) => {
    const person = rows('socialCare', 'person').find((row) => textOf(row, 'dateOfBirth') !== null)
    const born = person ? textOf(person, 'dateOfBirth') : null
    if (!person || born === null || ageOn(born, dayOf(asOf)) >= 18) return []
    const isPlanned =
      rows('socialCare', 'meetings').some((row) => (textOf(row, 'type') ?? '').startsWith('TRANSITION')) ||
      rows('adultServices', 'services').some((row) => row.relation === 'CHILD')
    if (isPlanned) return []
    const grounds = [
      ...openAt(rows('socialCare', 'legalStatuses'), asOf)
        .filter((row) => lookedAfterCodes.has((row as { code?: unknown }).code))
        .map((row) => ({ row, said: 'looked after' })),
      ...openAt(rows('socialCare', 'plans'), asOf)
        .filter((row) => (row as { level?: unknown }).level === 'LOOKED_AFTER')
        .map((row) => ({ row, said: 'looked after' })),
      ...rows('socialCare', 'assessments')
        .filter((row) => (textsOf(row, 'factors') ?? []).some((factor) => ['5A', '6A'].includes(factor)))
        .map((row) => ({ row, said: 'disabled' })),
      ...rows('education', 'specialNeeds')
        .filter((row) => row.provision === 'EHC_PLAN' && textOf(row, 'to') === null)
        .map((row) => ({ row, said: 'with an education, health and care plan' })),
      ...rows('education', 'specialNeeds')
        .filter(
          (row) => learningDifficulties.has(row.need) && row.provision !== 'EHC_PLAN' && textOf(row, 'to') === null,
        )
        .map((row) => ({ row, said: 'with a learning difficulty' })),
      ...rows('socialCare', 'exploitation')
        .filter((row) => ['HIGH', 'VERY_HIGH'].includes(effectiveLevel(row) ?? ''))
        .map((row) => ({ row, said: 'at high risk of exploitation' })),
    ]
    const first = grounds[0]
    if (!first) return []
    return [
      found({
        of: [person, first.row],
        more: grounds.slice(1).map(({ row }) => row),
        due: daysLater(born, Math.ceil(parameters.TRANSITION_PLAN_MISSING.months * monthLength)),
        anchor: person.id,
        text: `${ageOn(born, dayOf(asOf))} years old, ${listWords([...new Set(grounds.map(({ said }) => said))])}, and no referral to adult services is recorded.`,
      }),
    ]
  },
  unsaid: ({ rows }) => {
    const persons = rows('socialCare', 'person')
    return persons.some((row) => textOf(row, 'dateOfBirth') !== null) ? [] : persons
  },
})
