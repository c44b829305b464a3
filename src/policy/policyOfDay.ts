import { compilePolicy, type Policy } from './compilePolicy.ts'
import { narrowedPolicy } from './narrowToToken.ts'
import type { Pack } from './pack.ts'
import { type PackChoice, packInForce } from './packInForce.ts'

/**
 * The policy of today. It is compiled again only when another pack comes into force; a request keeps the one it began
 * with.
 */
export function policyOfDay(packs: readonly Pack[], choice: PackChoice, today: () => string): () => Policy {
  let day = today()
  let policy = narrowedPolicy(compilePolicy(packInForce(packs, choice, day)))
  return () => {
    const now = today()
    if (now === day) return policy
    const pack = packInForce(packs, choice, now)
    if (pack !== policy.pack) policy = narrowedPolicy(compilePolicy(pack))
    day = now
    return policy
  }
}
