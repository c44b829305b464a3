import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { ImportOutcome } from '../../composition/importFiles.ts'
import { readConfig } from '../../foundation/config.ts'
import { FileFault, lineFaults } from '../../sources/bindings/files/incoming.ts'
import { type Format, formats } from '../../sources/bindings/files/readFile.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, DoneInPart, UsageFailure } from '../commandFailure.ts'
import { count, printable, table } from '../terminalText.ts'

interface ImportOptions {
  readonly format?: string
  readonly mapping?: string
  readonly complete?: boolean
  readonly dryRun?: boolean
  readonly report?: string
}

/** Lines that are told on the terminal; a report has all of them. */
const mostTold = 50

/** Adds `wholeview import`. */
export const importCommand = (program: Command, context: () => CommandContext): void => {
  program
    .command('import')
    .description(
      'take in records that a holder hands in as files, but for lines that are refused; the same file twice once',
    )
    .argument('<holder>', 'as the registry has it: its binding is files')
    .argument(
      '<files...>',
      'record JSON, CIN census, SSDA903 (CSV or XML), common transfer file, or CSV with --mapping',
    )
    .option('--format <format>', `what the files are, when their content does not tell: ${formats.join(', ')}`)
    .option('--mapping <file>', 'what the columns of a CSV file are, in YAML: docs/import-files.md')
    .option(
      '--complete',
      'the files say everything of those they name, in the lists they have: what earlier files of the format said besides is taken back',
    )
    .option('--dry-run', 'say what would come of it and change nothing')
    .option('--report <file>', 'write every refused line and every value that cannot be read into a new CSV file')
    .action((holder, files, options) => importInto(context(), holder, files, options))
}

/** `wholeview import LA2 census.xml --dry-run` */
const importInto = async (
  context: CommandContext,
  holder: string,
  paths: readonly string[],
  options: ImportOptions,
): Promise<void> => {
  const { terminal } = context
  const format = formats.find((each) => each === options.format)
  if (options.format !== undefined && format === undefined)
    throw new UsageFailure(`--format is one of ${formats.join(', ')}.`)
  const outcome = await imported(context, holder, paths, { ...options, format })
  terminal.settled()
  if (options.report !== undefined) writeReport(options.report, outcome)
  if (terminal.json) terminal.out(JSON.stringify(outcome))
  else tell(context, holder, outcome, options)
  const { refused, unread } = outcome
  const left = [
    ...(refused.length > 0 ? [`${count(refused.length, 'line')} refused`] : []),
    ...(unread.length > 0 ? [`${count(unread.length, 'value')} not known`] : []),
  ]
  if (left.length > 0) throw new DoneInPart(`${left.join(', ')}. Everything else is ${options.dryRun ? 'good' : 'in'}.`)
}

async function imported(
  { env, terminal }: CommandContext,
  holder: string,
  paths: readonly string[],
  { format, mapping, complete, dryRun }: Omit<ImportOptions, 'format'> & { readonly format: Format | undefined },
): Promise<ImportOutcome> {
  const { importFiles } = await import('../../composition/importFiles.ts')
  const files = paths.map(opened)
  const twice = files.find(({ name }, at) => files.findIndex((each) => each.name === name) !== at)
  if (twice)
    throw new UsageFailure('Two of the files have one name, and lines are told by it. Give one after the other.')
  try {
    const wish = { holder, files, format, mapping, isComplete: complete, isDryRun: dryRun ?? false }
    return await importFiles(readConfig(env), wish, terminal.progress)
  } catch (error) {
    terminal.settled()
    if (error instanceof FileFault) throw new CommandFailure(`Nothing was imported. ${printableText(error.message)}`)
    throw error
  }
}

const opened = (path: string) => {
  try {
    return { name: basename(path), bytes: readFileSync(path) }
  } catch {
    throw new UsageFailure(`The file ${path} cannot be read. Give a file, and one that you may read.`)
  }
}

/** Where a line says little: the place in a list of the file, before list and field. */
const whereOf = ({ at, where }: { readonly at?: string; readonly where: string }): string =>
  at === undefined ? where : `${at} ${where}`

/** Longer than `printable` lets through, and as safe: names of columns come out of the file. */
const printableText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?').slice(0, 1000)

const tell = (
  { terminal }: CommandContext,
  holder: string,
  outcome: ImportOutcome,
  { dryRun, report }: ImportOptions,
) => {
  const { files, added, changed, same, withdrawn, refused, unread, notes, people } = outcome
  for (const { name, format, records } of files)
    terminal.out(`${printable(name)}: ${format}, ${count(records, 'record')}`)
  for (const note of notes) terminal.out(printableText(note))
  const are = [`${added} new`, `${changed} changed`, `${same} as they were`]
  if (withdrawn > 0) are.push(`${withdrawn} withdrawn`)
  terminal.out(`${dryRun ? 'Nothing was changed. It would be' : `Imported for ${holder}`}: ${are.join(', ')}.`)
  if (people)
    terminal.out(
      `${count(people.taken, 'person', 'people')} in the register. ${people.children} new ${people.children === 1 ? 'child' : 'children'}, ${count(people.linked, 'record')} linked, ${count(people.asked, 'question')} for a person.`,
    )
  if (refused.length > 0) {
    terminal.out(`${count(refused.length, 'line')} refused:`)
    const rows = refused.slice(0, mostTold)
    terminal.out(table(rows.map((line) => [placeOf(line), printable(whereOf(line)), lineFaults[line.fault]])))
    if (refused.length > mostTold)
      terminal.out(
        `  … and ${refused.length - mostTold} more${report ? ', all in the report' : ': --report has them all'}.`,
      )
  }
  if (unread.length > 0) {
    terminal.out(
      `${count(unread.length, 'value')} cannot be read and ${unread.length === 1 ? 'is' : 'are'} not known; the rest of each record is in:`,
    )
    terminal.out(
      table([...byField(unread)].map(([where, lines]) => [printable(where), String(lines.length), examples(lines)])),
    )
  }
}

const placeOf = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  `${printable(file)}:${line}`

const byField = (unread: ImportOutcome['unread']): ReadonlyMap<string, ImportOutcome['unread']> => {
  const found = new Map<string, ImportOutcome['unread'][number][]>()
  for (const value of unread) {
    const known = found.get(value.where)
    if (known) known.push(value)
    else found.set(value.where, [value])
  }
  return found
}

/** Where the first of them stand. */
const examples = (lines: ImportOutcome['unread']): string =>
  lines.slice(0, 3).map(placeOf).join(', ') + (lines.length > 3 ? ', …' : '')

/** Places and reasons, and no value: the report may lie where the file may not. */
function writeReport(path: string, { refused, unread }: ImportOutcome): void {
  const lines = [
    ['file', 'line', 'where', 'code', 'reason'],
    ...refused.map((each) => [each.file, String(each.line), whereOf(each), each.fault, lineFaults[each.fault]]),
    ...unread.map((each) => [
      each.file,
      String(each.line),
      whereOf(each),
      'VALUE_UNREADABLE',
      'The value cannot be read and is not known.',
    ]),
  ]
  try {
    writeFileSync(path, `${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`, {
      mode: 0o600,
      flag: 'wx',
    })
  } catch (cause) {
    throw new CommandFailure(`The report ${path} cannot be written: give a new file. What was imported stays.`, {
      cause,
    })
  }
}

/** A cell that a spreadsheet takes for no formula. */
const cellOf = (text: string): string =>
  `"${printableText(text)
    .replace(/^[=+@-]/, "'$&")
    .replaceAll('"', '""')}"`
