import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { verifySnapshot } from '../../transfer/verify.ts'
import { askAs, purposeOf } from '../client.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../failure.ts'
import { renderTransfer, transferQuery, transferShape } from '../transferView.ts'

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
  const shape = z.object({ transferSummary: transferShape.nullable() })
  const { data, answer } = await askAs(asker, transferQuery, { id }, shape)
  const summary = data.transferSummary
  const [error] = answer.errors
  if (!summary) throw new CommandFailure(error ? `${error.code}: ${error.message}` : 'There is no such transfer.')
  if (options.out) {
    await writeFile(options.out, `${summary.signature}\n`)
    terminal.say(`The signed record is in ${options.out}. Verify it with: wholeview transfer verify ${options.out}`)
  }
  terminal.out(terminal.json ? JSON.stringify(summary) : renderTransfer(summary, terminal, options.items === true))
}

export interface VerifyOptions {
  /** A file or an http address with the authority's JWK or JWK set. */
  readonly key?: string
}

/** `wholeview transfer verify <file> --key <file>`: needs no gateway when the key is a file. */
export const transferVerify = async (context: CommandContext, file: string, options: VerifyOptions): Promise<void> => {
  const { terminal } = context
  const key = options.key ?? `${gatewayUrl(context, undefined)}/.well-known/jwks.json`
  const signed = await text(file)
  // One line feed at the end is the file's own; anything else is a change.
  const verified = await verifySnapshot(
    signed.endsWith('\n') ? signed.slice(0, -1) : signed,
    json(await text(key), key),
  )
  if (!verified.ok) {
    if (terminal.json) terminal.out(JSON.stringify(verified))
    throw new CommandFailure(verified.reason)
  }
  const { kid, fingerprint } = verified
  terminal.out(
    terminal.json
      ? JSON.stringify({ ok: true, kid, fingerprint })
      : `Signed with key ${kid}, unchanged. Fingerprint ${fingerprint}.`,
  )
}

const text = async (place: string): Promise<string> => {
  try {
    if (/^https?:\/\//.test(place)) return await (await fetch(place)).text()
    return await readFile(place, 'utf8')
  } catch (cause) {
    throw new CommandFailure(`${place} cannot be read.`, { cause })
  }
}

const json = (content: string, place: string): unknown => {
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw new CommandFailure(`${place} is not JSON.`, { cause })
  }
}
