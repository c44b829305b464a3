import type { Persona } from '../../auth/persona.ts'
import { commandLine } from '../../foundation/checkoutOrPackage.ts'
import type { Config } from '../../foundation/config.ts'
import { leftOut } from '../../foundation/installedPackage.ts'
import { isLoopback } from '../../foundation/localAddresses.ts'
import { longDate } from '../../foundation/longDate.ts'
import { startGateway } from '../../main.ts'
import { hasExplorer } from '../../server/explorer.ts'
import type { CommandContext } from '../commandContext.ts'
import { firstLooks } from '../demonstrationAccess.ts'
import { firstTransfer } from '../demonstrationTransfer.ts'
import { loadGateway } from '../loadGateway.ts'
import { readForStart } from '../readAllSettings.ts'
import { untilStopped } from '../stopSignal.ts'
import type { Terminal } from '../terminal.ts'
import { table } from '../terminalText.ts'

export interface StartOptions {
  readonly host?: string
  readonly port?: string
  readonly dataDir?: string
}

/** `wholeview start`: opens the gateway, says how to reach it, and serves until it is told to stop. */
export const start = async (context: CommandContext, options: StartOptions): Promise<void> => {
  const { terminal } = context
  const config = await readForStart(context.env, { HOST: options.host, PORT: options.port, DATA_DIR: options.dataDir })
  const running = await startGateway(await loadGateway(), config, {
    onProgress: terminal.progress,
    clockRuns: true,
    watchesAlerts: true,
  })
  terminal.settled()
  // Production runs where no seed is.
  const personas = config.demonstration ? await (await import('../../composition/everyPersona.ts')).everyPersona() : []
  terminal.out(terminal.json ? JSON.stringify({ url: running.url }) : welcome(config, running.url, personas, terminal))
  // Nobody waits for them: a log or a list that stays empty keeps nobody from working.
  if (config.demonstration)
    firstLooks(running.url, new Date())
      .then(() => firstTransfer(running.url))
      .catch(() => {})
  const reload = () => {
    running.reload().catch((error: unknown) => terminal.say(error instanceof Error ? error.name : 'not read again'))
  }
  await untilStopped(running.close, reload)
}

/** What a newcomer needs to ask the first question. */
export const welcome = (config: Config, url: string, personas: readonly Persona[], terminal: Terminal): string =>
  [
    config.workbench
      ? `${terminal.bold('Wholeview')} is at ${terminal.bold(`${url}/workbench/`)}`
      : `${terminal.bold('Wholeview')} answers GraphQL at ${terminal.bold(`${url}/graphql`)}`,
    table([
      ...(config.workbench ? [['GraphQL', `${url}/graphql`]] : []),
      ...(config.introspection ? [['Explorer', hasExplorer(config) ? `${url}/explorer` : explorerMissing]] : []),
      ['Health', `${url}/health/ready`],
      ['Metrics', `${url}/metrics`],
    ]),
    ...(config.demonstration ? demonstration(config, url, personas, terminal) : []),
    terminal.dim('Stop with Ctrl+C.'),
  ].join('\n\n')

const explorerMissing = leftOut('@graphql-yoga/render-graphiql')

const demonstration = (config: Config, url: string, personas: readonly Persona[], terminal: Terminal): string[] => [
  `${terminal.bold('This is the demonstration.')} Every child in it is invented, and anyone who reaches it gets a token.${
    isLoopback(config.host)
      ? ''
      : `\n${terminal.bad(`It listens on ${config.host}, so others on the network can reach it.`)}`
  }${config.demonstrationAsOf ? `\nIts clock began at ${longDate(config.demonstrationAsOf.toISOString())} and runs: \`wholeview clock +2d\` winds it.` : ''}`,
  `${terminal.bold('Get a token')} (it lasts five minutes)\n${table(
    personas.map((persona) => [persona.title, tokenCommand(persona.id, url)]),
  )}`,
  `${terminal.bold('Ask')}, as a MASH analyst, what the agencies know of one child\n\n${firstAsk(url)}`,
]

/** Another shell does not know on which port this one listens. */
const tokenCommand = (persona: string, url: string): string =>
  `${commandLine} token --as ${persona}${url === 'http://127.0.0.1:4000' ? '' : ` --url ${url}`}`

/** One line to paste into a shell. */
const firstAsk = (url: string): string =>
  [
    `curl -s ${url}/graphql -H 'content-type: application/json' \\`,
    `  -H "authorization: Bearer $(${tokenCommand('mash-analyst', url)})" \\`,
    `  -d '{"query":"{ child(id: \\"C04\\") { names { given family } status { level responsibleLa areaLa } sources { agency state recordCount } missing { total { value completeness } unreported { value } } restrictivePractice { total { value completeness } } } }"}'`,
  ].join('\n')
