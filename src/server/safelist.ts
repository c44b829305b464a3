import { createHash } from 'node:crypto'
import { stripIgnoredCharacters } from 'graphql'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import type { SafelistMode } from '../foundation/settingVariables.ts'

/** Hash of an operation → its text. The text is kept so that a reader of the file sees what was agreed. */
export type SafelistFile = Readonly<Record<string, string>>

export type SafelistVerdict = 'LISTED' | 'UNLISTED_LOGGED' | 'REFUSED' | 'NOT_LOOKED_AT'

/** Which operations were agreed beforehand. */
export interface Safelist {
  judge(query: string): SafelistVerdict
  hashOf(query: string): string
}

const file = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().min(1))

/**
 * SHA-256 of an operation's text without what means nothing: white space, commas, comments. The text must be readable
 * GraphQL. The caller's own hash is never believed; it is always made from the text that would run.
 */
export const operationHash = (query: string): string =>
  createHash('sha256').update(stripIgnoredCharacters(query)).digest('hex')

/**
 * @throws StartupError when the file is not a list, or a hash in it is not that of its text: such a file was edited by
 * hand.
 */
export const readSafelist = (path: string): SafelistFile => {
  let listed: SafelistFile
  try {
    listed = file.parse(JSON.parse(textOf(path)))
  } catch (error) {
    throw new StartupError([
      `SAFELIST_FILE: ${path} is not a safelist${codeOf(error)}: a JSON object from hash to operation. Make it with "wholeview safelist add".`,
    ])
  }
  const wrong = Object.entries(listed).filter(([hash, text]) => hashOrNull(text) !== hash)
  if (wrong.length === 0) return listed
  throw new StartupError(
    wrong.map(
      ([hash]) =>
        `SAFELIST_FILE: ${path}: ${hash.slice(0, 12)} is not the hash of its text. Add the operation again with "wholeview safelist add".`,
    ),
  )
}

const hashOrNull = (text: string): string | null => {
  try {
    return operationHash(text)
  } catch {
    return null
  }
}

const mostRemembered = 1000

/**
 * Reads the list once, at the start: it changes with a restart, as an agreed thing should.
 *
 * @param own operations of the product itself, which stand in no file.
 */
export const openSafelist = (
  setting: { readonly mode: SafelistMode; readonly file: string | null },
  own: readonly string[] = [],
): Safelist => {
  const { mode } = setting
  if (mode === 'off') return { judge: () => 'NOT_LOOKED_AT', hashOf: operationHash }
  const agreed = Object.keys(setting.file === null ? {} : readSafelist(setting.file))
  const listed = new Set([...agreed, ...own.map(operationHash)])
  // Only texts that are listed are remembered, so that a flood of others pushes nothing out.
  const known = new Set<string>()
  return {
    hashOf: operationHash,
    judge: (query) => {
      if (known.has(query)) return 'LISTED'
      if (listed.has(operationHash(query))) {
        if (known.size < mostRemembered) known.add(query)
        return 'LISTED'
      }
      return mode === 'strict' ? 'REFUSED' : 'UNLISTED_LOGGED'
    },
  }
}
