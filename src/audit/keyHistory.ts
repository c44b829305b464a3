import { join } from 'node:path'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { textOf } from '../foundation/settingFile.ts'
import type { PublicKeyJwk } from './checkpoint.ts'
import type { KeyRing } from './keyRing.ts'
import { ringOf } from './keyRing.ts'

const publicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) })
const history = z.array(z.strictObject({ key: publicKey, until: z.number().int().min(0) }))

/** A retired key of the log, and the last size that it signed. */
export type RetiredKey = z.infer<typeof history>[number]

/**
 * Where retired public keys are listed, oldest first; beside the private keys, since whoever can change it decides what
 * verifies.
 */
export const keyHistoryFile = (folder: string): string => join(folder, 'audit-history.json')

/** @throws StartupError when the list is there and cannot be read as one whose sizes only grow. */
export async function readKeyHistory(folder: string): Promise<readonly RetiredKey[]> {
  const file = keyHistoryFile(folder)
  try {
    const read = history.parse(JSON.parse(textOf(file)))
    if (read.every(({ until }, at) => at === 0 || until >= (read[at - 1]?.until ?? 0))) return read
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  }
  throw new StartupError([
    `KEYS_DIR: ${file} is not a list of retired audit keys with the last size that each signed, oldest first.`,
  ])
}

/** All keys of the log: each retired one where it was in use, and the current one since. */
export function ringFrom(retired: readonly RetiredKey[], current: PublicKeyJwk): KeyRing {
  const last = retired.at(-1)
  return [
    ...retired.map(({ key, until }, at) => ({ publicJwk: key, from: retired[at - 1]?.until ?? 0, until })),
    { publicJwk: current, from: last?.until ?? 0, until: null },
  ]
}

const ring = z
  .array(
    z.strictObject({
      publicJwk: publicKey.loose(),
      from: z.number().int().min(0),
      until: z.number().int().min(0).nullable(),
    }),
  )
  .min(1)
/** A gateway's set says what each key is for: that of its grants or its transfers signs no checkpoint. */
const setKey = publicKey.extend({ purpose: z.literal('audit').optional() }).transform(({ purpose: _, ...key }) => key)
const keySet = z.object({ keys: z.array(z.unknown()) })

/**
 * Keys as somebody who verifies was given them: one JWK, a JWK set, or the log's own list with sizes (`/audit/keys`).
 * Null when it is none of these. A set says nothing of sizes, so its keys are good for all.
 */
export function readKeyRing(value: unknown): KeyRing | null {
  const listed = ring.safeParse(value)
  if (listed.success) return listed.data
  const set = keySet.safeParse(value)
  const keys = (set.success ? set.data.keys : [value]).flatMap((key) => {
    const read = setKey.safeParse(key)
    return read.success ? ringOf(read.data) : []
  })
  return keys.length === 0 ? null : keys
}
