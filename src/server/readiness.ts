import type { ServerResponse } from 'node:http'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type GatewayPort, type Readiness, storeName } from './portToGateway.ts'
import { replyJson } from './reply.ts'

/** Whether the gateway may be sent requests: an agency that is away degrades it, its own store away stops it. */
export type Health = 'READY' | 'DEGRADED' | 'NOT_READY'

/** How long one look at the sources stands, so that asking often costs them nothing. */
const lookStands = 1000

/** Judges what was found. Pure. */
export const healthOf = (checks: readonly Readiness[]): Health => {
  if (!checks.some((check) => check.name === storeName && check.ok)) return 'NOT_READY'
  return checks.every((check) => check.ok) ? 'READY' : 'DEGRADED'
}

/** `/health/ready`: one row per store and source. Names and yes or no; the detail goes to the operator's log. */
export const createReadiness = (gateway: GatewayPort, log: Log, metrics: Metrics, now: () => number = Date.now) => {
  let last: { readonly at: number; readonly checks: Promise<readonly Readiness[]> } | undefined
  const look = () => {
    if (!last || now() - last.at > lookStands) last = { at: now(), checks: ask(gateway, log, metrics) }
    return last.checks
  }
  return async (response: ServerResponse, stopping: boolean): Promise<void> => {
    const checks = await look()
    const health = stopping ? 'NOT_READY' : healthOf(checks)
    replyJson(response, health === 'NOT_READY' ? 503 : 200, {
      status: health,
      checks: checks.map(({ name, ok }) => ({ name, ok })),
    })
  }
}

const ask = async (gateway: GatewayPort, log: Log, metrics: Metrics): Promise<readonly Readiness[]> => {
  const checks = await gateway.readiness().catch(() => [{ name: storeName, ok: false, detail: 'did not answer' }])
  for (const { name, ok, detail } of checks) {
    metrics.reachable(name, ok)
    if (!ok) log.warn('SOURCE_UNREACHABLE', { source: name, detail })
  }
  return checks
}
