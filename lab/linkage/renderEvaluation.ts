import { quoted } from '../../src/identity/files/csv.ts'
import type { Accuracy } from './accuracyMeasures.ts'
import type { Evaluation } from './evaluate.ts'

const teachers: Readonly<Record<Evaluation['learntFrom'], string>> = {
  ANCHORS: 'from pairs that agree on an NHS number',
  EXPECTATION_MAXIMISATION: 'by expectation-maximisation',
  MODEL: 'from the model that was given',
}

/** An evaluation as a person reads it. Counts and shares alone: no value of any row. */
export function renderEvaluation(evaluation: Evaluation, bold: (text: string) => string): string {
  const { candidates, automatic, review, none } = evaluation
  const claims = evaluation.calibration.filter(({ cases }) => cases > 0)
  return [
    `${evaluation.rows} rows of ${evaluation.people} people; ${evaluation.truePairs} true pairs.`,
    `Columns: ${columnsUsed(evaluation)}.`,
    `Learnt without the truth, ${teachers[evaluation.learntFrom]}, in ${evaluation.rounds} rounds.`,
    '',
    bold('Links                     precision  recall      F1   links  false'),
    accuracyLine('pairs, each by itself', evaluation.pairs),
    accuracyLine('pairs, grouped', evaluation.clustered),
    accuracyLine('best any threshold could', evaluation.best),
    `${'B³'.padEnd(25)} ${share(evaluation.bCubed.precision)}  ${share(evaluation.bCubed.recall)}  ${share(evaluation.bCubed.f1)}`,
    '',
    bold('Bands, as the product decides about each row with all others on file'),
    ...(evaluation.asked < evaluation.of
      ? [`asked      ${evaluation.asked} of ${evaluation.of} rows, drawn by lot`]
      : []),
    `automatic  ${automatic.links} links, ${automatic.false} false; at most ${percent(automatic.upperFalseRate)} false with 95 % confidence; recall ${share(automatic.recall)}`,
    `review     ${review.asked} rows, ${review.right} of them with the person among those shown${reasonsIn(evaluation.reasons)}`,
    `none       ${none.rows} rows, ${none.missed} of people who are on file: ${percent(none.missedShare)}`,
    '',
    bold('Calibration (log-odds)     pairs  claimed  observed'),
    ...claims.map(
      ({ from, to, cases, claimed, observed }) =>
        `${`${from} to ${Number.isFinite(to) ? to : '∞'}`.padEnd(20)} ${String(cases).padStart(10)}  ${claimed.toFixed(5)}   ${observed.toFixed(5)}`,
    ),
    '',
    ...evaluation.warnings.map((warning) => bold(`Warning: ${warning}`)),
    `Candidates: ${candidates.pairs} pairs held ${percent(candidates.recall)} of the true ones; the largest block had ${candidates.largestBlock} rows, ${candidates.passedOver} were passed over.`,
    `Slowest parts: ${evaluation.timings
      .slice(0, 4)
      .map(({ part, milliseconds }) => `${part} ${(milliseconds / 1000).toFixed(1)} s`)
      .join(', ')}.`,
  ].join('\n')
}

/** Why rows were put before a person, commonest first. */
function reasonsIn(reasons: Readonly<Record<string, number>>): string {
  const ordered = Object.entries(reasons).sort(([, a], [, b]) => b - a)
  return ordered.length === 0
    ? ''
    : ` (${ordered
        .slice(0, 4)
        .map(([reason, count]) => `${reason} ${count}`)
        .join(', ')})`
}

/** Names of columns are the file's: they are shown without what a terminal would obey. */
function columnsUsed({ mapping }: Evaluation): string {
  const roles = Object.entries(mapping.byRole).map(([role, column]) => `${role} from ${quoted(column)}`)
  const full = mapping.fullNames.length > 0 ? [`missing names from ${mapping.fullNames.map(quoted).join(' or ')}`] : []
  const extra = mapping.extra.length > 0 ? [`as text ${mapping.extra.map(quoted).join(', ')}`] : []
  return [...roles, ...full, ...extra].join('; ')
}

const accuracyLine = (name: string, { precision, recall, f1, links, false: wrong }: Accuracy): string =>
  `${name.padEnd(25)} ${share(precision)}  ${share(recall)}  ${share(f1)} ${String(links).padStart(7)} ${String(wrong).padStart(6)}`

const share = (value: number): string => value.toFixed(4).padStart(7)

const percent = (value: number): string => `${(value * 100).toPrecision(3)} %`
