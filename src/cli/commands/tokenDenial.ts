import type { Denial } from '../../auth/denylist.ts'
import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'

export interface DenialOptions {
  readonly tokenId?: string
  readonly subject?: string
  readonly client?: string
  readonly issuer?: string
  readonly until?: string
  readonly reason?: string
}

/** `wholeview token deny --subject …`: from the next request on, in every gateway of the database. */
export const denyToken = async (context: CommandContext, options: DenialOptions): Promise<void> => {
  const denied = deniedOf(options)
  if (!options.reason) throw new UsageFailure('Say why, for whoever reads the list later: --reason "lost card".')
  const denial: Denial = { ...denied, reason: options.reason, until: instant(options.until) }
  const { openDatabases } = await loadGateway()
  const databases = await openDatabases(readConfig(context.env))
  try {
    await databases.deny(denial)
    context.terminal.out(context.terminal.json ? JSON.stringify(denial) : `Denied: ${sentence(denial)}.`)
  } finally {
    await databases.close()
  }
}

/** `wholeview token allow --subject …`: takes off the list what `deny` put on it. */
export const allowToken = async (context: CommandContext, options: DenialOptions): Promise<void> => {
  const denied = deniedOf(options)
  const { openDatabases } = await loadGateway()
  const databases = await openDatabases(readConfig(context.env))
  try {
    const stood = await databases.allowAgain(denied)
    if (context.terminal.json) context.terminal.out(JSON.stringify({ ...denied, stood }))
    else context.terminal.out(stood ? `Allowed again: ${sentence(denied)}.` : 'It was not on the list.')
  } finally {
    await databases.close()
  }
}

const deniedOf = ({
  tokenId,
  subject,
  client,
  issuer = null,
}: Omit<DenialOptions, 'issuer'> & { issuer?: string | null }) => {
  const named: Pick<Denial, 'kind' | 'value' | 'issuer'>[] = [
    ...(tokenId ? [{ kind: 'TOKEN' as const, value: tokenId, issuer }] : []),
    ...(subject ? [{ kind: 'SUBJECT' as const, value: subject, issuer }] : []),
    ...(client ? [{ kind: 'CLIENT' as const, value: client, issuer }] : []),
  ]
  const [only] = named
  if (!only || named.length > 1) throw new UsageFailure('Name one: --token-id, --subject or --client.')
  return only
}

const sentence = ({ kind, value }: Pick<Denial, 'kind' | 'value'>): string => `${kind.toLowerCase()} ${value}`

const instant = (text: string | undefined): string | null => {
  if (text === undefined) return null
  if (Number.isNaN(Date.parse(text))) throw new UsageFailure('--until is an instant such as 2026-12-01T09:00:00Z.')
  return new Date(text).toISOString()
}
