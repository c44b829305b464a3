import { prefix } from './pageVisit.ts'

/** With https the browser itself keeps the name to this host, to every path, and to https (`__Host-`). */
const nameOf = (secure: boolean): string => (secure ? '__Host-workbench' : 'workbench')

/** The cookie of the workbench among those that came; undefined when there is none or more than one. */
export const cookieIn = (header: string | undefined, secure: boolean): string | undefined => {
  const start = `${nameOf(secure)}=`
  const found = (header ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each.startsWith(start))
  return found.length === 1 ? found[0]?.slice(start.length) : undefined
}

/**
 * `Lax`: the way back from a provider is a link from elsewhere; every form is checked besides. It ends with the
 * browser.
 */
export const cookieHeader = (cookie: string | null, secure: boolean): string =>
  [
    `${nameOf(secure)}=${cookie ?? ''}`,
    `Path=${secure ? '/' : prefix}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
    ...(cookie === null ? ['Max-Age=0'] : []),
  ].join('; ')
