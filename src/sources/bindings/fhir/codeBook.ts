import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartupError } from '../../../foundation/errors.ts'
import { readYaml } from '../../../foundation/yamlFile.ts'
import { type Label, labels } from '../../../policy/labels.ts'

/** Which codes are sensitive, and in which systems a code that is not is general. Data, with sources, in `codes/`. */
export interface CodeBook {
  readonly covered: ReadonlySet<string>
  readonly sets: readonly CodeSet[]
  readonly safeguarding: CodeSet
  readonly injury: CodeSet
}

export interface CodeSet {
  /** Null: what is in it bears no label of its own. */
  readonly label: Label | null
  /** Codes one by one, by their system. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>
  readonly ranges: ReadonlyMap<string, readonly CodeRange[]>
  /** Words of a name that show a code to be one of the set: no list of single codes is complete. */
  readonly words: RegExp | null
}

interface CodeRange {
  readonly from: string
  readonly to: string
}

const code = z.string().regex(/^[A-Za-z0-9.-]{1,40}$/, 'is no code')
const range = z.string().regex(/^[A-Z]\d\d(\.\d{1,2})?(-[A-Z]\d\d)?$/, 'is no range such as F20-F69 or T74.2')
const pattern = z.string().refine((text) => {
  try {
    return new RegExp(joined(text)) instanceof RegExp
  } catch {
    return false
  }
}, 'is no pattern')

export const codeSetShape = z.strictObject({
  label: z.enum(labels).nullable(),
  sources: z.array(z.string().min(1)).min(1),
  codes: z.record(z.url(), z.array(code)).optional(),
  ranges: z.record(z.url(), z.array(range)).optional(),
  words: pattern.optional(),
})

const systemsShape = z.strictObject({
  covered: z.array(z.strictObject({ system: z.url(), title: z.string() })),
  sources: z.array(z.string().min(1)).min(1),
})

/** What a holder adds of its own: systems that it looked through, and sets of its own codes. */
export const ownCodesShape = z.strictObject({
  covered: systemsShape.shape.covered.optional(),
  sets: z.array(codeSetShape).optional(),
})

const shipped = {
  mental: 'mental',
  sexual: 'sexual',
  sarc: 'sarc',
  substance: 'substance',
  domesticAbuse: 'domesticAbuse',
} as const

/**
 * The sets that come with the product, and what a holder adds of its own.
 *
 * @throws StartupError with every problem, each with its file and line.
 */
export function readCodeBook(ownFile: string | null = null): CodeBook {
  const problems: string[] = []
  const read = <T>(file: string, shape: z.ZodType<T>): T | null => {
    const { data, problems: found } = readYaml(file, shape)
    problems.push(...found)
    return data
  }
  const fileOf = (name: string): string => fileURLToPath(new URL(`./codes/${name}.yaml`, import.meta.url))
  const systems = read(fileOf('systems'), systemsShape)
  const sets = Object.values(shipped).map((name) => read(fileOf(name), codeSetShape))
  const safeguarding = read(fileOf('safeguarding'), codeSetShape)
  const injury = read(fileOf('injury'), codeSetShape)
  const own = ownFile === null ? null : read(ownFile, ownCodesShape)
  if (problems.length > 0) throw new StartupError(problems)
  const every = [...sets, ...(own?.sets ?? [])].flatMap((set) => set ?? [])
  return {
    covered: new Set([...(systems?.covered ?? []), ...(own?.covered ?? [])].map(({ system }) => system)),
    sets: every.map(codeSetOf),
    safeguarding: codeSetOf(safeguarding ?? nothing),
    injury: codeSetOf(injury ?? nothing),
  }
}

type CodeSetFile = z.infer<typeof codeSetShape>

const nothing: CodeSetFile = { label: null, sources: [] }

const codeSetOf = ({ label, codes = {}, ranges = {}, words }: CodeSetFile): CodeSet => ({
  label,
  codes: new Map(Object.entries(codes).map(([system, list]) => [system, new Set(list)])),
  ranges: new Map(Object.entries(ranges).map(([system, list]) => [system, list.map(rangeOf)])),
  words: words === undefined ? null : new RegExp(joined(words), 'iu'),
})

/** A pattern over several lines of a file is one. */
const joined = (text: string): string => text.trim().replace(/\|\s+/gu, '|')

function rangeOf(text: string): CodeRange {
  const [from = '', to] = text.split('-')
  return { from, to: to ?? from }
}

/** Whether a code of a system is in a set. `T74` is in `T74` and in `T70-T75`, and so is everything below it. */
export const isInSet = ({ codes, ranges }: CodeSet, system: string, given: string): boolean =>
  codes.get(system)?.has(given) === true || (ranges.get(system) ?? []).some((of) => isInRange(of, given.toUpperCase()))

/** `T742` is how some write `T74.2`. */
const isInRange = ({ from, to }: CodeRange, given: string): boolean => {
  const plain = (text: string): string => text.replace('.', '')
  const [low, high, value] = [plain(from), plain(to), plain(given)]
  return value.slice(0, low.length) >= low && value.slice(0, high.length) <= high
}
