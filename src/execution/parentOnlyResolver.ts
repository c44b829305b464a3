const direct = new WeakSet<object>()

/**
 * A resolver that needs nothing but its parent, so that nothing else is made ready for it, and of a field that was
 * given arguments these.
 */
export type DirectResolver = (source: unknown, given?: Readonly<Record<string, unknown>>) => unknown

/**
 * Says of a resolver that its parent and what its field was given are all it looks at. It must be true: where nothing
 * was given it is called with its parent alone.
 */
export const asDirect = <Resolver extends (source: never, given?: never) => unknown>(resolver: Resolver): Resolver => {
  direct.add(resolver)
  return resolver
}

/**
 * The same in a map of resolvers. An object, since the schema's maker binds a bare function, and what it binds is
 * another.
 */
export const fromParent = <Resolver extends (source: never, given?: never) => unknown>(
  resolver: Resolver,
): { resolve: Resolver } => ({
  resolve: asDirect(resolver),
})

export const isDirect = (resolver: unknown): resolver is DirectResolver =>
  typeof resolver === 'function' && direct.has(resolver)
