import { existsSync, mkdirSync, statSync } from 'node:fs'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { StartupError } from './errors.ts'
import { codeOf } from './jsonFile.ts'

/** How long the file system may take to make a folder. */
const mostMilliseconds = 5000

/**
 * Makes a folder that a setting names, with those above it. One by one: Node's own way goes round without end where a
 * file system says of a folder that is there that it is not, as /proc does.
 *
 * @throws StartupError naming the setting.
 */
export function makeFolder(setting: string, folder: string, mode = 0o700): void {
  try {
    for (const each of missingOf(folder).reverse()) makeOne(each, mode)
  } catch (error) {
    throw unusable(setting, folder, codeOf(error))
  }
}

/** Another process may have made it meanwhile. */
function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error
  }
}

/** Those that are not there, the innermost first. */
function missingOf(folder: string): string[] {
  if (existsSync(folder)) return statSync(folder).isDirectory() ? [] : [folder]
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...missingOf(above)]
}

/**
 * Whether a folder can be made and written to, tried by one that is taken away again. @throws StartupError naming the
 * setting.
 */
export async function tryFolder(setting: string, folder: string): Promise<void> {
  const give = new AbortController()
  const late = after(mostMilliseconds, ' (it does not answer)', { signal: give.signal }).catch(() => '')
  const found = await Promise.race([late, trial(nearest(folder))])
  give.abort()
  if (found !== null) throw unusable(setting, folder, found)
}

/** The folder itself, or of those above it the first that is there. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))

const trial = async (folder: string): Promise<string | null> => {
  try {
    await rmdir(await mkdtemp(join(folder, '.wholeview-trial-')))
    return null
  } catch (error) {
    return codeOf(error) || ' (it is refused)'
  }
}

const unusable = (setting: string, folder: string, why: string): StartupError =>
  new StartupError([
    `${setting}: the folder ${folder} cannot be made or written to${why}. Choose another with ${setting}.`,
  ])
