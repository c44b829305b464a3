/** Children that are looked at together: as many as one statement of each holder is asked about. */
export const evaluatedTogether = 250

/**
 * Looks at pages of children one after the other, each with an access of its own, so that what was looked up of one
 * page is gone before the next; gives the event loop back between them.
 */
export async function evaluateInBatches<Access>(
  pages: AsyncIterable<readonly string[]>,
  open: () => Access,
  look: (access: Access, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  for await (const page of pages)
    for (let from = 0; from < page.length; from += evaluatedTogether) {
      await look(open(), page.slice(from, from + evaluatedTogether))
      await new Promise((resolve) => setImmediate(resolve))
    }
}
