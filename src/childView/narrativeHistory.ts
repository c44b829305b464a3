import { spoken, spokenLanguage } from '../foundation/codeInWords.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import { type CodeSetName, decoded, meaningOf, within } from '../sources/codeWords.ts'
import type { CommonRow, RecordHead } from '../sources/commonRowFields.ts'
import { sentence, span } from '../sources/narration.ts'

const head = ['eventAt', 'provenance.supersedes', 'provenance.organisation'] as const

/** What a history is told from. Intelligence, third persons and what was told in confidence are no part of it. */
export const historyNeeds = {
  socialCare: {
    plans: [...head, 'level', 'category', 'from', 'to'],
    legalStatuses: [...head, 'code', 'from', 'to', 'endReason'],
    placements: [...head, 'code', 'la', 'from', 'to', 'changeReason'],
    s47Enquiries: [...head, 'startedOn', 'endedOn', 'outcome'],
    assessments: [...head, 'kind', 'factors'],
    involvements: [...head, 'kind', 'service', 'from', 'to'],
    communication: [...head, 'whose', 'language', 'interpreterRequired', 'needs'],
    triggers: [...head, 'monthDay', 'text'],
    voice: [...head, 'medium', 'text'],
  },
  education: {
    enrolments: [...head, 'school', 'from', 'to'],
    suspensions: [...head, 'kind', 'from'],
    specialNeeds: [...head, 'need', 'provision', 'from', 'to'],
  },
  health: {
    registrations: [...head, 'name', 'from', 'to'],
    healthAssessments: [...head, 'kind', 'heldOn'],
    unscheduledAttendances: [...head, 'setting'],
    camhsEpisodes: [...head, 'service', 'status', 'referredOn', 'closedOn'],
  },
  police: {
    missingEpisodes: [...head, 'from'],
    domesticAbuse: head,
  },
} as const satisfies RequiredFields

type HistoryAnswers = AnswersTo<typeof historyNeeds>

/** `HistorySentence` of `schema/history.graphql`. */
export interface HistorySentence {
  readonly text: string
  readonly records: readonly string[]
}

/** `HistoryTopic` of `schema/history.graphql`. */
export interface HistoryTopic {
  readonly topic: string
  readonly sentences: readonly HistorySentence[]
}

type Dated = RecordHead & Pick<CommonRow, 'eventAt' | 'provenance.supersedes'>
type Teller = (answers: HistoryAnswers) => readonly HistorySentence[]

/** What each topic tells, in the order in which somebody new would ask. */
const tellers: Readonly<Record<string, readonly Teller[]>> = {
  HELP: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'plans')), (row) =>
        row.level
          ? sentence`${levelText(row.level)}${row.category ? `, ${decoded('abuse', row.category)}` : null}${span(row.from, row.to)}`
          : null,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'socialCare', 's47Enquiries')),
        (row) =>
          sentence`Section 47 enquiry${span(row.startedOn ?? dayIn(row), row.endedOn)}${row.outcome ? sentence`; outcome: ${row.outcome}` : null}`,
      ),
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'assessments')), (row) =>
        row.factors?.length ? sentence`Assessed on ${dayIn(row)}: ${decoded('assessmentFactor', row.factors)}` : null,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'socialCare', 'involvements')).filter((row) => row.kind === 'ALLOCATED_WORKER'),
        (row) => sentence`Worked with by ${row.service ?? 'children’s social care'}${span(row.from, row.to)}`,
      ),
  ],
  CARE: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'legalStatuses')), (row) =>
        row.code
          ? sentence`Legal status: ${decoded('legalStatus', row.code)}${span(row.from, row.to)}${row.endReason ? `; why it ended: ${decoded('episodeCeased', row.endReason)}` : null}`
          : null,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'socialCare', 'placements')).filter((row) => row.code),
        (row) =>
          sentence`Lived in ${decoded('placement', row.code) ?? 'a placement'}${row.la ? `, ${row.la}` : null}${span(row.from, row.to)}${row.changeReason ? `; why it ended: ${decoded('placementChange', row.changeReason)}` : null}`,
      ),
    // Of those of which nothing may be told but that they were, one sentence.
    (answers) => away(inOrder(rowsOf(answers, 'socialCare', 'placements')).filter((row) => !row.code)),
  ],
  SCHOOL: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'education', 'enrolments')), (row) =>
        row.school ? sentence`On roll at ${row.school}${span(row.from, row.to)}` : null,
      ),
    (answers) =>
      counted(
        inOrder(rowsOf(answers, 'education', 'suspensions')),
        (count) => `Suspended or excluded ${timesWord(count)}`,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'education', 'specialNeeds')),
        (row) =>
          sentence`Special educational needs: ${listed([wordOf('schoolNeed', row.need), provided(row.provision)])}${span(row.from, row.to)}`,
      ),
  ],
  HEALTH: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'health', 'registrations')), (row) =>
        row.name ? sentence`Registered with ${row.name}${span(row.from, row.to)}` : null,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'health', 'healthAssessments')),
        (row) =>
          sentence`${row.kind === 'INITIAL' ? 'Initial health assessment' : 'Health assessment'} on ${row.heldOn ?? dayIn(row)}`,
      ),
    (answers) =>
      counted(
        inOrder(rowsOf(answers, 'health', 'unscheduledAttendances')),
        (count) => `Unscheduled care ${timesWord(count)}`,
      ),
    (answers) =>
      each(
        inOrder(rowsOf(answers, 'health', 'camhsEpisodes')),
        (row) => sentence`${row.service ?? 'Mental health service'}${span(row.referredOn ?? dayIn(row), row.closedOn)}`,
      ),
  ],
  SAFETY: [
    (answers) =>
      counted(inOrder(rowsOf(answers, 'police', 'missingEpisodes')), (count) => `Reported missing ${timesWord(count)}`),
    (answers) =>
      counted(
        inOrder(rowsOf(answers, 'police', 'domesticAbuse')),
        (count) => `Domestic abuse in the household ${timesWord(count)}`,
      ),
  ],
  NEEDS: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'communication')), (row) => {
        const needs = textsOf(row, 'needs') ?? []
        const parts = [
          row.language && row.language !== 'en' ? `speaks ${spokenLanguage(row.language)}` : null,
          row.interpreterRequired === true ? 'an interpreter is needed' : null,
          ...needs,
        ].filter((part) => part !== null)
        return parts.length > 0 ? sentence`${personWord(row.whose)}: ${parts.join('; ')}` : null
      }),
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'triggers')), (row) =>
        row.text
          ? sentence`Known trigger: ${row.text}${row.monthDay ? `, each year about ${monthDayWords(row.monthDay)}` : null}`
          : null,
      ),
  ],
  VOICE: [
    (answers) =>
      each(inOrder(rowsOf(answers, 'socialCare', 'voice')).slice(-3), (row) =>
        row.text ? `The child said on ${sentence`${dayIn(row)}`}: “${row.text}”` : null,
      ),
  ],
}

