import type { StoredRow } from '../../../store/database.ts'
import { instantOf } from '../../decodeCell.ts'
import { holderIn } from '../../servedHolders.ts'
import type { Holding } from '../../source.ts'
import type { FoundRecords } from './recordReader.ts'
import { type Branch, headColumns } from './recordsBranch.ts'
import type { SqlPlan } from './statement.ts'

/** Counts that were read as counts, and records that were read and are counted here. */
export function holdingsOf(plan: SqlPlan, found: FoundRecords, child: number, kind: string): Holding[] {
  const holdings = new Map<string, Holding>()
  for (const [place, branch] of plan.branches.entries())
    if (branch.holdings || branch.counted)
      found.each(child, place, (row) =>
        add(holdings, branch.holdings ? holdingOf(branch, row) : oneRecord(branch, row, kind)),
      )
  return [...holdings].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, holding]) => holding)
}

function holdingOf(branch: Branch, row: StoredRow): Holding {
  const latest = row.text(headColumns + 2)
  return {
    list: branch.list.list,
    service: row.text(headColumns) ?? '',
    count: Number(row.text(headColumns + 1)),
    latest: latest && instantOf(latest),
    holder: row.text(headColumns + 3) ?? undefined,
  }
}

/** A record that was read, as a count of one. */
function oneRecord(branch: Branch, row: StoredRow, kind: string): Holding {
  const recordedAt = cellOf(branch, row, 'provenance.recordedAt')
  return {
    list: branch.list.list,
    service: cellOf(branch, row, 'provenance.agency') ?? '',
    count: 1,
    latest: recordedAt === null ? null : instantOf(recordedAt),
    holder: holderIn(row.text(headColumns) ?? '', kind) ?? undefined,
  }
}

const cellOf = (branch: Branch, row: StoredRow, key: string): string | null => {
  const place = branch.cells.findIndex((cell) => cell.key === key)
  return place < 0 ? null : row.text(headColumns + place)
}

/** Several persons of one child in one agency count together. */
function add(holdings: Map<string, Holding>, { list, service, count, latest, holder }: Holding): void {
  const key = `${list}|${service}|${holder ?? ''}`
  const known = holdings.get(key)
  const later = known?.latest != null && (latest === null || known.latest > latest) ? known.latest : latest
  holdings.set(key, { list, service, count: (known?.count ?? 0) + count, latest: later, holder })
}
