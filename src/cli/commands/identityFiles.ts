import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DataFault } from '../../identity/files/fault.ts'
import type { CommandContext } from '../commandContext.ts'
import { UsageFailure } from '../commandFailure.ts'

/** Options of every command that reads a file of people. */
export interface FileOptions {
  readonly map?: string
  readonly ignore?: string
  readonly id?: string
}

/** Does something with a file; what is wrong with it is reported as a wrong argument. */
export const reported = <T>({ terminal }: CommandContext, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    // The file is an argument, and none that there can be: as with any other such argument, nothing was begun.
    if (error instanceof DataFault) throw new UsageFailure(`${error.code}: ${error.message}`)
    throw error
  } finally {
    terminal.settled()
  }
}

/** A file with its bytes. */
export const opened = (path: string): { name: string; bytes: Uint8Array } => {
  try {
    return { name: basename(path), bytes: readFileSync(path) }
  } catch {
    throw new DataFault(
      'FILE_UNREADABLE',
      `The file ${path} could not be read. Give a file, and one that you may read.`,
    )
  }
}

/** How the columns of a file are to be read. */
export const wishOf = ({ map, ignore, id }: FileOptions) => ({
  ...(map === undefined ? {} : { map: pairsOf(map) }),
  ...(ignore === undefined ? {} : { ignore: ignore.split(',').map((column) => column.trim()) }),
  ...(id === undefined ? {} : { id }),
})

const pairsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map((pair) => {
      const [role, column, ...more] = pair.split('=').map((side) => side.trim())
      if (!role || !column || more.length > 0) throw new UsageFailure('Write --map as given=first_name,family=surname.')
      return [role, column]
    }),
  )
