import { z } from 'zod'
import type { Purpose } from '../policy/vocabulary.ts'
import { askAs } from './gatewayClient.ts'

/** Who looks at Maya in a week of work. Each asks as they always may, over HTTP, and stands in the log for it. */
const looks: readonly (readonly [persona: string, purpose: Purpose])[] = [
  ['social-worker', 'S47_ENQUIRY'],
  ['mash-analyst', 'MASH_ENQUIRY'],
  ['team-manager', 'S47_ENQUIRY'],
]
const maya = 'C07'
const week = 7 * 24 * 3_600_000

const seen = z.object({ accessSearch: z.object({ found: z.array(z.unknown()) }) })
const looked = z.object({ child: z.object({ id: z.string() }) })

/**
 * A demonstration in which nobody has looked at a child lately has no log to show. Where nobody looked at this one
 * within a week, her practitioners do.
 *
 * @returns how many looked.
 */
export const firstLooks = async (url: string, now: Date): Promise<number> => {
  const from = new Date(now.getTime() - week).toISOString()
  const { data } = await askAs(
    { url, persona: 'information-governance', purpose: 'AUDIT' },
    'query ($child: ID!, $from: DateTime!) { accessSearch(from: $from, childId: $child, first: 1) { found { childId } } }',
    { child: maya, from },
    seen,
  )
  if (data.accessSearch.found.length > 0) return 0
  for (const [persona, purpose] of looks)
    await askAs(
      { url, persona, purpose },
      'query ($child: ID!) { child(id: $child) { id names { given family } status { level } sources { agency state } } }',
      { child: maya },
      looked,
    )
  return looks.length
}
