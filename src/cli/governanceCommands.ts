import type { Command } from 'commander'
import type { CommandContext } from './commandContext.ts'
import {
  addGovernanceCase,
  applyRule,
  approveRule,
  closeGovernanceCase,
  endHold,
  listGovernanceCases,
  listRules,
  noteGovernanceCase,
  placeHold,
  proposeRule,
} from './commands/governanceRegisters.ts'
import { governanceReport } from './commands/governanceReport.ts'

/** `wholeview governance …`: what governance answers for, how long registers are kept, and the report of it all. */
export const governanceCommands = (program: Command, context: () => CommandContext): void => {
  const governance = program
    .command('governance')
    .description('complaints, breaches and requests; retention and legal holds; the report')
  governance
    .command('report')
    .description('fill the templates of docs/governance from pack, registers and log')
    .requiredOption('--out <folder>', 'a folder that holds no report yet')
    .option('--staff <file>', 'subject,name, one a line: to look for who looked at a child of their own name')
    .option('--measure', 'measure how matching errs by where a name comes from, on invented people')
    .action((options) => governanceReport(context(), options))

  const cases = governance.command('case').description('complaints, breaches and requests, each with its clock')
  cases
    .command('add')
    .argument('<kind>', 'complaint, breach or subject_request')
    .requiredOption('--controller <code>', 'who answers, for example LA2')
    .requiredOption('--received <day>', 'for example 2026-11-20')
    .requiredOption('--summary <text>', 'in a sentence, without a name')
    .option('--child <id>', 'whom it is about; needed of a request')
    .option('--identity-checked', 'who asks is who they say, and may')
    .requiredOption('--by <person>', 'who enters it')
    .action((kind, options) => addGovernanceCase(context(), kind, options))
  cases
    .command('note')
    .argument('<id>', 'as list shows it')
    .requiredOption('--note <text>', 'what was done')
    .requiredOption('--by <person>', 'who did it')
    .action((id, options) => noteGovernanceCase(context(), id, options))
  cases
    .command('close')
    .argument('<id>', 'as list shows it')
    .requiredOption('--outcome <text>', 'what was answered')
    .option('--identity-checked', 'who asks is who they say, and may')
    .requiredOption('--by <person>', 'who closes it')
    .action((id, options) => closeGovernanceCase(context(), id, options))
  cases
    .command('list')
    .description('all of them, those that are open first')
    .action(() => listGovernanceCases(context()))

  const retention = governance.command('retention').description('how long what is over is kept, agreed by two')
  retention
    .command('propose')
    .argument('<register>', 'for example consent')
    .requiredOption('--days <number>', 'kept so long after it is over')
    .requiredOption('--basis <text>', 'the law or schedule it rests on')
    .requiredOption('--by <person>', 'who proposes it')
    .action((register, options) => proposeRule(context(), register, options))
  retention
    .command('approve')
    .argument('<id>', 'as list shows it')
    .requiredOption('--by <person>', 'another person than proposed it')
    .action((id, options) => approveRule(context(), id, options))
  retention
    .command('apply')
    .description('erase what has been over for longer than the approved rule says')
    .argument('<register>', 'for example consent')
    .action((register) => applyRule(context(), register))
  retention
    .command('list')
    .description('every rule')
    .action(() => listRules(context()))

  const holds = governance.command('legal-hold').description('what must not be erased while an inquiry needs it')
  holds
    .command('place')
    .argument('<register>', 'a register, or all')
    .requiredOption('--reason <text>', 'the inquiry')
    .requiredOption('--by <person>', 'who places it')
    .action((register, options) => placeHold(context(), register, options))
  holds
    .command('end')
    .argument('<id>', 'as it was told')
    .requiredOption('--by <person>', 'another person than placed it')
    .action((id, options) => endHold(context(), id, options))
  for (const command of [
    governance,
    ...governance.commands,
    ...[cases, retention, holds].flatMap((each) => each.commands),
  ])
    command.exitOverride()
}
