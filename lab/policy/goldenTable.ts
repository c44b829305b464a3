import { type Decision, decide } from '../../src/policy/decide.ts'
import type { DecisionInput } from '../../src/policy/decisionInput.ts'
import type { Pack } from '../../src/policy/pack.ts'
import { labelWords } from '../../src/policy/policyWords.ts'
import { goldenQuestions } from './goldenQuestions.ts'

type Decide = (pack: Pack, input: DecisionInput) => Decision

const columns = [
  'role',
  'works for',
  'purpose',
  'what',
  'held by',
  'how much',
  'relationship',
  'harm',
  'age',
  'consent',
  'hold',
  'marks',
  'outcome',
  'code',
  'rule',
  'follows',
  'legal source',
] as const

/**
 * The decisions of a pack that people agreed on, one line each, as comma-separated text that an information-governance
 * lead can open. A change of any line is a change of policy, and is reviewed as one.
 */
export function goldenTable(pack: Pack, by: Decide = decide): string {
  const lines = questions().map((input) => lineOf(pack, input, by(pack, input)))
  return `${[columns.join(), ...lines].join('\n')}\n`
}

/** Whether a decision writes this very table; the first line that is another settles it. */
export function writesGolden(golden: string, pack: Pack, by: Decide): boolean {
  const lines = golden.split('\n').slice(1, -1)
  const asked = questions()
  return lines.length === asked.length && asked.every((input, at) => lineOf(pack, input, by(pack, input)) === lines[at])
}

let made: ReturnType<typeof goldenQuestions> | undefined
const questions = (): ReturnType<typeof goldenQuestions> => {
  made ??= goldenQuestions()
  return made
}

const outcomes = { PERMIT: 'reads it', REDACT: 'reads a substitute', WITHHOLD: 'withheld', SILENT: 'as if nothing' }

function lineOf(pack: Pack, input: DecisionInput, decision: Decision): string {
  const { caller, child, row, consent } = input
  const cells = [
    caller.role,
    caller.agencyType,
    caller.purpose,
    labelWords[input.label],
    holderOf(input),
    input.level === 'CONTENT' ? 'all' : 'headline',
    child.relationship,
    child.harm,
    child.ageBand,
    consent === 'NONE' ? 'none on file' : `${consent.state} by ${consent.giver} (${consent.competence})`,
    row.hold,
    marksOf(input),
    outcomes[decision.outcome],
    decision.code,
    decision.rule,
    decision.obligations.join(' '),
    `${decision.legalBasis} ${pack.labels[input.label].legalBasis}`,
  ]
  return cells.map(quoted).join()
}

/** Whose record it is, towards the one who asks: of one type is not of one organisation. */
const holderOf = ({ caller, home, own }: DecisionInput): string => {
  if (own) return 'their own organisation'
  return caller.agencyType === home ? `another ${home}` : home
}

const marksOf = ({ row, child, ordered }: DecisionInput): string =>
  [
    row.ncnd ? 'neither confirm nor deny' : '',
    row.conditions ? 'handling conditions' : '',
    row.relevance === 'RELEVANT' ? '' : row.relevance,
    child.agreement ? '' : 'no agreement',
    child.breakGlass ? 'break-glass' : '',
    child.missing === 'UNSUPPORTED' ? 'no missing episode' : '',
    child.placedForAdoption ? 'placed for adoption' : '',
    ordered ? 'order on record' : '',
    row.holdKnewOfHarm ? 'holder knew of the harm' : '',
  ]
    .filter((mark) => mark !== '')
    .join('; ')

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
