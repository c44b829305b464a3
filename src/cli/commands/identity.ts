import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { systemClock } from '../../foundation/clock.ts'
import { peopleFromFile } from '../../identity/files/peopleFromFile.ts'
import { type LinkageModel, linkageModelToJson } from '../../identity/linkageModel.ts'
import { linkageModelFrom } from '../../identity/readLinkageModel.ts'
import { noteIndexed } from '../../registers/holderStates.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { count } from '../terminalText.ts'
import { agencyNamed, holderNamed, withRegister } from '../withIdentityRegister.ts'
import { type FileOptions, opened, reported, wishOf } from './identityFiles.ts'
import { matchCommand } from './identityMatch.ts'
import { registerCommands } from './identityRegister.ts'
import { resolveCommand } from './identityResolve.ts'

interface EvaluateOptions extends FileOptions {
  readonly truth: string
  readonly model?: string
}

interface IndexOptions extends FileOptions {
  readonly holder?: string
  readonly agency: string
  readonly id: string
  readonly verified?: boolean
}

interface LearnOptions extends FileOptions {
  readonly out?: string
}

/** The tools that measure and fit linkage stand beside the product and are loaded when they are asked for. */
const loadLab = () => import('../../../lab/linkage/evaluationTools.ts')

/** Adds `wholeview identity …` to the program. A file that cannot be read whole changes nothing. */
export const identityCommands = (program: Command, context: () => CommandContext): void => {
  const identity = program
    .command('identity')
    .description('which records are of one child: take people in, answer what is unsure, link, undo, measure, learn')
  identity
    .command('evaluate')
    .description('link the rows of a CSV file, or of two, and measure the links by a column that holds the truth')
    .argument('<people.csv>', 'UTF-8, with a header')
    .argument('[second.csv]', 'links the first file to this one')
    .requiredOption('--truth <column>', 'equal in two rows when they are one person; it is never compared')
    .option('--map <pairs>', 'for example given=first_name,family=surname,birth=dob; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over, with commas between them')
    .option('--id <column>', 'names the rows; must be unique')
    .option('--model <file>', 'what `identity learn` wrote, instead of learning from the file itself')
    .action((first, second, options) => evaluate(context(), second ? [first, second] : [first], options))
  identity
    .command('learn')
    .description('fit a model to a file of people: rows that agree on an NHS number are the teachers')
    .argument('<people.csv>', 'UTF-8, with a header; every agency’s rows in one file')
    .option('--map <pairs>', 'for example given=first_name,nhsNumber=nhs_no; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over')
    .option('--out <file>', 'write the model here; standard output when left out')
    .action((file, options) => learn(context(), file, options))
  identity
    .command('index')
    .description('take an agency’s people into the register, so that they can be found')
    .argument('<people.csv>', 'UTF-8, with a header')
    .requiredOption('--agency <agency>', 'whose records these are')
    .requiredOption('--id <column>', 'the agency’s own id of the person; must be unique')
    .option('--holder <id>', 'which holder of the agency gave these ids, where the registry names holders')
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
const evaluate = async (context: CommandContext, paths: readonly string[], options: EvaluateOptions): Promise<void> => {
  const { terminal } = context
  const { evaluate: evaluateFiles, renderEvaluation } = await loadLab()
  const wish = { truth: options.truth, ...wishOf(options) }
  const evaluation = reported(context, () =>
    evaluateFiles(
      paths.map(opened),
      wish,
      {
        progress: (share, what) => terminal.progress(Math.round(share * 100), 100, what),
        milliseconds: () => performance.now(),
      },
      options.model === undefined ? null : givenModel(options.model),
    ),
  )
  terminal.out(terminal.json ? JSON.stringify(evaluation) : renderEvaluation(evaluation, terminal.bold))
}

const givenModel = (path: string): LinkageModel => {
  try {
    return linkageModelFrom(path)
  } catch {
    throw new UsageFailure(`The file ${path} holds no model. Write one with identity learn --out.`)
  }
}

/** `wholeview identity learn people.csv --out model.json` */
const learn = async (context: CommandContext, path: string, options: LearnOptions): Promise<void> => {
  const { learnFromFile } = await loadLab()
  const { model, anchors } = reported(context, () => learnFromFile(opened(path), wishOf(options)))
  const text = linkageModelToJson(model)
  if (options.out === undefined) context.terminal.out(text.trimEnd())
  else {
    writeNew(options.out, text)
    context.terminal.out(`Learnt from ${anchors} pairs that agree on an NHS number. Measure it before it is used.`)
  }
}

/** `wholeview identity index pupils.csv --agency education --id pupil_id` */
const index = async (context: CommandContext, path: string, options: IndexOptions): Promise<void> => {
  const agency = agencyNamed(options.agency)
  const holder = await holderNamed(context, agency, options.holder)
  const people = reported(context, () =>
    peopleFromFile(opened(path), { ...wishOf(options), id: options.id }, options.verified === true),
  )
  return withRegister(context, async (register, database) => {
    let changed = 0
    for (let at = 0; at < people.length; at += batch) {
      context.terminal.progress(at, people.length, 'records')
      const some = people.slice(at, at + batch)
      changed += await register.takeIn(
        some.map(({ id, person, isProtected }) => ({ agency, localId: id, holder: holder?.id, person, isProtected })),
      )
    }
    await noteIndexed(database, [holder?.id ?? agency], systemClock().now())
    context.terminal.settled()
    context.terminal.out(
      context.terminal.json
        ? JSON.stringify({ records: people.length, changed })
        : `Took in ${count(people.length, 'record')}, ${changed} of them new or changed.`,
    )
  })
}

/**
 * People that are taken in together: all of them, or none when it is broken off. The same file taken in again goes on
 * where it was.
 */
const batch = 1000

const writeNew = (path: string, text: string): void => {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch {
    throw new CommandFailure(`The file ${path} could not be written, or is there already. Nothing was changed.`)
  }
}
