import { readFileSync } from 'node:fs'
import type { Staff } from '../audit/sameSurnameAccess.ts'
import { normalise } from '../identity/normalise.ts'
import { UsageFailure } from './commandFailure.ts'

/**
 * Who works where, as their employers tell: `subject,name`, one a line. A token names no person, so that without it
 * nobody can be looked for.
 *
 * @throws UsageFailure where the file cannot be read, or a line is neither.
 */
export function readStaff(file: string): Staff {
  const lines = linesOf(file).filter((line) => line.trim() !== '' && line.trim() !== 'subject,name')
  return new Map(
    lines.map((line, at) => {
      const [subject = '', name = ''] = line.split(',')
      const family = familyNameIn(name)
      if (subject.trim() === '' || family === '')
        throw new UsageFailure(`${file}, line ${at + 1}: a subject and a name are wanted, with a comma between them.`)
      return [subject.trim(), family] as const
    }),
  )
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    throw new UsageFailure(`${file} cannot be read.`)
  }
}

/** The last word of a name, as names are compared. */
export const familyNameIn = (name: string): string => normalise(name).split(' ').at(-1) ?? ''
