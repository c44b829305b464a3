import { isWatched } from '../store/changeVersions.ts'
import type { Database } from '../store/database.ts'
import {
  type RegisterVersions,
  registerChanges,
  registerVersionsFrom,
  watchedRegisters,
} from '../store/registerChanges.ts'
import type { Stores } from '../store/stores.ts'
import { prepareStores } from './prepareStores.ts'
import type { Start } from './startContext.ts'

export interface OpenedStores {
  readonly stores: Stores
  readonly registerVersions: RegisterVersions
  /** Whether every change of the registers is noted, so that what was derived from them may be cached. */
  readonly isWatching: boolean
  readonly health: () => Promise<{ readonly ok: boolean; readonly detail: string }>
}

/** Opens the gateway's own store and those of the agencies that are read here. */
export async function openStores({ config, options, log, catalogue, closing }: Start): Promise<OpenedStores> {
  const { stores: opened, stop } = await prepareStores(config, catalogue, options.onProgress ?? (() => {}), log)
  closing.add(() => opened.close())
  closing.add(stop)
  const gateway = options.wrapDatabase?.('gateway', opened.gateway) ?? opened.gateway
  return {
    stores: { ...opened, gateway },
    registerVersions: registerVersionsFrom(gateway),
    isWatching: await isWatched(gateway, registerChanges, watchedRegisters),
    health: () => healthOf(gateway),
  }
}

async function healthOf(gateway: Database): Promise<{ ok: boolean; detail: string }> {
  try {
    await gateway.rows({ name: 'health', text: 'select 1::text', values: [] }, AbortSignal.timeout(2000))
    return { ok: true, detail: 'answers' }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}
