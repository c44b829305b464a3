/** A number from here on may be told; one below it, and not nought, is of too few children. */
export const fewest = 5
/** Cells that are kept back together hold so many children between them at least. */
const hiddenTogether = 10

/** Children of one period: all of them, and by the area where they live. Every area has a cell, whatever it holds. */
export interface Table {
  readonly total: number
  readonly areas: ReadonlyMap<string, number>
}

/** What of a table is kept back. */
export interface Hidden {
  readonly total: boolean
  readonly areas: ReadonlySet<string>
}

const isFew = (count: number): boolean => count > 0 && count < fewest

/**
 * What is kept back of the table of one quarter. Nought and what is five or more may be told; what is less may not, and
 * nor may so much besides that what is kept back could be had from the rest: with the total told, cells are kept back
 * two at least, of different size, that hold ten children between them. Of cells of one size all go or none, so that
 * which area is which stays unsaid.
 */
export function hiddenInQuarter({ total, areas }: Table): Hidden {
  if (isFew(total)) return { total: true, areas: fewIn(areas) }
  return complemented({ total, areas }, fewIn(areas))
}

/**
 * What is kept back of a longer period: whatever is kept back in any of its quarters, and what is too small in the
 * whole. So no sum and no difference of periods leads to a quarter that is kept back.
 */
export function hiddenInPeriod({ total, areas }: Table, quarters: readonly Hidden[]): Hidden {
  const begun = new Set([...quarters.flatMap((quarter) => [...quarter.areas]), ...fewIn(areas)])
  if (isFew(total) || quarters.some((quarter) => quarter.total)) return { total: true, areas: begun }
  return complemented({ total, areas }, begun)
}

const fewIn = (areas: ReadonlyMap<string, number>): ReadonlySet<string> =>
  new Set([...areas].flatMap(([area, count]) => (isFew(count) ? [area] : [])))

function complemented({ areas }: Table, begun: ReadonlySet<string>): Hidden {
  if (begun.size === 0) return { total: false, areas: begun }
  const hidden = new Set(begun)
  const sizeOf = (area: string) => areas.get(area) ?? 0
  while (!isSafe([...hidden].map(sizeOf))) {
    const rest = [...areas].filter(([area, count]) => count > 0 && !hidden.has(area))
    // Nothing is left to hide them behind: then the total goes too.
    if (rest.length === 0) return { total: true, areas: hidden }
    const least = Math.min(...rest.map(([, count]) => count))
    for (const [area, count] of rest) if (count === least) hidden.add(area)
  }
  return { total: false, areas: hidden }
}

/** Whether cells whose sum is known do not tell each other. */
const isSafe = (values: readonly number[]): boolean =>
  values.length >= 2 && values.reduce((sum, value) => sum + value, 0) >= hiddenTogether && new Set(values).size >= 2
