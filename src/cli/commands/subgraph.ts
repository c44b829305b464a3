import { agencies, subgraphPort } from '../../foundation/agencies.ts'
import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../failure.ts'
import { loadGateway } from '../gatewayModule.ts'
import { untilStopped } from '../stopSignal.ts'

export interface SubgraphOptions {
  readonly port?: string
}

/**
 * `wholeview subgraph police`: one agency alone, as an Apollo Federation 2 subgraph. It reads nothing without a grant.
 */
export const subgraph = async (context: CommandContext, name: string, options: SubgraphOptions): Promise<void> => {
  const { terminal } = context
  const known = (['core', ...agencies] as const).find((one) => one === name)
  if (!known) throw new UsageFailure(`There is no agency "${name}". There are: ${agencies.join(', ')}, and core.`)
  const port = options.port ?? context.env['PORT'] ?? String(subgraphPort(known))
  const config = readConfig(context.env, { PORT: port })
  const { openSubgraph } = await loadGateway()
  const running = await openSubgraph(config, known, config.port)
  terminal.out(terminal.json ? JSON.stringify({ name: known, url: running.url }) : `${known} answers at ${running.url}`)
  await untilStopped(running.close)
}

/** `wholeview supergraph`: the composed schema, for a federation router. */
export const supergraph = async (context: CommandContext): Promise<void> => {
  const { composeSupergraph } = await loadGateway()
  const result = await composeSupergraph(readConfig(context.env))
  if ('problems' in result) throw new CommandFailure(`The subgraphs do not compose:\n${result.problems.join('\n')}`)
  context.terminal.out(context.terminal.json ? JSON.stringify(result) : result.sdl)
}
