/** How right a set of links is. */
export interface Accuracy {
  readonly links: number
  readonly right: number
  readonly false: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Accuracy of so many links, of which so many are right, of so many true pairs. */
export function accuracy(links: number, right: number, truePairs: number): Accuracy {
  const precision = links ? right / links : 1
  const recall = truePairs ? right / truePairs : 1
  const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0
  return { links, right, false: links - right, precision, recall, f1 }
}

/**
 * The rate below which the true one lies with 95 % confidence, when `events` of `cases` were seen: exact for none
 * (rule of three), else Wilson.
 */
export function upperBound(events: number, cases: number): number {
  if (cases === 0) return 1
  if (events === 0) return Math.min(1, 1 - 0.05 ** (1 / cases))
  const z = 1.645
  const share = events / cases
  const centre = share + z ** 2 / (2 * cases)
  const spread = z * Math.sqrt((share * (1 - share)) / cases + z ** 2 / (4 * cases ** 2))
  return (centre + spread) / (1 + z ** 2 / cases)
}

/**
 * B³ of Bagga and Baldwin: for each row, the share of its group that belongs there, and of those that belong, that
 * are there.
 */
export function bCubed(
  groups: ArrayLike<number>,
  truths: readonly string[],
): { precision: number; recall: number; f1: number } {
  const groupSizes = new Map<number, number>()
  const truthSizes = new Map<string, number>()
  const bothSizes = new Map<string, number>()
  for (const [at, truth] of truths.entries()) {
    const group = groups[at] ?? 0
    groupSizes.set(group, (groupSizes.get(group) ?? 0) + 1)
    truthSizes.set(truth, (truthSizes.get(truth) ?? 0) + 1)
    bothSizes.set(`${group} ${truth}`, (bothSizes.get(`${group} ${truth}`) ?? 0) + 1)
  }
  let precision = 0
  let recall = 0
  for (const [at, truth] of truths.entries()) {
    const group = groups[at] ?? 0
    const both = bothSizes.get(`${group} ${truth}`) ?? 0
    precision += both / (groupSizes.get(group) ?? 1) / truths.length
    recall += both / (truthSizes.get(truth) ?? 1) / truths.length
  }
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

/** True pairs that a grouping holds, and how many pairs it holds in all. */
export function pairsInGroups(groups: ArrayLike<number>, truths: readonly string[]): { links: number; right: number } {
  const pairs = (count: number) => (count * (count - 1)) / 2
  const sizes = new Map<string, number>()
  const both = new Map<string, number>()
  for (const [at, truth] of truths.entries()) {
    const group = String(groups[at])
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
    both.set(`${group} ${truth}`, (both.get(`${group} ${truth}`) ?? 0) + 1)
  }
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + pairs(count), 0)
  return { links: sum(sizes.values()), right: sum(both.values()) }
}

/** One band of claimed log-odds, with what was claimed and what was so. */
export interface CalibrationBand {
  readonly from: number
  readonly to: number
  readonly cases: number
  readonly claimed: number
  readonly observed: number
  /** How far the observed log-odds lie from the claimed, in bits; null where all or none were right. */
  readonly bitsOff: number | null
}

const edges = [-7, -3, 0, 3, 6, 9, 12, 15, Number.POSITIVE_INFINITY]

/**
 * Claimed against observed, by band. A case may stand for less than one, when its like were sampled oftener than they
 * occur.
 */
export function calibration(
  cases: Iterable<readonly [weight: number, isRight: boolean, share?: number]>,
): readonly CalibrationBand[] {
  const bands = edges
    .slice(0, -1)
    .map((from, at) => ({ from, to: edges[at + 1] ?? 0, cases: 0, claimed: 0, right: 0, wrong: 0 }))
  for (const [weight, isRight, share = 1] of cases) {
    const band = bands.find(({ from, to }) => weight >= from && weight < to)
    if (!band) continue
    band.cases += share
    band.claimed += share / (1 + 2 ** -weight)
    band.right += share * Number(isRight)
    band.wrong += share * Number(!isRight)
  }
  return bands.map(({ from, to, cases, claimed, right, wrong }) => {
    const claim = cases ? claimed / cases : 0
    const seen = cases ? right / cases : 0
    const bitsOff = right === 0 || wrong === 0 ? null : odds(seen) - odds(claim)
    return { from, to, cases, claimed: claim, observed: seen, bitsOff }
  })
}

const odds = (share: number): number => Math.log2(share / (1 - share))
