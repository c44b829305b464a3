/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/**
 * `https`, or `http` that never leaves the machine: on a network anyone between could read it, or put in a word of
 * their own.
 */
export const isPrivateUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/** Whether an address names this machine. */
export const isLocalUrl = (text: string): boolean => URL.canParse(text) && isLoopback(new URL(text).hostname)

/**
 * With these `pg` encrypts a connection or makes none. With others it may go on in clear, or believe any certificate.
 */
const encrypted = ['require', 'verify-ca', 'verify-full']

/** The same of a PostgreSQL's address. */
export const isPrivateDatabase = (text: string): boolean =>
  isLocalDatabase(text) || encrypted.includes(queryOf(text).get('sslmode') ?? '')

/**
 * What an address says in its query counts over what stands before it, as in `pg`. A socket of the file system is local
 * too.
 */
const isLocalDatabase = (text: string): boolean => {
  const host = queryOf(text).get('host') ?? (URL.canParse(text) ? new URL(text).hostname : '')
  return isLoopback(host) || /^(\/|%2F)/i.test(host)
}

const queryOf = (text: string): URLSearchParams =>
  URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams()
