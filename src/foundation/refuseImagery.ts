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
  return [text, spelled(text)].map(imageryInPlain).find((found) => found !== 'NONE') ?? 'NONE'
}

/** Characters that are written as entities of HTML or in per cent, as an address may hold them. */
function spelled(text: string): string {
  let read = text
  // One may stand in another: `&amp;#58;`.
  for (let depth = 0; depth < 3; depth += 1) {
    const next = read
      .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (all, hex?: string, decimal?: string) =>
        characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), all),
      )
      .replace(
        /&(colon|sol|comma|semi|period|amp|tab|newline);/gi,
        (_, name: string) => named[name.toLowerCase()] ?? '',
      )
      .replace(/(?:%|=|\\x|\\u00|\\u\{)([2-7][0-9a-f])\}?/gi, (all, hex: string) =>
        characterOf(Number.parseInt(hex, 16), all),
      )
    if (next === read) return read
    read = next
  }
  return read
}

const named: Readonly<Record<string, string>> = {
  ...{ colon: ':', sol: '/', comma: ',', semi: ';', period: '.', amp: '&', tab: '\t', newline: '\n' },
}

const characterOf = (code: number, otherwise: string): string =>
  code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : otherwise

function imageryInPlain(text: string): Imagery {
  const plain = text.normalize('NFKC').replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
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
