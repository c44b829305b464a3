/** The act that the entry of an erasure carries, with the size before which persons are no longer kept. */
export const erasureAction = (size: number): string => `auditErase ${size}`

/** The size up to which an entry says that persons were erased; null when it records something else. */
export function erasedUpTo(actions: readonly string[]): number | null {
  for (const action of actions) {
    const [, digits] = /^auditErase (\d{1,15})$/.exec(action) ?? []
    if (digits !== undefined) return Number(digits)
  }
  return null
}
