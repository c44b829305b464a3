import { type Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from './commandContext.ts'
import { addAgreement, confirmAgreement, endAgreement, listAgreements } from './commands/agreements.ts'
import { addAudit } from './commands/audit.ts'
import { configCheck } from './commands/configCheck.ts'
import { migrate, reset, seed, status } from './commands/database.ts'
import { doctor } from './commands/doctor.ts'
import { listHolders } from './commands/holders.ts'
import { init } from './commands/init.ts'
import { createKeys, listKeys, rotateKey } from './commands/keys.ts'
import { policyCedar, policyCheck, policyDiff, policyGolden, policyShow } from './commands/policy.ts'
import { safelistAdd } from './commands/safelist.ts'

/** Commands with which an operator sets a gateway up. */
export const addSettingUp = (program: Command, context: () => CommandContext): void => {
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

/** Commands with which an operator looks after one that runs. */
export const addRunning = (program: Command, context: () => CommandContext): void => {
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
