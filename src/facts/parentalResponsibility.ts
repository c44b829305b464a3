import type { ConsentFact } from '../policy/facts.ts'

/** Of one who has parental responsibility, what decides whether they are heard. */
export interface ResponsibilityFact {
  readonly id: string
  readonly disputed: boolean
  /** To ask them would put the child at risk: neither their yes nor their no is heard. */
  readonly notToBeAsked: boolean
}

type Stored = ConsentFact & { readonly givenBy: string | null }

const ofParents: ReadonlySet<ConsentFact['giver']> = new Set<ConsentFact['giver']>([
  'PARENT',
  'SPECIAL_GUARDIAN',
  'ADOPTER',
])

/**
 * The consents that are heard. Of those who have parental responsibility: nobody who is not to be asked; nobody's yes
 * while their responsibility is disputed; and nobody's yes while another one's no, or what they took back,
 * stands for the same, which is for people to settle and not for the later date: a no with a name is undone by a yes
 * with that name alone, whoever records it. While somebody is not to be asked, or disputed, a yes that names nobody
 * may be theirs.
 */
export function heard(
  consents: readonly Stored[],
  responsibilities: readonly ResponsibilityFact[],
): readonly ConsentFact[] {
  if (consents.length === 0) return consents
  const by = new Map(responsibilities.map((each) => [each.id, each]))
  const of = ({ givenBy }: Stored) => (givenBy === null ? undefined : by.get(givenBy))
  const asked = consents.filter((each) => of(each)?.notToBeAsked !== true)
  const isUnsure = responsibilities.some(({ disputed, notToBeAsked }) => disputed || notToBeAsked)
  const mayBeTheirs = ({ giver, givenBy }: Stored) => isUnsure && givenBy === null && ofParents.has(giver)
  const refusals = asked.filter((each) => isNo(each) && ofParents.has(each.giver))
  return asked
    .filter(
      (each) =>
        each.state !== 'GIVEN' ||
        (of(each)?.disputed !== true && !mayBeTheirs(each) && !refusals.some(isAgainst(each))),
    )
    .map(({ givenBy: _givenBy, ...consent }) => consent)
}

const isNo = ({ state }: Stored): boolean => state === 'REFUSED' || state === 'WITHDRAWN'

/**
 * A refusal of some of the same by somebody else than gave, or than the yes says who gave; one that names nobody cannot
 * be told from the giver's own, and the later counts.
 */
const isAgainst =
  (given: Stored) =>
  (refusal: Stored): boolean =>
    ofParents.has(given.giver) &&
    refusal.givenBy !== null &&
    given.givenBy !== refusal.givenBy &&
    (given.labels.length === 0 ||
      refusal.labels.length === 0 ||
      given.labels.some((label) => refusal.labels.includes(label)))
