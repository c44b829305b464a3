const separators = [',', ';', '\t', '|'] as const

/** What may stand between the cells of a CSV file. */
export type Separator = (typeof separators)[number]

/** A CSV file from its header on. */
export interface FromHeader {
  readonly body: string
  readonly separator: Separator
  /** Lines that were left out before the header. */
  readonly skipped: number
}

/**
 * What stands between cells, by the header alone: the first of comma, semicolon, tab and bar outside quotation marks.
 * A spreadsheet may say it in a line of its own before the header: `sep=;`.
 */
export function fromHeader(text: string): FromHeader {
  const said = /^"?sep=(.)"?[,;\t|]*\r?\n/i.exec(text)
  const named = separators.find((one) => one === said?.[1])
  if (said && named) return { body: text.slice(said[0].length), separator: named, skipped: 1 }
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  return { body: text, separator: separators.find((one) => header.includes(one)) ?? ',', skipped: 0 }
}
