import { openStoresOf } from '../../composition/databases.ts'
import { organisationsKnown } from '../../composition/organisations.ts'
import { systemClock } from '../../foundation/clock.ts'
import { readConfig } from '../../foundation/config.ts'
import { Refusal } from '../../foundation/errors.ts'
import {
  addAgreement as add,
  agreementsIn,
  confirmAgreement as confirm,
  endAgreement as end,
} from '../../registers/agreements.ts'
import type { Database } from '../../store/database.ts'
import { migrateGateway } from '../../store/migrate.ts'
import type { CommandContext } from '../commandContext.ts'
import { table } from '../terminalText.ts'

interface AddOptions {
  readonly from: string
  readonly to?: string
  readonly title: string
  readonly document: string
  readonly purposes?: string
  readonly labels?: string
  readonly with?: string
  readonly by: string
}

/** `wholeview agreements add LA2-CSC --from 2026-09-01 --title … --document … --by …` */
export const addAgreement = (context: CommandContext, organisation: string, options: AddOptions): Promise<void> =>
  withGateway(context, async (database) => {
    const { from, to = null, title, document, by } = options
    const id = await add(
      database,
      {
        ...{ organisation, from, to, title, document, by },
        ...{ purposes: listed(options.purposes), labels: listed(options.labels), parties: listed(options.with) },
      },
      systemClock().now(),
    )
    const { terminal } = context
    const parties = listed(options.with) ?? []
    const known = await organisationsKnown(readConfig(context.env))
    const unknown = [organisation, ...parties].filter((each) => !known.has(each))
    terminal.out(
      terminal.json ? JSON.stringify({ id, unknown }) : `${organisation} shares from ${from} on: agreement ${id}.`,
    )
    // Whoever joins later may be agreed with before; whoever is misspelt never comes.
    for (const each of unknown)
      terminal.say(`Neither the registry nor an issuer names an organisation ${each}: until one does, that is nobody.`)
  })

/** `wholeview agreements list` */
export const listAgreements = (context: CommandContext): Promise<void> =>
  withGateway(context, async (database) => {
    const { terminal } = context
    const all = await agreementsIn(database)
    if (terminal.json) terminal.out(JSON.stringify(all))
    else if (all.length === 0) terminal.out('No organisation has agreed to share.')
    else
      terminal.out(
        table(
          all.map(({ id, organisation, from, to, purposes, title, document, confirmedBy }) => [
            ...[organisation, from, to ?? 'open', purposes?.join(' ') ?? 'every purpose', title, document],
            ...[confirmedBy === null ? 'not confirmed' : `confirmed by ${confirmedBy}`, id],
          ]),
        ),
      )
  })

/** `wholeview agreements confirm <id> --by …` */
export const confirmAgreement = (context: CommandContext, id: string, { by }: { readonly by: string }): Promise<void> =>
  withGateway(context, async (database) => {
    if (!(await confirm(database, id, by, systemClock().now())))
      throw new Refusal('NOT_FOUND', { message: 'There is no such agreement that waits to be confirmed.' })
    context.terminal.out(context.terminal.json ? JSON.stringify({ id }) : 'Confirmed: it is in force for its term.')
  })

/** `wholeview agreements end <id> --by …` */
export const endAgreement = (
  context: CommandContext,
  id: string,
  { on, by }: { readonly on?: string; readonly by: string },
): Promise<void> =>
  withGateway(context, async (database) => {
    const now = systemClock().now()
    const last = on ?? new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)
    await end(database, id, last, by, now)
    context.terminal.out(context.terminal.json ? JSON.stringify({ id, to: last }) : `Ended: its last day is ${last}.`)
  })

const listed = (text: string | undefined): readonly string[] | null =>
  text === undefined
    ? null
    : text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')

/** Does something with the gateway's own store, and closes it whatever happens. */
async function withGateway(context: CommandContext, work: (database: Database) => Promise<void>): Promise<void> {
  const stores = await openStoresOf(readConfig(context.env), [], false)
  try {
    await migrateGateway(stores.gateway)
    await work(stores.gateway)
  } finally {
    await stores.close()
  }
}
