import { z } from 'zod'
import { isRoleName, type Purpose, purposes } from '../../src/policy/vocabulary.ts'

export const purposeShape = z
  .string()
  .refine((text): text is Purpose => (purposes as readonly string[]).includes(text), 'is no purpose of the vocabulary')

/** Who is signed in, as their provider said it and as its registry entry allows it. */
export const personShape = z.strictObject({
  /** The provider's issuer, by which its registry entry is found at each minting. */
  provider: z.string().min(1).max(256),
  subject: z.string().min(1).max(256),
  name: z.string().min(1).max(200),
  organisation: z.string().min(1).max(32),
  organisationName: z.string().max(200).nullable(),
  role: z.string().refine(isRoleName),
})
export type Person = z.infer<typeof personShape>
