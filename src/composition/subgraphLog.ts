import type { SubgraphLog } from '../federation/subgraphErrors.ts'
import { explainError, type Log } from '../server/log.ts'

/** A subgraph's lines in the gateway's own coded log: only what says which request and which refusal. */
export const subgraphLog = (log: Log): SubgraphLog => ({
  info: (details) => log.info('RELEASED', fieldsOf(details)),
  warn: (details) => log.warn('REQUEST_REFUSED', fieldsOf(details)),
  error: (details) =>
    log.error('REQUEST_FAILED', { ...fieldsOf(details), ...('err' in details ? explainError(details.err) : {}) }),
})

const members = ['requestId', 'agency', 'code', 'detail', 'grants'] as const

const fieldsOf = (details: object): Record<string, string> => {
  const given = new Map<string, unknown>(Object.entries(details))
  return Object.fromEntries(
    members.flatMap((name) => {
      const value = given.get(name)
      return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(' ') : String(value)]]
    }),
  )
}
