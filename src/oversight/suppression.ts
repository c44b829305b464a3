/** A number from here on may be told; one below it, and not nought, is of too few children. */
export const fewest = 5
/** Cells that are kept back together hold so many children between them at least. */
const hiddenTogether = 10

/** Children of one period: all of them, and by the area where they live. Every area has a cell, whatever it holds. */
export interface Table {
  readonly total: number
  readonly areas: ReadonlyMap<string, number>
  /** Areas that a child who is counted moved between, within the period: counted in more than one of them. */
  readonly moved?: ReadonlySet<string>
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

/** The children of the quarters `from` to `to`, each once. */
export type Runs = (from: number, to: number) => Table

/**
 * What is kept back of a period of quarters 0 to `last`. Kept back is what is too small, what is kept back in any
 * shorter run of its quarters, and what would tell a number that is too small beside those runs: how many are counted
 * in a quarter and never again until another, or never before, or never after. Runs overlap and count a child once, so
 * that two tables of tens may differ by one child. Every sum and difference of runs is made of these numbers.
 *
 * That holds of an area as of the total only while whoever was counted there stays counted there. A child who moved is
 * counted in one area of a longer run and in another of a shorter one, so that one area may shrink by what another
 * grows, and a small difference of the total stands in none of them. All areas of such a move are kept back together:
 * what is told holds no child who moved, and neither does what is kept back change but by who came or left.
 */
export function hiddenInPeriod(last: number, runs: Runs): Hidden {
  const known = new Map<string, Hidden>()
  const hiddenIn = (from: number, to: number): Hidden => {
    const key = `${from} ${to}`
    const hidden = known.get(key) ?? hiddenInRun(from, to, runs, hiddenIn)
    known.set(key, hidden)
    return hidden
  }
  return hiddenIn(0, last)
}

function hiddenInRun(from: number, to: number, runs: Runs, hiddenIn: (from: number, to: number) => Hidden): Hidden {
  const table = runs(from, to)
  if (from === to) return hiddenInQuarter(table)
  const shorter = [hiddenIn(from, to - 1), hiddenIn(from + 1, to)]
  const tells = (countOf: (table: Table) => number) => tellsFew(from, to, (...run) => countOf(runs(...run)))
  const begun = new Set([
    ...shorter.flatMap(({ areas }) => [...areas]),
    ...fewIn(table.areas),
    ...(table.moved ?? []),
    ...[...table.areas.keys()].filter((area) => tells(({ areas }) => areas.get(area) ?? 0)),
  ])
  if (isFew(table.total) || shorter.some(({ total }) => total) || tells(({ total }) => total))
    return { total: true, areas: begun }
  const hidden = complemented(table, begun)
  const together = (of: Table) => [...hidden.areas].reduce((sum, area) => sum + (of.areas.get(area) ?? 0), 0)
  // What is kept back is known in sum, from the total and what is told.
  const isTold = hidden.areas.size > 0 && (tells(together) || isBoundIn(from, to, { together, hidden, runs, hiddenIn }))
  // Without the total nothing need hide behind anything: and what would, would tell that the total went for it.
  return isTold ? { total: true, areas: begun } : hidden
}

/**
 * Whether shorter runs bound what is kept back so closely that its sum tells each part: an area has as many children as
 * in any shorter run at least, and as many as in two that make up the whole at most. Where the sum comes near to either
 * end, so does every area. Who moved away may leave an area with fewer than that: then the sum lies nearer to the lower
 * end than it seems, or below it, and the more is kept back.
 */
function isBoundIn(
  from: number,
  to: number,
  at: {
    readonly together: (of: Table) => number
    readonly hidden: Hidden
    readonly runs: Runs
    readonly hiddenIn: (from: number, to: number) => Hidden
  },
): boolean {
  const read = (area: string, first: number, last: number): number | null =>
    at.hiddenIn(first, last).areas.has(area) ? null : (at.runs(first, last).areas.get(area) ?? 0)
  let least = 0
  let most = 0
  for (const area of at.hidden.areas) {
    const halves = Array.from({ length: to - from }, (_, cut) => [
      read(area, from, from + cut),
      read(area, from + cut + 1, to),
    ])
    const told = halves.flat().filter((count) => count !== null)
    // Nought is never kept back, so that what is kept back is one at least.
    least += Math.max(1, ...told)
    most += Math.min(...halves.map(([one = null, other = null]) => (one ?? Infinity) + (other ?? Infinity)))
  }
  const sum = at.together(at.runs(from, to))
  return sum - least < fewest || most - sum < fewest
}

/** Whether a run, beside the shorter ones in it, tells of few children. */
function tellsFew(from: number, to: number, count: (from: number, to: number) => number): boolean {
  const onlyFirst = count(from, to) - count(from + 1, to)
  const onlyLast = count(from, to) - count(from, to - 1)
  const between = from + 1 < to ? count(from + 1, to - 1) : 0
  /** Counted in the first and the last quarter, and in none between. */
  const atBothEnds = count(from, to - 1) + count(from + 1, to) - count(from, to) - between
  return [onlyFirst, onlyLast, atBothEnds].some((number) => isFew(Math.abs(number)))
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
