import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { verifyReceipt } from '../../audit/receipt.ts'
import { snapshotAction } from '../../transfer/snapshotReceipt.ts'
import { verifySnapshot } from '../../transfer/verifySnapshot.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { askAs, purposeOf } from '../gatewayClient.ts'
import { jsonOf, textOf } from '../readFileOrUrl.ts'
import { inWords } from '../terminalText.ts'
import { endedShape, pendingShape, renderTransfer, transferQuery, transferShape } from '../transferView.ts'
import { keysAt } from './auditKeys.ts'

export interface TransferOptions {
  readonly as: string
  readonly purpose?: string
  readonly url?: string
  readonly out?: string
  readonly items?: boolean
}

/** `wholeview transfer <id> --as receiving-officer`: the summary that the receiving authority pulls. */
export const transfer = async (context: CommandContext, id: string, options: TransferOptions): Promise<void> => {
  const { terminal } = context
  const purpose = purposeOf(options.purpose)
  const asker = { url: gatewayUrl(context, options.url), persona: options.as, ...(purpose ? { purpose } : {}) }
  const shape = z.object({ transferSummary: z.union([transferShape, pendingShape, endedShape]).nullable() })
  const { data, answer } = await askAs(asker, transferQuery, { id }, shape)
  const summary = data.transferSummary
  const [error] = answer.errors
  if (!summary) throw new CommandFailure(error ? `${error.code}: ${error.message}` : 'There is no such transfer.')
  if ('history' in summary) throw new CommandFailure(endInWords(summary))
  if (!('signature' in summary))
    throw new CommandFailure(
      `The request is pending: ${summary.fromLa} has not notified it, and no record shows the child in ${summary.toLa}.`,
    )
  if (options.out) {
    await writeFile(options.out, `${summary.signature}\n`)
    if (summary.receipt !== null) await writeFile(`${options.out}.tlog-proof`, summary.receipt)
    terminal.say(`The signed record is in ${options.out}. Verify it with: wholeview transfer verify ${options.out}`)
  }
  terminal.out(terminal.json ? JSON.stringify(summary) : renderTransfer(summary, terminal, options.items === true))
}

/** How a transfer ended, and why, where somebody ended it. */
const endInWords = ({ history: [last], state }: z.infer<typeof endedShape>): string =>
  last
    ? `The transfer is ${inWords(state).toLowerCase()} by ${last.by}: ${last.note}`
    : 'The transfer is closed: its clock has run out, and what it was made for is no longer on record.'

export interface VerifyOptions {
  /** A file or an http address with the authority's JWK or JWK set. */
  readonly key?: string
  /** A file with the audit log's receipt for the record. */
  readonly receipt?: string
  readonly logKey?: string
}

/** `wholeview transfer verify <file> --key <file>`: needs no gateway when the key is a file. */
export const transferVerify = async (context: CommandContext, file: string, options: VerifyOptions): Promise<void> => {
  const { terminal } = context
  const key = options.key ?? `${gatewayUrl(context, undefined)}/.well-known/jwks.json`
  const signed = await textOf(file)
  // One line feed at the end is the file's own; anything else is a change.
  const verified = await verifySnapshot(signed.endsWith('\n') ? signed.slice(0, -1) : signed, await jsonOf(key))
  if (!verified.ok) {
    if (terminal.json) terminal.out(JSON.stringify(verified))
    throw new CommandFailure(verified.reason)
  }
  const { kid, fingerprint } = verified
  const place = options.receipt === undefined ? null : await placeInLog(context, options.receipt, fingerprint, options)
  terminal.out(
    terminal.json
      ? JSON.stringify({ ok: true, kid, fingerprint, ...place })
      : `Signed with key ${kid}, unchanged. Fingerprint ${fingerprint}.${place ? ` Recorded as entry ${place.index} of ${place.origin}.` : ''}`,
  )
}

/** Where the audit log records this very record. A good receipt of another record does not pass. */
const placeInLog = async (
  context: CommandContext,
  file: string,
  fingerprint: string,
  { logKey }: VerifyOptions,
): Promise<{ readonly index: number; readonly origin: string }> => {
  const keys = await keysAt(logKey ?? `${gatewayUrl(context, undefined)}/audit/keys`)
  const verified = verifyReceipt(await textOf(file), keys)
  if (!verified.ok) throw new CommandFailure(verified.reason)
  if (!verified.leaf.actions.includes(snapshotAction(fingerprint)))
    throw new CommandFailure('The receipt is good, but it is of another record.')
  return { index: verified.index, origin: verified.checkpoint.origin }
}
