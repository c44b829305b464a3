import type { GatewayModule } from '../server/gatewayTypes.ts'

/** Loads the gateway when a command needs it, so that `--help` and `token` answer at once. */
export const loadGateway = (): Promise<GatewayModule> => import('../composition/gateway.ts')
