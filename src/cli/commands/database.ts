import { readConfig } from '../../foundation/config.ts'
import type { Databases } from '../../server/gatewayTypes.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, DoneInPart, UsageFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { count, table } from '../terminalText.ts'

const withDatabases = async (context: CommandContext, work: (databases: Databases) => Promise<void>): Promise<void> => {
  const config = readConfig(context.env)
  const { openDatabases } = await loadGateway()
  const databases = await openDatabases(config)
  try {
    await work(databases)
  } finally {
    context.terminal.settled()
    await databases.close()
  }
}

/** `wholeview db migrate` */
export const migrate = (context: CommandContext): Promise<void> =>
  withDatabases(context, async (databases) => {
    const { terminal } = context
    const { done, away } = await databases.migrate(terminal.progress)
    terminal.settled()
    terminal.out(
      terminal.json ? JSON.stringify({ done, away }) : done.length > 0 ? `Ran ${done.join(', ')}.` : 'Nothing to do.',
    )
    if (away.length > 0) throw new DoneInPart(`Not looked at:\n${away.map((each) => `  - ${each}`).join('\n')}`)
  })

export interface SeedOptions {
  readonly children: string
}

/** `wholeview db seed --children 100000`: the story cases and, when asked, a population beside them. */
export const seed = (context: CommandContext, options: SeedOptions): Promise<void> => {
  if (!/^\d{1,7}$/.test(options.children)) throw new UsageFailure('--children is a whole number.')
  if (readConfig(context.env).production) throw new CommandFailure('Invented people are not written in production.')
  return withDatabases(context, async (databases) => {
    const { terminal } = context
    await databases.migrate(terminal.progress)
    const written = await databases.seed(Number(options.children), terminal.progress)
    terminal.settled()
    terminal.out(
      terminal.json
        ? JSON.stringify(written)
        : `Wrote ${written.children} ${written.children === 1 ? 'child' : 'children'} with ${count(written.records, 'record')}.`,
    )
  })
}

/** `wholeview db status` */
export const status = (context: CommandContext): Promise<void> =>
  withDatabases(context, async (databases) => {
    const { terminal } = context
    const rows = await databases.status()
    if (terminal.json) {
      terminal.out(JSON.stringify(rows))
      return
    }
    terminal.out(
      table(
        rows.map((row) => [
          row.name,
          row.place,
          row.away !== null ? 'away' : row.waiting.length > 0 ? `${row.waiting.length} to migrate` : 'up to date',
          row.problems.length > 0 ? count(row.problems.length, 'problem') : '',
          row.records === null ? '' : count(row.records, 'record'),
        ]),
      ),
    )
  })

export interface ResetOptions {
  readonly yes?: boolean
}

/** `wholeview db reset --yes`: removes everything, the audit log with it. */
export const reset = (context: CommandContext, options: ResetOptions): Promise<void> => {
  if (readConfig(context.env).production) throw new CommandFailure('A production store is not reset by a command.')
  if (!options.yes) throw new UsageFailure('This removes every record and the audit log. Say --yes to do it.')
  return withDatabases(context, async (databases) => {
    await databases.reset()
    context.terminal.out(context.terminal.json ? '{}' : 'Removed. The next start seeds again.')
  })
}
