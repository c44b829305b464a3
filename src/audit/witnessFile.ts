import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import type { WitnessPolicy } from './cosignature.ts'

const publicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) })
const policy = z
  .strictObject({
    threshold: z.number().int().min(1),
    witnesses: z.array(z.strictObject({ name: z.string().regex(/^[^\s+]+$/), publicJwk: publicKey })).min(1),
  })
  .refine(({ threshold, witnesses }) => threshold <= witnesses.length)
  // One key under two names would count as two witnesses.
  .refine(({ witnesses }) => new Set(witnesses.map(({ name }) => name)).size === witnesses.length)
  .refine(({ witnesses }) => new Set(witnesses.map(({ publicJwk }) => publicJwk.x)).size === witnesses.length)

/** Witnesses as a partnership lists them. @throws StartupError when the file is not such a list. */
export async function readWitnesses(file: string): Promise<WitnessPolicy> {
  try {
    return policy.parse(JSON.parse(textOf(file)))
  } catch (error) {
    throw new StartupError([
      `AUDIT_WITNESSES_FILE: ${file} is not a list of witnesses${codeOf(error)}: {"threshold": 2, "witnesses": [{"name": …, "publicJwk": Ed25519 JWK}, …]}, each with a name and key of its own.`,
    ])
  }
}
