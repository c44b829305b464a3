import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { agencies } from '../foundation/agencies.ts'
import { settingsOf } from '../foundation/configFile.ts'
import { Refusal, StartupError } from '../foundation/errors.ts'
import type { CommandContext } from './commandContext.ts'
import { CommandFailure, DoneInPart, UsageFailure } from './commandFailure.ts'
import { addAgreement, confirmAgreement, endAgreement, listAgreements } from './commands/agreements.ts'
import { addAudit } from './commands/audit.ts'
import { child } from './commands/child.ts'
import { clock } from './commands/clock.ts'
import { configCheck } from './commands/configCheck.ts'
import { migrate, reset, seed, status } from './commands/database.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { listHolders } from './commands/holders.ts'
import { identityCommands } from './commands/identity.ts'
import { importCommand } from './commands/importFiles.ts'
import { init } from './commands/init.ts'
import { createKeys, listKeys, rotateKey } from './commands/keys.ts'
import { policyCedar, policyCheck, policyDiff, policyGolden, policyShow } from './commands/policy.ts'
import { safelistAdd } from './commands/safelist.ts'
import { start } from './commands/start.ts'
import { subgraph, supergraph } from './commands/subgraph.ts'
import { subjectAccess } from './commands/subjectAccess.ts'
import { token } from './commands/token.ts'
import { allowToken, denyToken } from './commands/tokenDenial.ts'
import { transfer, transferVerify } from './commands/transfer.ts'
import { governanceCommands } from './governanceProgram.ts'
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
    return tell(error, streams, env)
  }
}

const tell = (error: unknown, streams: Streams, env: CommandContext['env']): ExitCode => {
  // commander has written its own text already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const say = (text: string) => streams.err.write(`${text}\n`)
  if (error instanceof StartupError) {
    say('The gateway cannot start:')
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

const addServing = (program: Command, context: () => CommandContext): void => {
  program
    .command('start')
    .description('serve the gateway; with nothing set, the demonstration on 127.0.0.1:4000')
    .option('--host <address>', 'HOST')
    .option('--port <number>', 'PORT')
    .option('--data-dir <folder>', 'DATA_DIR')
    .action((options) => start(context(), options))
  program
    .command('demo')
    .description('tell the main job as a story, on a gateway of its own, and check every step')
    .option('--data-dir <folder>', 'keep the data in this folder; a temporary one when left out')
    .action((options) => demo(context(), options))
  program
    .command('clock')
    .description('wind the clock of the demonstration ahead, so that what is due falls due')
    .argument('[by]', '+30m, +3h, +2d, +1w, or reset; tells where it stands when left out')
    .action((by) => clock(context(), by))
  program
    .command('subgraph')
    .description('serve one agency, or one holder of it, alone as an Apollo Federation 2 subgraph')
    .argument('<agency>', `${agencies.join(', ')}, core, or the id of a holder`)
    .option('--port <number>', 'PORT')
    .option('--sdl', 'print its schema for a router, and serve nothing')
    .action((agency, options) => subgraph(context(), agency, options))
  program
    .command('supergraph')
    .description('print the composed supergraph')
    .action(() => supergraph(context()))
}

const addAsking = (program: Command, context: () => CommandContext): void => {
  const tokens = program
    .command('token')
    .description('print an access token of a running demonstration, or deny one: token deny, token allow')
    .option('--as <persona>', 'for example mash-analyst; `start` lists them')
    .option('--purpose <purpose>', "another purpose than the persona's own, for example S47_ENQUIRY")
    .option('--dpop', 'bind it to a new key, and print the header lines of one request for `curl -H @-`')
    .option('--url <address>', 'where the gateway is')
    .action((options) => token(context(), options))
  addDenial(tokens, context)
  program
    .command('child')
    .description('print the joined view of one child')
    .argument('<id>', 'for example C04')
    .requiredOption('--as <persona>', 'for example mash-analyst')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--as-of <day>', 'only what was recorded by then, for example 2026-08-31')
    .option('--first <number>', 'how many of the latest events', '15')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => child(context(), id, options))
  program
    .command('subject-access')
    .description("put together a child's file for the one it is about, for a person to read through first")
    .argument('<id>', 'for example C05')
    .option('--as <persona>', 'who prepares it', 'information-governance')
    .option('--out <file>', 'write it to a new file that only you can read')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => subjectAccess(context(), id, options))
  const transfers = program
    .command('transfer')
    .description('print a transfer summary, or verify a signed one: transfer verify <file>')
    .argument('<id>', 'the transfer')
    .option('--as <persona>', 'for example receiving-officer', 'receiving-officer')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--out <file>', 'write the signed record to a file, and its receipt beside it')
    .option('--items', 'print every item of every section')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => transfer(context(), id, options))
  transfers
    .command('verify')
    .description('verify a signed record; needs no gateway when the key is a file')
    .argument('<file>', 'the signed record')
    .option('--key <file>', 'JWK or JWK set, a file or an address; the running gateway when left out')
    .option('--receipt <file>', 'verify as well that the audit log records this very record')
    .option('--log-key <file>', 'public key of the audit log; the running gateway when left out')
    .action((file, options) => transferVerify(context(), file, options))
  for (const command of transfers.commands) command.exitOverride()
}

const addDenial = (tokens: Command, context: () => CommandContext): void => {
  const named = (name: string, description: string): Command =>
    tokens
      .command(name)
      .description(description)
      .option('--token-id <jti>', 'one token')
      .option('--subject <sub>', 'a practitioner')
      .option('--client <client_id>', 'a system')
      .option('--issuer <issuer>', 'only when this issuer says so')
      .exitOverride()
  named('deny', 'refuse a token, a practitioner or a system from the next request on')
    .option('--until <instant>', 'for a time only')
    .option('--reason <text>', 'for whoever reads the list later')
    .action((options) => denyToken(context(), options))
  named('allow', 'take off the list what deny put on it').action((options) => allowToken(context(), options))
}

