/** Why a file is refused, for programs. */
export type FaultCode =
  | 'FILE_UNREADABLE'
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'CELL_TOO_LARGE'
  | 'NOT_TEXT'
  | 'NOT_UTF8'
  | 'CSV_BROKEN'
  | 'COLUMN_MISSING'
  | 'FACT_UNKNOWN'
  | 'NO_NAMES'
  | 'ID_NOT_UNIQUE'
  | 'TRUTH_MISSING'
  | 'DATE_UNREADABLE'
  | 'DATE_IMPOSSIBLE'
  | 'TOO_FEW_ANCHORS'

/**
 * A file cannot be evaluated. The message is a whole sentence for the person who gave it, and quotes none of its
 * content but names of columns.
 */
export class DataFault extends Error {
  override readonly name = 'DataFault'
  readonly code: FaultCode

  constructor(code: FaultCode, message: string) {
    super(message)
    this.code = code
  }
}
