import type { CarriedLists } from '../../../carriedLists.ts'

/** Lists that each return fills. Our own formats, record JSON and mapped CSV, have a place for every list. */
export const listsOfReturns: Readonly<Record<string, readonly string[]>> = {
  cin: ['person', 'referrals', 'assessments', 'plans', 's47Enquiries', 'meetings'],
  903: [
    ...['person', 'placements', 'legalStatuses', 'plans', 'adoption'],
    ...['meetings', 'missing', 'assessments', 'orders'],
  ],
  ctf: ['person', 'enrolments', 'attendance', 'specialNeeds'],
}

/** What a holder can say that handed in files of these formats; null where that is everything. */
export function carriedByFormats(formats: ReadonlySet<string>): CarriedLists | null {
  const lists = new Map<string, null>()
  for (const format of formats) {
    const filled = listsOfReturns[format]
    if (!filled) return null
    for (const list of filled) lists.set(list, null)
  }
  return lists.size === 0 ? null : lists
}
