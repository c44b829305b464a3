import { isFatherOrMaleCarer, recordedOf } from '../../childView/familyRelations.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Fathers, and men who live with a child, were not on the page. */
export const fatherUnknown = rule({
  code: 'FATHER_OR_MALE_CARER_UNKNOWN',
  version: 1,
  rule: 'While a case is open it is recorded who the father is, and which men live with or care for the child.',
  source: 'Child U briefing, lines 45 to 47; multi-agency case audit, case 1',
  audience: [socialWorker, manager, reviewer],
  clears: 'A father or male carer recorded, or that there is none and how that is known.',
  needs: {
    socialCare: {
      family: ['relation', 'sex', 'isChild'],
      plans: ['from', 'to'],
      referrals: ['closedOn', 'noFurtherAction'],
    },
  },
  on: [['socialCare.plans', 'socialCare.referrals']],
  also: { socialCare: { family: ['inHousehold', 'diedOn'] } },
  absent: ['socialCare.family'],
  find: ({ rows, asOf }) => {
    const open = inOrder([
      ...openAt(rows('socialCare', 'plans'), asOf),
      ...rows('socialCare', 'referrals').filter(
        (row) => textOf(row, 'closedOn') === null && row.noFurtherAction !== true,
      ),
    ])[0]
    const family = rows('socialCare', 'family')
    if (!open || family.some((row) => isFatherOrMaleCarer(recordedOf(row), dayOf(asOf)))) return []
    return [
      found({
        of: [open],
        more: family,
        anchor: open.id,
        text: `Open since ${dayWords(whenOf(open))}; recorded of the family: ${family.length > 0 ? listWords(family.map((row) => spoken(textOf(row, 'relation') ?? 'a relative'))) : 'nobody'}. No father or male carer is recorded.`,
      }),
    ]
  },
})
