import type { OversightQuestion } from '../../../src/policy/mayAskOversight.ts'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import { childPath, type Visit } from '../../pageVisit.ts'
import { nameOf } from '../child/childPage.ts'
import { choices } from '../session.ts'

type Person = Pick<Visit['session']['person'], 'role' | 'organisation'>

type Asker = Pick<Visit, 'parts' | 'session'>

/** Whether it is this role's question, where the pack says nothing else; the gateway answers for itself. */
export const isAsked = ({ parts, session }: Asker, question: OversightQuestion): boolean =>
  parts.oversight[question].roles.includes(session.person.role)

/** Some questions are asked for one purpose alone: that one where the person may declare it, else the one at hand. */
export const purposeOf = ({ parts, purposes, session }: Visit, question: OversightQuestion): Purpose =>
  parts.oversight[question].purposes?.find((each) => purposes.includes(each)) ?? session.purpose

/** The person's own authority, as their organisation's code begins with it. */
export const laOf = ({ organisation }: Person): string => /^(LA\d+)-/.exec(organisation)?.[1] ?? ''

export const frame = (visit: Visit, here: string, title: string) => ({
  ...{ title, purposes: choices(visit), here: `/oversight${here}` },
  today: visit.parts.clock.today().toISOString(),
})

/** A child of a list, as a link that only this session can follow. */
export const linked = (visit: Visit, child: Parameters<typeof nameOf>[0] & { readonly id: string }, page = '') => ({
  name: nameOf(child),
  href: childPath(visit, { id: child.id, purpose: visit.session.purpose }, page),
})
