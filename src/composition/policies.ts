import { compilePolicy, type Policy } from '../policy/compilePolicy.ts'
import { narrowedPolicy } from '../policy/narrowToToken.ts'
import { hashOfPack, type Pack } from '../policy/pack.ts'
import { packsOf } from '../policy/packInForce.ts'
import { policyOfDay } from '../policy/policyOfDay.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { Start } from './startContext.ts'

export interface OpenedPolicies {
  /** The policy of today. */
  readonly now: () => Policy
  /** The policy of the pack with this hash; null where the pack is not among those known. */
  readonly ofHash: (hash: string) => Policy | null
  /** Every pack that is known, whether or not it has begun. */
  readonly packs: () => readonly Pack[]
}

/** @throws StartupError when no pack is in force. */
export function openPolicies({ config, clock, reloading }: Start): OpenedPolicies {
  // Whatever was in force meanwhile: an entry of the log is replayed by the pack that decided it.
  let known = packsOf(config)
  const inForce = (packs: readonly Pack[]) => policyOfDay(packs, config, () => ukDay(clock.today()))
  let now = inForce(known)
  reloading.add(() => {
    const packs = packsOf(config)
    const next = inForce(packs)
    return () => {
      const hashes = new Set(packs.map(hashOfPack))
      known = [...packs, ...known.filter((pack) => !hashes.has(hashOfPack(pack)))]
      now = next
    }
  })
  return {
    packs: () => known,
    now: () => now(),
    ofHash: (hash) => {
      const pack = known.find((each) => hashOfPack(each) === hash)
      return pack ? narrowedPolicy(compilePolicy(pack)) : null
    },
  }
}
