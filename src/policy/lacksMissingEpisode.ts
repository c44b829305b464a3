import { decide } from './decide.ts'
import type { DecisionInput } from './decisionInput.ts'
import { isUnsupported, type Pack } from './pack.ts'

/**
 * What stands in the place of the label table, where it is the want of an episode that keeps something back: the
 * purpose is then a duty like others, and the table gives less for it.
 */
export const noEpisode = {
  id: 'no missing episode',
  text: 'This is to answer for a missing child, and no episode is on record that is open, that ended within 72 hours or whose return interview is owed. The purpose is then a duty like others, for which the local label table gives this role less. It opens as soon as the episode is on record.',
} as const

/** Whether all that keeps this back is that no episode of the child is on record. */
export const wantsEpisode = (pack: Pack, input: DecisionInput): boolean =>
  isUnsupported(pack, input.caller.purpose, input.child) &&
  decide(pack, input).rule === '11b' &&
  decide(pack, { ...input, child: { ...input.child, missing: 'SUPPORTED' } }).outcome === 'PERMIT'
