/**
 * The default tests take a sample of what is long, so that they end within minutes. `npm run prove -- whole` runs every
 * file that imports this one at its full size.
 */
export const isWhole = process.env['TESTS'] === 'whole'

/** One size by default, another at full size. */
export const sized = (sample: number, whole: number): number => (isWhole ? whole : sample)

/** So many of them by default, spread evenly over the list, the first among them; all of them at full size. */
export const sampled = <Item>(all: readonly Item[], most: number): readonly Item[] =>
  isWhole || all.length <= most
    ? all
    : Array.from({ length: most }, (_, place) => all[Math.floor((place * all.length) / most)] as Item)
