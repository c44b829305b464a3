import { z } from 'zod'
import type { Registry } from '../foundation/registry.ts'
import type { Label } from '../policy/labels.ts'
import type { Circle } from './involvedOrganisations.ts'
import type { Organisation, Service } from './mailboxes.ts'
import type { Addressee, Fields, MessageEvent, StoredMessage } from './message.ts'
import type { Procedures } from './procedures.ts'

/** Text that a person wrote. Its length is bounded; imagery was refused before. */
export const text = z.string().trim().min(1).max(4000)
export const shortText = z.string().trim().min(1).max(300)
export const day = z.iso.date()
export const instant = z.iso.datetime()

/** How a statement is known: fact and opinion are told apart. Values of `Evidence` in `schema/shared.graphql`. */
export const evidence = z.enum([
  'FACT',
  'PROFESSIONAL_OPINION',
  'ALLEGATION',
  'DISCLOSURE',
  'INTELLIGENCE',
  'UNCORROBORATED',
  'RETRACTED',
])
export const statement = z.strictObject({ text, evidence })

/** Words that stand where nobody is named. */
const nobody = /^(?:n\W?a|tbc|tba|tbd|unknown|not known|none|nobody|no one)\W*$/i

/** Who did something: a name or a post, and no mark in its place. */
export const whoDid = shortText.refine((name) => /\p{L}/u.test(name) && !nobody.test(name))

/** Whoever decides is named, and the day is. Without both nothing is decided. */
export const decision = { decidedBy: whoDid, decidedOn: day }

/** What a kind looks at when it decides to whom a message goes and when it is due. */
export interface Sending {
  readonly now: Date
  readonly circle: Circle
  readonly procedures: Procedures
  readonly standing: Standing
  /** A place of the child must not be found. */
  readonly placeProtected: boolean
  readonly registry: Registry
  /** An organisation by its code; null where no issuer speaks for it. */
  readonly organisationOf: (code: string) => Organisation | null
  /** Authority and force of whoever sends. */
  readonly sender: { readonly organisation: string; readonly la: string | null; readonly force: string | null }
}

export interface Due {
  readonly at: Date | null
  /** In words, so that both sides see which rule was used. */
  readonly rule: string
}

/** When something is due, as it is kept. */
export const dueColumns = (
  due: Due | null | undefined,
): { readonly dueAt: string | null; readonly dueRule: string | null } => ({
  dueAt: due?.at?.toISOString() ?? null,
  dueRule: due?.rule ?? null,
})

/** The kind whose messages a closure has to answer for. */
export const reportKind = 'CONCERN_REPORT'

/** What stands about a child, for a kind that is guarded by it. */
export interface Standing {
  /** Reports of a concern about the child, newest first. */
  readonly reports: readonly StoredMessage[]
  /** Concerns that the sender reads in social care's record, of which nobody has said there what came of them. */
  readonly concerns: readonly string[]
}

/** Why a message is not sent now. */
export interface Refused {
  readonly code: 'CONFLICT' | 'BAD_INPUT' | 'CLOSURE_EVIDENCE_REQUIRED'
  readonly reason: string
  readonly message: string
  readonly list?: readonly string[]
}

/** Who may answer: an addressee for itself, or the sender. */
export type AnswerBy = 'ADDRESSEE' | 'SENDER' | 'EITHER'

/** Where whoever answers stands towards a message. */
export interface Speaker {
  readonly isSender: boolean
  /** Services of the addressees for whom they answer. */
  readonly services: readonly Service[]
}

