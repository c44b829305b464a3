import type { Label } from '../../../policy/labels.ts'
import { type CodeBook, type CodeSet, isInSet } from './codeBook.ts'
import { type Json, listAt, objectAt, textAt } from './json.ts'

/** What the codes of an item say of how sensitive it is. */
export interface Classified {
  /** Labels of the sensitive sets that its codes are in. */
  readonly labels: readonly Label[]
  /** Something of it has no code that anybody looked through. */
  readonly isUnclassified: boolean
}

/** The parts of an item that are coded. */
export interface Coded {
  /** What it is of: at least one of these must be there, and each must have a code of a covered system. */
  readonly of: readonly Json[]
  /** What is said beside it: it can make an item sensitive, and never general. */
  readonly beside?: readonly Json[]
}

/** Confidentiality that says no more than that an item is as any other. */
const ordinary: ReadonlySet<string> = new Set(['U', 'L', 'M', 'N'])
const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

/**
 * How sensitive an item is. A code of a sensitive set makes it that, wherever it stands. In a system that was looked
 * through a code of no set is general; an item without a code, or with a part that only other systems code, is not
 * classified: to take it for general would disclose what nobody decided on.
 */
export function classify(book: CodeBook, resource: Json, { of, beside = [] }: Coded): Classified {
  const marks = [
    ...listAt(objectAt(resource, 'meta'), 'security'),
    ...listAt(resource, 'securityLabel').flatMap(codingsOf),
  ]
  const found = new Set<Label>()
  for (const set of book.sets)
    if (set.label !== null && ([...of, ...beside].some(inSet(set)) || marks.some((mark) => codingInSet(set, mark))))
      found.add(set.label)
  const isCoded = of.length > 0 && of.every((concept) => codingsOf(concept).some((coding) => isCovered(book, coding)))
  return { labels: [...found], isUnclassified: !isCoded || marks.some((mark) => !isKnownMark(book, mark)) }
}

/** Whether any of the concepts is in a set, by a code or by the words of its name. */
export const isAnyInSet = (set: CodeSet, concepts: readonly Json[]): boolean => concepts.some(inSet(set))

const inSet =
  (set: CodeSet) =>
  (concept: Json): boolean =>
    codingsOf(concept).some((coding) => codingInSet(set, coding)) || saysWordOf(set, textAt(concept, 'text'))

const codingInSet = (set: CodeSet, coding: Json): boolean => {
  const system = textAt(coding, 'system')
  const code = textAt(coding, 'code')
  return (system !== null && code !== null && isInSet(set, system, code)) || saysWordOf(set, textAt(coding, 'display'))
}

const saysWordOf = ({ words }: CodeSet, text: string | null): boolean => text !== null && words?.test(text) === true

const codingsOf = (concept: Json): readonly Json[] => listAt(concept, 'coding')

const isCovered = ({ covered }: CodeBook, coding: Json): boolean => {
  const system = textAt(coding, 'system')
  return system !== null && textAt(coding, 'code') !== null && covered.has(system)
}

/**
 * A mark of ordinary confidentiality, or one of a sensitive set. What is restricted, and nothing says why, is not
 * classified.
 */
const isKnownMark = (book: CodeBook, mark: Json): boolean => {
  const code = textAt(mark, 'code') ?? ''
  return (
    (textAt(mark, 'system') === confidentiality && ordinary.has(code)) ||
    book.sets.some((set) => set.label !== null && codingInSet(set, mark))
  )
}

/**
 * What a concept is called: by its code in a system that was looked through, since what somebody wrote beside it may
 * say more than the code does; their words where it has no name.
 */
export function nameOf(book: CodeBook, concept: Json | null): string | null {
  if (concept === null) return null
  const codings = codingsOf(concept)
  const named = codings.find((coding) => isCovered(book, coding) && textAt(coding, 'display') !== null)
  return (
    textAt(named ?? null, 'display') ??
    textAt(concept, 'text') ??
    codings.map((coding) => textAt(coding, 'display') ?? textAt(coding, 'code')).find((text) => text !== null) ??
    null
  )
}

/** The names of several, each once. */
export const namesOf = (book: CodeBook, concepts: readonly Json[]): string | null => {
  const names = [...new Set(concepts.flatMap((concept) => nameOf(book, concept) ?? []))]
  return names.length === 0 ? null : names.join('; ')
}

/** Whether a concept has a code of a system. */
export const hasCode = (concepts: readonly Json[], system: string, codes: ReadonlySet<string>): boolean =>
  concepts.some((concept) =>
    codingsOf(concept).some((coding) => textAt(coding, 'system') === system && codes.has(textAt(coding, 'code') ?? '')),
  )
