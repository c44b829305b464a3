import { type GatewayProcess, startGatewayProcess } from './gatewayProcess.ts'
import { tokenOf } from './load.ts'

/** A gateway that answers, and a token for it. */
export interface WarmGateway {
  readonly gateway: GatewayProcess
  readonly token: string
}

/** Gateways that start while others are under load, so that the next one is ready when one is killed. */
export interface WarmPool {
  take(): Promise<WarmGateway>
  close(): Promise<void>
}

export const startWarm = async (environment: Readonly<Record<string, string>>): Promise<WarmGateway> => {
  const gateway = await startGatewayProcess(environment)
  try {
    return { gateway, token: await tokenOf(gateway.url, 'mash-analyst') }
  } catch (error) {
    await gateway.kill()
    throw error
  }
}

/** @param total how many will be taken altogether; no more are started. */
export function openWarmPool(
  environment: Readonly<Record<string, string>>,
  { ahead, total }: { readonly ahead: number; readonly total: number },
): WarmPool {
  const waiting: Promise<WarmGateway>[] = []
  let started = 0
  const fill = (): void => {
    while (waiting.length < ahead && started < total) {
      started += 1
      const next = startWarm(environment)
      // Whoever takes it hears of it; until then it is not an unhandled failure.
      next.catch(() => undefined)
      waiting.push(next)
    }
  }
  return {
    take: async () => {
      fill()
      const next = waiting.shift()
      if (!next) throw new Error('More gateways are taken than were asked for.')
      const ready = await next
      fill()
      return ready
    },
    close: async () => {
      started = total
      await Promise.all(waiting.map((next) => next.then(({ gateway }) => gateway.kill()).catch(() => undefined)))
    },
  }
}
