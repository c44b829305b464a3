import { completenessOfChild, existenceOf, type Reads } from '../childView/countCompleteness.ts'
import { listsIn } from '../childView/grantPermitsFields.ts'
import { isWhollyOpen } from '../childView/listsMayBeRead.ts'
import type { Ground, Without } from '../childView/whyCountIncomplete.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { AlertParameters } from '../policy/alertParameters.ts'
import type { Answers } from '../records/agencyAnswers.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { ListName, Merged, RequiredFields, RowWith } from '../records/requiredFields.ts'
import { cannotSay } from '../sources/carriedLists.ts'
import type { Audience } from './audience.ts'
import type { RuleRows } from './ruleRows.ts'

/** What a rule reads of every record besides its own fields: when it was known, and what of it may be told. */
export const headFields = ['eventAt', 'sensitivity', 'provenance.recordedAt', 'provenance.supersedes'] as const
type Head = (typeof headFields)[number]

/** A record of which no more is known than that it is there. */
export interface EvidenceRow {
  readonly id: string
  readonly eventAt?: unknown
  readonly 'provenance.recordedAt'?: unknown
}

/** One thing that a rule found. */
export interface Finding {
  /** The records that make it this finding and no other: they stay the same while further evidence comes. */
  readonly anchor: string
  /** From when on it is so: the later of when its evidence was recorded and when its clock ran out. May lie ahead. */
  readonly since: string
  readonly evidence: readonly EvidenceRow[]
  /** In plain words, with dates. */
  readonly text: string
  readonly count?: number | undefined
  /** Figures for a machine to read: `daysUnserved`, `daysLate`. */
  readonly details?: Readonly<Record<string, string | number>> | undefined
}

type FieldsOf<Needs, Agency, List> = Needs extends {
  readonly [A in Agency & string]: { readonly [L in List & string]: readonly (infer Field extends string)[] }
}
  ? Field
  : never

/** What a rule looks at: the rows that its reader may read, and the day. */
export interface View<Needs> {
  /** Rows of a list without those that were corrected, in order of time. */
  readonly rows: <Agency extends keyof Needs & AgencyName, List extends keyof Needs[Agency] & ListName<Agency>>(
    agency: Agency,
    list: List,
  ) => readonly RowWith<Agency, List, FieldsOf<Needs, Agency, List> | Head>[]
  /** ISO 8601. */
  readonly asOf: string
  readonly parameters: AlertParameters
  readonly registry: Registry
  /** For what `childView` computes from answers. */
  readonly ground: Ground
  readonly answers: Answers
}

interface Told {
  /** Never used for another meaning, and never taken away: `AlertCode` of the schema. */
  readonly code: string
  /** Counted up when the rule may find something else in the same records. */
  readonly version: number
  /** What it looks for, in one sentence. */
  readonly rule: string
  /** The review's finding, guidance or law that it answers. */
  readonly source: string
  readonly audience: readonly Audience[]
  /** What would clear it. */
  readonly clears: string
}

/** A named rule as the list has it. */
export interface Rule extends Told {
  /** Everything that is fetched for it. */
  readonly needs: RequiredFields
  readonly reads: Reads
  /** What tells how whole its count is: that the records of its lists are there. */
  readonly existence: Reads
  readonly evaluate: (setting: RuleSetting) => readonly Finding[]
  /** Rows that say too little for it to find or to find nothing: a field that decides is not recorded. */
  readonly unsaid: (setting: RuleSetting) => readonly EvidenceRow[]
}

/** What every rule is given. */
export interface RuleSetting extends Omit<View<RequiredFields>, 'rows'> {
  readonly rows: RuleRows
}

type Refs<Needs> = {
  readonly [Agency in keyof Needs & string]: `${Agency}.${keyof Needs[Agency] & string}`
}[keyof Needs & string]

/**
 * Declares a rule.
 *
 * @param needs lists with the fields that it cannot do without. Each list stands in `on` or in `absent`.
 * @param on what makes it fire: one of the lists of each group must be readable, and more of them only make more
 * findings.
 * @param absent lists of which a row could take a finding back. It does not fire unless all of them may be read and
 * were.
 * @param also fields that its words use where they may be read.
 * @param unsaid rows of which a field that decides is not recorded, and which can be why it finds nothing.
 */
