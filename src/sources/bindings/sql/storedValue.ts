import type { ColumnLayout } from '../../columnLayout.ts'

/**
 * A value as it is stored. A part above its whole stands as a count below nought, which no count is: whoever reads it
 * meets a bad value, and treats it as any other.
 */
export const storedSql = ({ column, partOf }: Pick<ColumnLayout, 'column' | 'partOf'>): string =>
  partOf === null
    ? `"${column}"`
    : `case when "${column}" > "${partOf}" and "${partOf}" >= 0 then -1 else "${column}" end`
