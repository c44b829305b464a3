import { openStoresOf } from '../../composition/databases.ts'
import { systemClock } from '../../foundation/clock.ts'
import { readConfig } from '../../foundation/config.ts'
import { addCase, type CaseKind, caseKinds, casesIn, closeCase, noteCase } from '../../registers/governanceCases.ts'
import {
  approveRetention,
  endLegalHold,
  eraseOver,
  placeLegalHold,
  proposeRetention,
  retentionRules,
} from '../../registers/retention.ts'
import type { Database } from '../../store/database.ts'
import { migrateGateway } from '../../store/migrate.ts'
import type { CommandContext } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'
import { table } from '../terminalText.ts'

interface CaseOptions {
  readonly controller: string
  readonly child?: string
  readonly received: string
  readonly summary: string
  readonly identityChecked?: boolean
  readonly by: string
}

const kindIn = (text: string): CaseKind => {
  const kind = caseKinds.find((each) => each === text.toUpperCase().replaceAll('-', '_'))
  if (!kind) throw new UsageFailure(`Kinds: ${caseKinds.map((each) => each.toLowerCase()).join(', ')}.`)
  return kind
}

/** `wholeview governance case add complaint --controller LA2 --received 2026-11-20 --summary … --by …` */
export const addGovernanceCase = (context: CommandContext, kind: string, options: CaseOptions): Promise<void> =>
  inGateway(context, async (database, now) => {
    const { controller, child, received, summary, identityChecked = false, by } = options
    const id = await addCase(
      database,
      {
        ...{ kind: kindIn(kind), controller, childId: child ?? null, receivedOn: received },
        ...{ summary, identityChecked, recordedBy: by },
      },
      now,
    )
    const added = (await casesIn(database)).find((each) => each.id === id)
    say(context, { id, dueAt: added?.dueAt }, `Case ${id}, to be answered by ${added?.dueAt ?? ''}.`)
  })

/** `wholeview governance case note <id> --note … --by …` */
export const noteGovernanceCase = (
  context: CommandContext,
  id: string,
  options: { readonly note: string; readonly by: string },
): Promise<void> =>
  inGateway(context, async (database, now) => {
    await noteCase(database, id, options, now)
    say(context, { id }, 'Noted.')
  })

/** `wholeview governance case close <id> --outcome … --by …` */
export const closeGovernanceCase = (
  context: CommandContext,
  id: string,
  { outcome, by, identityChecked = false }: { outcome: string; by: string; identityChecked?: boolean },
): Promise<void> =>
  inGateway(context, async (database, now) => {
    await closeCase(database, id, { by, outcome, identityChecked }, now)
    say(context, { id }, 'Closed.')
  })

/** `wholeview governance case list` */
export const listGovernanceCases = (context: CommandContext): Promise<void> =>
  inGateway(context, async (database, now) => {
    const cases = await casesIn(database)
    const state = ({ closedAt, dueAt }: (typeof cases)[number]): string => {
      if (closedAt !== null) return 'closed'
      return dueAt < now.toISOString() ? 'OVERDUE' : 'open'
    }
    const lines = cases.map((each) => [each.kind, each.controller, state(each), each.dueAt, each.summary, each.id])
    say(context, cases, cases.length === 0 ? 'There is no case.' : table(lines))
  })

/** `wholeview governance retention propose consent --days 2555 --basis … --by …` */
export const proposeRule = (
  context: CommandContext,
  register: string,
  { days, basis, by }: { readonly days: string; readonly basis: string; readonly by: string },
): Promise<void> =>
  inGateway(context, async (database, now) => {
    const id = await proposeRetention(database, { register, keepDays: Number(days), basis, proposedBy: by }, now)
    say(context, { id }, `Proposed as ${id}. It holds once another person approves it.`)
  })

/** `wholeview governance retention approve <id> --by …` */
export const approveRule = (context: CommandContext, id: string, { by }: { readonly by: string }): Promise<void> =>
  inGateway(context, async (database, now) => {
    await approveRetention(database, id, by, now)
    say(context, { id }, 'Approved: it holds from now on.')
  })

/** `wholeview governance retention list` */
export const listRules = (context: CommandContext): Promise<void> =>
  inGateway(context, async (database) => {
    const rules = await retentionRules(database)
    const lines = rules.map(({ register, keepDays, basis, proposedBy, approvedBy, id }) => [
      ...[register, `${keepDays} days`, basis, proposedBy, approvedBy ?? 'waits for another person', id],
    ])
    say(context, rules, rules.length === 0 ? 'No rule was proposed: nothing is erased.' : table(lines))
  })

/** `wholeview governance retention apply consent` */
export const applyRule = (context: CommandContext, register: string): Promise<void> =>
  inGateway(context, async (database, now) => {
    const erased = await eraseOver(database, register, now)
    say(context, { register, erased }, `Erased ${erased} of ${register} that had been over for long enough.`)
  })

/** `wholeview governance legal-hold place all --reason … --by …` */
export const placeHold = (
  context: CommandContext,
  register: string,
  options: { readonly reason: string; readonly by: string },
): Promise<void> =>
  inGateway(context, async (database, now) => {
    const id = await placeLegalHold(database, { register, ...options, organisations: null }, now)
    say(context, { id }, `Legal hold ${id}: nothing of ${register} is erased while it stands.`)
  })

/** `wholeview governance legal-hold end <id> --by …` */
export const endHold = (context: CommandContext, id: string, { by }: { readonly by: string }): Promise<void> =>
  inGateway(context, async (database, now) => {
    await endLegalHold(database, id, by, now)
    say(context, { id }, 'Ended.')
  })

const say = ({ terminal }: CommandContext, json: unknown, text: string): void =>
  terminal.out(terminal.json ? JSON.stringify(json) : text)

/** Does something with the gateway's own store, and closes it whatever happens. */
export async function inGateway(
  context: CommandContext,
  work: (database: Database, now: Date) => Promise<void>,
): Promise<void> {
  const stores = await openStoresOf(readConfig(context.env), [], false)
  try {
    await migrateGateway(stores.gateway)
    await work(stores.gateway, systemClock().now())
  } finally {
    await stores.close()
  }
}
