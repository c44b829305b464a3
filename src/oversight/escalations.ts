import type { Exchange } from '../exchange/exchange.ts'
import type { MessageView } from '../exchange/messageView.ts'
import { type Asking, demandQuestion } from './oversightQuestion.ts'

export type MessagesContext = Asking & { readonly exchange: Pick<Exchange, 'page'> }

/** `EscalationsOfStage` of `schema/oversight.graphql`. */
export interface EscalationsOfStage {
  readonly stage: number
  readonly reached: number
  readonly open: number
  readonly late: number
  readonly lateNow: number
}

const pageSize = 100

/**
 * Disagreements to which the caller's role and organisation are party, by stage: how many reached it, how many stand
 * there, and how many stayed beyond its clock. No child is named.
 */
export async function escalations(context: MessagesContext): Promise<readonly EscalationsOfStage[]> {
  demandQuestion(context, 'ESCALATIONS')
  const stages = new Map<number, { reached: number; open: number; late: number; lateNow: number }>()
  const now = context.clock.today().toISOString()
  for (const message of await messagesOf('DISAGREEMENT', context))
    for (const { stage, isOpen, isLate } of stagesOf(message, now)) {
      const known = stages.get(stage) ?? { reached: 0, open: 0, late: 0, lateNow: 0 }
      known.reached += 1
      if (isOpen) known.open += 1
      if (isLate) known.late += 1
      if (isOpen && isLate) known.lateNow += 1
      stages.set(stage, known)
    }
  return [...stages].sort(([one], [other]) => one - other).map(([stage, counts]) => ({ stage, ...counts }))
}

/** All messages of a kind to which the caller is party. */
async function messagesOf(kind: string, { exchange }: MessagesContext): Promise<readonly MessageView[]> {
  const found: MessageView[] = []
  for (let after: string | null = null; ; ) {
    const page = await exchange.page('EITHER', { kinds: [kind], first: pageSize, after })
    found.push(...page.messages)
    if (!page.hasNextPage) return found
    after = page.endCursor
  }
}

interface StageOfOne {
  readonly stage: number
  readonly isOpen: boolean
  readonly isLate: boolean
}

/** Each stage that one disagreement went through, with whether it stayed there beyond the stage's clock. */
export function stagesOf(
  message: Pick<MessageView, 'stage' | 'state' | 'sentAt' | 'replies' | 'dueTimes'>,
  now: string,
): readonly StageOfOne[] {
  const moves = message.replies.filter(({ kind }) => kind === 'STAGE')
  const ended = message.replies.find(({ kind }) => kind === 'RESOLUTION')?.at ?? null
  const last = message.stage ?? 1
  // The first clock is the message's own, those after it each move's.
  const due = [message.dueTimes[0] ?? null, ...moves.map(({ dueAt }) => dueAt)]
  return due.map((dueAt, at) => {
    const left = moves[at]?.at ?? ended
    return {
      stage: last - moves.length + at,
      isOpen: left === null && message.state !== 'CLOSED',
      isLate: dueAt !== null && Date.parse(left ?? now) > Date.parse(dueAt),
    }
  })
}
