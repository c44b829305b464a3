import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** Packages that the demonstration alone needs; an installation for production leaves them out (`--omit=optional`). */
export type OptionalPackage = 'oidc-provider' | '@graphql-yoga/render-graphiql'

/** Whether a package is installed beside this product. Nothing of it is loaded. */
export const isInstalled = (name: OptionalPackage): boolean => {
  try {
    resolve(name)
    return true
  } catch (error) {
    // It is there, and offers itself to `import` alone.
    return error instanceof Error && 'code' in error && error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}

/** How to get what was left out, as a whole sentence. */
export const leftOut = (name: OptionalPackage): string =>
  `It needs the package ${name}, which is not installed: npm leaves it out when asked to (--omit=optional), or for an older Node.`
