/** How one statement was carried out: what PostgreSQL itself wrote when it had. */
export interface Carried {
  readonly text: string
  /** Pages of 8 KB that were touched. */
  readonly pages: number
  /** What is not found by an index, one sentence each. */
  readonly faults: readonly string[]
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Recheck Cond'?: string
  readonly 'Rows Removed by Filter'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly PlanNode[]
}

/**
 * Rows read for nothing at one place: as many as an index on the person may well find that the day of asking rules out.
 */
const mostForNothing = 200

/** The plans in a server's log, as auto_explain writes them in JSON. */
export function plansIn(log: string): readonly Carried[] {
  const found: Carried[] = []
  for (const [, text = ''] of log.matchAll(/LOG: {2}duration: [\d.]+ ms {2}plan:\n((?:\t.*\n)+)/g)) {
    const plan: { 'Query Text': string; Plan: PlanNode } = JSON.parse(text)
    found.push({
      text: plan['Query Text'].replace(/\s+/g, ' ').trim(),
      pages: (plan.Plan['Shared Hit Blocks'] ?? 0) + (plan.Plan['Shared Read Blocks'] ?? 0),
      faults: [...new Set(faultsOf(plan.Plan))],
    })
  }
  return found
}

function faultsOf(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(faultsOf)
  const table = node['Relation Name']
  const where = table ?? node['Index Name'] ?? node['Node Type']
  if (node['Node Type'] === 'Seq Scan') return [`${where} is read whole`, ...below]
  const isByIndex = /^(Index (Only )?Scan|Bitmap Index Scan)$/.test(node['Node Type'])
  if (isByIndex && node['Index Cond'] === undefined) return [`the index ${node['Index Name']} is read whole`, ...below]
  const forNothing = node['Rows Removed by Filter'] ?? 0
  return forNothing > mostForNothing ? [`${forNothing} rows of ${where} are read for nothing`, ...below] : below
}

/** One sentence for each statement that is not answered by indexes, with the start of its text. */
export const faultsIn = (carried: readonly Carried[]): readonly string[] => [
  ...new Set(carried.flatMap(({ text, faults }) => faults.map((fault) => `${fault}: ${text.slice(0, 120)}`))),
]
