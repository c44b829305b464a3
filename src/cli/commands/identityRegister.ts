import type { Command } from 'commander'
import type { AgencyName } from '../../foundation/agencies.ts'
import { fieldsUnder, sentFields } from '../../identity/guardedLabels.ts'
import type { Person } from '../../identity/person.ts'
import type { Register } from '../../identity/register.ts'
import type { By } from '../../identity/registerTypes.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { count, printable, table } from '../terminalText.ts'
import { agencyNamed, withRegister } from '../withIdentityRegister.ts'

interface ByOptions {
  readonly by: string
  readonly reason: string
}

/** Adds the commands that read and write the register of links. */
export const registerCommands = (identity: Command, context: () => CommandContext): void => {
  identity
    .command('queue')
    .description('questions that wait for a person, oldest first')
    .action(() => queue(context()))
  decided(
    identity.command('link <agency> <person> <child>').description('say that an agency’s record is of a child'),
  ).action((agency, person, child, options) => link(context(), agencyNamed(agency), person, child, options))
  identity
    .command('add-child <child>')
    .description('make the id of a child, to which records can then be linked')
    .action((child) => addChild(context(), child))
  decided(
    identity.command('refute <event>').description('undo a link, and list to whom it was disclosed in between'),
  ).action((event, options) => refute(context(), event, options))
  identity
    .command('history <agency> <person>')
    .description('all that was ever decided about an agency’s record')
    .action((agency, person) => history(context(), agencyNamed(agency), person))
}

const decided = (command: Command): Command =>
  command.requiredOption('--by <person>', 'who decides').requiredOption('--reason <text>', 'why; it is kept')

/** One person at a terminal: a link that needs a second is made through the reviews, where both sign in. */
const byOf = ({ by, reason }: ByOptions): By => ({ person: by, reason })

/**
 * `wholeview identity queue`: whose record it is, why, and what was sent, as a reviewer reads it who may read nothing
 * that is guarded. Of whom it may be, nothing: a terminal is no place for candidates.
 */
const queue = (context: CommandContext): Promise<void> =>
  withRegister(context, async (register) => {
    const { terminal } = context
    const waiting: Waiting[] = []
    for (const { reference, at, sent, reason, guarded, record } of await register.questions.queue(200))
      waiting.push({
        ...{ reference, at: at.toISOString(), reason, sent: shownOf(sent, guarded) },
        record: record === null ? null : await register.nameOf(record),
      })
    if (terminal.json) terminal.out(JSON.stringify(waiting))
    else if (waiting.length === 0) terminal.out('No question waits.')
    else
      terminal.out(
        table(
          waiting.map(({ reference, at, record, reason, sent }) => [
            ...[reference, at, printable(record ?? 'a search'), printable(reason)],
            printable(Object.values(sent).join(', ')),
          ]),
        ),
      )
  })

interface Waiting {
  readonly reference: string
  readonly at: string
  /** As its agency names it; null of a search. */
  readonly record: string | null
  readonly reason: string
  readonly sent: Readonly<Record<string, string>>
}

const shownOf = (sent: Person, guarded: readonly string[]): Readonly<Record<string, string>> => {
  const hidden = fieldsUnder(guarded)
  return Object.fromEntries(
    Object.entries(sentFields(sent)).filter(([field, value]) => value !== '' && !hidden.has(field)),
  )
}

/** `wholeview identity link education P-17 C04 --by … --reason …` */
const link = (
  context: CommandContext,
  agency: AgencyName,
  person: string,
  child: string,
  options: ByOptions,
): Promise<void> =>
  withRegister(context, async (register) => {
    const event = await register.confirm(await recordOf(register, agency, person), child, byOf(options))
    context.terminal.out(context.terminal.json ? JSON.stringify({ event }) : `Linked, as event ${event}.`)
  })

/** `wholeview identity add-child C-2041` */
const addChild = (context: CommandContext, child: string): Promise<void> =>
  withRegister(context, async (register) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(child))
      throw new UsageFailure('An id of a child has letters, digits and . _ : - in it, 64 at most.')
    const isNew = (await register.unknownChildren([child])).length > 0
    await register.addChildren([child])
    const { terminal } = context
    terminal.out(terminal.json ? JSON.stringify({ child, isNew }) : isNew ? 'Made.' : 'It is there already.')
  })

/** `wholeview identity refute 42 --by … --reason …` */
const refute = (context: CommandContext, event: string, options: ByOptions): Promise<void> =>
  withRegister(context, async (register) => {
    if (!/^\d{1,18}$/.test(event)) throw new CommandFailure('An event is a number, as history shows it.')
    const disclosures = await register.refute(event, byOf(options))
    const { terminal } = context
    if (terminal.json) {
      terminal.out(JSON.stringify({ toNotify: disclosures }))
      return
    }
    terminal.out(`Undone. ${count(disclosures.length, 'disclosure')} to be notified.`)
    if (disclosures.length > 0)
      terminal.out(
        table(
          disclosures.map(({ at, organisation, role, purpose, leafId }) => [at, organisation, role, purpose, leafId]),
        ),
      )
  })

/** `wholeview identity history education P-17` */
const history = (context: CommandContext, agency: AgencyName, person: string): Promise<void> =>
  withRegister(context, async (register) => {
    const { terminal } = context
    const events = await register.history(await recordOf(register, agency, person))
    if (terminal.json) terminal.out(JSON.stringify(events))
    else if (events.length === 0) terminal.out('Nothing was ever decided about this record.')
    else
      terminal.out(
        table(
          events.map(({ id, at, verdict, childId, undoes, decidedBy, reason }) => [
            id,
            at.toISOString(),
            verdict,
            childId ?? '',
            undoes ? `undoes ${undoes}` : '',
            decidedBy,
            reason,
          ]),
        ),
      )
  })

async function recordOf(register: Register, agency: AgencyName, person: string): Promise<string> {
  const record = await register.recordId(agency, person)
  if (record === null) throw new CommandFailure('The register holds no such record. Add it with identity index.')
  return record
}
