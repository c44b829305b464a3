import { X509Certificate } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { TlsFiles } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { readTextFile } from '../foundation/jsonFile.ts'

/** What TLS is served with. @throws StartupError naming the file that is not what its variable says. */
export const tlsOptions = ({ certificate, key, clientAuthority }: TlsFiles): ServerOptions => {
  const cert = readTextFile('TLS_CERT', certificate)
  const secret = readTextFile('TLS_KEY', key)
  const files = { cert, key: secret, minVersion: 'TLSv1.2' as const }
  demand('TLS_CERT', certificate, 'is no certificate in PEM', () => new X509Certificate(cert))
  demand('TLS_KEY', key, `is not the private key, in PEM, of ${certificate}`, () => createSecureContext(files))
  if (clientAuthority === null) return files
  const ca = readTextFile('TLS_CLIENT_CA', clientAuthority)
  demand('TLS_CLIENT_CA', clientAuthority, 'holds no certificate in PEM', () => new X509Certificate(ca))
  return { ...files, ca, requestCert: true, rejectUnauthorized: false }
}

/** OpenSSL's own words name neither file nor variable. */
const demand = (variable: string, file: string, wrong: string, read: () => unknown): void => {
  try {
    read()
  } catch {
    throw new StartupError([`${variable}: ${file} ${wrong}.`])
  }
}
