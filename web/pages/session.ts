import type { Purpose } from '../../src/policy/vocabulary.ts'
import { notFound, type Page, prefix, type Visit } from '../pageVisit.ts'
import { dayAndTime } from '../words/dates.ts'
import { purposeShown } from '../words/purposes.ts'
import { typedIn } from './formDraft.ts'

/** The purposes that may be chosen, for the strip at the top of a page. */
export const choices = ({ purposes }: Visit) => purposes.map(purposeShown)

/** A purpose that was sent, where this person may declare it. */
export const chosenPurpose = ({ form, purposes }: Visit): Purpose | null =>
  purposes.find((purpose) => purpose === form['purpose']) ?? null

/**
 * The person's own session: how long it lasts, how to end it everywhere, and the purpose with which a search begins.
 */
export const sessionPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/session',
    answer: async (visit) => ({
      view: 'session',
      model: {
        ...{ title: 'Your session', purposes: choices(visit), here: '/session' },
        endsAt: dayAndTime(visit.session.endsAt.toISOString()),
      },
    }),
  },
  {
    method: 'POST',
    path: '/purpose',
    answer: async (visit) => {
      const purpose = chosenPurpose(visit)
      if (!purpose) return notFound
      await visit.parts.sessions.choose(visit.session.digest, purpose)
      const here = visit.form['here'] ?? ''
      return { to: `${prefix}${/^\/[a-z-]+(\/[a-z-]+)?$/.test(here) ? here : '/'}` }
    },
  },
  // Looking up the session, as every page does, is what keeps it.
  { method: 'POST', path: '/stay', answer: async () => ({ to: `${prefix}/session` }) },
  {
    method: 'POST',
    path: '/draft',
    answer: async ({ form, parts, secrets, session }) => {
      const name = secrets.unseal('draft', form['_draft'] ?? '')
      if (name === null) return notFound
      await parts.drafts.keep(session.person, name, typedIn(form))
      return { to: `${prefix}/session` }
    },
  },
]
