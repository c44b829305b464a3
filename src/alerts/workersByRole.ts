import { textOf } from '../records/currentRows.ts'
import { openAt } from './periodsAndRuns.ts'
import type { EvidenceRow, View } from './rule.ts'

type Involvement = EvidenceRow & { readonly kind: unknown }

/** Who works with the child now as this, and those of whom it is not recorded as what. */
export const workingAs = (
  kind: string,
  { rows, asOf }: View<{ readonly socialCare: { readonly involvements: readonly ['kind', 'from', 'to'] } }>,
): readonly Involvement[] =>
  openAt(
    rows('socialCare', 'involvements').filter((row) => [kind, null].includes(textOf(row, 'kind'))),
    asOf,
  )

/** Those of them that leave it open whether there is one; none where one is known. */
export const unsaidOf = (kind: string, working: readonly Involvement[]): readonly EvidenceRow[] =>
  working.some((row) => row.kind === kind) ? [] : working
