import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { bytesOf } from '../foundation/settingFile.ts'
import { makeFolder } from '../foundation/settingFolder.ts'

/**
 * The secret under which keys are hashed, kept beside the signing keys and out of the database: whoever has only the
 * one cannot test a name against the other. Every key changes with it, so it is made once and in production by hand.
 */
export function indexSecret(keysFolder: string, { mayCreate }: { readonly mayCreate: boolean }): Uint8Array {
  const path = join(keysFolder, 'identity.secret')
  const stored = readIfThere(path)
  if (stored) {
    if (stored.length < 32) throw new StartupError([`KEYS_DIR: the file ${path} holds fewer than 32 bytes.`])
    return stored
  }
  if (!mayCreate)
    throw new StartupError([
      `KEYS_DIR: the file ${path} is missing. Write 32 random bytes into it, readable to the gateway alone.`,
    ])
  makeFolder('KEYS_DIR', keysFolder)
  const made = randomBytes(32)
  try {
    writeFileSync(path, made, { flag: 'wx', mode: 0o600 })
    chmodSync(path, 0o600)
    return made
  } catch (error) {
    if (!existsSync(path)) throw new StartupError([`KEYS_DIR: ${path} cannot be written${codeOf(error)}.`])
    // Another process made it first: then that one counts.
    return indexSecret(keysFolder, { mayCreate: false })
  }
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return bytesOf(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StartupError([`KEYS_DIR: ${path} cannot be read${codeOf(error)}. Look at its rights.`])
  }
}
