import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Belief, beliefToJson } from '../../identity/belief.ts'
import { evaluate as evaluateFiles } from '../../identity/evaluate/evaluate.ts'
import { learnFromFile } from '../../identity/evaluate/learnFromFile.ts'
import { peopleFromFile } from '../../identity/evaluate/peopleFromFile.ts'
import { renderEvaluation } from '../../identity/evaluate/report.ts'
import { beliefOf } from '../../identity/readBelief.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../failure.ts'
import { agencyNamed, withRegister } from '../identityRegister.ts'
import { count } from '../text.ts'
import { type FileOptions, opened, reported, wishOf } from './identityFiles.ts'
import { matchCommand } from './identityMatch.ts'
import { registerCommands } from './identityRegister.ts'
import { resolveCommand } from './identityResolve.ts'

interface EvaluateOptions extends FileOptions {
  readonly truth: string
  readonly belief?: string
}

interface IndexOptions extends FileOptions {
  readonly agency: string
  readonly id: string
  readonly verified?: boolean
}

interface LearnOptions extends FileOptions {
  readonly out?: string
}

/** Adds `wholeview identity …` to the program. A file that cannot be read whole changes nothing. */
export const identityCommands = (program: Command, context: () => CommandContext): void => {
  const identity = program.command('identity').description('which records are of one child: measure it, learn it')
  identity
    .command('evaluate')
    .description('link the rows of a CSV file, or of two, and measure the links by a column that holds the truth')
    .argument('<people.csv>', 'UTF-8, with a header')
    .argument('[second.csv]', 'links the first file to this one')
    .requiredOption('--truth <column>', 'equal in two rows when they are one person; it is never compared')
    .option('--map <pairs>', 'for example given=first_name,family=surname,birth=dob; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over, with commas between them')
    .option('--id <column>', 'names the rows; must be unique')
    .option('--belief <file>', 'what `identity learn` wrote, instead of learning from the file itself')
    .action((first, second, options) => evaluate(context(), second ? [first, second] : [first], options))
  identity
    .command('learn')
    .description('fit a belief to a file of people: rows that agree on an NHS number are the teachers')
    .argument('<people.csv>', 'UTF-8, with a header; every agency’s rows in one file')
    .option('--map <pairs>', 'for example given=first_name,nhsNumber=nhs_no; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over')
    .option('--out <file>', 'write the belief here; standard output when left out')
    .action((file, options) => learn(context(), file, options))
  identity
    .command('index')
    .description('take an agency’s people into the register, so that they can be found')
    .argument('<people.csv>', 'UTF-8, with a header')
    .requiredOption('--agency <agency>', 'whose records these are')
    .requiredOption('--id <column>', 'the agency’s own id of the person; must be unique')
    .option('--map <pairs>', 'for example given=first_name,nhsNumber=nhs_no; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over')
    .option('--verified', 'the source traced every NHS number with the NHS')
    .action((file, options) => index(context(), file, options))
  matchCommand(identity, context)
  registerCommands(identity, context)
  resolveCommand(identity, context)
  for (const command of identity.commands) command.exitOverride()
}

/** `wholeview identity evaluate people.csv --truth cluster` */
const evaluate = (context: CommandContext, paths: readonly string[], options: EvaluateOptions): void => {
  const { terminal } = context
  const wish = { truth: options.truth, ...wishOf(options) }
  const evaluation = reported(context, () =>
    evaluateFiles(
      paths.map(opened),
      wish,
      {
        progress: (share, what) => terminal.progress(Math.round(share * 100), 100, what),
        milliseconds: () => performance.now(),
      },
      options.belief === undefined ? null : givenBelief(options.belief),
    ),
  )
  terminal.out(terminal.json ? JSON.stringify(evaluation) : renderEvaluation(evaluation, terminal.bold))
}

const givenBelief = (path: string): Belief => {
  try {
    return beliefOf(path)
  } catch {
    throw new UsageFailure(`The file ${path} holds no belief. Write one with identity learn --out.`)
  }
}

/** `wholeview identity learn people.csv --out belief.json` */
const learn = (context: CommandContext, path: string, options: LearnOptions): void => {
  const { belief, anchors } = reported(context, () => learnFromFile(opened(path), wishOf(options)))
  const text = beliefToJson(belief)
  if (options.out === undefined) context.terminal.out(text.trimEnd())
  else {
    writeNew(options.out, text)
    context.terminal.out(`Learnt from ${anchors} pairs that agree on an NHS number. Measure it before it is used.`)
  }
}

/** `wholeview identity index pupils.csv --agency education --id pupil_id` */
const index = (context: CommandContext, path: string, options: IndexOptions): Promise<void> => {
  const agency = agencyNamed(options.agency)
  const people = reported(context, () =>
    peopleFromFile(opened(path), { ...wishOf(options), id: options.id }, options.verified === true),
  )
  return withRegister(context, async (register) => {
    for (const [at, { id, person }] of people.entries()) {
      if (at % 100 === 0) context.terminal.progress(at, people.length, 'records')
      await register.record(agency, id, person)
    }
    context.terminal.settled()
    context.terminal.out(
      context.terminal.json ? JSON.stringify({ records: people.length }) : `Took in ${count(people.length, 'record')}.`,
    )
  })
}

const writeNew = (path: string, text: string): void => {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch {
    throw new CommandFailure(`The file ${path} could not be written, or is there already. Nothing was changed.`)
  }
}
