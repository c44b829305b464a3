import { healthLead, home, reviewer, school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { lastRun } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Home, school, hospital and police each counted their own. */
export const restraintPattern = rule({
  code: 'RESTRAINT_PATTERN',
  version: 1,
  rule: 'Restraint in two settings, five times within 90 days, is looked at as one.',
  source: 'Serious case review of Child Q and Child S (2016), 37, 51 to 58, 86, LP14 and LP20',
  audience: [socialWorker, reviewer, healthLead, school, home],
  clears: 'A review of restraint over all settings, and one plan.',
  needs: {
    health: { restraints: [] },
    education: { restraints: [] },
    police: { restraints: [] },
    socialCare: { restraints: [] },
  },
  on: [['health.restraints', 'education.restraints', 'police.restraints', 'socialCare.restraints']],
  find: ({ rows, parameters }) => {
    const { incidents: count, withinDays: days, settings: needed } = parameters.RESTRAINT_PATTERN
    const settings = {
      health: rows('health', 'restraints'),
      school: rows('education', 'restraints'),
      police: rows('police', 'restraints'),
      home: rows('socialCare', 'restraints'),
    }
    const all = inOrder(Object.values(settings).flat())
    const run = lastRun(all, { count, days })
    if (!run) return []
    const whole = new Set([...run.of, ...run.more].map(({ id }) => id))
    const split = Object.entries(settings).flatMap(([setting, list]) => {
      const there = list.filter(({ id }) => whole.has(id)).length
      return there > 0 ? [{ setting, there }] : []
    })
    if (split.length < needed) return []
    const from = run.of[0]
    return [
      found({
        of: run.of,
        more: run.more,
        anchor: run.of.at(-1)?.id ?? '',
        count: whole.size,
        details: Object.fromEntries(split.map(({ setting, there }) => [setting, there])),
        text: `${counted(whole.size, 'restraint')} since ${dayWords(from ? whenOf(from) : null)}: ${listWords(split.map(({ setting, there }) => `${setting} ${there}`))}.`,
      }),
    ]
  },
})
