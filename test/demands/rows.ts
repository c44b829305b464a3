import { read } from '../house/files.ts'

/** A row of `docs/review-demands.md`. */
export interface Row {
  readonly row: string
  readonly asks: string
  readonly answered: string
  readonly shown: string
}

export const rowsIn = (text: string): readonly Row[] =>
  text.split('\n').flatMap((line) => {
    const [, row, asks = '', answered = '', shown = ''] = line.split('|').map((cell) => cell.trim())
    return row && /^[A-Z]\d+$/.test(row) ? [{ row, asks, answered, shown }] : []
  })

export const rowsOnFile = (): readonly Row[] => rowsIn(read('docs/review-demands.md'))

/** The test files that a row names. */
export const testsOf = ({ shown }: Row): readonly string[] =>
  [...shown.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path)
