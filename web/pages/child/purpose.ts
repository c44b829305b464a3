import { childAtHand, childPath, notFound, type Page } from '../../pageVisit.ts'
import { chosenPurpose } from '../session.ts'

/** Another purpose for the child at hand: another address, so that the back button goes back to the one before. */
export const purposePage: Page = {
  method: 'POST',
  path: '/child/:child/purpose',
  answer: async (visit) => {
    const [at, purpose] = [childAtHand(visit), chosenPurpose(visit)]
    if (!at || !purpose) return notFound
    await visit.parts.sessions.choose(visit.session.digest, purpose)
    const here = visit.form['here'] ?? ''
    return { to: childPath(visit, { ...at, purpose }, /^[a-z]*$/.test(here) ? here : '') }
  },
}
