import type { MessageView } from '../exchange/messageView.ts'
import type { MessagesContext } from './escalations.ts'
import { demandQuestion, pageOf } from './oversightQuestion.ts'

export interface LearningActionsArguments {
  readonly open?: boolean | null
  readonly overdue?: boolean | null
  readonly first?: number | null
  readonly after?: string | null
}

/** `LearningAction` of `schema/oversight.graphql`. */
export interface LearningAction {
  readonly id: string
  readonly review: string | null
  readonly what: string
  readonly owner: readonly string[]
  readonly due: string | null
  readonly howKnown: string | null
  readonly state: string
  readonly overdue: boolean
  readonly outcomes: readonly {
    readonly by: string | null
    readonly done: string | null
    readonly evidence: string | null
    readonly didItWork: string | null
    readonly doneOn: string | null
  }[]
}

/** `LearningActions` of `schema/oversight.graphql`. */
export interface LearningActions {
  readonly actions: readonly LearningAction[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/** What reviews asked for, as the caller's side asked it or owes it: what, who, by when, and whether it worked. */
export async function learningActions(
  { open = null, overdue = null, first, after = null }: LearningActionsArguments,
  context: MessagesContext,
): Promise<LearningActions> {
  demandQuestion(context, 'LEARNING_ACTIONS')
  const asked = { kinds: ['LEARNING_ACTION'], first: pageOf(first, 100), after, open, overdue }
  const { messages, endCursor, hasNextPage } = await context.exchange.page('EITHER', asked)
  return { actions: messages.map(actionOf), endCursor, hasNextPage }
}

type Content = MessageView['content']

const said = (content: Content, name: string): string | null =>
  content.find((field) => field.name === name)?.value ?? null

const actionOf = ({ id, content, to, state, overdue, replies }: MessageView): LearningAction => ({
  ...{ id, state, overdue },
  review: said(content, 'review'),
  what: said(content, 'what') ?? '',
  owner: to.map((each) => each.to),
  due: said(content, 'due'),
  howKnown: said(content, 'howKnown'),
  outcomes: replies
    .filter(({ kind }) => kind === 'DONE')
    .map((reply) => ({
      by: reply.organisation,
      done: said(reply.content, 'done'),
      evidence: said(reply.content, 'evidence'),
      didItWork: said(reply.content, 'didItWork'),
      doneOn: said(reply.content, 'doneOn'),
    })),
})
