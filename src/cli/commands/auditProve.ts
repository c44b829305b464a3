import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { readConfig } from '../../foundation/config.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { askAs, purposeOf } from '../gatewayClient.ts'
import { loadGateway } from '../loadGateway.ts'

export interface AuditProveOptions {
  readonly as?: string
  readonly purpose?: string
  readonly url?: string
  readonly out?: string
  readonly witnessed?: boolean
}

/**
 * `wholeview audit prove <entry>`: a receipt that anybody verifies with the log's public key, and without the gateway.
 */
export const auditProve = async (context: CommandContext, id: string, options: AuditProveOptions): Promise<void> => {
  const { terminal } = context
  const receipt =
    options.as === undefined
      ? await fromStore(context, id, options)
      : await fromGateway(context, id, options.as, options)
  if (options.out === undefined) return terminal.out(terminal.json ? JSON.stringify({ receipt }) : receipt.trimEnd())
  await writeFile(options.out, receipt)
  terminal.say(`The receipt is in ${options.out}. Verify it with: wholeview audit verify --receipt ${options.out}`)
}

/** By whoever runs the gateway: any entry, by its id or its place. */
const fromStore = async (
  { env, terminal }: CommandContext,
  id: string,
  { witnessed }: AuditProveOptions,
): Promise<string> => {
  const { openGateway } = await loadGateway()
  const gateway = await openGateway(readConfig(env), { onProgress: terminal.progress })
  try {
    const { prover } = gateway.audit
    const entry = await (/^\d{1,15}$/.test(id) ? prover.byIndex(Number(id)) : prover.byId(id))
    if (!entry) throw new CommandFailure('There is no such leaf.')
    const receipt = await prover.receipt(entry, witnessed ? 'witnessed' : 'newest')
    if (receipt === null)
      throw new CommandFailure('No checkpoint that enough witnesses have signed holds this entry yet.')
    return receipt
  } finally {
    terminal.settled()
    await gateway.close()
  }
}

const shape = z.object({ auditProof: z.object({ receipt: z.string() }).nullable() })

/** By a recipient, for a disclosure to its own organisation, from a running gateway. */
const fromGateway = async (
  context: CommandContext,
  id: string,
  persona: string,
  options: AuditProveOptions,
): Promise<string> => {
  const purpose = purposeOf(options.purpose)
  const asker = { url: gatewayUrl(context, options.url), persona, ...(purpose ? { purpose } : {}) }
  const query = 'query Proof($id: ID!) { auditProof(auditId: $id) { receipt } }'
  const { data, answer } = await askAs(asker, query, { id }, shape)
  if (data.auditProof) return data.auditProof.receipt
  throw new CommandFailure(answer.errors[0]?.message ?? 'There is no such leaf.')
}
