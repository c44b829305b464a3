import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { retiredKeys, retireKey } from '../../auth/retiredKeys.ts'
import { signingKey, signingKeyFile } from '../../auth/signingKeys.ts'
import { readAsFar } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import { indexSecret } from '../../identity/indexSecret.ts'
import type { CommandContext } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'
import { table } from '../terminalText.ts'

/** What a gateway signs with, one key for each use. */
const uses = ['grant', 'transfer', 'audit'] as const
type Use = (typeof uses)[number]

const secretFile = 'identity.secret'

/** Makes the keys that are missing. @returns a line for each that was made. */
export async function makeKeys(folder: string): Promise<readonly string[]> {
  const made: string[] = []
  for (const use of uses) {
    const isThere = existsSync(signingKeyFile(folder, use))
    const { kid } = await signingKey(folder, use, { mayCreate: true })
    if (!isThere) made.push(`${use} ${kid}`)
  }
  const isThere = existsSync(join(folder, secretFile))
  indexSecret(folder, { mayCreate: true })
  if (!isThere) made.push(secretFile)
  return made
}

/**
 * The folder of the keys. They are files: whatever else is not set yet, is nobody's concern here.
 *
 * @throws StartupError where that folder is what is wrong.
 */
function keysFolder(env: CommandContext['env']): string {
  const { config, problems } = readAsFar(env)
  const own = problems.filter((problem) => /^(KEYS|DATA)_DIR /.test(problem))
  if (own.length > 0) throw new StartupError(own)
  return config.keysDir
}

/** `wholeview keys create` */
export const createKeys = async ({ terminal, env }: CommandContext): Promise<void> => {
  const keysDir = keysFolder(env)
  const made = await makeKeys(keysDir)
  if (terminal.json) terminal.out(JSON.stringify({ folder: keysDir, made }))
  else if (made.length === 0) terminal.out(`Every key is in ${keysDir} already.`)
  else terminal.out(`Made in ${keysDir}: ${made.join(', ')}. Keep a backup where the database's is not.`)
}

/** `wholeview keys list` */
export const listKeys = async ({ terminal, env }: CommandContext): Promise<void> => {
  const keysDir = keysFolder(env)
  const rows: [string, string, string][] = []
  for (const use of uses) {
    const isThere = existsSync(signingKeyFile(keysDir, use))
    const kid = isThere ? (await signingKey(keysDir, use, { mayCreate: false })).kid : ''
    rows.push([use, isThere ? 'in use' : 'missing', kid])
    for (const retired of await retiredKeys(keysDir, use)) rows.push([use, 'retired', retired.kid])
  }
  rows.push([secretFile, existsSync(join(keysDir, secretFile)) ? 'in use' : 'missing', ''])
  terminal.out(terminal.json ? JSON.stringify(rows.map(([use, state, kid]) => ({ use, state, kid }))) : table(rows))
}

/** `wholeview keys rotate transfer` */
export const rotateKey = async ({ terminal, env }: CommandContext, use: string): Promise<void> => {
  if (use === 'audit')
    throw new UsageFailure('Run: wholeview audit rotate-key. It ends the log under the old key first.')
  if (!isRotated(use)) throw new UsageFailure(`"${use}" is no use of a key. Choose grant or transfer.`)
  const keysDir = keysFolder(env)
  const old = await signingKey(keysDir, use, { mayCreate: false })
  if (use === 'transfer') await retireKey(keysDir, use, old.publicJwk)
  const file = signingKeyFile(keysDir, use)
  await rename(file, `${file}.retired-${old.kid}`)
  const { kid } = await signingKey(keysDir, use, { mayCreate: true })
  terminal.out(
    terminal.json
      ? JSON.stringify({ use, kid, retired: old.kid })
      : `Key ${kid} is for ${use}s now, from each gateway's next start. Destroy ${file}.retired-${old.kid}.`,
  )
}

const isRotated = (use: string): use is Exclude<Use, 'audit'> => use === 'grant' || use === 'transfer'
