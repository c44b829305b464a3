import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../foundation/errors.ts'

/**
 * The secret under which keys are hashed, kept beside the signing keys and out of the database: whoever has only the
 * one cannot test a name against the other. Every key changes with it, so it is made once and in production by hand.
 */
export function indexSecret(keysFolder: string, { mayCreate }: { readonly mayCreate: boolean }): Uint8Array {
  const path = join(keysFolder, 'identity.secret')
  const stored = readIfThere(path)
  if (stored) {
    if (stored.length < 32) throw new StartupError([`The file ${path} holds fewer than 32 bytes.`])
    return stored
  }
  if (!mayCreate)
    throw new StartupError([
      `The file ${path} is missing. Write 32 random bytes into it, readable to the gateway alone.`,
    ])
  mkdirSync(keysFolder, { recursive: true, mode: 0o700 })
  const made = randomBytes(32)
  try {
    writeFileSync(path, made, { flag: 'wx', mode: 0o600 })
    chmodSync(path, 0o600)
    return made
  } catch {
    // Another process made it first: then that one counts.
    return indexSecret(keysFolder, { mayCreate: false })
  }
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
