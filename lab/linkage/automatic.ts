import type { Comparison } from '../../src/identity/compare.ts'
import { differs, place, sureGivenLevels, swapped } from '../../src/identity/compare.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { textLevels } from './textComparison.ts'

type Levels = ArrayLike<number>

/**
 * Which pairs may be linked without a person, besides their weight: given and family name agree, the date of birth does but
 * for a misprint within its year, the postcode is the same where the file has postcodes, and of the further facts twice as many agree as contradict. Father
 * and son of one name, and two entries for one name in one town, fail here and not by weight.
 */
export function automaticGuard(
  comparisons: readonly Comparison<Row>[],
): (levels: Levels, first: Row, second: Row) => boolean {
  const at = (name: string) => comparisons.findIndex((comparison) => comparison.name === name)
  const [given, family, birth, address, sex, nhs] = ['given', 'family', 'birth', 'address', 'sex', 'nhs'].map(at)
  const further = comparisons.map((_, index) => index).filter((index) => !((comparisons[index]?.name ?? '') in place))
  const level = (levels: Levels, index = -1) => (index < 0 ? -1 : (levels[index] ?? -1))
  const hasAddress = address !== undefined && address >= 0
  return (levels, first, second) => {
    if (!sureGivenLevels.has(level(levels, given))) return false
    if (level(levels, given) !== swapped && (level(levels, family) < 0 || level(levels, family) === differs))
      return false
    if (birth !== undefined && birth >= 0 && !isSureBirth(level(levels, birth), first, second)) return false
    if (level(levels, sex) === 1 || level(levels, nhs) > 0) return false
    if (level(levels, nhs) === 0) return true
    const whereabouts = level(levels, address)
    if (hasAddress && (whereabouts < 0 || whereabouts > 2)) return false
    const agreeing = further.filter((index) => [0, 1].includes(level(levels, index))).length
    const contradicting = further.filter((index) => level(levels, index) === textLevels.indexOf('differs')).length
    if (contradicting > agreeing / 2) return false
    return hasAddress || agreeing > 0
  }
}

const isSureBirth = (level: number, first: Row, second: Row): boolean =>
  level === 0 || ((level === 1 || level === 2) && first.birth.slice(0, 4) === second.birth.slice(0, 4))
