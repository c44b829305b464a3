const made = Symbol('made')

type Keeping = object & { readonly [made]?: Map<symbol, unknown> }

/**
 * What is worked out of an answer once, for several fields or aliases, and goes with it. It is not seen by whoever
 * copies the answer: a copy may have other records. No WeakMap, whose values V8 takes for alive as long as it looks
 * through its young objects alone.
 */
export function memoOnAnswer<Made>(answer: Keeping, name: symbol, make: () => Made): Made {
  let memo = answer[made]
  if (!memo) {
    memo = new Map()
    Object.defineProperty(answer, made, { value: memo })
  }
  // Under its name stands what this function put there.
  if (memo.has(name)) return memo.get(name) as Made
  const value = make()
  memo.set(name, value)
  return value
}

export const releaseMemos = (answer: Keeping | undefined): void => answer?.[made]?.clear()