const addSettingUp = (program: Command, context: () => CommandContext): void => {
  program
    .command('init')
    .description('write a configuration, an empty registry and keys into a new folder, and say what comes next')
    .argument('<folder>', 'new or empty')
    .action((folder) => init(context(), folder))
  const keys = program.command('keys').description('the keys with which this gateway signs: create, list, rotate')
  keys
    .command('create')
    .description('make those that are not there')
    .action(() => createKeys(context()))
  keys
    .command('list')
    .description('which are there, by use and name')
    .action(() => listKeys(context()))
  keys
    .command('rotate')
    .description('put a new key in the place of one; transfer records that the old one signed stay good')
    .argument('<use>', 'grant or transfer; the audit log has audit rotate-key')
    .action((use) => rotateKey(context(), use))
  program
    .command('holders')
    .description('who holds records, where they are read, and who is not connected')
    .action(() => listHolders(context()))
  const agreements = program
    .command('agreements')
    .description('sharing agreements of organisations: add, confirm, list, end')
  agreements
    .command('add')
    .description('say that an organisation has agreed to share, for a term')
    .argument('<organisation>', 'its code, for example LA2-CSC')
    .requiredOption('--from <day>', 'first day, for example 2026-09-01')
    .option('--to <day>', 'last day; open when left out')
    .requiredOption('--title <text>', 'what it is called')
    .requiredOption('--document <reference>', 'where the signed document is kept')
    .option('--purposes <list>', 'with commas; every purpose when left out')
    .option('--labels <list>', 'with commas, as the document names them; kept for the record')
    .option('--with <organisations>', 'with commas: whom it was made with')
    .requiredOption('--by <person>', 'who enters it')
    .action((organisation, options) => addAgreement(context(), organisation, options))
  agreements
    .command('list')
    .description('all of them, those that have ended too')
    .action(() => listAgreements(context()))
  agreements
    .command('confirm')
    .description('confirm one that governance of an authority entered')
    .argument('<id>', 'as list shows it')
    .requiredOption('--by <person>', 'who confirms it')
    .action((id, options) => confirmAgreement(context(), id, options))
  agreements
    .command('end')
    .description('end one on a day')
    .argument('<id>', 'as list shows it')
    .option('--on <day>', 'its last day; yesterday when left out, so that it ends at once')
    .requiredOption('--by <person>', 'who ends it')
    .action((id, options) => endAgreement(context(), id, options))
  for (const command of [...keys.commands, ...agreements.commands]) command.exitOverride()
}

const addRunning = (program: Command, context: () => CommandContext): void => {
  program
    .command('doctor')
    .description('look at configuration, connections, tables and keys, and say what to do')
    .action(() => doctor(context()))
  const database = program.command('db').description('the databases: migrate, seed, status, reset')
  database
    .command('migrate')
    .description('bring every schema up to date')
    .action(() => migrate(context()))
  database
    .command('seed')
    .description('write the story cases, and a population beside them')
    .option('--children <number>', 'how many generated children', wholeNumber, '0')
    .action((options) => seed(context(), options))
  database
    .command('status')
    .description('which migrations have run, and what does not fit a contract')
    .action(() => status(context()))
  database
    .command('reset')
    .description('remove every schema of this product, the audit log with them')
    .option('--yes', 'do it')
    .action((options) => reset(context(), options))
  const audit = addAudit(program, context)
  const config = program.command('config').description('the configuration')
  config
    .command('check')
    .description('print the configuration in force, secrets masked, or all that is wrong with it')
    .action(() => configCheck(context()))
  const safelist = program.command('safelist').description('operations that were agreed beforehand')
  safelist
    .command('add')
    .description('list an operation')
    .argument('<file>', 'a file with the operation')
    .option('--list <file>', 'SAFELIST_FILE, else safelist.json')
    .action((file, options) => safelistAdd(context(), file, options))
  const policy = addPolicy(program, context)
  for (const group of [database, audit, config, safelist, policy])
    for (const command of group.commands) command.exitOverride()
}

const addPolicy = (program: Command, context: () => CommandContext): Command => {
  const policy = program.command('policy').description('the policy packs: show, diff, check, golden, cedar')
  policy
    .command('show')
    .description(
      'who reads what under a pack; with a role and a purpose, what that role would be given and by which rule',
    )
    .option('--pack <pack>', 'id or file; the one in force today when left out')
    .option('--role <role>', 'for example SOCIAL_WORKER')
    .option('--purpose <purpose>', "another purpose than the role's usual one")
    .action((options) => policyShow(context(), options))
  policy
    .command('diff')
    .description('who gains and who loses which label, for which purpose')
    .argument('<before>', 'id or file')
    .argument('<after>', 'id or file')
    .action((before, after) => policyDiff(context(), before, after))
  policy
    .command('check')
    .description('whether a file is a whole policy pack, and its hash')
    .argument('<file>', 'JSON')
    .action((file) => policyCheck(context(), file))
  policy
    .command('golden')
    .description('print the golden decision table as CSV')
    .option('--pack <pack>', 'id or file')
    .action((options) => policyGolden(context(), options))
  policy
    .command('cedar')
    .description('print the pack as Cedar policies')
    .option('--pack <pack>', 'id or file')
    .action((options) => policyCedar(context(), options))
  return policy
}

const wholeNumber = (text: string): string => {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return text
}
