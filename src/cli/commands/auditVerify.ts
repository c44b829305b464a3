import { verifyReceipt } from '../../audit/receipt.ts'
import { verifyOwn } from '../../audit/verifyOwnLog.ts'
import { readWitnesses } from '../../audit/witnessFile.ts'
import { readConfig } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { textOf } from '../readFileOrUrl.ts'
import { keysAt } from './auditKeys.ts'
import { readOwn } from './auditMine.ts'

export interface AuditVerifyOptions {
  /** A receipt to verify, instead of the whole log. */
  readonly receipt?: string
  readonly key?: string
  readonly witnesses?: string
  /** Checkpoints that were kept elsewhere. */
  readonly kept?: readonly string[]
}

/**
 * `wholeview audit verify`: recomputes the log from its first entry, or verifies one receipt with nothing but a public
 * key.
 */
export const auditVerify = (context: CommandContext, options: AuditVerifyOptions): Promise<void> =>
  options.receipt === undefined ? verifyWhole(context, options) : verifyOne(context, options.receipt, options)

const verifyWhole = async (context: CommandContext, { kept = [] }: AuditVerifyOptions): Promise<void> => {
  const { terminal, env } = context
  const anchors = await Promise.all(kept.map(textOf))
  const { openGateway } = await loadGateway()
  const config = readConfig(env)
  let gateway: Awaited<ReturnType<typeof openGateway>>
  try {
    gateway = await openGateway(config, { onProgress: terminal.progress })
  } catch (error) {
    const held = config.demonstration && error instanceof StartupError && /is in use by process/.test(error.message)
    if (!held) throw error
    return verifyRunning(context)
  }
  try {
    const { leaves, erased, witnessed, problems } = await gateway.auditVerify(terminal.progress, anchors)
    terminal.settled()
    if (terminal.json) terminal.out(JSON.stringify({ leaves, erased, witnessed, problems }))
    if (problems.length > 0) throw new CommandFailure(`The audit log is not whole:\n${problems.join('\n')}`)
    if (terminal.json) return
    const words = [
      `The audit log is whole: ${counted(leaves)}.`,
      ...(erased > 0 ? [`Of ${erased} it is no longer kept whom they concern.`] : []),
      ...(witnessed === null ? [] : [`Witnesses have signed it up to ${witnessed}.`]),
    ]
    terminal.out(words.join(' '))
  } finally {
    terminal.settled()
    await gateway.close()
  }
}

/**
 * A running demonstration has its store to itself, so the tree is recomputed from the hashes that the gateway hands
 * out.
 */
const verifyRunning = async (context: CommandContext): Promise<void> => {
  const { terminal } = context
  const url = gatewayUrl(context, undefined)
  const log = await readOwn({ url, persona: 'information-governance' })
  const verified = verifyOwn(
    { leaves: log.leaves, checkpoint: log.checkpoint },
    await keysAt(`${url}/audit/keys`),
    null,
  )
  if (!verified.ok) throw new CommandFailure(`The audit log is not whole:\n${verified.reason}`)
  if (terminal.json) return terminal.out(JSON.stringify({ leaves: verified.size, problems: [] }))
  terminal.out(
    `The audit log is whole: ${counted(verified.size)}, recomputed from their hashes through the running gateway.`,
  )
}

const verifyOne = async (context: CommandContext, file: string, options: AuditVerifyOptions): Promise<void> => {
  const { terminal } = context
  const keys = await keysAt(options.key ?? `${gatewayUrl(context, undefined)}/audit/keys`)
  const policy = options.witnesses === undefined ? undefined : await readWitnesses(options.witnesses)
  const verified = verifyReceipt(await textOf(file), keys, policy)
  if (!verified.ok) {
    if (terminal.json) terminal.out(JSON.stringify(verified))
    throw new CommandFailure(verified.reason)
  }
  const { checkpoint, index, leaf, witnesses } = verified
  const { origin, size } = checkpoint
  if (terminal.json) {
    terminal.out(JSON.stringify({ ok: true, index, origin, size, witnesses, leaf }))
    return
  }
  const { organisation, purpose, role } = leaf.caller
  const signed = witnesses.length === 0 ? '' : ` It is witnessed by ${witnesses.join(', ')}.`
  terminal.out(
    `Entry ${index} of ${origin}, in the log of ${size}: ${leaf.at}, ${organisation}, ${role}, ${purpose}, ${leaf.outcome}.${signed}`,
  )
}

const counted = (leaves: number): string => (leaves === 1 ? '1 entry' : `${leaves} entries`)
