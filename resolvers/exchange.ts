import type { RequestContext } from '../src/disclosure/requestContext.ts'
import type { Exchange, PageArguments } from '../src/exchange/exchange.ts'
import { kinds } from '../src/exchange/kinds/index.ts'

/** What the resolvers of messages need of a request. */
export type ExchangeContext = RequestContext & { readonly exchange: Exchange }

interface Sent {
  readonly input: unknown
  readonly key?: string | null
}

interface Answered extends Omit<Sent, 'input'> {
  readonly id: string
  readonly input?: unknown
}

/** One mutation a kind, as the kind itself names it. The log is told that a message was sent, and not of which kind. */
const sending = Object.fromEntries(
  kinds.flatMap(({ mutation, name }) =>
    mutation === null
      ? []
      : [
          [
            mutation,
            (_: unknown, { input, key }: Sent, { exchange, note }: ExchangeContext) => {
              note('sendMessage')
              return exchange.send(name, input, key)
            },
          ],
        ],
  ),
)

/** What can be done with a message of any kind. Arguments beside `id` and `key` are its fields. */
const common = ['seeMessage', 'assignMessage', 'replyToMessage', 'escalateMessage']

const answering = Object.fromEntries(
  [...common, ...kinds.flatMap(({ answers }) => answers.map(({ mutation }) => mutation))].map((mutation) => [
    mutation,
    (_: unknown, { id, input, key, ...fields }: Answered, { exchange, note }: ExchangeContext) => {
      note('answerMessage')
      return exchange.answer(mutation, id, input ?? fields, key)
    },
  ]),
)

/** What agencies say to each other. Who may say it, to whom it goes and when it is due stands with each kind. */
export const resolvers = {
  Query: {
    inbox: (_: unknown, asked: PageArguments, { exchange, note }: ExchangeContext) => {
      note('readMessages')
      return exchange.page('IN', asked)
    },
    outbox: (_: unknown, asked: PageArguments, { exchange, note }: ExchangeContext) => {
      note('readMessages')
      return exchange.page('OUT', asked)
    },
    messages: (_: unknown, asked: PageArguments, { exchange, note }: ExchangeContext) => {
      note('readMessages')
      return exchange.page('EITHER', asked)
    },
    messageKinds: (_: unknown, __: unknown, { exchange }: ExchangeContext) => exchange.kinds(),
    message: (_: unknown, { asOf, id }: { id: string; asOf?: string | null }, { exchange, note }: ExchangeContext) => {
      note('readMessages')
      return exchange.message(id, asOf)
    },
  },
  Mutation: { ...sending, ...answering },
}