export function rule<const Needs extends RequiredFields, const Also extends RequiredFields = Record<never, never>>(
  spec: Told & {
    readonly needs: Needs
    readonly on: readonly (readonly Refs<Needs>[])[]
    readonly absent?: readonly Refs<Needs>[]
    readonly also?: Also
    readonly find: (view: View<Merged<Needs | Also>>) => readonly Finding[]
    readonly unsaid?: (view: View<Merged<Needs | Also>>) => readonly EvidenceRow[]
  },
): Rule {
  const { needs, on, absent = [], also, find, unsaid, ...told } = spec
  // What has not happened yet makes nothing fire; a meeting that is booked still takes a finding back.
  const ofPast = new Set<string>(on.flat().filter((ref) => !(absent as readonly string[]).includes(ref)))
  const reads: Reads = {
    grounds: on.map((refs) => only(needs, refs)),
    ...(absent.length > 0 ? { refutedBy: only(needs, absent) } : {}),
  }
  const whole = withHead(mergeNeeds(needs, also ?? {}))
  const viewOf = ({ rows, ...setting }: RuleSetting): View<Merged<Needs | Also>> => ({
    ...setting,
    // What was declared is what was fetched.
    rows: ((agency: AgencyName, list: string) =>
      rows.of(agency, list, ofPast.has(`${agency}.${list}`))) as unknown as View<Merged<Needs | Also>>['rows'],
  })
  return {
    ...told,
    needs: whole,
    reads,
    existence: existenceOf(whole),
    evaluate: (setting) => find(viewOf(setting)),
    unsaid: (setting) => unsaid?.(viewOf(setting)) ?? [],
  }
}

const only = (needs: RequiredFields, refs: readonly string[]): RequiredFields => {
  const part: Record<string, Record<string, readonly string[]>> = {}
  for (const ref of refs) {
    const [agency = '', list = ''] = ref.split('.')
    const lists = needs[agency as AgencyName] as Readonly<Record<string, readonly string[]>> | undefined
    part[agency] = { ...part[agency], [list]: lists?.[list] ?? [] }
  }
  // Agencies and lists of the needs themselves.
  return part as RequiredFields
}

const withHead = (needs: RequiredFields): RequiredFields => {
  const whole: Record<string, Record<string, readonly string[]>> = {}
  for (const [agency, lists] of Object.entries(needs))
    for (const [list, fields] of Object.entries<readonly string[]>(lists))
      whole[agency] = { ...whole[agency], [list]: [...new Set([...headFields, ...fields])] }
  // As above: each list gains fields that every record has.
  return whole as RequiredFields
}

/** Whether a rule can be judged for this reader, and what it lacks. */
export interface Judgement {
  /** Whether it may fire at all. */
  readonly fires: boolean
  /** What it lacks; where it found nothing this is why that does not mean that there is nothing. */
  readonly without: readonly Without[]
}

/** Whether all that a rule reads may be read: then a field that is empty is one that nobody recorded. */
export const readsAll = ({ reads: { grounds, refutedBy } }: Rule, ground: Ground): boolean =>
  [...grounds, ...(refutedBy ? [refutedBy] : [])].every((required) => isWhollyOpen(required, ground))

/** Decides from grants and the sources' states alone, never from a row: what is hidden moves nothing. */
export function judge({ reads }: Rule, ground: Ground): Judgement {
  const { completeness, without } = completenessOfChild(reads, ground)
  // What is hidden is answered as nothing held, and so is what is not there: neither may be taken for the other.
  const isRefutationRead = !reads.refutedBy || isWhollyOpen(reads.refutedBy, ground)
  const isRead = isRefutationRead && (completeness === 'WHOLE' || completeness === 'AT_LEAST')
  return { fires: isRead, without }
}

/**
 * Agencies whose holders of the child have no place for a list of which a row could take a finding back: that there is
 * no such row says nothing. From holders' bindings alone; asked only of a rule that fires, for which these lists are
 * wholly open.
 */
export const neverSaid = ({ reads: { refutedBy } }: Rule, { answers }: Ground): readonly AgencyName[] => [
  ...new Set(
    (refutedBy ? listsIn(refutedBy) : []).flatMap(({ agency, list }) =>
      cannotSay(answers[agency].carried ?? [], list).length > 0 ? [agency] : [],
    ),
  ),
]
