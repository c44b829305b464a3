import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import type { PublicJwk } from './signingKeys.ts'

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const file = z.array(
  z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: coordinate,
    kid: coordinate,
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  }),
)

const fileOf = (folder: string, use: string): string => join(folder, `${use}.retired.json`)

/** Public parts of keys that sign no more: what they signed must still be verified. */
export async function retiredKeys(folder: string, use: string): Promise<readonly PublicJwk[]> {
  let text: string
  try {
    text = textOf(fileOf(folder, use))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new StartupError([`KEYS_DIR: ${fileOf(folder, use)} cannot be read${codeOf(error)}.`])
  }
  try {
    return file.parse(JSON.parse(text))
  } catch {
    throw new StartupError([
      `KEYS_DIR: ${fileOf(folder, use)} is no list of public keys. Put the right file back from your backup.`,
    ])
  }
}

/**
 * Adds a key to those that are retired, before it is taken out of use: so there is never a time in which it is nowhere.
 */
export async function retireKey(folder: string, use: string, key: PublicJwk): Promise<void> {
  const all = [...(await retiredKeys(folder, use)).filter(({ kid }) => kid !== key.kid), key]
  const draft = `${fileOf(folder, use)}.new`
  await writeFile(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o644 })
  await rename(draft, fileOf(folder, use))
}
