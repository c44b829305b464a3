import { birthLevels } from './compareBirths.ts'
import { differs } from './compareNames.ts'
import { comparisons, place } from './fieldComparisons.ts'
import { sentFields } from './guardedLabels.ts'
import type { Weighed } from './matchWeight.ts'
import type { Person } from './person.ts'

export type Agreement = 'AGREES' | 'CLOSE' | 'DIFFERS' | 'NOT_KNOWN'

/** One field as a reviewer sees it: how what is on file stands to what was sent. The value on file is not here. */
export interface ComparedField {
  readonly field: string
  readonly agreement: Agreement
  /** What the asker sent, normalised; empty when nothing was. */
  readonly sent: string
  /** How much it spoke for (above 0) or against, in bits. */
  readonly bits: number
}

export type RivalSeen = 'SOMEONE_ELSE_ON_FILE' | 'SIBLING' | 'TWIN_NOT_ON_FILE' | 'NOBODY_ON_FILE'

/** A candidate field by field, masked: a reviewer judges agreement and learns no value that the asker did not send. */
export const comparedFields = (
  query: Person,
  { levels, bits }: Weighed,
  hidden: ReadonlySet<string> = new Set(),
): readonly ComparedField[] => {
  const sent = sentFields(query)
  return comparisons.map(({ name, levels: names }, at) => ({
    field: name,
    agreement: agreementOf(at, levels[at] ?? -1, names.length - 1),
    sent: hidden.has(name) ? '' : (sent[name] ?? ''),
    bits: bits[at] ?? 0,
  }))
}

function agreementOf(at: number, level: number, worst: number): Agreement {
  if (level < 0) return 'NOT_KNOWN'
  if (level === 0 || (at === place.address && level <= 2)) return 'AGREES'
  const isClose = at === place.birth ? level <= birthLevels.indexOf('two parts') : level !== worst && level !== differs
  return isClose ? 'CLOSE' : 'DIFFERS'
}

/** Other explanations that weigh at least a tenth of all that speaks against, heaviest first. */
export function rivalsSeen({ rivals }: Weighed): readonly RivalSeen[] {
  const shares: readonly (readonly [RivalSeen, number])[] = [
    ['SOMEONE_ELSE_ON_FILE', rivals.someoneElse],
    ['SIBLING', rivals.sibling],
    ['TWIN_NOT_ON_FILE', rivals.twinNotOnFile],
    ['NOBODY_ON_FILE', rivals.nobody],
  ]
  return shares
    .filter(([, share]) => share >= 0.1)
    .sort(([, a], [, b]) => b - a)
    .map(([rival]) => rival)
}
