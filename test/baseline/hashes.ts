import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import type { Point } from './answers.ts'

const file = new URL('baseline.csv', import.meta.url)

/** Point → SHA-256 of its answers, in the order of the file. */
export type Hashes = ReadonlyMap<string, string>

export const keyOf = ({ persona, purpose, case: name }: Point): string => `${persona},${purpose},${name}`

/** Objects by the order of their keys: in which order an engine writes fields is no part of an answer. */
export const hashOf = (answers: readonly unknown[]): string =>
  createHash('sha256')
    .update(canonicalize(answers) ?? '')
    .digest('hex')

export function readHashes(): Hashes {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(',')), line.slice(line.lastIndexOf(',') + 1)]))
}

export function writeHashes(hashes: Hashes): void {
  const lines = [...hashes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([point, hash]) => `${point},${hash}`)
  writeFileSync(file, `${['persona,purpose,case,sha256', ...lines].join('\n')}\n`)
}
