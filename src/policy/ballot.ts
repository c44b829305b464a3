import type { PackChange } from './diffPacks.ts'
import { type Label, labels } from './labels.ts'
import { type Purpose, type PurposePath, pathOfPurpose, purposes, type Role } from './vocabulary.ts'

/** One thing to vote on: the same change of one kind of record, with all whom it is for and all that it is for. */
export interface BallotLine {
  readonly change: 'GAINS' | 'LOSES'
  readonly label: Label
  readonly roles: readonly Role[]
  readonly purposes: readonly Purpose[]
  readonly before: string
  readonly after: string
}

/** What a partnership votes on, and beside it what changes nobody's access. */
export interface Ballot {
  readonly lines: readonly BallotLine[]
  /** Decisions that give the same as before on another rule: nothing is to be voted on. */
  readonly otherGround: number
}

const levels: Readonly<Record<string, string>> = {
  CONTENT: 'all of it',
  HEADLINE: 'that there is one, when and where',
  SUBSTITUTE: 'a pseudonym or an area',
  WITHHELD: 'withheld, and says so',
  HIDDEN: 'nothing, as if none were held',
}

/** What a role is given, in words: of `CONTENT (own rows) OK_OWN_RECORD` that it is all of its own organisation's. */
export const givenInWords = (given: string): string => {
  const [level = ''] = given.split(' ')
  return `${levels[level] ?? level}${given.includes('(own rows)') ? ', of its own organisation’s records alone' : ''}`
}

/** The changes as a ballot: by kind of record, losses first, those together that are alike in all but who. */
export function ballotOf(changes: readonly PackChange[]): Ballot {
  const alike = new Map<string, { readonly first: PackChange; readonly byRole: Map<Role, Purpose[]> }>()
  for (const change of changes) {
    if (change.change === 'OTHER_GROUND') continue
    const key = [change.label, change.change, givenInWords(change.before), givenInWords(change.after)].join('|')
    const known = alike.get(key) ?? { first: change, byRole: new Map<Role, Purpose[]>() }
    alike.set(key, known)
    known.byRole.set(change.role, [...(known.byRole.get(change.role) ?? []), change.purpose])
  }
  const lines = [...alike.values()].flatMap(({ first, byRole }) => {
    const together = new Map<string, { readonly roles: Role[]; readonly purposes: readonly Purpose[] }>()
    for (const [role, list] of byRole) {
      const all = purposes.filter((purpose) => list.includes(purpose))
      const known = together.get(all.join()) ?? { roles: [], purposes: all }
      together.set(all.join(), known)
      known.roles.push(role)
    }
    return [...together.values()].map(
      (group): BallotLine => ({
        change: first.change === 'LOSES' ? 'LOSES' : 'GAINS',
        label: first.label,
        ...group,
        before: givenInWords(first.before),
        after: givenInWords(first.after),
      }),
    )
  })
  const rank = ({ label, change }: BallotLine): number => labels.indexOf(label) * 2 + (change === 'LOSES' ? 0 : 1)
  return {
    lines: lines.toSorted((one, other) => rank(one) - rank(other)),
    otherGround: changes.filter(({ change }) => change === 'OTHER_GROUND').length,
  }
}

/** Purposes as few words: a whole path by its name, and the rest one by one. */
export function purposesInWords(some: readonly Purpose[], wordsOf: (purpose: Purpose) => string): readonly string[] {
  if (some.length === purposes.length) return ['every purpose']
  const whole = (Object.keys(pathWords) as PurposePath[]).filter((path) => {
    const all = purposes.filter((purpose) => pathOfPurpose[purpose] === path)
    return all.length > 1 && all.every((purpose) => some.includes(purpose))
  })
  return [
    ...whole.map((path) => pathWords[path] ?? ''),
    ...some.filter((purpose) => !whole.includes(pathOfPurpose[purpose])).map(wordsOf),
  ]
}

const pathWords: Readonly<Partial<Record<PurposePath, string>>> = {
  HARM: 'every purpose of harm',
  DUTY: 'every purpose of duty',
  CONSENT: 'every purpose of consent',
}
