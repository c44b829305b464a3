import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import { comparisons } from './fieldComparisons.ts'
import type { LinkageModel } from './linkageModel.ts'

const share = z.number().min(0).max(1)
const shareList = z.array(share).min(2)

const shape = z.object({
  version: z.string().min(1),
  people: z.number().positive(),
  onFile: z.number().gt(0).lt(1),
  unforeseen: share.default(2e-6),
  siblings: z.number().min(0),
  twins: z.number().min(0),
  levels: z
    .array(z.object({ name: z.string(), same: shareList, random: shareList, sibling: shareList, twin: shareList }))
    .refine((levels) => comparisons.every(({ name }, at) => levels[at]?.name === name), 'compares something else'),
  frequencies: z.record(z.string(), z.record(z.string(), share)),
  fullNames: z.record(z.string(), share),
  rarest: share.gt(0),
  unlisted: z.object({ given: share.gt(0), family: share.gt(0), fullNames: share.gt(0) }).optional(),
})

/**
 * A model out of its file. One that does not have the expected shape is refused: a wrong model links wrong children.
 */
export function parseLinkageModel(text: string): LinkageModel {
  const { frequencies, fullNames, unlisted, ...rest } = shape.parse(JSON.parse(text))
  const asMap = (values: Record<string, number>) => new Map(Object.entries(values))
  return {
    ...rest,
    frequencies: Object.fromEntries(Object.entries(frequencies).map(([name, values]) => [name, asMap(values)])),
    fullNames: asMap(fullNames),
    unlisted: unlisted ?? {
      given: leastOf(frequencies['given'], rest.rarest),
      family: leastOf(frequencies['family'], rest.rarest),
      fullNames: leastOf(fullNames, rest.rarest),
    },
  }
}

/** For a file that does not say: a name that was left out may be as common as the last that was not. */
const leastOf = (values: Record<string, number> | undefined, otherwise: number): number => {
  // One after another: a model learnt from a large register has more names than a call takes arguments.
  const least = Object.values(values ?? {}).reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  return Number.isFinite(least) ? least : otherwise
}

/**
 * The model of a file, or the shipped one where none is configured.
 *
 * @throws StartupError when the file is none: a wrong model would link wrong children.
 */
export function linkageModelFrom(path: string | null): LinkageModel {
  if (path === null) return defaultLinkageModel()
  try {
    return parseLinkageModel(textOf(path))
  } catch (error) {
    throw new StartupError([
      `IDENTITY_MODEL: ${path} holds no model${codeOf(error)}. Write one with \`wholeview identity learn --out\`.`,
    ])
  }
}

/**
 * The model that is shipped, learnt from the synthetic population. Use it until `identity learn` has fitted one to
 * the sources.
 */
export const defaultLinkageModel = (): LinkageModel =>
  parseLinkageModel(readFileSync(new URL('./defaultLinkageModel.json', import.meta.url), 'utf8'))
