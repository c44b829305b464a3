import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { dueAt, type OfficeHours, type Span } from '../foundation/workingTime.ts'

/**
 * The clocks of one partnership: local, dated data beside the policy pack, decided by the same people. What is shipped
 * are starting values and examples of published procedures; a partnership has its own.
 */
const span = z.union([
  z.strictObject({ workingDays: z.number().positive() }),
  z.strictObject({ workingHours: z.number().positive() }),
  z.strictObject({ clockHours: z.number().positive() }),
  z.strictObject({ calendarDays: z.number().positive() }),
])

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const ratings = ['RED', 'AMBER', 'GREEN', 'BLUE'] as const
export type Rating = (typeof ratings)[number]

/** Clocks that every procedure has. */
export const clockNames = [
  'concernOutcome',
  'informationRequest',
  'meetingAnswer',
  'outcomeFiling',
  'planAction',
  'returnInterview',
  'moveNotice',
  'breachReport',
  'missingNotice',
  'imminentRisk',
  'alertNotice',
  'seniorOversight',
] as const
export type ClockName = (typeof clockNames)[number]

const proceduresShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  source: z.string().min(1),
  hours: z.strictObject({ opens: time, closes: time }),
  /** When a school must have been told before the day begins. */
  schoolDayBegins: time,
  enquiry: z.strictObject({
    /** What the colour times: figures for one are never compared with figures for the other. */
    times: z.enum(['EACH_ANSWER', 'DECISION']),
    /** Null: the procedures give no time. */
    ratings: z.record(z.enum(ratings), span.nullable()),
  }),
  disagreement: z.strictObject({
    stages: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          /** Null: a time that both sides accept. */
          within: span.nullable(),
          service: z.enum(['FRONT_DOOR', 'CASE_TEAM', 'MANAGERS', 'SENIOR_MANAGERS', 'REVIEWING']).nullable(),
        }),
      )
      .min(1),
    /** The stage, counted from 1, at which an urgent disagreement begins. */
    urgentStage: z.number().int().min(1),
  }),
  clocks: z.record(z.enum(clockNames), span),
})

export type Procedures = z.infer<typeof proceduresShape>

/** The procedures that come with the product, by id. @throws StartupError where one is not whole. */
export function shippedProcedures(): ReadonlyMap<string, Procedures> {
  const folder = fileURLToPath(new URL('./procedures', import.meta.url))
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => readProcedures(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')), file))
      .map((procedures) => [procedures.id, procedures]),
  )
}

export function readProcedures(data: unknown, file: string): Procedures {
  const read = proceduresShape.safeParse(data)
  if (read.success) return read.data
  throw new StartupError(
    read.error.issues.map((issue) => `${file}, ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}.`),
  )
}

/** Which procedures an authority works by. */
export type ProceduresOf = (la: string | null) => Procedures

/** The one that holds where an authority names no other. */
export const usualProcedures = 'england'

/**
 * @param chosen as `LOCAL_PROCEDURES` has it: `LA2=england,LA5=each-answer-gauge`.
 * @param authorities those of the registry, where it is looked at: one that there is not would leave the messages of
 * the one that was meant on the usual clocks.
 * @throws StartupError naming a procedure or an authority that there is not, and an authority that is named twice.
 */
export function proceduresOf(
  chosen: string | null,
  known = shippedProcedures(),
  authorities: ReadonlySet<string> | null = null,
): ProceduresOf {
  const usual = known.get(usualProcedures)
  if (!usual) throw new StartupError([`The procedures ${usualProcedures} are missing.`])
  const pairs = (chosen ?? '')
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=').map((part) => part.trim()))
  const problems = pairs.flatMap(([la, id, ...more], at): string[] => {
    if (!la || !id || more.length > 0) return ['LOCAL_PROCEDURES: write <authority>=<procedures>, with commas between.']
    return [
      ...(known.has(id) ? [] : [`LOCAL_PROCEDURES: there are no procedures ${id}. There are: ${namesOf(known)}.`]),
      ...(!authorities || authorities.has(la)
        ? []
        : [`LOCAL_PROCEDURES: the registry has no authority ${la}. It has: ${namesOf(authorities)}.`]),
      ...(pairs.some(([other], place) => place < at && other === la) ? [`LOCAL_PROCEDURES names ${la} twice.`] : []),
    ]
  })
  if (problems.length > 0) throw new StartupError([...new Set(problems)])
  const byLa = new Map(pairs.map(([la, id]) => [la ?? '', known.get(id ?? '') ?? usual]))
  return (la) => (la === null ? usual : (byLa.get(la) ?? usual))
}

const namesOf = (known: ReadonlyMap<string, unknown> | ReadonlySet<string>): string => [...known.keys()].join(', ')

/** When a named clock runs out, and its rule in words. */
export function clock(procedures: Procedures, name: ClockName, from: Date): { at: Date | null; rule: string } {
  const within = procedures.clocks[name]
  return { at: spanEnd(procedures, within, from), rule: `${spanWords(within)}; ${procedures.title}` }
}

export const spanEnd = ({ hours }: { readonly hours: OfficeHours }, within: Span, from: Date): Date | null =>
  dueAt(from, within, hours)

export function spanWords(within: Span): string {
  const [[unit, amount] = ['', 0]] = Object.entries(within)
  const words: Readonly<Record<string, string>> = {
    workingDays: 'working day',
    workingHours: 'working hour',
    clockHours: 'hour',
    calendarDays: 'day',
  }
  return `within ${amount} ${words[unit] ?? unit}${amount === 1 ? '' : 's'}`
}
