import { z } from 'zod'
import { askAs } from '../../../src/cli/gatewayClient.ts'
import { count, inWords, table } from '../../../src/cli/terminalText.ts'
import type { Stage } from '../chapterContext.ts'
import { storyChild } from './unifiedView.ts'

const log = `query Log($id: ID!) { accessLog(childId: $id, first: 200) { id at role organisation purpose outcome code } }`
const logShape = z.object({
  accessLog: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      role: z.string(),
      organisation: z.string(),
      purpose: z.string(),
      outcome: z.string(),
      code: z.string().nullable(),
    }),
  ),
})

/** Who saw what, and that nobody changed the record of it. */
export const proofStory = async ({ story, url, gateway, terminal }: Stage): Promise<void> => {
  story.step('Information governance asks who saw the record')
  const { data } = await askAs({ url, persona: 'information-governance' }, log, { id: storyChild }, logShape)
  const seen = data.accessLog
  story.tell(
    table(
      seen
        .slice(0, 8)
        .map((one) => [
          one.organisation,
          inWords(one.role),
          inWords(one.purpose),
          inWords(one.outcome),
          one.code ?? '',
        ]),
    ),
  )
  const by = (organisation: string) =>
    seen.some((one) => one.organisation === organisation && one.outcome === 'DISCLOSED')
  story.check(
    'the hub, the school and both authorities stand in it',
    ['LA2-MASH', '900005', 'LA2-CSC', 'LA5-CSC'].every(by),
  )
  story.check(
    'so does the refusal of the unrelated authority',
    seen.some((one) => one.organisation === 'LA3-CSC' && one.outcome === 'REFUSED' && one.code === 'NOT_A_PARTY'),
  )

  story.step('The audit log is recomputed from its first entry')
  const verified = await gateway.auditVerify(terminal.progress)
  terminal.settled()
  story.tell(`  ${count(verified.leaves, 'answer')} on record`)
  story.check('no entry was changed, removed or put in', verified.problems.length === 0 && verified.leaves > 0)
}
