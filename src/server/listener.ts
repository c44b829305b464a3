import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { TlsFiles } from '../config.ts'

/**
 * Plain HTTP, or TLS where its files are given. A client is asked for a certificate but not made to show one: which token
 * needs it, the token says. A certificate that the configured authorities do not vouch for counts as none.
 */
export const listener = (tls: TlsFiles | null, handle: RequestListener): Server => {
  if (tls === null) return createServer(handle)
  const files = { cert: readFileSync(tls.certificate), key: readFileSync(tls.key), minVersion: 'TLSv1.2' as const }
  if (tls.clientAuthority === null) return createTlsServer(files, handle)
  const ca = readFileSync(tls.clientAuthority)
  return createTlsServer({ ...files, ca, requestCert: true, rejectUnauthorized: false }, handle)
}
