import { type DocumentNode, parse } from 'graphql'
import { attendanceCodes } from '../../../src/sources/attendanceCodes.ts'
import { codeWords } from '../../../src/sources/codeWords.ts'
import { filesIn, read } from '../../house/files.ts'

const documents: readonly DocumentNode[] = filesIn('schema', '.graphql').map((file) => parse(read(file)))

/** Values of every enum of the schema. */
export const enumValues: readonly string[] = documents.flatMap(({ definitions }) =>
  definitions.flatMap((definition) =>
    definition.kind === 'EnumTypeDefinition' || definition.kind === 'EnumTypeExtension'
      ? (definition.values ?? []).map(({ name }) => name.value)
      : [],
  ),
)

/** Words that people of the field write in capitals, or that begin a sentence alike. */
const spelt: ReadonlySet<string> = new Set([
  'MASH',
  'GP',
  'NHS',
  'UPN',
  'ICPC',
  'PRICE',
  'EHC',
  'SEN',
  'LA',
  'A',
  'SDQ',
])

/** Codes of the schema and of the published returns that no page may show but beside their words. */
const codes: ReadonlySet<string> = new Set(
  [...enumValues, ...Object.values(codeWords).flatMap((set) => Object.keys(set)), ...attendanceCodes].filter(
    (code) => code.length > 1 && /[A-Z]/.test(code) && !spelt.has(code),
  ),
)

/** What stands as a code beside its words: in its own span, or in brackets behind them. */
const beside = (html: string): string =>
  html
    .replace(/<(script|style|svg|select|datalist|textarea)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<span class="[^"]*wv-(?:code|fingerprint)[^"]*">[^<]*<\/span>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\((?:[A-Z0-9/\\#_]+(?:-[A-Z0-9]+)*(?:, )?)+\)/g, ' ')

/** What on a page only a machine would write: codes without words, machines' dates, and values that were never put. */
export const unspokenIn = (html: string): readonly string[] => {
  const text = beside(html)
  const found = [...text.matchAll(/(?<![\w-])[A-Z0-9]+(?:_[A-Z0-9]+)*(?![\w-])/g)].map(([word]) => word)
  return [
    ...found.filter((word) => codes.has(word) || /^[A-Z]+_[A-Z0-9_]+$/.test(word)),
    ...[...text.matchAll(/\b\d{4}-\d{2}-\d{2}\b|\[object \w+\]|\bundefined\b|\bNaN\b/g)].map(([word]) => word),
  ]
}
