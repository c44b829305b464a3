import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { beliefToJson } from '../../identity/belief.ts'
import { evaluate as evaluateFiles } from '../../identity/evaluate/evaluate.ts'
import { DataFault } from '../../identity/evaluate/fault.ts'
import { learnFromFile } from '../../identity/evaluate/learnFromFile.ts'
import { peopleFromFile } from '../../identity/evaluate/peopleFromFile.ts'
import { renderEvaluation } from '../../identity/evaluate/report.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../failure.ts'
import { agencyNamed, withRegister } from '../identityRegister.ts'
import { count } from '../text.ts'
import { registerCommands } from './identityRegister.ts'

interface FileOptions {
  readonly map?: string
  readonly ignore?: string
  readonly id?: string
}

interface EvaluateOptions extends FileOptions {
  readonly truth: string
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
  registerCommands(identity, context)
  for (const command of identity.commands) command.exitOverride()
}

/** `wholeview identity evaluate people.csv --truth cluster` */
const evaluate = (context: CommandContext, paths: readonly string[], options: EvaluateOptions): void => {
  const { terminal } = context
  const wish = { truth: options.truth, ...wishOf(options) }
  const evaluation = reported(context, () =>
    evaluateFiles(paths.map(opened), wish, {
      progress: (share, what) => terminal.progress(Math.round(share * 100), 100, what),
      milliseconds: () => performance.now(),
    }),
  )
  terminal.out(terminal.json ? JSON.stringify(evaluation) : renderEvaluation(evaluation, terminal.bold))
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

const reported = <T>({ terminal }: CommandContext, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof DataFault) throw new CommandFailure(error.message)
    throw error
  } finally {
    terminal.settled()
  }
}

const opened = (path: string): { name: string; bytes: Uint8Array } => {
  try {
    return { name: basename(path), bytes: readFileSync(path) }
  } catch {
    throw new CommandFailure(`The file ${path} could not be read.`)
  }
}

const wishOf = ({ map, ignore, id }: FileOptions) => ({
  ...(map === undefined ? {} : { map: pairsOf(map) }),
  ...(ignore === undefined ? {} : { ignore: ignore.split(',').map((column) => column.trim()) }),
  ...(id === undefined ? {} : { id }),
})

const pairsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map((pair) => {
      const [role, column, ...more] = pair.split('=').map((side) => side.trim())
      if (!role || !column || more.length > 0) throw new UsageFailure('Write --map as given=first_name,family=surname.')
      return [role, column]
    }),
  )
