import { createHash } from 'node:crypto'
import type { IdentityFacts, IncomingRecord, Raw, ReadRecords, RefusedLine } from '../incoming.ts'
import { dayIn } from '../localTime.ts'

/** What a return says of one thing: its list, when it happened, and its fields by the names of the schema. */
export interface Said {
  readonly line: number
  readonly list: string
  readonly person: string
  readonly eventAt?: string | undefined
  /** What tells it from others of its kind and person, beside the day: a level, a type. */
  readonly kind: string
  readonly labels?: readonly string[]
  readonly fields: Readonly<Record<string, Raw>>
  readonly identity?: IdentityFacts
  /** Fields that bear codes of the return. */
  readonly codes?: IncomingRecord['codes']
  /** Fields of which the line says what is no code of the return. */
  readonly unread?: readonly string[]
}

/**
 * Records of a statutory return. None has an id: one is made of whose it is, what it is and when it began, so that the
 * same thing in a later return has the same id. Of what happened twice in a day, the second is the second again; a line
 * that says the same as an earlier one, word for word, is that line again.
 */
export class ReturnRecords {
  readonly #records: IncomingRecord[] = []
  readonly #refused: RefusedLine[] = []
  readonly #notes: string[] = []
  readonly #times = new Map<string, number>()
  readonly #said = new Set<string>()
  #row = 0
  readonly #format: string
  readonly #file: string
  readonly #madeAt: string | undefined

  constructor(format: string, file: string, madeAt?: string) {
    this.#format = format
    this.#file = file
    this.#madeAt = madeAt
  }

  /** What comes now is of the next row, until the next is begun: of a row of which a part is refused, nothing is taken. */
  beginRow(): void {
    this.#row += 1
  }

  get #ofRow(): { readonly row?: number } {
    return this.#row === 0 ? {} : { row: this.#row }
  }

  add({ line, list, person, eventAt, kind, labels, fields, identity, codes, unread }: Said): void {
    const day = dayIn(eventAt?.trim() ?? '') ?? ''
    const key = [this.#format, list, person, kind, day].join('\u0001')
    const words = JSON.stringify([key, eventAt, labels, fields, identity])
    if (this.#said.has(words)) return
    this.#said.add(words)
    const times = (this.#times.get(key) ?? 0) + 1
    this.#times.set(key, times)
    this.#records.push({
      ...{ file: this.#file, line, list, person, fields, ...this.#ofRow },
      id: createHash('sha256').update(`${key}\u0001${times}`).digest('hex').slice(0, 16),
      ...(eventAt === undefined ? {} : { eventAt }),
      ...(labels ? { labels } : {}),
      ...(codes ? { codes } : {}),
      ...(unread?.length ? { unread } : {}),
      ...(identity && Object.keys(identity).length > 0 ? { identity } : {}),
      ...(this.#madeAt === undefined ? {} : { madeAt: this.#madeAt }),
    })
  }

  /** The same of something that is nothing without its day. */
  addDated(said: Said): void {
    if (said.eventAt === undefined || said.eventAt.trim() === '') this.refuse(said.line, 'NO_DATE', said.list)
    else if (dayIn(said.eventAt.trim()) === null) this.refuse(said.line, 'DATE_UNREADABLE', said.list)
    else this.add(said)
  }

  refuse(line: number, fault: RefusedLine['fault'], where: string): void {
    this.#refused.push({ file: this.#file, line, fault, where, ...this.#ofRow })
  }

  note(sentence: string): void {
    this.#notes.push(sentence)
  }

  get read(): ReadRecords {
    return { records: this.#records, refused: this.#refused, notes: this.#notes }
  }
}

/** M, F or U, as the schema has it: returns write 1 and 2, and 0 or 9 for what is not known. */
export const sexOf = (text: string | undefined): string | undefined => {
  const code = text?.trim().toUpperCase()
  if (code === undefined || code === '') return undefined
  return { 1: 'M', M: 'M', MALE: 'M', 2: 'F', F: 'F', FEMALE: 'F', 0: 'U', 9: 'U', U: 'U', I: 'U' }[code] ?? code
}

/** A number of a pupil; the codes that say why there is none are none. */
export const upnOf = (text: string | undefined): string | undefined =>
  text === undefined || /^(?:UN\d*|X?UNKNOWN|NULL|N\/A|0*)$/i.test(text.trim()) ? undefined : text.trim().toUpperCase()
