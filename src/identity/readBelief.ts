import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Belief } from './belief.ts'

const share = z.number().min(0).max(1)
const shareList = z.array(share).min(2)

const shape = z.object({
  version: z.string().min(1),
  people: z.number().positive(),
  onFile: z.number().gt(0).lt(1),
  siblings: z.number().min(0),
  twins: z.number().min(0),
  levels: z.array(
    z.object({ name: z.string(), same: shareList, random: shareList, sibling: shareList, twin: shareList }),
  ),
  frequencies: z.record(z.string(), z.record(z.string(), share)),
  fullNames: z.record(z.string(), share),
  rarest: share.gt(0),
})

/** A belief out of its file. One that does not have the expected shape is refused: a wrong belief links wrong children. */
export function parseBelief(text: string): Belief {
  const { frequencies, fullNames, ...rest } = shape.parse(JSON.parse(text))
  const asMap = (values: Record<string, number>) => new Map(Object.entries(values))
  return {
    ...rest,
    frequencies: Object.fromEntries(Object.entries(frequencies).map(([name, values]) => [name, asMap(values)])),
    fullNames: asMap(fullNames),
  }
}

/** The belief that is shipped, learnt from the synthetic population. Use it until `identity learn` has fitted one to the sources. */
export const defaultBelief = (): Belief =>
  parseBelief(readFileSync(new URL('./defaultBelief.json', import.meta.url), 'utf8'))
