import { Refusal } from '../foundation/errors.ts'

export type Imagery = 'DATA_URI' | 'MEDIA_LINK' | 'ENCODED_FILE' | 'NONE'

const dataUri = /\bdata:\s*[\w.+-]*\/?[\w.+-]*\s*[;,]/i
/** Of a text without any blank, where words run into each other: with its type, which no words say. */
const squeezedUri = /data:(?:image|video|audio|application)\/[\w.+-]+[;,]/i
const mediaLink =
  /(?:\b(?:https?|ftp|file|blob):\/{0,3}|www\.)\S*\.(?:jpe?g|png|gif|webp|heic|heif|avif|bmp|tiff?|svg|mp4|m4v|mov|avi|mkv|webm|3gp)(?![a-z0-9])/i
/** Nobody writes words this long; a file in base64 has nothing else. */
const encodedFile = /(?:[A-Za-z0-9+/_-]{4}\s?){40,}={0,2}/
/** The first bytes of common image and video files, in base64. */
const encodedHeads = /(?:\/9j\/4|iVBORw0KGgo|R0lGODlh|R0lGODdh|UklGR|AAAA[A-Za-z0-9+/]{4}ZnR5c)[A-Za-z0-9+/=]{16,}/

/**
 * Whether free text carries an image, a link to one, or an encoded file. To hold an indecent image of a child is an
 * offence whoever holds it (Protection of Children Act 1978 s.1), so it is refused before anything is stored or logged.
 */
export function imageryIn(text: string): Imagery {
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
  const squeezed = plain.replace(/\s+/g, '')
  if (dataUri.test(plain) || squeezedUri.test(squeezed)) return 'DATA_URI'
  if (mediaLink.test(plain)) return 'MEDIA_LINK'
  if (encodedHeads.test(squeezed) || encodedLongWord(plain)) return 'ENCODED_FILE'
  return 'NONE'
}

/**
 * A long run counts as a file only when it mixes cases and digits as base64 does; a repeated dash or letter does not.
 */
const encodedLongWord = (text: string): boolean => {
  const run = encodedFile.exec(text)?.[0]
  return run !== undefined && !/\s\S{1,12}\s/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run)
}

/** Refuses imagery in any of these texts. The refusal says nothing of what was sent. */
export function refuseImagery(...texts: readonly (string | null | undefined)[]): void {
  for (const text of texts) if (text && imageryIn(text) !== 'NONE') throw new Refusal('IMAGERY_PROHIBITED')
}
