import { type Config, readConfig } from '../foundation/config.ts'
import { isLoopback } from '../foundation/localAddresses.ts'
import type { Terminal } from './terminal.ts'

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The address of the gateway that runs with this environment, unless another is given. */
export const gatewayUrl = (context: CommandContext, given: string | undefined): string => {
  if (given) return given.replace(/\/+$/, '')
  const config = readConfig(context.env)
  return config.publicUrl ?? localUrl(config)
}

const localUrl = ({ host, port }: Config): string => {
  const name = isLoopback(host) ? host : '127.0.0.1'
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
