import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { checkpointText, readNote } from '../../audit/checkpoint.ts'
import { watch } from '../../audit/witnessing.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { textOf } from '../readFileOrUrl.ts'
import { keysAt } from './auditKeys.ts'

export interface AuditWitnessOptions {
  /** File with the witness's private JWK. */
  readonly key: string
  readonly name: string
  readonly url?: string
  /** Where the last checkpoint seen is kept; without it a witness remembers nothing and vouches for nothing. */
  readonly state: string
  /** The log's public key, had from the gateway's operator by another way than from the gateway. */
  readonly logKey?: string
  readonly print?: boolean
}

const privateJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() })

/** `wholeview audit witness`: looks at the log once, and signs its checkpoint when it continues the one seen before. */
export const auditWitness = async (context: CommandContext, options: AuditWitnessOptions): Promise<void> => {
  const { terminal } = context
  const url = gatewayUrl(context, options.url)
  const key = createPrivateKey({ key: privateJwk.parse(JSON.parse(await textOf(options.key))), format: 'jwk' })
  const witness = { name: options.name, publicJwk: createPublicKey(key).export({ format: 'jwk' }) }
  const keys = await keysAt(options.logKey ?? `${url}/audit/keys`)
  const last = await lastIn(options.state)
  const note = await textOf(`${url}/audit/checkpoint`)
  const watched = watch({ note, proof: await proofBetween(url, last, note) }, last, keys, witness, key, new Date())
  if (!watched.ok) {
    if (watched.code === 'SPLIT_VIEW') await writeFile(`${options.state}.other`, note)
    throw new CommandFailure(watched.reason)
  }
  // Kept before the signature leaves: a witness that forgets could sign two histories.
  await writeFile(`${options.state}.new`, note)
  await rename(`${options.state}.new`, options.state)
  const { checkpoint, line } = watched
  if (!options.print) await handIn(url, `${checkpointText(checkpoint)}\n${line}`)
  terminal.out(
    terminal.json
      ? JSON.stringify({ size: checkpoint.size, line: line.trimEnd() })
      : options.print
        ? line.trimEnd()
        : `Signed the log of ${checkpoint.size} entries as ${witness.name}.`,
  )
}

/**
 * `wholeview audit witness-key --out file`: a new key for a witness, with the entry that the gateway's operator lists.
 */
export const auditWitnessKey = async (
  { terminal }: CommandContext,
  { name, out }: { readonly name: string; readonly out: string },
): Promise<void> => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  await writeFile(out, `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`, { mode: 0o600, flag: 'wx' })
  terminal.out(JSON.stringify({ name, publicJwk: publicKey.export({ format: 'jwk' }) }))
}

const proofBetween = async (url: string, last: string | null, note: string): Promise<Buffer[]> => {
  const [before, after] = [last === null ? undefined : readNote(last)?.checkpoint.size, readNote(note)?.checkpoint.size]
  if (before === undefined || after === undefined || before >= after) return []
  const text = await textOf(`${url}/audit/consistency/${before}/${after}`)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'))
}

const handIn = async (url: string, note: string): Promise<void> => {
  const response = await fetch(`${url}/audit/cosignature`, { method: 'POST', body: note }).catch((cause: unknown) => {
    throw new CommandFailure(`No gateway answers at ${url}.`, { cause })
  })
  if (!response.ok) throw new CommandFailure('The gateway does not list this witness, or lists another key for it.')
}

const lastIn = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
