import { localNumber, NhsNumbers, upnOf } from '../../seeds/generated/numbers.ts'

/** What identifies a child of the population, as the gateway's register has it. */
export interface Identifier {
  readonly scheme: string
  readonly value: string
  /** Of the child: its place in the population. */
  readonly number: number
}

/** An identifier of a copy. */
export interface NewIdentifier {
  readonly old: string
  readonly copy: number
  readonly value: string
}

/**
 * Identifiers for copies of a population: what the loader itself would give to child `number + copy × children`, so
 * that none occurs twice. As there, NHS numbers are all given out before the millionth child: the last ones have none.
 */
export function* identifiersOfCopies(
  identifiers: readonly Identifier[],
  children: number,
  copies: number,
): Generator<NewIdentifier> {
  const nhs = nhsNumbersOf(children, copies)
  for (const { scheme, value, number } of identifiers)
    for (let copy = 1; copy < copies; copy += 1) {
      const made = ofChild(scheme, value, number + copy * children, nhs)
      if (made !== null) yield { old: value, copy, value: made }
    }
}

function ofChild(scheme: string, value: string, child: number, nhs: readonly (string | null)[]): string | null {
  switch (scheme) {
    case 'NHS_NUMBER':
      return nhs[child - 1] ?? null
    case 'UPN':
      return upnOf(value.slice(1, 4), dayInYear(value.slice(8, 10)), child)
    case 'LA_CHILD_ID':
      return value.slice(0, 3) + localNumber(child, 7_654_321)
    default:
      throw new Error(`It is not known how the numbers of ${scheme} are made.`)
  }
}

const nhsNumbersOf = (children: number, copies: number): readonly (string | null)[] => {
  const numbers = new NhsNumbers()
  return Array.from({ length: children * copies }, () => numbers.next())
}

/** Some day of the year: a pupil number says no more of a birth. */
const dayInYear = (year: string): number => Date.UTC(2000 + Number(year), 6, 1) / 86_400_000
