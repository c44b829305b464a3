import { readRegistry } from '../../composition/catalogue.ts'
import { agencies, subgraphPort } from '../../foundation/agencies.ts'
import { readConfig } from '../../foundation/config.ts'
import { schemaFolder } from '../../graphql/schemaModel.ts'
import { freePort } from '../../main.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { untilStopped } from '../stopSignal.ts'

/** Of a holder by itself, unless told otherwise: behind those of the agencies. */
const holderPort = 4120

export interface SubgraphOptions {
  readonly port?: string
  readonly sdl?: boolean
}

/**
 * `wholeview subgraph police`, or `F4`: one agency or one holder alone, as an Apollo Federation 2 subgraph. It reads
 * nothing without a grant.
 */
export const subgraph = async (context: CommandContext, name: string, options: SubgraphOptions): Promise<void> => {
  const { terminal } = context
  const known = (['core', ...agencies] as const).find((one) => one === name)
  const holder = known ? undefined : (await readRegistry(readConfig(context.env).registryFile)).holders.get(name)
  const served = known ?? holder?.kind
  if (served === undefined)
    throw new UsageFailure(
      `There is no agency "${name}". There are: ${agencies.join(', ')}, core, and the holders of the registry.`,
    )
  if (options.sdl) {
    const { readSubgraphSdls } = await import('../../federation/subgraphFiles.ts')
    const sdl = (await readSubgraphSdls(schemaFolder))[served]
    return terminal.out(terminal.json ? JSON.stringify({ name, sdl }) : sdl.trimEnd())
  }
  const config = readConfig(context.env, portsOf(context, options, known ? subgraphPort(known) : holderPort))
  // Before its store, which takes longer to open.
  await freePort(config.host, config.port)
  const { openSubgraph } = await loadGateway()
  const running = await openSubgraph(config, name, config.port)
  terminal.out(terminal.json ? JSON.stringify({ name, url: running.url }) : `${name} answers at ${running.url}`)
  await untilStopped(running.close)
}

/** `PORT` is this process's own; where `--port` is, `PORT` is still the gateway's, whose keys are looked for there. */
function portsOf({ env }: CommandContext, { port }: SubgraphOptions, usual: number) {
  const gateway = readConfig({ ...env, PORT: port === undefined ? undefined : env['PORT'] })
  return { PORT: port ?? env['PORT'] ?? String(usual), GATEWAY_JWKS: gateway.gatewayJwks }
}

/** `wholeview supergraph`: the composed schema, for a federation router. */
export const supergraph = async (context: CommandContext): Promise<void> => {
  const { composeSupergraph } = await loadGateway()
  const result = await composeSupergraph(readConfig(context.env))
  if ('problems' in result) throw new CommandFailure(`The subgraphs do not compose:\n${result.problems.join('\n')}`)
  context.terminal.out(context.terminal.json ? JSON.stringify(result) : result.sdl)
}
