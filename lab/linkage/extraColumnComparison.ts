import type { Comparison } from '../../src/identity/comparison.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { edits, jaroWinkler } from '../../src/identity/similarity.ts'

export const textLevels = ['exact', 'close', 'in another column', 'near', 'shares a word', 'differs'] as const

/**
 * A further column compared as text. A value found in another column of the other row counts too: clerks put things
 * in the wrong box.
 */
export const textComparison = (name: string, at: number): Comparison<Row> => ({
  name,
  levels: textLevels,
  term: (row) => row.extra[at] ?? '',
  closeTo: 1,
  level: (first, second) => {
    const value = first.extra[at] ?? ''
    const other = second.extra[at] ?? ''
    if (!value || !other) return -1
    if (value === other) return 0
    const likeness = jaroWinkler(value, other)
    if (likeness >= 0.94 || (value.length > 3 && edits(value, other, 1) === 1)) return 1
    if (second.extra.includes(value) || first.extra.includes(other)) return 2
    if (likeness >= 0.86) return 3
    return sharesWord(value, other) ? 4 : 5
  },
})

function sharesWord(value: string, other: string): boolean {
  if (!value.includes(' ') && !other.includes(' ')) return false
  const words = other.split(' ')
  return value.split(' ').some((word) => word.length > 2 && words.includes(word))
}
