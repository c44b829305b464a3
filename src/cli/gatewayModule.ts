import type { GatewayModule } from '../server/gatewayDoor.ts'

const address = new URL('../gateway.ts', import.meta.url).href

/** Loads the gateway when a command needs it, so that `--help` and `token` answer at once. */
export const loadGateway = async (): Promise<GatewayModule> => {
  const module: GatewayModule = await import(address)
  return module
}
