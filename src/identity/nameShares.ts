import { borneNames } from './data/borneNames.ts'
import type { LinkageModel } from './linkageModel.ts'

/** Fewer bearers of a name are as many as none: the count must not tell of one child. */
export const fewestBearers = 5

/**
 * How common a name is taken to be of which neither list nor register says anything: as common as the twentieth or so
 * of its kind.
 */
const floor = { given: 3e-3, family: 2e-3 } as const

/** How many people on file weigh as much as what the model says of a name. */
const modelWeighs = 1000

/** How much oftener than by chance a given and a family name of a small people go together. */
const mostTogether = 30

/**
 * The share of people who bear a name: by the model's list, corrected by what is on file, and never rare for lack of
 * knowledge.
 */
export function shareOf(model: LinkageModel, list: 'given' | 'family', name: string): number {
  const listed = model.frequencies[list]?.get(name)
  const prior = listed ?? floor[list]
  const { register } = model
  if (!register) return prior
  return blended(register[list].get(name), register.people, prior)
}

/** The share who bear both names. Names of one people go together, so it may be far more than by chance. */
export function togetherShare(model: LinkageModel, given: string, family: string): number {
  const name = `${given} ${family}`
  const [one, other] = [shareOf(model, 'given', given), shareOf(model, 'family', family)]
  const most = Math.min(mostTogether * one * other, one / 2, other / 2)
  const isListed = model.frequencies['given']?.has(given) && model.frequencies['family']?.has(family)
  const listed = model.fullNames.get(name) ?? (isListed ? Math.min(model.unlisted.fullNames, most) : most)
  const prior = Math.max(model.rarest / 10, listed)
  return model.register ? blended(model.register.fullNames.get(name), model.register.people, prior) : prior
}

const blended = (bearers: number | undefined, people: number, prior: number): number =>
  ((bearers ?? Math.min(people * prior, fewestBearers - 1)) + modelWeighs * prior) / (people + modelWeighs)

/**
 * Whether others are known to bear a given name, or nobody can tell: then a name one letter off is a twin's and no
 * misprint.
 */
export const isBorneByOthers = (model: LinkageModel, name: string): boolean =>
  isOnRecord(model, name) || !isRarityKnown(model)

/** Whether a given name is on a list of names, or on file of several. */
export const isListedName = (model: LinkageModel, name: string): boolean =>
  borneNames.has(name) || isOnRecord(model, name)

const isOnRecord = (model: LinkageModel, name: string): boolean =>
  model.frequencies['given']?.has(name) === true || model.register?.given.has(name) === true

/**
 * Whether enough people are on file, or in what the model was learnt from where there is no register, to say that a
 * name is rare.
 */
export const isRarityKnown = ({ register }: LinkageModel): boolean => !register || register.people >= enoughPeople

/** So many people on file have met every given name that a few of them bear. */
const enoughPeople = 20_000

/**
 * The share of those on file whose given and family name the model's lists hold; null where too few are on file to
 * say.
 */
export function coverageOf({
  frequencies,
  register,
}: LinkageModel): { readonly given: number; readonly family: number } | null {
  if (!register || register.people < fewestCovered) return null
  const covered = (list: 'given' | 'family') => {
    let [listed, all] = [0, 0]
    for (const [name, count] of register[list]) {
      all += count
      if (frequencies[list]?.has(name)) listed += count
    }
    return all === 0 ? 1 : listed / all
  }
  return { given: covered('given'), family: covered('family') }
}

const fewestCovered = 1000
