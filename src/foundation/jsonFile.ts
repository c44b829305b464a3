import type { z } from 'zod'
import { StartupError } from './errors.ts'
import { textOf, UnfitFile } from './settingFile.ts'

/**
 * What a file of the configuration holds. The file is named with the variable that named it, and the place of what is
 * wrong; what stands there is not quoted, for it may be another file than was meant.
 *
 * @throws StartupError when it cannot be read or is not JSON.
 */
export const readJsonFile = (variable: string, file: string): unknown => {
  const text = readTextFile(variable, file)
  try {
    return JSON.parse(text)
  } catch {
    throw new StartupError([`${variable}: ${file} is not JSON${placeInJson(text)}. Correct it, or name another file.`])
  }
}

/** @throws StartupError when the file cannot be read. */
export const readTextFile = (variable: string, file: string): string => {
  try {
    return textOf(file)
  } catch (error) {
    throw new StartupError([`${variable}: ${file} cannot be read${codeOf(error)}. Look at its path and its rights.`])
  }
}

/** @throws StartupError naming every place at which the data is not as the schema says. */
export const parseFile = <Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  variable: string,
  file: string,
): z.infer<Schema> => {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  throw new StartupError(
    read.error.issues.map((issue) => {
      const place = issue.path.map(String).join('.') || 'the whole'
      return `${variable}: ${file}, ${place}: ${issue.message.replace(/\.$/, '')}.`
    }),
  )
}

/** `ENOENT`: what kind of failure an operating system reported, or why a file is none to be read. */
export const codeOf = (error: unknown): string =>
  error instanceof UnfitFile
    ? ` (${error.message})`
    : error instanceof Error && 'code' in error && /^\w{1,40}$/.test(String(error.code))
      ? ` (${error.code})`
      : ''

/** Where a text stops being JSON. V8's own sentence quotes the text, and often tells no place. */
export const placeInJson = (text: string): string => {
  let good = 0
  let bad = text.length
  // A text that can still become JSON fails at its end; from the fault on, every longer one fails before.
  while (good < bad) {
    const middle = Math.floor((good + bad) / 2) + 1
    if (middle > bad || mayGoOn(text.slice(0, middle))) good = Math.min(middle, bad)
    else bad = middle - 1
  }
  if (good === text.length) return ': it ends too early'
  const before = text.slice(0, good).split('\n')
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

const mayGoOn = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return (
      message.includes('end of JSON') ||
      Number(/position (\d+)/.exec(message)?.[1] ?? -1) >= text.length ||
      message.startsWith('Unterminated')
    )
  }
}
