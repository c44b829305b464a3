import { type Completeness, completenessOf } from '../childView/countCompleteness.ts'
import type { Ground, Without } from '../childView/whyCountIncomplete.ts'
import { type Withheld, withheldOfRecord } from '../childView/withheld.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { AlertParameters } from '../policy/alertParameters.ts'
import type { Answers } from '../records/agencyAnswers.ts'
import { textOf } from '../records/currentRows.ts'
import type { EvidenceRow, Finding, Rule } from './rule.ts'
import { judge, neverSaid, readsAll } from './rule.ts'
import { RuleRows } from './ruleRows.ts'

/** A record that an alert rests on. */
export interface AlertEvidence {
  readonly recordId: string
  readonly agency: string
  readonly eventAt: string | null
  readonly recordedAt: string | null
  /** What of it this reader may not read, with whom to ask. */
  readonly withheld: readonly Withheld[]
}

/** One alert, as this reader may know it. */
export interface FoundAlert {
  readonly rule: Rule
  readonly finding: Finding
  readonly evidence: readonly AlertEvidence[]
  /** How whole the ground was: what is counted is counted of what this reader may read, and there may be more. */
  readonly howWhole: () => Completeness
}

/** A rule that could not be judged, or not wholly. */
export interface NotJudged {
  readonly rule: Rule
  readonly without: readonly Without[]
  /** Of these, whose holders have no place for what the rule would miss. */
  readonly unsayable: readonly Without[]
}

/** What all rules say of one child for one reader. */
export interface Evaluation {
  /** Those that are so, in the order of the rules and, within one, latest first. */
  readonly alerts: readonly FoundAlert[]
  readonly notJudged: readonly NotJudged[]
  /** When the first clock runs out that is running now. */
  readonly nextAt: string | null
}

/** What rules are evaluated over. */
export interface Evaluating {
  readonly answers: Answers
  readonly grants: Ground['grants']
  readonly contracts: Ground['contracts']
  readonly registry: Registry
  readonly parameters: AlertParameters
  readonly asOf: string
}

/**
 * Evaluates rules over the rows that this reader may read. A row that is hidden from them is not among these, so that
 * it moves no alert, no time and no order; a list that is withheld or unavailable fires nothing as though it were
 * empty.
 */
export function evaluate(rules: readonly Rule[], setting: Evaluating): Evaluation {
  const { answers, grants, contracts, asOf } = setting
  const ground: Ground = { answers, grants, contracts }
  const rows = new RuleRows(answers, asOf)
  const evidenceOf = (finding: Finding): readonly AlertEvidence[] => {
    const seen = new Set<string>()
    return finding.evidence.flatMap(({ id }) => {
      if (seen.has(id)) return []
      const found = rows.find(id)
      if (!found) return []
      seen.add(id)
      return [{ recordId: id, ...evidenceFrom(found, ground) }]
    })
  }
  const alerts: FoundAlert[] = []
  const notJudged: NotJudged[] = []
  let nextAt: string | null = null
  const now = Date.parse(asOf)
  const given = { answers, asOf, ground, rows, parameters: setting.parameters, registry: setting.registry }
  for (const rule of rules) {
    const { fires, without } = judge(rule, ground)
    const found = fires ? rule.evaluate(given) : []
    // Of whom nobody could record it, nobody can say that it was not done.
    const silent = found.length > 0 ? neverSaid(rule, ground) : []
    const findings = silent.length > 0 ? [] : found
    const due = findings.filter(({ since }) => Date.parse(since) <= now)
    for (const { since } of findings)
      if (Date.parse(since) > now && (nextAt === null || Date.parse(since) < Date.parse(nextAt))) nextAt = since
    const saying = fires && readsAll(rule, ground) ? agenciesOf(rule.unsaid(given), rows) : []
    const unsayable = notRecordedBy(silent, contracts)
    const unsaid = notRecordedBy([...silent, ...saying], contracts)
    const howWhole = () => beside(completenessOf(rule.existence, ground), unsaid)
    for (const finding of [...due].sort(latestFirst))
      alerts.push({ rule, finding, evidence: evidenceOf(finding), howWhole })
    if (due.length > 0) continue
    if (without.length + unsaid.length > 0) notJudged.push({ rule, without: [...without, ...unsaid], unsayable })
  }
  return { alerts, notJudged, nextAt }
}

/** What was found is no more than a lower bound where records beside it say too little to be found. */
const beside = (found: Completeness, unsaid: readonly Without[]): Completeness =>
  unsaid.length === 0
    ? found
    : {
        completeness: found.completeness === 'WHOLE' ? 'AT_LEAST' : found.completeness,
        without: [...found.without, ...unsaid],
      }

const agenciesOf = (said: readonly EvidenceRow[], rows: RuleRows): readonly AgencyName[] =>
  said.flatMap(({ id }) => rows.find(id)?.agency ?? [])

/** Whose records say too little: nobody's silence is a no. */
const notRecordedBy = (names: readonly AgencyName[], contracts: Ground['contracts']): readonly Without[] =>
  [...new Set(names)].map((name) => {
    const { agency, contact = null } = contracts[name]
    return { agency, holder: null, state: 'PARTIAL', label: null, reason: 'NOT_RECORDED', contact }
  })

const latestFirst = (one: Finding, other: Finding): number =>
  Date.parse(other.since) - Date.parse(one.since) || (one.anchor < other.anchor ? -1 : 1)

function evidenceFrom(
  { agency, row }: { readonly agency: AgencyName; readonly row: object },
  { grants, contracts }: Ground,
): Omit<AlertEvidence, 'recordId'> {
  const held = row as { readonly sensitivity?: unknown }
  const labels = Array.isArray(held.sensitivity) ? (held.sensitivity as readonly string[]) : []
  return {
    agency: contracts[agency].agency,
    eventAt: textOf(row as { eventAt?: unknown }, 'eventAt'),
    recordedAt: textOf(row as { 'provenance.recordedAt'?: unknown }, 'provenance.recordedAt'),
    withheld: withheldOfRecord(labels, grants[agency], contracts[agency]),
  }
}
