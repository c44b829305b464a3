import type { AnswerParts } from '../disclosure/answer.ts'
import { demandFewChildren } from '../disclosure/childrenNamed.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Log } from './log.ts'
import { operationReader } from './operationReader.ts'
import type { Safelist } from './safelist.ts'
import { canStartEarly } from './speculativeStart.ts'

/**
 * All that is asked of an operation before anything is opened: its size, the children it names, and whether it was
 * agreed. What is not listed is weighed like the rest.
 */
export const weigher = (safelist: Safelist, log: Log): AnswerParts['weigh'] => {
  const read = operationReader()
  return ({ query, operationName, variables }, requestId) => {
    const document = read(query)
    demandFewChildren(document, operationName, variables)
    const verdict = safelist.judge(query)
    if (verdict === 'REFUSED') throw new Refusal('OPERATION_NOT_LISTED', { detail: safelist.hashOf(query) })
    if (verdict === 'UNLISTED_LOGGED') log.warn('OPERATION_NOT_LISTED', { requestId, hash: safelist.hashOf(query) })
    return { document, canStartEarly: canStartEarly(document) }
  }
}
