import { type Grant, permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import type { ComputedFields } from './computedFields.ts'
import type { Row } from './contract.ts'
import { withRows } from './plainRecords.ts'
import type { SourceAnswer } from './source.ts'
import type { ListLayout, SourceLayout } from './sourceLayout.ts'

/** Adds computed fields to an answer's rows, from the permitted fields that are there. */
export function materialise(
  answer: SourceAnswer,
  required: ReadonlyMap<string, ReadonlySet<string>>,
  layout: SourceLayout,
  computed: ComputedFields,
  grant: Grant,
): SourceAnswer {
  if (answer.state !== 'ANSWERED' || required.size === 0) return answer
  const lists: Record<string, readonly Row[]> = {}
  for (const [list, fields] of required) {
    const of = layout.lists.get(list)
    const rules = computed[of?.type.name ?? ''] ?? {}
    const siblings = answer.records.rows(list)
    const hasAll = (from: readonly string[]) => !answer.gaps?.length && of !== undefined && readsEvery(grant, of, from)
    lists[list] = siblings.map((row) => {
      const values = [...fields].map((field) => {
        const rule = rules[field]
        const nested = Object.fromEntries(
          Object.keys(rule?.nested ?? {}).map((name) => [
            name,
            answer.records.rows(name).filter((item) => item['parent'] === row.id),
          ]),
        )
        const hasAllSiblings = rule?.siblings === true && hasAll(rule.from)
        return [field, rule?.value(row, { siblings, hasAllSiblings, nested, asOf: grant.asOf }) ?? null] as const
      })
      return { ...row, ...Object.fromEntries(values) }
    })
  }
  return { ...answer, records: withRows(answer.records, lists) }
}

/** Whether every record of a list is read with these fields, whoever holds it: by the grant and the contract alone. */
function readsEvery(grant: Grant, { contract, type, columns }: ListLayout, fields: readonly string[]): boolean {
  const { label } = type
  const mayBearMore = contract.rowLabels?.some((one) => grant.withheld.some((withheld) => withheld.label === one))
  if (mayBearMore || contract.unclassified || grant.heldParts?.some((part) => part.label === label)) return false
  const needs = [type, ...fields.flatMap((field) => columns.get(field)?.label ?? [])]
  return [grant, ...(grant.apart ?? [])].every((rows) =>
    needs.every((need) => permits(rows, bitOf(need.label), need.level)),
  )
}
