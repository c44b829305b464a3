/**
 * Runs a set-up step without `oidc-provider`'s notices (runtime version, quick-start defaults): they concern those who
 * run it as a product, and this one is refused in production. Only lines that begin with its own prefix are dropped.
 */
export const quietly = async <Result>(step: () => Promise<Result>): Promise<Result> => {
  const { info, warn } = console
  const unlessNotice =
    (print: (...parts: unknown[]) => void) =>
    (...parts: unknown[]): void => {
      if (!/oidc-provider (NOTICE|WARNING):/.test(String(parts[0]))) print(...parts)
    }
  console.info = unlessNotice(info)
  console.warn = unlessNotice(warn)
  try {
    return await step()
  } finally {
    console.info = info
    console.warn = warn
  }
}
