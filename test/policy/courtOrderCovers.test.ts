import { expect, it } from 'vitest'
import { isOrdered } from '../../src/policy/compilePolicy.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import type { Label } from '../../src/policy/labels.ts'

const covers = (labels: readonly Label[], label: Label): boolean =>
  isOrdered({ orders: [{ labels }] } as unknown as ChildFacts, label)

it('an order that names no category covers neither a protected address nor an adoption', () => {
  expect(covers([], 'HEALTH_GENERAL')).toBe(true)
  expect(covers([], 'ADDRESS_PROTECTED')).toBe(false)
  expect(covers([], 'ADOPTION')).toBe(false)
})

it('an order covers what it names, and nothing else', () => {
  expect(covers(['ADDRESS_PROTECTED'], 'ADDRESS_PROTECTED')).toBe(true)
  expect(covers(['ADDRESS_PROTECTED'], 'HEALTH_GENERAL')).toBe(false)
})
