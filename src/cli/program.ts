import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { settingsOf, UnreadSettings } from '../foundation/configFile.ts'
import { Refusal, StartupError } from '../foundation/errors.ts'
import type { CommandContext } from './commandContext.ts'
import { CommandFailure, DoneInPart, UsageFailure } from './commandFailure.ts'
import { identityCommands } from './commands/identity.ts'
import { importCommand } from './commands/importFiles.ts'
import { governanceCommands } from './governanceCommands.ts'
import { addRunning, addSettingUp } from './operatingCommands.ts'
import { readWhole } from './readAllSettings.ts'
import { addAsking, addServing } from './servingCommands.ts'
import { createTerminal, type Streams } from './terminal.ts'

/** 0 done, 1 failed, 2 not understood, 3 done in part. */
export type ExitCode = 0 | 1 | 2 | 3

/** Runs one command line. Nothing is thrown: what went wrong is said on standard error and in the exit code. */
export const run = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
  streams: Streams = { out: process.stdout, err: process.stderr },
): Promise<ExitCode> => {
  try {
    await createProgram(env, streams).parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    return tell(error instanceof UnreadSettings ? await withTheRest(error) : error, args, streams, env)
  }
}

/** Whatever else is wrong is told with it, so that nobody mends settings one round at a time. */
const withTheRest = async ({ problems, settings }: UnreadSettings): Promise<StartupError> =>
  new StartupError([...new Set([...problems, ...(await readWhole(settings)).problems])])

/** Commands that start something, or say whether it would start. */
const starting: ReadonlySet<string> = new Set(['start', 'demo', 'subgraph', 'supergraph', 'config'])

const tell = (error: unknown, args: readonly string[], streams: Streams, env: CommandContext['env']): ExitCode => {
  // commander has written its own text already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const say = (text: string) => streams.err.write(`${text}\n`)
  if (error instanceof StartupError) {
    const isStart = args.length === 0 || args.some((word) => starting.has(word))
    say(isStart ? 'The gateway cannot start:' : 'Nothing was done. This has to be put right first:')
    for (const problem of error.problems) say(`  - ${problem}`)
  } else if (error instanceof CommandFailure) say(error.message)
  else if (error instanceof Refusal) say(`${error.code}: ${error.message}${error.detail ? ` (${error.detail})` : ''}`)
  else if (codeIn(error) === 'EADDRINUSE') say('The port is taken. Set another with PORT or --port.')
  else if (codeIn(error) === 'EADDRNOTAVAIL')
    say('HOST is no address of this machine. Set another with HOST or --host.')
  else if (codeIn(error) === 'EACCES') say('PORT may not be listened on by this user. Set another with PORT or --port.')
  else say(`Something went wrong: ${error instanceof Error ? (env['DEBUG'] ? error.stack : error.message) : 'unknown'}`)
  if (error instanceof DoneInPart) return 3
  return error instanceof UsageFailure ? 2 : 1
}

const codeIn = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && 'syscall' in error && error.syscall === 'listen' ? error.code : null

const createProgram = (env: CommandContext['env'], streams: Streams): Command => {
  const program = new Command('wholeview')
    .description('What every agency knows of a child, joined when it is asked, for those who may know it.')
    .version(version())
    .option('--json', 'print JSON for another program')
    .option('--config <file>', 'settings in YAML, as `init` writes them; WHOLEVIEW_CONFIG')
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.out.write(text), writeErr: (text) => streams.err.write(text) })
    .showHelpAfterError('Say --help to see how.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 not understood, 3 done in part. Settings come from a file and the environment: docs/operations.md.',
    )

  const context = (): CommandContext => ({
    env: settingsOf({ ...env, ...(program.opts()['config'] ? { WHOLEVIEW_CONFIG: program.opts()['config'] } : {}) }),
    terminal: createTerminal(streams, { json: program.opts()['json'] === true, noColour: Boolean(env['NO_COLOR']) }),
  })

  addServing(program, context)
  addAsking(program, context)
  addRunning(program, context)
  addSettingUp(program, context)
  identityCommands(program, context)
  governanceCommands(program, context)
  importCommand(program, context)
  for (const command of program.commands) command.exitOverride()
  return program
}

/** As `package.json` says. */
const version = (): string => {
  const read: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof read === 'object' && read && 'version' in read ? String(read.version) : 'unknown'
}
