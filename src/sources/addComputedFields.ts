import type { SourceLayout } from './columnLayout.ts'
import type { ComputedFields } from './computedFields.ts'
import type { Row } from './contract.ts'
import { withRows } from './plainRecords.ts'
import type { SourceAnswer } from './source.ts'

/** Adds computed fields to an answer's rows, from the permitted fields that are there. */
export function materialise(
  answer: SourceAnswer,
  required: ReadonlyMap<string, ReadonlySet<string>>,
  layout: SourceLayout,
  computed: ComputedFields,
  asOf: string,
): SourceAnswer {
  if (answer.state !== 'ANSWERED' || required.size === 0) return answer
  const lists: Record<string, readonly Row[]> = {}
  for (const [list, fields] of required) {
    const rules = computed[layout.lists.get(list)?.type.name ?? ''] ?? {}
    const siblings = answer.records.rows(list)
    lists[list] = siblings.map((row) => {
      const values = [...fields].map((field) => {
        const rule = rules[field]
        const nested = Object.fromEntries(
          Object.keys(rule?.nested ?? {}).map((name) => [
            name,
            answer.records.rows(name).filter((item) => item['parent'] === row.id),
          ]),
        )
        return [field, rule?.value(row, { siblings, nested, asOf }) ?? null] as const
      })
      return { ...row, ...Object.fromEntries(values) }
    })
  }
  return { ...answer, records: withRows(answer.records, lists) }
}
