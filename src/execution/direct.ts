const direct = new WeakSet<object>()

/** A resolver that needs nothing but its parent, so that nothing else is made ready for it. */
export type DirectResolver = (source: unknown) => unknown

/** Says of a resolver that its parent is all it looks at. It must be true: it is called with nothing else. */
export const fromParent = <Resolver extends (source: never) => unknown>(resolver: Resolver): Resolver => {
  direct.add(resolver)
  return resolver
}

export const isDirect = (resolver: unknown): resolver is DirectResolver =>
  typeof resolver === 'function' && direct.has(resolver)
