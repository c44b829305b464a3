import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../foundation/errors.ts'
import { codeOf, readTextFile } from '../foundation/jsonFile.ts'
import { makeFolder } from '../foundation/settingFolder.ts'

const fileIn = (dataDir: string): string => join(dataDir, 'clock.json')

/** How often a running gateway looks whether its clock was wound. */
const lookAgainAfter = 1000

interface Wound {
  readonly aheadMilliseconds: number
  /** What the machine's clock said when the demonstration began; null: it has not begun. */
  readonly beganMilliseconds: number | null
}

function read(dataDir: string): Wound {
  const file = fileIn(dataDir)
  const said: unknown = existsSync(file) ? parsed(textIn(file)) : null
  const of = (name: keyof Wound): number | null => {
    const value: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, name) : null
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
  }
  return { aheadMilliseconds: of('aheadMilliseconds') ?? 0, beganMilliseconds: of('beganMilliseconds') }
}

const textIn = (file: string): string => readTextFile('DATA_DIR', file)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function write(dataDir: string, wound: Wound): void {
  makeFolder('DATA_DIR', dataDir)
  try {
    writeFileSync(fileIn(dataDir), `${JSON.stringify(wound)}\n`)
  } catch (error) {
    throw new StartupError([`DATA_DIR: ${fileIn(dataDir)} cannot be written${codeOf(error)}.`])
  }
}

/**
 * When the demonstration in this folder began, by the machine's clock: at its first start, and not anew at the next.
 * What was said in it would else stand in days that are still to come.
 */
export function beganIn(dataDir: string, machine: () => number = Date.now): number {
  const wound = read(dataDir)
  if (wound.beganMilliseconds !== null && wound.beganMilliseconds <= machine()) return wound.beganMilliseconds
  const beganMilliseconds = machine()
  write(dataDir, { ...wound, beganMilliseconds })
  return beganMilliseconds
}

/** By how many milliseconds the demonstration's clock is wound ahead; none where nobody wound it. */
export const woundBy = (dataDir: string): number => read(dataDir).aheadMilliseconds

/** Winds the clock of the demonstration in this folder further ahead; it never goes back but to where it began. */
export function wind(dataDir: string, milliseconds: number): number {
  const wound = read(dataDir)
  const aheadMilliseconds = wound.aheadMilliseconds + milliseconds
  write(dataDir, { ...wound, aheadMilliseconds })
  return aheadMilliseconds
}

/** Puts it back to where it begins: what was wound at once, what ran since at the next start. */
export const unwind = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true })

/** The same for a gateway that runs: looked up once a second at most. */
export function followWound(dataDir: string, machine: () => number = Date.now): () => number {
  let lookedAt = Number.NEGATIVE_INFINITY
  let ahead = 0
  return () => {
    const now = machine()
    if (now - lookedAt >= lookAgainAfter) {
      lookedAt = now
      ahead = woundBy(dataDir)
    }
    return ahead
  }
}
