import type { Situation } from './decisionInput.ts'
import type { WithheldLabel } from './grant.ts'
import type { Label } from './labels.ts'
import { pathOfPurpose } from './vocabulary.ts'

/**
 * What stands on the harm path in the place of silence. Elsewhere a label whose existence is hidden from a role is
 * answered as nothing held; to whoever asks because a child may be in danger that would be false reassurance.
 */
export const notSaid = {
  id: 'silence',
  reason: 'W_CANNOT_BE_SAID',
  text: 'Whether anything of this kind is held cannot be said here, of any child: this tells nothing of this one. Ring the holder, out of hours who is on call there.',
} as const

/**
 * A purpose of harm, also where this child has it stand on another path, as a search without an episode; and broken
 * glass, whatever purpose was declared.
 */
const isAboutHarm = ({ path, caller, child }: Situation): boolean =>
  path === 'HARM' ||
  pathOfPurpose[caller.purpose] === 'HARM' ||
  (child.breakGlass && path !== 'METADATA' && path !== 'CLOSED')

/** Kinds of record whose existence every pack hides from whoever is not named as reading them. */
const secretKinds: ReadonlySet<Label> = new Set<Label>([
  ...(['ADDRESS_PROTECTED', 'POLICE_INTELLIGENCE', 'MANAGED_OFFENDER', 'REFERRER_IDENTITY', 'ADOPTION'] as const),
  ...(['LEGAL_PRIVILEGE', 'VICTIM_ANONYMITY', 'WITNESS', 'CHILD_CONFIDENCE'] as const),
])

/**
 * Whether a number that lacks a kind of record says so even to a role from which the kind is hidden: that the police
 * have records of children is known to all. Of this child it tells nothing, since it follows from the role alone.
 */
export const isOpenKind = (label: Label): boolean => !secretKinds.has(label)

/**
 * What is told of a label on which the decision is silent, where it is about harm; elsewhere only where its headline is
 * given, so that there is nothing left to be silent about. By the list of the pack alone, never by a hold, a consent or
 * a row: a hold is only ever recorded about something, and what is said here is said of every child alike.
 *
 * @param situation of others' records: whether the caller's own organisation holds any is not looked at.
 * @param opensHeadline whether the headline passes: the list may give it, and another rule not let it by.
 */
export function notSaidOf(situation: Situation, opensHeadline: boolean): WithheldLabel | null {
  const { access, label, policy } = situation
  const isHarm = isAboutHarm(situation)
  // Of what its holder neither confirms nor denies nobody else is told, however much their list gives them.
  if (access.headline && policy.class === 'INTELLIGENCE') return isHarm ? told(label, 'CONTENT') : null
  if (access.content || !access.hidden) return null
  if (!access.headline) return isHarm ? told(label, 'HEADLINE') : null
  if (!isHarm && (!opensHeadline || situation.path === 'METADATA' || situation.path === 'CLOSED')) return null
  // That there is one is told, so that what is kept back of it is no secret either.
  return { label, level: 'CONTENT', reason: 'W_ROLE_NOT_PERMITTED', rule: '11b', requestable: true }
}

const told = (label: Label, level: WithheldLabel['level']): WithheldLabel => ({
  label,
  level,
  reason: notSaid.reason,
  rule: notSaid.id,
  requestable: true,
})

/** Whether a label is one of which nothing can be said here: what would open it is not said either. */
export const isNotSaid = ({ reason }: Pick<WithheldLabel, 'reason'>): boolean => reason === notSaid.reason
