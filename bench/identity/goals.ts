import { calibration, upperBound } from '../../lab/linkage/accuracyMeasures.ts'
import { type Outcome, stratified } from '../../lab/linkage/searchAccuracy.ts'
import type { Goal } from '../goalTable.ts'

const ofScenario = (outcomes: readonly Outcome[], scenario: Outcome['scenario']) =>
  outcomes.filter((outcome) => outcome.scenario === scenario)
const linked = (outcomes: readonly Outcome[]) => outcomes.filter(({ kind }) => kind === 'SAME')
const falsely = (outcomes: readonly Outcome[]) => linked(outcomes).filter(({ isRight }) => !isRight).length
const onFile = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => outcome.isOnFile)

/** Share of the children on file who are linked rightly without a person. */
const automaticRecall = (outcomes: readonly Outcome[]): number =>
  linked(outcomes).filter(({ isRight }) => isRight).length / onFile(outcomes).length

/** Share of the children on file who are neither linked rightly nor shown to a reviewer. */
const missedShare = (outcomes: readonly Outcome[]): number =>
  onFile(outcomes).filter(({ kind, isRight, isShown }) => !(kind === 'SAME' ? isRight : kind === 'ASK' && isShown))
    .length / onFile(outcomes).length

/**
 * The goals of identity resolution, measured. `absent` are further searches for children who are not on file. Origins
 * with fewer children than `fewest` say too little to be compared.
 */
export function goalsOf(outcomes: readonly Outcome[], absent: readonly Outcome[], fewest = 500): readonly Goal[] {
  const common = outcomes.filter(({ scenario }) => scenario !== 'twins')
  const links = linked(common).length
  const wrong = falsely(common)
  const twins = ofScenario(outcomes, 'twins')
  const twinRate = (1000 * falsely(twins)) / Math.max(1, linked(twins).length)
  return [
    {
      name: 'false automatic links, all situations but the twins stress',
      goal: '0 in 100,000 or more',
      measured: `${wrong} in ${links}; at most ${upperBound(wrong, links).toExponential(1)} of them false with 95 % confidence`,
      isReached: wrong === 0 && links >= 100_000,
    },
    atLeast(
      'automatic recall, an NHS number sent',
      0.95,
      automaticRecall(common.filter(({ isNumbered }) => isNumbered)),
    ),
    ...(['with-nhs', 'local', 'transfer'] as const).flatMap((scenario) => [
      // Without a number the rest has to agree, or a person is asked: more would be links that are false.
      ...(scenario === 'with-nhs'
        ? []
        : [atLeast(`automatic recall, ${scenario}`, 0.7, automaticRecall(ofScenario(outcomes, scenario)))]),
      atMost(
        `missed, ${scenario}`,
        { local: 1, 'with-nhs': 0.2, transfer: 3 }[scenario],
        100 * missedShare(ofScenario(outcomes, scenario)),
        ' %',
      ),
    ]),
    atMost(
      'twins stress: false in 1,000 automatic links',
      1,
      twinRate,
      ` (${falsely(twins)} of ${linked(twins).length})`,
    ),
    ...fairness(common, fewest),
    absence(common, absent),
    ...calibrations(
      scenariosOf(common).flatMap((scenario) => stratified(ofScenario(common, scenario), ofScenario(absent, scenario))),
    ),
  ]
}

const scenariosOf = (outcomes: readonly Outcome[]) => [...new Set(outcomes.map(({ scenario }) => scenario))]

/**
 * What the goal of none cannot tell: how seldom a false link is, by many more searches for children who are not on
 * file.
 */
function absence(common: readonly Outcome[], absent: readonly Outcome[]): Goal {
  const wrong = falsely(absent)
  const share = common.filter(({ isOnFile: is }) => !is).length / common.length
  const rate = (1e6 * share * wrong) / Math.max(1, absent.length)
  return {
    name: 'false automatic links in further searches for children who are not on file',
    goal: 'none',
    measured: `${wrong} in ${absent.length}: ${rate.toFixed(1)} in a million searches`,
    isReached: null,
  }
}

const atLeast = (name: string, goal: number, value: number): Goal => ({
  name,
  goal: `≥ ${goal}`,
  measured: value.toFixed(4),
  isReached: value >= goal,
})

const atMost = (name: string, goal: number, value: number, unit: string): Goal => ({
  name,
  goal: `≤ ${goal}`,
  measured: `${value.toFixed(2)}${unit}`,
  isReached: value <= goal,
})

function fairness(outcomes: readonly Outcome[], fewest: number): readonly Goal[] {
  const local = ofScenario(outcomes, 'local')
  const groups = [...new Set(local.map(({ origin }) => origin))]
    .map((origin) => ({ origin, own: local.filter((outcome) => outcome.origin === origin) }))
    .filter(({ own }) => own.length >= fewest)
  const spread = (measure: (own: readonly Outcome[]) => number) => {
    const values = groups
      .map(({ origin, own }) => ({ origin, value: 100 * measure(own) }))
      .sort((a, b) => a.value - b.value)
    const [low, high] = [values[0], values.at(-1)]
    return {
      points: (high?.value ?? 0) - (low?.value ?? 0),
      text: ` points (${low?.origin} ${low?.value.toFixed(1)}, ${high?.origin} ${high?.value.toFixed(1)})`,
    }
  }
  const both = spread((own) => 1 - missedShare(own))
  const automatic = spread(automaticRecall)
  return [
    atMost('name origins, local: spread of automatic + review', 0.5, both.points, both.text),
    atMost('name origins, local: spread of automatic', 10, automatic.points, automatic.text),
  ]
}

/** Fewer cases in a band say too little. */
const fewestCases = 1000

/** How far what is claimed may lie from what is so, in bits. */
const mostBitsOff = 1

function calibrations(outcomes: readonly Outcome[]): readonly Goal[] {
  return calibration(outcomes.map(({ weight, isBestRight, share }) => [weight, isBestRight, share] as const))
    .filter(({ cases }) => cases >= fewestCases)
    .map(({ from, to, cases, claimed, observed, bitsOff }) => {
      const errors = (1 - observed) * cases
      const expected = (1 - claimed) * cases
      return {
        name: `calibration, ${from} to ${Number.isFinite(to) ? to : '∞'} bits, ${cases.toFixed(0)} cases`,
        goal: `≤ ${mostBitsOff} bit`,
        measured: `${errors.toFixed(1)} wrong, ${expected.toFixed(1)} claimed${bitsOff === null ? '' : `: ${bitsOff.toFixed(2)} bits`}`,
        isReached: bitsOff === null ? couldShowNone(expected) : Math.abs(bitsOff) <= mostBitsOff,
      }
    })
}

/**
 * Where none was wrong there is no log-odds to compare: then a claim of half as many must have been able to show
 * none, at 95 %.
 */
const couldShowNone = (expected: number): boolean => expected / 2 ** mostBitsOff < 3
