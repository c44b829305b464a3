import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, mash, socialWorker } from '../audience.ts'
import { counted, dayWords, found, whenOf } from '../findingWords.ts'
import { daysBetween, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

const kinshipCodes: ReadonlySet<string> = new Set(['U1', 'U2', 'U3'])
const kinship: ReadonlySet<unknown> = new Set(['KINSHIP', 'VIABILITY', 'CONNECTED_PERSON', 'PRIVATE_FOSTERING'])
const isKinship = (kind: unknown): boolean => kind === null || kind === undefined || kinship.has(kind)
const relatives =
  /\b(GREAT|GRAND\w*|AUNT\w*|UNCLE|COUSIN|SIBLING|BROTHER|SISTER|NIECE|NEPHEW|NAN|GRAN|RELATIVE|RELATION|KIN\w*|FAMILY FRIEND|FRIEND)S?\b/
const parents = /\b(STEP ?)?(MOTHER|FATHER|PARENT|MUM|DAD|ADOPTER)S?\b/

/** Whether the child lives with relatives or friends and no parent, in whatever words: who is neither is no kin. */
const isWithKin = (whom: string): boolean => {
  const words = whom
    .toUpperCase()
    .replace(/[^A-Z]+/g, ' ')
    .replace(/\b(MOTHER|FATHER|PARENT|MUM|DAD) ?S (?!AND\b|WITH\b|OR\b)/g, '')
  return relatives.test(words) && !parents.test(words)
}

/** A relative took the child in, three to a room, and nobody looked at the home. */
export const kinUnassessed = rule({
  code: 'KIN_PLACEMENT_UNASSESSED',
  version: 1,
  rule: 'A child who lives with a relative who is no parent lives in a home that was assessed.',
  source: 'Serious case review of Child Q and Child S (2016), 129 to 132 and LP28',
  audience: [socialWorker, manager, mash],
  clears: 'An assessment of the carer and the home.',
  needs: {
    socialCare: {
      addresses: ['livingWith', 'from', 'to'],
      placements: ['code', 'from', 'to'],
      assessments: ['kind'],
    },
  },
  on: [['socialCare.addresses', 'socialCare.placements']],
  absent: ['socialCare.assessments'],
  find: ({ rows, parameters, asOf }) => {
    const kin = [
      ...openAt(rows('socialCare', 'addresses'), asOf).filter((row) => {
        const whose = textOf(row as { livingWith?: unknown }, 'livingWith')
        return whose !== null && isWithKin(whose)
      }),
      ...openAt(rows('socialCare', 'placements'), asOf).filter((row) =>
        kinshipCodes.has(textOf(row as { code?: unknown }, 'code') ?? ''),
      ),
    ]
    return kin.slice(0, 1).flatMap((row) => {
      const from = textOf(row, 'from', 'eventAt')
      if (from === null) return []
      const { assessedWithinDays } = parameters.KIN_PLACEMENT_UNASSESSED
      const since = dayOf(daysLater(from, -assessedWithinDays) ?? from)
      // A home is best assessed before a child moves in. One of an unknown kind, or day, may be of this home.
      const mayBeOfIt = rows('socialCare', 'assessments').some((assessment) => {
        const when = whenOf(assessment)
        return isKinship(assessment.kind) && (when === null || dayOf(when) >= since)
      })
      if (mayBeOfIt) return []
      const days = Math.floor(daysBetween(dayOf(from), dayOf(asOf)) ?? 0)
      return [
        found({
          of: [row],
          due: daysLater(from, parameters.KIN_PLACEMENT_UNASSESSED.days),
          details: { days },
          text: `With ${spoken(('livingWith' in row && textOf(row, 'livingWith')) || 'a relative')} since ${dayWords(from)}, ${counted(days, 'day')}, and no assessment of the home is recorded.`,
        }),
      ]
    })
  },
})
