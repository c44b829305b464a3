import type { Command } from 'commander'
import type { Decision } from '../../identity/decide.ts'
import { peopleFromFile } from '../../identity/files/peopleFromFile.ts'
import type { Register } from '../../identity/register.ts'
import type { CommandContext } from '../commandContext.ts'
import { withRegister } from '../identityRegister.ts'
import { table } from '../text.ts'
import { type FileOptions, opened, reported, wishOf } from './identityFiles.ts'

interface MatchOptions extends FileOptions {
  readonly id: string
  readonly child?: string
  readonly adults?: boolean
  readonly verified?: boolean
}

interface Matched {
  readonly id: string
  readonly outcome: Decision['kind']
  readonly record: string | null
  readonly event: string | null
}

/** Adds `wholeview identity match`: people of a file are looked for in the register, and linked where that is sure. */
export const matchCommand = (identity: Command, context: () => CommandContext): void => {
  identity
    .command('match')
    .description('look for the people of a file in the register; with --child, link whom it finds surely')
    .argument('<people.csv>', 'UTF-8, with a header')
    .requiredOption('--id <column>', 'names the rows; must be unique')
    .option('--child <column>', 'the child to whom whoever is found belongs: a mother of a household, for example')
    .option('--adults', 'look among the adults whom adult services know, instead of among children')
    .option('--map <pairs>', 'for example given=first_name,nhsNumber=nhs_no; guessed where left out')
    .option('--ignore <columns>', 'columns to pass over')
    .option('--verified', 'the source traced every NHS number with the NHS')
    .action((file, options) => match(context(), file, options))
}

/** `wholeview identity match household.csv --id member --adults --child child_id` */
const match = (context: CommandContext, path: string, options: MatchOptions): Promise<void> => {
  const { terminal } = context
  const wish = { ...wishOf(options), id: options.id }
  const people = reported(context, () =>
    peopleFromFile(opened(path), wish, options.verified === true, options.child ?? null),
  )
  return withRegister(context, async (register) => {
    const found: Matched[] = []
    for (const [at, one] of people.entries()) {
      if (at % 100 === 0) terminal.progress(at, people.length, 'people')
      found.push(await matched(register, one, options.adults === true))
    }
    terminal.settled()
    if (terminal.json) terminal.out(JSON.stringify(found))
    else terminal.out(table(found.map(({ id, outcome, record, event }) => [id, outcome, record ?? '', event ?? ''])))
  })
}

/** Looks for one person. What is not sure is not shown: a terminal is no place for candidates. */
async function matched(
  register: Register,
  { id, person, child }: ReturnType<typeof peopleFromFile>[number],
  amongAdults: boolean,
): Promise<Matched> {
  const { decision } = await register.find(person, { amongAdults })
  if (decision.kind !== 'SAME') return { id, outcome: decision.kind, record: null, event: null }
  const { candidate } = decision.match
  const event = child ? await register.link(candidate.id, child, decision.match, decision.method) : null
  return { id, outcome: 'SAME', record: await register.nameOf(candidate.id), event }
}
