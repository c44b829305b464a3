import type { AuditEntry } from './entry.ts'

/** That an agency holds something back is for it and for governance to know. */
export const aboutHolds: ReadonlySet<string> = new Set([
  'holds',
  'recordHold',
  'releaseHold',
  'reviewHold',
  'escalateHold',
  'decideRelevance',
])

/**
 * Whether a child stands in an entry though nothing of them was disclosed: somebody looked through their own agency's
 * holds or duties, or searched for a person. That there was a hold about this child, or that a number from before an
 * adoption led to them, is for the agency and for governance to know: whoever searched in vain could else read here
 * whom they had found.
 */
export function isUndisclosed(
  { actions, children }: Pick<AuditEntry, 'actions' | 'children'>,
  childId: string,
): boolean {
  // That somebody has a conflict of interest, and looked, is for governance.
  if (children.some(({ id, facts }) => id === childId && facts['barred'] === true)) return true
  if (!actions.some(isOwn)) return false
  return !children.some((child) => child.id === childId && Object.keys(child.facts).length > 0)
}

const isOwn = (action: string): boolean =>
  aboutHolds.has(action) ||
  isAboutMessages(action) ||
  action === 'obligations' ||
  /^(findChild|matchChild)\b/.test(action)

/** Who is not party to a message must not read in a child's log that one was sent, answered or looked for. */
export const isAboutMessages = (action: string): boolean => messageActions.has(action) || action.startsWith('message ')

const messageActions: ReadonlySet<string> = new Set(['sendMessage', 'answerMessage', 'readMessages'])
