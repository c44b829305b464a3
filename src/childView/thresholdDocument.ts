import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { PlanLevel } from '../facts/caseStatus.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'

/** Levels, lowest first, as the statutory framework has them. */
export const levelOrder = [
  'UNIVERSAL',
  'EARLY_HELP',
  'CARE_LEAVER',
  'CHILD_IN_NEED',
  'CHILD_PROTECTION',
  'LOOKED_AFTER',
] as const satisfies readonly PlanLevel[]

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'i') instanceof RegExp
  } catch {
    return false
  }
}

const indicator = z
  .strictObject({
    code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
    text: z.string().min(1),
    level: z.enum(levelOrder),
    /** Kind of holder and list, for example `police.missingEpisodes`. */
    reads: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
    /** Fields of which one must match; every record of the list, where there are none. */
    fields: z.array(z.string().min(1)).min(1).optional(),
    /** What one of them says, whatever its case. */
    matches: z.string().min(1).max(200).refine(isPattern, 'is no pattern').optional(),
    from: z.number().int().min(1),
    withinDays: z.number().int().min(1),
  })
  .refine(({ fields, matches }) => (fields === undefined) === (matches === undefined), 'fields and matches go together')

const documentShape = z.strictObject({
  title: z.string().min(1),
  source: z.string().min(1),
  version: z.string().min(1),
  /** Authorities that work by it; none: every one that has no document of its own. */
  areas: z.array(z.string().min(1)),
  indicators: z.array(indicator),
})

/** What a threshold document ties to a level. */
export interface IndicatorRule
  extends Pick<z.infer<typeof indicator>, 'code' | 'text' | 'level' | 'from' | 'withinDays'> {
  readonly agency: AgencyName
  readonly list: string
  readonly fields: readonly string[]
  readonly matches: RegExp
}

/** What the partnership of an area published of its levels, as data beside the policy packs. */
export interface ThresholdDocument extends Omit<z.infer<typeof documentShape>, 'indicators'> {
  readonly indicators: readonly IndicatorRule[]
}

/** One document. @throws StartupError naming what of it is wrong. */
export function readThresholdDocument(data: unknown, file: string): ThresholdDocument {
  const read = documentShape.safeParse(data)
  if (!read.success)
    throw new StartupError(
      read.error.issues.map(
        (issue) => `${file}, ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}.`,
      ),
    )
  return {
    ...read.data,
    indicators: read.data.indicators.map(({ reads, fields = [], matches = '', ...rest }) => {
      const [kind = '', list = ''] = reads.split('.')
      const agency = agencies.find((each) => each === kind)
      if (!agency) throw new StartupError([`${file}, ${rest.code}: there is no kind of holder ${kind}.`])
      return { ...rest, agency, list, fields, matches: new RegExp(matches, 'i') }
    }),
  }
}

const folder = fileURLToPath(new URL('../policy/packs/thresholds', import.meta.url))

/**
 * Every document of the pack's folder: a partnership puts its own there. That its lists and fields exist is checked at
 * start with everything else that is required of holders.
 */
export const thresholdDocuments: readonly ThresholdDocument[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => readThresholdDocument(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')), file))

/** The document by which an authority works; the one for every area where it has none, or none is known. */
export function documentOf(la: string | null, documents = thresholdDocuments): ThresholdDocument {
  const found = documents.find(({ areas }) => la !== null && areas.includes(la))
  return found ?? documents.find(({ areas }) => areas.length === 0) ?? noDocument
}

const noDocument: ThresholdDocument = {
  ...{ title: 'No threshold document', source: 'None was put into the pack’s folder', version: '', areas: [] },
  indicators: [],
}
