import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { manager, school, socialWorker } from '../audience.ts'
import { dayWords, found, latestOf } from '../findingWords.ts'
import { levelRank, openAt } from '../periodsAndRuns.ts'
import { rule, type View } from '../rule.ts'
import { unsaidOf, workingAs } from '../workersByRole.ts'

const needs = { socialCare: { plans: ['level', 'from', 'to'], involvements: ['kind', 'from', 'to'] } } as const

/** An allocated worker is not a lead: somebody must hold the plan together. */
export const noLeadProfessional = rule({
  code: 'NO_LEAD_PROFESSIONAL',
  version: 2,
  rule: 'At every level of help from early help upwards one professional is named as the lead.',
  source: 'Serious case review of Child Q and Child S (2016), 119 and 135',
  audience: [socialWorker, manager, school],
  clears: 'A lead professional recorded.',
  needs,
  on: [['socialCare.plans']],
  absent: ['socialCare.involvements'],
  find: (view) => {
    const leads = view.rows('socialCare', 'involvements').filter((row) => row.kind === 'LEAD_PROFESSIONAL')
    const plan = planToLead(view)
    if (!plan || workingAs('LEAD_PROFESSIONAL', view).length > 0) return []
    const last = leads.map((row) => textOf(row, 'to')).filter((to) => to !== null)
    return [
      found({
        of: [plan, ...leads],
        due: last.length > 0 ? latestOf(...last) : null,
        anchor: plan.id,
        text: `${spoken(textOf(plan, 'level') ?? '')} since ${dayWords(textOf(plan, 'from'))}, and no lead professional is recorded.`,
      }),
    ]
  },
  unsaid: (view) => (planToLead(view) ? unsaidOf('LEAD_PROFESSIONAL', workingAs('LEAD_PROFESSIONAL', view)) : []),
})

const planToLead = ({ rows, asOf }: View<typeof needs>) =>
  openAt(rows('socialCare', 'plans'), asOf).find((row) => levelRank(row.level) >= 0)
