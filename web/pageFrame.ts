import type { FastifyRequest } from 'fastify'
import type { Role } from '../src/policy/vocabulary.ts'
import type { Asset } from './assets.ts'
import { cookieIn } from './cookie.ts'
import { oversees } from './pages/oversight/index.ts'
import { isAsked } from './pages/oversight/oversightFrame.ts'
import { prefix, type Visit } from './pageVisit.ts'
import { isCookie, secretsOf } from './session/secrets.ts'
import { sessionLimits } from './session/sessions.ts'
import { inWords } from './words/codes.ts'
import { purposeShown } from './words/purposes.ts'
import type { Parts } from './workbenchParts.ts'

interface Part {
  readonly text: string
  readonly href: string
  /** For whom it is work; absent: for everybody. */
  readonly only?: readonly Role[] | ((visit: Visit) => boolean)
}

const partsOfBench: readonly Part[] = [
  { text: 'Find a child', href: '/find' },
  {
    text: 'Transfers',
    href: '/transfers',
    only: ['SOCIAL_WORKER', 'TEAM_MANAGER', 'REVIEWING_OFFICER', 'MASH_ANALYST', 'RECEIVING_OFFICER'],
  },
  { text: 'Messages', href: '/messages' },
  {
    text: 'Enquiry board',
    href: '/board',
    only: ['MASH_ANALYST', 'TEAM_MANAGER', 'POLICE_PUBLIC_PROTECTION', 'OUT_OF_HOURS_WORKER'],
  },
  { text: 'Worklist', href: '/worklist', only: (visit) => isAsked(visit, 'WORKLIST') },
  { text: 'Oversight', href: '/oversight', only: oversees },
  { text: 'Duties', href: '/duties' },
  {
    text: 'Identity',
    href: '/identity',
    only: ['MASH_ANALYST', 'TEAM_MANAGER'],
  },
  { text: 'Governance', href: '/governance', only: ['INFORMATION_GOVERNANCE_OFFICER', 'TEAM_MANAGER'] },
  { text: 'Sources', href: '/sources' },
]

/** The day by which records are read, where looks are dated by another: in the demonstration alone. */
const recordsAsOf = ({ now, today }: Parts['clock']): string | null => {
  const day = today().toISOString().slice(0, 10)
  return day === now().toISOString().slice(0, 10) ? null : day
}

/** What stands around every page: who is signed in, for which purpose and under which law, and where else to go. */
export const frameOf = (parts: Parts, assets: readonly Asset[], request: FastifyRequest): object => {
  const cookie = cookieIn(request.headers.cookie, parts.secure)
  const asset = (ending: string) => `${prefix}/assets/${assets.find(({ name }) => name.endsWith(ending))?.name ?? ''}`
  const { visit } = request
  return {
    ...{ prefix, style: asset('.css'), script: asset('.js'), limits: sessionLimits },
    // A first visit has its cookie from this very reply; its form is sent with that one.
    formToken: isCookie(cookie) ? secretsOf(cookie).formToken : '',
    explorer: parts.explorer !== null,
    isDemonstration: parts.demonstration.length > 0,
    recordsAsOf: recordsAsOf(parts.clock),
    ...(visit && {
      person: visit.session.person,
      roleName: inWords(visit.session.person.role),
      purpose: purposeShown(visit.session.purpose),
      parts: partsOfBench
        .filter(
          ({ only }) => !only || (typeof only === 'function' ? only(visit) : only.includes(visit.session.person.role)),
        )
        .map(({ text, href }) => ({
          ...{ text, href: `${prefix}${href}` },
          active:
            request.url.startsWith(`${prefix}${href}`) ||
            (href === '/find' && request.url.startsWith(`${prefix}/child`)),
        })),
    }),
  }
}
