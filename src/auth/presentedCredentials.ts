import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { rawHeaderValues } from './bearer.ts'
import { isDigest } from './claimFormats.ts'

/** What came with a token, to prove who holds it. */
export interface Presented {
  /** Every `DPoP` header as it came. */
  readonly proofs: readonly string[]
  readonly method: string
  /** SHA-256, base64url, of the certificate that the client's connection proved to hold; null when there was none. */
  readonly certificate: string | null
}

/** Nothing beside the token. */
export const nothingPresented: Presented = { proofs: [], method: 'POST', certificate: null }

/** A proxy that ends TLS before the gateway, and the header in which it tells the client's certificate. */
export interface TrustedProxy {
  readonly address: string
  /** In lower case. */
  readonly header: string
}

/**
 * What a request presents. The header about a certificate is read from the configured proxy's address alone: from
 * anyone else it is what a thief would write. A proxy's own certificate never stands for its client's.
 */
export const presentedBy = (request: IncomingMessage, proxy: TrustedProxy | null): Presented => ({
  proofs: rawHeaderValues(request.rawHeaders, 'dpop'),
  method: request.method ?? '',
  certificate:
    proxy !== null && plainAddress(request.socket.remoteAddress) === plainAddress(proxy.address)
      ? forwardedThumbprint(rawHeaderValues(request.rawHeaders, proxy.header))
      : ownThumbprint(request),
})

/** An IPv4 address as it is written in IPv6 is the same address. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/i, '')

/**
 * TLS proves possession of the key, and the configured authority vouches for the certificate; one it does not know
 * counts as none.
 */
const ownThumbprint = ({ socket }: IncomingMessage): string | null => {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null
  const { raw } = socket.getPeerCertificate()
  return raw ? thumbprintOf(raw) : null
}

/** A thumbprint in base64url or hex, or the whole certificate as RFC 9440 writes it. Said twice, it says nothing. */
const forwardedThumbprint = (values: readonly string[]): string | null => {
  const [value = '', ...more] = values
  if (more.length > 0) return null
  if (isDigest(value)) return value
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex').toString('base64url')
  const certificate = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1]
  return certificate === undefined ? null : thumbprintOf(Buffer.from(certificate, 'base64'))
}

export const thumbprintOf = (certificate: Uint8Array): string =>
  createHash('sha256').update(certificate).digest('base64url')
