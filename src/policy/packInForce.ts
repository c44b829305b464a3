import { existsSync } from 'node:fs'
import { StartupError } from '../foundation/errors.ts'
import { type Pack, readPack, readPacks } from './pack.ts'

/** What the configuration says of packs. */
export interface PackChoice {
  /** A pack's id or file; null: the latest in force. */
  readonly policyPack: string | null
  /** The day from which Children Act 2004 s.16LA is treated as commenced; null: it is not. */
  readonly statutoryDutyFrom: string | null
  /** Whether a proposal begins on its day like any other pack; otherwise only where it is named. */
  readonly adoptsProposals: boolean
}

/** The packs that may come into force: those of the product, or the one file that is configured. */
export const packsOf = ({ policyPack }: Pick<PackChoice, 'policyPack'>): readonly Pack[] =>
  policyPack !== null && existsSync(policyPack) ? [packIn(policyPack)] : readPacks()

/** @throws StartupError naming the setting. */
function packIn(file: string): Pack {
  try {
    return readPack(file)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    throw new StartupError(error.problems.map((problem) => `POLICY_PACK: ${problem}`))
  }
}

/**
 * The pack for one day (YYYY-MM-DD): the latest that has begun. A pack that rests on the duty of s.16LA has begun only
 * from the day on which the partnership says that the duty has, whatever the pack itself says: no commencement was
 * verified. A proposal has begun only where it is named, or where all are adopted as the demonstration does.
 *
 * @throws StartupError when none has begun, or the one that was asked for by id has not.
 */
export function packInForce(packs: readonly Pack[], choice: PackChoice, day: string): Pack {
  const begun = packs.filter((pack) => beginsOn(pack, choice) <= day)
  const byId = packs.some(({ id }) => id === choice.policyPack)
  const wanted = byId ? begun.filter(({ id }) => id === choice.policyPack) : begun
  const latest = wanted.reduce<Pack | undefined>(
    (found, pack) => (found && beginsOn(found, choice) >= beginsOn(pack, choice) ? found : pack),
    undefined,
  )
  if (latest && (byId || choice.policyPack === null || existsSync(choice.policyPack))) return latest
  const known = packs.map(({ id }) => id).join(', ')
  throw new StartupError([
    `No policy pack is in force on ${day} by POLICY_PACK and STATUTORY_DUTY_FROM. Packs that are known: ${known}.`,
  ])
}

const never = '9999-12-31'

function beginsOn(
  { effectiveFrom, statutoryDuty16LA, proposal }: Pack,
  { statutoryDutyFrom, policyPack, adoptsProposals }: PackChoice,
): string {
  if (proposal === true && policyPack === null && !adoptsProposals) return never
  if (!statutoryDuty16LA.inForce) return effectiveFrom
  if (statutoryDutyFrom === null) return never
  return statutoryDutyFrom > effectiveFrom ? statutoryDutyFrom : effectiveFrom
}
