import { describe, expect, it } from 'vitest'
import { contract as adultServices } from '../../src/sources/adultServices.ts'
import type { Row } from '../../src/sources/contract.ts'
import { contract as education } from '../../src/sources/education.ts'
import { contract as health } from '../../src/sources/health.ts'
import { contract as police } from '../../src/sources/police.ts'
import { contract as socialCare } from '../../src/sources/socialCare.ts'

const lists = [adultServices, education, health, police, socialCare].flatMap(({ name, lists: all }) =>
  Object.entries(all).flatMap(([list, { chronology }]) =>
    chronology ? [{ name: `${name}.${list}`, chronology }] : [],
  ),
)

/** A word that leads to another, where none follows, or a label with nothing behind it. */
const dangling =
  /(?:^|\s)(?:at|by|in|of|with|from|to|as|for|the|for the|factors|, need|reason|category|child as|return)$|[,:;]$|\bof of\b|: of\b| of sessions| for sessions|from to\b|^[,:;\s]|null|undefined/u

const row = (fields: readonly string[], known: (field: string) => boolean, value: Row[string]): Row => ({
  ...Object.fromEntries(fields.map((field) => [field, known(field) ? value : null])),
  ...{ id: 'x:1', person: 'x' },
})

describe('the line of a record in the chronology', () => {
  it.each(lists)('ends no sentence in the middle, whatever of it is not known: $name', ({ chronology }) => {
    const { fields, tell } = chronology
    const subsets = Array.from({ length: 2 ** Math.min(fields.length, 6) }, (_, bits) => bits)
    const said = subsets.flatMap((bits) =>
      (['2026-03-04', 'EMERGENCY_DEPARTMENT'] as const).flatMap((value) => {
        const { headline, action, impactOnChild } = tell(
          row(fields, (each) => !!((bits >> fields.indexOf(each)) & 1), value),
        )
        expect(headline).not.toBe('')
        return [headline, action ?? '', impactOnChild ?? '']
      }),
    )
    expect([...new Set(said.filter((text) => dangling.test(text)))]).toEqual([])
  })

  it('names no factors where an assessment has none', () => {
    const { chronology } = socialCare.lists['assessments'] ?? {}
    const told = (factors: Row[string]) =>
      chronology?.tell({ ...row(chronology.fields, () => false, null), kind: 'SINGLE', factors }).headline
    expect([null, []].map(told)).toEqual(['Assessment: single', 'Assessment: single'])
    expect(told(['7A'])).toMatch(/^Assessment: single, factors: .+ \(7A\)$/)
  })
})
