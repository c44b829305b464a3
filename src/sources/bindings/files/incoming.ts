import type { ClosedSet } from '../../publishedCodes.ts'

/** A file as somebody handed it in. */
export interface ImportFile {
  /** Its name without folders. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** A value as a file has it: text of a cell or an element, or what JSON says. Nothing of it is trusted. */
export type Raw = unknown

/** One record as a format reads it. Nothing of it was looked at yet but where it stands. */
export interface IncomingRecord {
  readonly file: string
  readonly line: number
  /** Its place in a list of the file, where a line may have many: `enrolments[3]`, the first is 0. */
  readonly at?: string
  readonly list: string
  /** The holder's own id of the record, or one made of what names it in a return that has none. */
  readonly id: Raw
  /** The holder's own id of the person. */
  readonly person: Raw
  /** Of a nested list: the record it stands under. */
  readonly parent?: Raw
  readonly eventAt?: Raw
  readonly recordedAt?: Raw
  readonly recordedBy?: Raw
  readonly service?: Raw
  readonly la?: Raw
  readonly force?: Raw
  readonly organisation?: Raw
  readonly evidence?: Raw
  readonly supersedes?: Raw
  readonly labels?: Raw
  readonly handling?: Raw
  readonly relevance?: Raw
  /** The holder takes it back: from now on it is not read. */
  readonly withdrawn?: boolean
  /** Fields by the names of the schema. */
  readonly fields: Readonly<Record<string, Raw>>
  /** What finds the person and is no field of the list: addresses of a kind that lists none, former names. */
  readonly identity?: IdentityFacts
  /** The row that it comes from, where a row gives several records: all of it is taken, or nothing. */
  readonly row?: number
  /** Fields that bear a code of a published set in this format, beside those of the list. */
  readonly codes?: Readonly<Record<string, ClosedSet>>
  /** Fields of which the file says something that its format cannot read. */
  readonly unread?: readonly string[]
  /** When the file says that it was made; absent where it does not. */
  readonly madeAt?: string
}

/** What is known of a person beside the fields of a list, for finding the right child and nothing else. */
export interface IdentityFacts {
  readonly otherFamilyNames?: readonly string[]
  readonly middleName?: string
  readonly motherNhsNumber?: string
  /** Numbers and dates that the kind's list of persons does not have. */
  readonly nhsNumber?: string
  readonly nhsNumberVerified?: boolean
  readonly upn?: string
  readonly expectedDate?: string
  readonly postcode?: string
  readonly previousPostcodes?: readonly string[]
  readonly isProtected?: boolean
  /** Of adult services, whose people are no children: the child whom they matter to. */
  readonly child?: ChildDescribed
}

/** A child as somebody describes them who holds records of the adults around them. */
export interface ChildDescribed {
  readonly given?: string | null | undefined
  readonly family?: string | null | undefined
  readonly dateOfBirth?: string | null | undefined
  readonly nhsNumber?: string | null | undefined
  readonly nhsNumberVerified?: boolean | null | undefined
  readonly upn?: string | null | undefined
  readonly postcode?: string | null | undefined
}

/** Why a line is not taken, with the sentence that says so. None quotes what the line holds. */
export const lineFaults = {
  CELLS: 'The row has another number of cells than the header.',
  NOT_A_RECORD: 'What stands here is no record.',
  LIST_UNKNOWN: 'The kind of agency has no list of this name.',
  FIELD_UNKNOWN: 'The list has no field of this name.',
  NO_ID: 'The record has no id, or one that is no plain text of at most 128 characters.',
  NO_PERSON: 'The record names no person, or by what is no plain text of at most 128 characters.',
  NO_PARENT: 'The list stands under another, and the record does not say under which record.',
  PERSON_UNKNOWN:
    'The person is neither in the files nor held: nobody would find the record. Hand the person in with it.',
  PARENT_UNKNOWN: 'The record it stands under is neither in the file nor held.',
  DATE_UNREADABLE: 'When it happened or was recorded cannot be read.',
  RECORDED_LATER: 'It was recorded at a time that is yet to come: nobody would read it until then.',
  NO_DATE: 'It has no date, and nothing else tells it from another.',
  ENDS_BEFORE_BEGIN: 'It ends before it begins.',
  CODE_UNKNOWN: 'A label, marking, service or kind of evidence is none that there is.',
  TOO_LONG: 'A value has more than 64 KB.',
  IMAGERY: 'It holds an image, a link to one, or an encoded file, none of which is taken.',
  SAME_ID_TWICE: 'Another line of this import has the same id, and says something else.',
  OLDER_THAN_HELD: 'What is held was said later than this.',
} as const
export type LineFault = keyof typeof lineFaults

/** A line that is not taken. */
export interface RefusedLine {
  readonly file: string
  readonly line: number
  readonly at?: string
  /** As of a record: the rest of the row is not taken either. */
  readonly row?: number
  readonly fault: LineFault
  /** The list and the field, where one is at fault; never a value. */
  readonly where: string
}

/** A value that cannot be read as what it should be: it is not known, and the rest of its record is taken. */
export interface UnreadValue {
  readonly file: string
  readonly line: number
  readonly at?: string
  readonly where: string
}

export const isRefused = (read: IncomingRecord | RefusedLine): read is RefusedLine => 'fault' in read

/** What a format makes of a file. */
export interface ReadRecords {
  readonly records: readonly IncomingRecord[]
  readonly refused: readonly RefusedLine[]
  /** What the operator should know of the file as a whole: whole sentences, without its content. */
  readonly notes: readonly string[]
}

/** Where something of a file stands, as an operator finds it. */
export const standsAt = ({ file, line, at }: Pick<RefusedLine, 'file' | 'line' | 'at'>) => ({
  ...{ file, line },
  ...(at === undefined ? {} : { at }),
})

/** A file cannot be taken at all, and nothing of it is. The sentence quotes none of its content. */
export class FileFault extends Error {
  override readonly name = 'FileFault'
}

/** Beyond these sizes a file is refused before it is taken apart. */
export const largest = { bytes: 512 * 1024 * 1024, text: 64 * 1024, name: 200, id: 128, depth: 64 } as const
