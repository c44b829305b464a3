import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/foundation/errors.ts'
import { limits, readOperation } from '../../src/server/operationLimits.ts'
import { bombs } from './requests.ts'

/** Selections that are looked at until an operation is refused, or accepted. */
const workOf = (text: string): { steps: number; code: string } => {
  let steps = 0
  try {
    readOperation(text, () => {
      steps += 1
    })
    return { steps, code: 'OK' }
  } catch (error) {
    return { steps, code: error instanceof Refusal ? error.code : 'UNKNOWN' }
  }
}

describe('the work of weighing an operation', () => {
  it.each(Object.keys(bombs))('grows with the text of a bomb and not with what it unfolds to, %s', (shape) => {
    for (let levels = 1; levels <= 100; levels += 1) {
      const text = bombs[shape]?.(levels) ?? ''
      const { steps, code } = workOf(text)
      // Each fragment has at most four selections, looked at where it is defined and once where it is spread.
      expect(steps).toBeLessThanOrEqual(8 * levels + 10)
      if (levels >= 13) expect(code).toBe('OPERATION_TOO_LARGE')
    }
  })

  it('takes less than 20 MB for a thousand bombs of a hundred levels', () => {
    const texts = Object.values(bombs).map((bomb) => bomb(100))
    for (const text of texts) workOf(text)
    const before = process.memoryUsage().heapUsed
    let highest = before
    for (let round = 0; round < 1000; round += 1) {
      workOf(texts[round % texts.length] ?? '')
      if (round === 0) highest = Math.max(highest, process.memoryUsage().heapUsed)
    }
    // One weighing, before anything could be collected.
    expect(highest - before).toBeLessThan(20 * 1024 * 1024)
  })

  it('looks at no more than the limits let an operation hold', () => {
    const wide = `{ x { ${Array.from({ length: 1900 }, (_, index) => `f${index}`).join(' ')} } }`
    expect(workOf(wide)).toEqual({ steps: 1901, code: 'OK' })
    const far = `{ x { ${Array.from({ length: limits.tokens }, (_, index) => `f${index}`).join(' ')} } }`
    expect(workOf(far)).toEqual({ steps: 0, code: 'OPERATION_TOO_LARGE' })
  })
})
