import { FileFault, type ImportFile, largest } from './incoming.ts'

/** The text of a file, and how it was written. */
export interface FileText {
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252'
}

/**
 * Reads a file as text: UTF-8, UTF-16 by its mark or its bytes, and Windows-1252 where it is no UTF-8, as spreadsheets
 * save it.
 *
 * @throws FileFault where it is no text.
 */
export function textOfFile({ name, bytes }: ImportFile): FileText {
  if (bytes.length > largest.bytes) throw new FileFault(`${name} is larger than ${largest.bytes >> 20} MB.`)
  const wide = wideOrder(bytes)
  if (wide) return { text: whole(bytes, wide, name), encoding: 'UTF-16' }
  if (bytes.includes(0)) throw new FileFault(`${name} holds a NUL byte, so it is no text.`)
  const declared = declaredEncoding(bytes)
  if (declared === 'other')
    throw new FileFault(`${name} is written in an encoding that is not read here. Save it as UTF-8.`)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: whole(bytes, 'windows-1252', name), encoding: 'Windows-1252' }
  }
}

function whole(bytes: Uint8Array, encoding: string, name: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new FileFault(`${name} is neither UTF-8, UTF-16 nor Windows-1252. Save it as UTF-8.`)
  }
}

/** Two bytes a character: by the mark at the beginning, else by where the empty bytes of plain letters stand. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.length % 2 === 0 && first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  return bytes.length % 2 === 0 && first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : null
}

/** What an XML file says of itself, where it is no encoding that is read here. */
function declaredEncoding(bytes: Uint8Array): 'known' | 'other' {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const [, , name = 'utf-8'] = /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding=(["'])([^"']*)\1/.exec(start) ?? []
  return /^(?:utf-?8|us-ascii|ascii|utf-?16|iso-8859-1|windows-1252)$/i.test(name) ? 'known' : 'other'
}
