import { decide } from '../../../src/policy/decide.ts'
import { type Label, labels } from '../../../src/policy/labels.ts'
import { type Pack, pathOf, purposeIn } from '../../../src/policy/pack.ts'
import { accessOf } from '../../../src/policy/roleAccess.ts'
import {
  type AgencyType,
  agencyTypes,
  type Purpose,
  type PurposePath,
  purposes,
  type Role,
  roles,
} from '../../../src/policy/vocabulary.ts'
import { randomFacts } from './randomFacts.ts'

/** A caller, a label and the agency that holds it, standing for all that the rules cannot tell from it. */
export interface Profile {
  readonly caller: { readonly agencyType: AgencyType; readonly role: Role; readonly purpose: Purpose }
  readonly label: Label
  /** Type of the organisation that holds it. */
  readonly home: AgencyType
  /** The caller's own organisation holds it; not so, it is another's, of the same type or of another. */
  readonly own: boolean
  /** How many combinations of role, type, purpose, label and holder it stands for. */
  readonly stands: number
}

const homes = ['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'] as const
/** Purposes and types of organisation that a rule names. */
const named = new Set<string>(['EMERGENCY', 'MISSING_RESPONSE', 'TRANSFER_SEND', 'TRANSFER_RECEIVE', 'CP_CONFERENCE'])
const acting = new Set<string>(['SOCIAL_CARE', 'MASH', 'POLICE'])

/**
 * Every combination of role, type of organisation, purpose, label, type of holder, own or another's: 26 labels, every
 * role and purpose, 9 types, 5 holders, own or not.
 */
export function* combinations(): Generator<Omit<Profile, 'stands'>> {
  for (const label of labels)
    for (const role of roles)
      for (const purpose of purposes)
        for (const agencyType of agencyTypes) {
          const caller = { agencyType, role, purpose }
          for (const home of homes) for (const own of [true, false]) yield { label, home, own, caller }
        }
}

export const combinationsThereAre =
  labels.length * roles.length * purposes.length * agencyTypes.length * homes.length * 2

/**
 * What the rules can see of a combination: the label's class and gate, the path, the list's answer with and without
 * harm. Of those that differ in nothing but the holder most is the same, and is worked out once.
 */
function keysBy(pack: Pack): (combination: Omit<Profile, 'stands'>) => string {
  let last: Profile['caller'] | undefined
  let known: readonly string[] = []
  return ({ caller, label, own, home }) => {
    if (caller !== last) {
      last = caller
      known = [false, true].map((own) => seenOfAnyHolder(pack, { caller, label, own }))
    }
    const { agencyType, purpose } = caller
    const inDirectCare = purpose === 'DIRECT_CARE' && agencyType === 'HEALTH' && home === agencyType
    return `${pack.labels[label].directCare === true && inDirectCare},${known[Number(own)]}`
  }
}

function seenOfAnyHolder(pack: Pack, { caller, label, own }: Pick<Profile, 'caller' | 'label' | 'own'>): string {
  const { agencyType, purpose } = caller
  const policy = pack.labels[label]
  const path = pathOf(pack, purpose)
  const adultPath = pathOf(pack, purpose, { ageBand: 'ADULT' })
  const otherPaths = new Set([
    adultPath,
    pathOf(pack, purpose, { ageBand: '13_TO_15' }),
    pathOf(pack, purpose, { ageBand: '13_TO_15', missing: 'UNSUPPORTED' }),
    pathOf(pack, purpose, { ageBand: 'ADULT', missing: 'UNSUPPORTED' }),
  ])
  const listAt = (path: PurposePath, harmPath: boolean) => {
    const [access, before] = [false, true].map((beforeOrder) =>
      accessOf(pack, { label, caller, path, harmPath, own, beforeOrder }),
    )
    return `${given(access)}${given(before)}`
  }
  const given = (access: ReturnType<typeof accessOf> | undefined) => {
    if (!access) return ''
    return `${+access.headline}${+access.content}${+access.otherPurpose}${+access.hidden}`
  }
  const open = purposeIn(pack, purpose)
  return [
    policy.class,
    policy.gate,
    policy.base === true,
    named.has(purpose) ? purpose : path,
    open.needsRelationship,
    open.openTo.includes(agencyType),
    acting.has(agencyType) ? agencyType : 'OTHER',
    own,
    listAt(path, path === 'HARM'),
    listAt(path, true),
    ...[...otherPaths]
      .filter((other) => other !== path)
      .map((other) => `${other}${listAt(other, false)}${other === adultPath}`),
    policy.headlineFor?.includes(purpose) === true,
    pack.rules?.under13Labels?.includes(label) === true,
    pack.rules?.notificationLabels?.includes(label) === true,
  ].join()
}

/**
 * One profile for each key; with several packs, for each combination of keys. `speakFor` shows that a profile speaks
 * for them all.
 */
export function profilesOf(...packs: readonly Pack[]): readonly Profile[] {
  const [pack] = packs
  if (!pack || packs.length > 1) return profilesOfAll(packs)
  const known = profilesOfPack.get(pack) ?? profilesOfAll(packs)
  profilesOfPack.set(pack, known)
  return known
}

/** More than two million combinations are looked through for them, so that those of one pack are found once. */
const profilesOfPack = new WeakMap<Pack, readonly Profile[]>()

function profilesOfAll(packs: readonly Pack[]): readonly Profile[] {
  const keys = packs.map(keysBy)
  const found = new Map<string, { first: Omit<Profile, 'stands'>; stands: number }>()
  for (const combination of combinations()) {
    const key = keys.map((keyOf) => keyOf(combination)).join('|')
    const known = found.get(key)
    if (known) known.stands++
    else found.set(key, { first: combination, stands: 1 })
  }
  return [...found.values()].map(({ first, stands }) => ({ ...first, stands }))
}

/**
 * Compares each of the combinations with its profile on facts drawn anew for each.
 *
 * @returns how many decisions were compared, and how many were not the same.
 */
export function speakFor(
  pack: Pack,
  draws: number,
  random: () => number,
  every = 1,
): { compared: number; different: number } {
  const found = new Map<string, Omit<Profile, 'stands'>>()
  let compared = 0
  let different = 0
  let at = 0
  const keyOf = keysBy(pack)
  for (const combination of combinations()) {
    const key = keyOf(combination)
    const profile = found.get(key) ?? combination
    if (profile === combination) found.set(key, combination)
    if (at++ % every !== 0) continue
    for (let draw = 0; draw < draws; draw++) {
      const facts = randomFacts(random)
      const one = decide(pack, { ...combination, ...facts })
      const other = decide(pack, { ...profile, ...facts })
      compared++
      if (one.outcome !== other.outcome || one.code !== other.code || one.rule !== other.rule) different++
    }
  }
  return { compared, different }
}
