import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileIn = (dataDir: string): string => join(dataDir, 'clock.json')

/** How often a running gateway looks whether its clock was wound. */
const lookAgainAfter = 1000

/** By how many milliseconds the demonstration's clock is wound ahead; none where nobody wound it. */
export function woundBy(dataDir: string): number {
  const file = fileIn(dataDir)
  if (!existsSync(file)) return 0
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const ahead = typeof read === 'object' && read !== null && 'aheadMilliseconds' in read ? read.aheadMilliseconds : 0
    return typeof ahead === 'number' && Number.isSafeInteger(ahead) && ahead >= 0 ? ahead : 0
  } catch {
    return 0
  }
}

/** Winds the clock of the demonstration in this folder further ahead; it never goes back but to where it began. */
export function wind(dataDir: string, milliseconds: number): number {
  const ahead = woundBy(dataDir) + milliseconds
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(fileIn(dataDir), `${JSON.stringify({ aheadMilliseconds: ahead })}\n`)
  return ahead
}

/** Puts it back to where it begins. */
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
