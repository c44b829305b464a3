import { diffPacks } from '../../src/policy/diffPacks.ts'
import type { Pack } from '../../src/policy/pack.ts'
import { goldenTable } from './goldenTable.ts'

/**
 * What each pack changes against the first, as text for a person to review: who gains and who loses, and how many lines
 * of the golden table are decided otherwise.
 */
export function differenceTable(packs: readonly Pack[]): string {
  const lines = packs.slice(1).flatMap((after) => {
    const [before] = packs
    if (!before) return []
    const decided = goldenTable(after).split('\n')
    const otherwise = goldenTable(before)
      .split('\n')
      .filter((line, row) => line !== decided[row]).length
    return [
      `${before.id},${after.id},golden lines decided otherwise,${otherwise},,,`,
      ...diffPacks(before, after).map(({ change, role, purpose, label, before: then, after: now }) =>
        [before.id, after.id, change, role, purpose, label, `${then} -> ${now}`].join(),
      ),
    ]
  })
  return `before,after,change,role,purpose,label,from and to\n${lines.join('\n')}\n`
}