/** The history by topic, of what answers hold: whoever asks for it has put them together of what may be told. */
export const history = (answers: HistoryAnswers): readonly HistoryTopic[] =>
  Object.entries(tellers).flatMap(([topic, tell]) => {
    const sentences = tell.flatMap((teller) => teller(answers))
    return sentences.length > 0 ? [{ topic, sentences }] : []
  })

/** Every sentence of every topic as one text. */
export const historyText = (topics: readonly HistoryTopic[]): string =>
  topics.flatMap(({ sentences }) => sentences.map(({ text }) => text)).join(' ')

const inOrder = <Row extends Dated>(
  rows: readonly Row[] & ('provenance.supersedes' extends keyof Row ? unknown : never),
): readonly Row[] => uncorrected(rows).toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

const keyOf = (row: Dated & { readonly from?: unknown }): string => `${textOf(row, 'from', 'eventAt') ?? ''} ${row.id}`

const dayIn = (row: Dated): string | null => {
  const at = textOf(row, 'eventAt')
  return at === null ? null : dayOf(at)
}

/** A sentence for each record that has something to tell. */
const each = <Row extends Dated>(list: readonly Row[], tell: (row: Row) => string | null): readonly HistorySentence[] =>
  list.flatMap((row) => {
    const text = tell(row)
    return text ? [{ text: ended(text), records: [row.id] }] : []
  })

/** One sentence for many records: how many of those that may be told of, and from when to when. */
function counted<Row extends Dated>(list: readonly Row[], tell: (count: number) => string): readonly HistorySentence[] {
  const [first] = list
  const last = list.at(-1)
  if (!first || !last) return []
  const between =
    list.length === 1 ? sentence` on ${dayIn(first)}` : sentence` between ${dayIn(first)} and ${dayIn(last)}`
  const text = `${tell(list.length)}${between ? ` ${between.trim()}` : ''}, of what may be told`
  return [{ text: ended(text), records: list.map(({ id }) => id) }]
}

/** The same of times that last, the last of which may go on: where no end is told, none is suggested. */
function away(list: readonly RowsOf<typeof historyNeeds>['socialCare']['placements'][]): readonly HistorySentence[] {
  const [first] = list
  const last = list.at(-1)
  if (!first || !last) return []
  const since = sentence`the first time${span(first.from ?? dayIn(first), null)}, the last time`
  const often = list.length === 1 ? '' : `, ${since}`
  const text = `Placed away from home ${timesWord(list.length)}${often}${span(last.from ?? dayIn(last), last.to)}, of what may be told`
  return [{ text: ended(text), records: list.map(({ id }) => id) }]
}

const ended = (text: string): string => (/[.!?”]$/.test(text) ? text : `${text}.`)

const timesWord = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

const levelTexts: Readonly<Record<string, string>> = {
  UNIVERSAL: 'Universal services',
  EARLY_HELP: 'Early help',
  CHILD_IN_NEED: 'Child in need plan',
  CHILD_PROTECTION: 'Child protection plan',
  LOOKED_AFTER: 'Looked after',
  CARE_LEAVER: 'Care leaver',
}
const levelText = (level: string): string => levelTexts[level] ?? level

/** What a code means, in the middle of a sentence; a code that is not of its set as it is. */
const wordOf = (set: CodeSetName, code: string | null | undefined): string | null =>
  code ? within(meaningOf(set, code) ?? code) : null

const provided = (code: string | null | undefined): string | null => {
  const words = wordOf('schoolProvision', code)
  return words === 'EHC plan' ? 'an EHC plan' : words
}

const listed = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join('; ')

const personWord = (whose: string | null | undefined): string => {
  if (!whose || !/^[A-Z]+(_[A-Z]+)*$/.test(whose)) return 'In the household'
  return whose === 'CHILD' ? 'The child' : `The ${spoken(whose)}`
}

const months = 'January February March April May June July August September October November December'.split(' ')
const monthDayWords = (monthDay: string): string => {
  const [month, day] = monthDay.split('-').map(Number)
  return month && day && months[month - 1] ? `${day} ${months[month - 1]}` : monthDay
}
