import { joint, markLength } from './pseudonyms.ts'

const hashed = new RegExp(`\\b([A-Z]+)${joint}([A-Za-z0-9_-]{${markLength}})`, 'gu')
const numbered = /\b(?:ADULT|CHILD|PERSON|PLACE)-(\d{1,6})\b/gu
/**
 * What somebody is called whom one holder calls this and another that: whoever says an age knows more than who does
 * not.
 */
const nouns: readonly string[] = ['ADULT', 'CHILD', 'PERSON']

/** Whether a text has pseudonyms that no number stands for yet. */
export const hasHashed = (text: string | Buffer): boolean => text.includes(joint)

/**
 * Numbers the pseudonyms of one answer by their first appearance in it, so that the numbers tell nothing but that
 * order. Numbers that stand in it already, in a signed record, are passed over: they are somebody else.
 */
export function withOrdinals(text: string): string {
  const nounOf = new Map<string, string>()
  for (const [, noun = '', mark = ''] of text.matchAll(hashed)) {
    const known = nounOf.get(mark)
    if (known === undefined || rank(noun) < rank(known)) nounOf.set(mark, noun)
  }
  const taken = [...text.matchAll(numbered)].map(([, number]) => Number(number))
  const first = taken.length === 0 ? 0 : Math.max(...taken)
  const counts = new Map<string, number>()
  const shown = new Map<string, string>()
  for (const [mark, noun] of nounOf) {
    const count = (counts.get(noun) ?? first) + 1
    counts.set(noun, count)
    shown.set(mark, `${noun}-${count}`)
  }
  return text.replace(hashed, (whole, _: string, mark: string) => shown.get(mark) ?? whole)
}

const rank = (noun: string): number => {
  const at = nouns.indexOf(noun)
  return at < 0 ? nouns.length : at
}
