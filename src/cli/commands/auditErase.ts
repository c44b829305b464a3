import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'

export interface AuditEraseOptions {
  readonly before: string
}

/** Who erases is whoever may run this command on the gateway's machine: there is no token to tell more. */
const operator = {
  issuer: 'wholeview:command',
  subject: 'operator',
  clientId: 'wholeview audit erase',
  tokenId: 'none',
  organisation: 'OPERATOR',
  role: 'INFORMATION_GOVERNANCE_OFFICER',
  purpose: 'AUDIT',
} as const

/** `wholeview audit erase --before 2020-01-01`: the retention rule. Persons go; the log and its proofs stay. */
export const auditErase = async ({ env, terminal }: CommandContext, { before }: AuditEraseOptions): Promise<void> => {
  const day = new Date(`${before}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(before) || Number.isNaN(day.getTime()) || day > new Date())
    throw new UsageFailure('--before is a day that has been, such as 2020-01-01.')
  const { openGateway } = await loadGateway()
  const gateway = await openGateway(readConfig(env), { onProgress: terminal.progress })
  try {
    const { erased, kept, upTo } = await gateway.auditErase(day, operator)
    terminal.settled()
    if (terminal.json) return terminal.out(JSON.stringify({ upTo, erased, kept }))
    terminal.out(`Erased whom ${erased} entries concern, before ${before}.`)
    if (kept > 0)
      terminal.say(`${kept} entries of the first version hold it in the log itself, where it cannot be erased.`)
  } finally {
    terminal.settled()
    await gateway.close()
  }
}