/** One way in which a message can be answered. */
export interface AnswerRule {
  readonly name: string
  readonly mutation: string
  readonly by: AnswerBy
  readonly fields: z.ZodType<Fields>
  /** Fields that name organisations: an addressee reads its own entries in them, the sender all. */
  readonly namesOthers?: readonly string[]
  /** Whether the answer settles what this addressee owes, or the whole message; null: neither. */
  readonly settles: 'OWN' | 'ALL' | null
  /** Told to every party, and not to the sender and the one who answers alone. */
  readonly shared?: boolean
  /** What follows from the message and is kept with the answer. */
  readonly complete?: (fields: Fields, sending: Sending, message: StoredMessage) => Fields
  /** Another due time from here on. */
  readonly due?: (fields: Fields, sending: Sending, message: StoredMessage) => Due | null
  /** Further addressees from here on. */
  readonly alsoTo?: (fields: Fields, sending: Sending, message: StoredMessage) => readonly Addressee[]
  /** Which of those by whom it may be said may say it as the message stands; absent: all of them. */
  readonly openTo?: (message: StoredMessage, speaker: Speaker, procedures: Procedures) => boolean
  /** Why it cannot be done now; null: it can. */
  readonly refuse?: (fields: Fields, sending: Sending, message: StoredMessage) => string | Refused | null
  /** Looks at what else stands about the child, of what the one who answers is party to. */
  readonly guardedBy?: 'STANDING'
  /** It is said once, by whom ever. */
  readonly once?: boolean
  /** Addressees, by their code, who owe a further answer from here on. */
  readonly asksAgain?: (fields: Fields) => readonly string[]
  /** When that further answer is due. */
  readonly againDue?: (sending: Sending) => Due
  /** What lateness is called from here on. */
  readonly overdueCode?: string
  /** It can still be said when the message has ended. */
  readonly afterwards?: boolean
}

/** A kind of message, as data. The mechanism knows no kind by its name. */
export interface MessageKind {
  readonly name: string
  readonly version: number
  readonly title: string
  /** What asks for it: a review's paragraph, guidance, or a statute. */
  readonly source: string
  /** Null: the gateway alone sends it. */
  readonly mutation: string | null
  readonly fields: z.ZodType<Fields>
  /** Fields that name organisations: an addressee reads its own entries in them, the sender all. */
  readonly namesOthers?: readonly string[]
  /** Services that read as the sender does: whoever chairs a plan has to know who cannot deliver. */
  readonly readAsSender?: readonly Service[]
  /** Services that may send it; null: every service. */
  readonly from: readonly Service[] | null
  /**
   * ANY: about any child, also one of whom the sender may not know; PARTY: only by whom the child's case has to do
   * with.
   */
  readonly child: 'ANY' | 'PARTY' | 'NONE'
  readonly to: (fields: Fields, sending: Sending) => readonly Addressee[]
  /** Whether the sender is told to whom it went, or by these words alone, the same for every child. */
  readonly told: 'NAMED' | readonly string[]
  /** What follows from fields and procedures and is kept with them, as they were on that day. */
  readonly complete?: (fields: Fields, sending: Sending) => Fields
  readonly due: (fields: Fields, sending: Sending) => Due | null
  /** Whether that is when the whole must have ended, and not when each must have answered. */
  readonly dueIsOfWhole?: (fields: Fields) => boolean
  /** What it is called when it is late. */
  readonly overdueCode: string | null
  /** What stays wrong with it for as long as it stands. */
  readonly alertCode?: (fields: Fields, events: readonly MessageEvent[]) => string | null
  /** Addressees of earlier messages of the child whose answer this makes them look at again. */
  readonly reopens?: (message: StoredMessage, answer: MessageEvent) => boolean
  /** Whether it gives away where the child is: then nobody is told to whom that is closed. */
  readonly tellsPlace?: boolean
  /** It cannot wait: no bound on what is open holds it up. */
  readonly urgent?: boolean
  /** Stands before everything else of the child while it is open. */
  readonly pinned?: boolean
  /**
   * From which day on the one it is about may read that it was sent; null: on no day. Absent: it stands in no file of
   * theirs.
   */
  readonly subjectReadsFrom?: (fields: Fields) => string | null
  /** Categories of what it tells. */
  readonly labels?: (fields: Fields) => readonly Label[]
  readonly answers: readonly AnswerRule[]
  /** Why it may not be sent now; null: it may. */
  readonly guard?: (fields: Fields, standing: Standing, now: Date) => Refused | null
  /** Looks at what stands about the child: the question is asked only where it is wanted. */
  readonly guardedBy?: 'STANDING'
  /** Nothing is waited for: it is done when it is sent. */
  readonly closed?: boolean
}

/** Reads a checked shape as the fields of a message. What a kind declares is what is stored, and nothing beside it. */
export const shape = <Shape extends z.ZodRawShape>(fields: Shape): z.ZodType<Fields> =>
  // Every member of these shapes is text, a flag, a number, or a list or object of such.
  z.strictObject(fields) as unknown as z.ZodType<Fields>

/** A text among checked fields. */
export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** Texts among checked fields. */
export const textsIn = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** Objects among checked fields. */
export const objectsIn = (fields: Fields, name: string): readonly Fields[] => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter(isObject) : []
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
