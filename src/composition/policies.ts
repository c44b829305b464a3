import { compilePolicy, type Policy } from '../policy/compile.ts'
import { narrowedPolicy } from '../policy/narrow.ts'
import { hashOfPack, type Pack } from '../policy/pack.ts'
import { packsOf } from '../policy/packInForce.ts'
import { policyOfDay } from '../policy/policyOfDay.ts'
import { ukDay } from '../records/day.ts'
import type { Start } from './start.ts'

export interface OpenedPolicies {
  /** The policy of today. */
  readonly now: () => Policy
  /** The policy of the pack with this hash; null where the pack is not among those known. */
  readonly ofHash: (hash: string) => Policy | null
  /** Every pack that is known, whether or not it has begun. */
  readonly packs: readonly Pack[]
}

/** @throws StartupError when no pack is in force. */
export function openPolicies({ config, clock }: Start): OpenedPolicies {
  const packs = packsOf(config)
  return {
    packs,
    now: policyOfDay(packs, config, () => ukDay(clock.today())),
    ofHash: (hash) => {
      const pack = packs.find((each) => hashOfPack(each) === hash)
      return pack ? narrowedPolicy(compilePolicy(pack)) : null
    },
  }
}
