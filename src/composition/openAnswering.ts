import type { GraphQLSchema } from 'graphql'
import { type AnswerParts, type Disclosure, type OperatorEvent, openAnswers } from '../disclosure/answer.ts'
import type { Config } from '../foundation/config.ts'
import { startEngine } from '../server/graphqlEngine.ts'
import { explainError, type Log } from '../server/log.ts'
import { openSafelist } from '../server/safelist.ts'
import { weigher } from '../server/weighOperation.ts'
import type { Reloading } from './reloading.ts'

export interface AnsweringSetting {
  readonly schema: GraphQLSchema
  readonly open: AnswerParts['open']
  readonly config: Pick<Config, 'introspection' | 'requestDeadlineMs' | 'safelist'>
  readonly log: Log
  /** Operations of the product's own pages: agreed by being in it. */
  readonly ownOperations?: readonly string[]
  readonly reloading?: Reloading
}

/**
 * The one pipeline over a schema: what weighs, what executes and what records, put around a caller and an operation.
 */
export async function openAnswering(setting: AnsweringSetting): Promise<Disclosure & { stop(): Promise<void> }> {
  const { schema, open, config, log, ownOperations, reloading } = setting
  let safelist = openSafelist(config.safelist, ownOperations ?? [])
  reloading?.add(() => {
    const next = openSafelist(config.safelist, ownOperations ?? [])
    return () => {
      safelist = next
    }
  })
  const weigh = weigher({ judge: (query) => safelist.judge(query), hashOf: safelist.hashOf }, log)
  const engine = await startEngine(schema, config.introspection, log)
  const answers = openAnswers({
    weigh,
    open,
    execute: engine.execute,
    tell: (event, requestId, error) => log[levels[event]](event, { requestId, ...explainError(error) }),
    deadlineMs: config.requestDeadlineMs,
  })
  return { ...answers, stop: () => engine.stop() }
}

/** A refusal is ordinary. */
const levels: Readonly<Record<OperatorEvent, 'info' | 'error'>> = {
  OPERATION_REFUSED: 'info',
  AUDIT_FAILED: 'error',
  REQUEST_FAILED: 'error',
}
