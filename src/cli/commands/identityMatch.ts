import type { Command } from 'commander'
import { Refusal } from '../../foundation/errors.ts'
import type { Decision } from '../../identity/decideMatch.ts'
import { type PersonOfFile, peopleFromFile } from '../../identity/files/peopleFromFile.ts'
import type { Person } from '../../identity/person.ts'
import type { Register } from '../../identity/register.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { count, printable, table } from '../terminalText.ts'
import { withRegister } from '../withIdentityRegister.ts'
import { type FileOptions, opened, reported, wishOf } from './identityFiles.ts'

interface MatchOptions extends FileOptions {
  readonly id: string
  readonly child?: string
  readonly adults?: boolean
  readonly verified?: boolean
}

interface Matched {
  readonly id: string
  readonly outcome: Decision['outcome']
  /** Why it is not linked of itself. */
  readonly reason: string | null
  /** Under which a question waits for a reviewer. */
  readonly question: string | null
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
    if (options.child !== undefined)
      await checkChildren(
        register,
        people.flatMap(({ child }) => child ?? []),
      )
    const found: Matched[] = []
    for (const [at, one] of people.entries()) {
      if (at % 100 === 0) terminal.progress(at, people.length, 'people')
      found.push(await matched(register, one, options))
    }
    terminal.settled()
    if (terminal.json) terminal.out(JSON.stringify(found))
    else
      terminal.out(
        table(
          found.map(({ id, outcome, record, event, reason, question }) => [
            printable(id),
            outcome,
            record ?? reason ?? '',
            event ?? question ?? '',
          ]),
        ),
      )
  })
}

/** A link to a child whom the gateway does not know opens nothing, so the whole file is refused before any is made. */
async function checkChildren(register: Register, ids: readonly string[]): Promise<void> {
  const unknown = await register.unknownChildren([...new Set(ids)])
  if (unknown.length === 0) return
  const some = unknown
    .slice(0, 3)
    .map((id) => `"${printable(id)}"`)
    .join(', ')
  throw new CommandFailure(
    `${count(unknown.length, 'child', 'children')} of the file ${unknown.length === 1 ? 'is' : 'are'} not known: ${some}. Nothing was linked. Make ids with identity add-child.`,
  )
}

const byFile = { person: 'identity match', reason: 'A file of people was matched.' }

/**
 * Looks for one person. What is not sure is not shown: a terminal is no place for candidates. With a child it goes to
 * the reviewers.
 */
async function matched(
  register: Register,
  { id, person, child }: PersonOfFile,
  { adults, child: column }: MatchOptions,
): Promise<Matched> {
  const refuted = child === null ? [] : await register.refutedRecords(child)
  const { decision, records } = await register.find(person, {
    amongAdults: adults === true,
    refutedRecords: new Set(refuted),
  })
  const nothing = { id, record: null, event: null, reason: null, question: null }
  if (decision.outcome === 'NONE') return { ...nothing, outcome: 'NONE' }
  if (decision.outcome === 'ASK')
    return asked(register, person, { ...nothing, outcome: 'ASK', reason: decision.reason }, column !== undefined)
  const [best] = decision.seen
  const record = await register.nameOf(records[0] ?? '')
  if (child === null || !best) return { ...nothing, outcome: 'SAME', record }
  try {
    const events: string[] = []
    for (const one of records) events.push(await register.link(one, child, best.weighed, decision.method))
    return { ...nothing, outcome: 'SAME', record, event: events[0] ?? null }
  } catch (error) {
    // It is another child's by an earlier decision, or a person refuted it: a person decides.
    if (!(error instanceof Refusal) || error.code !== 'CONFLICT') throw error
    return asked(register, person, { ...nothing, outcome: 'ASK', reason: 'DECIDED_OTHERWISE_BEFORE' }, true)
  }
}

/** Puts a question to the reviewers, once, when something hangs on the answer. */
async function asked(register: Register, person: Person, found: Matched, isPut: boolean): Promise<Matched> {
  if (!isPut) return found
  return {
    ...found,
    question: await register.questions.askOnce(person, { ...byFile, reason: found.reason ?? byFile.reason }),
  }
}
