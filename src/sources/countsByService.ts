import type { Holding } from './source.ts'

/** Counts of one list and service over all holders, as the agency as a whole tells them. */
export function byService(holdings: readonly Holding[]): readonly Holding[] {
  const all = new Map<string, Holding>()
  for (const { list, service, count, latest } of holdings) {
    const key = `${list}|${service}`
    const known = all.get(key)
    const later = known?.latest != null && (latest === null || known.latest > latest) ? known.latest : latest
    all.set(key, { list, service, count: (known?.count ?? 0) + count, latest: later })
  }
  return [...all.values()]
}
