import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const mebibyte = 1024 * 1024

/** Far more than a setting's file has; a device or another file than was meant has more. */
export const mostBytes = 16 * mebibyte

/** A file that is there and is none that a setting names. Its message says why, without the file. */
export class UnfitFile extends Error {}

/**
 * What a file holds that a setting names. A regular file alone, and no more than a bound of it: a pipe would be waited
 * for without end, and a device read without end.
 *
 * @throws UnfitFile, or what the operating system reported, with its code.
 */
export function bytesOf(file: string, most = mostBytes): Buffer {
  // With this a pipe that nobody writes to is opened at once, and found out. Windows has neither.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw new UnfitFile(stat.isDirectory() ? 'it is a folder' : 'it is no regular file')
    if (stat.size > most) throw tooLarge(most)
    return readAll(handle, most)
  } finally {
    closeSync(handle)
  }
}

export const textOf = (file: string, most = mostBytes): string => bytesOf(file, most).toString('utf8')

/** What the kernel makes up as it is read says no size before. */
function readAll(handle: number, most: number): Buffer {
  const parts: Buffer[] = []
  let length = 0
  for (;;) {
    const part = Buffer.allocUnsafe(64 * 1024)
    const read = readSync(handle, part)
    if (read === 0) return Buffer.concat(parts, length)
    length += read
    if (length > most) throw tooLarge(most)
    parts.push(part.subarray(0, read))
  }
}

const tooLarge = (most: number): UnfitFile => new UnfitFile(`it is larger than ${most / 1024} KiB`)
